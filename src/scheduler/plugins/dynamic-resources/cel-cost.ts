import { celPattern } from './cel-regex.ts'
import { type CelValue, isList } from './cel-values.ts'

/**
 * What an operator or a function may have to look at, in steps: a step is a value, or ten characters of a text, as
 * Kubernetes counts them. A value that stands in others many times counts each time, for it is looked at each time.
 */
export function costOf(name: string, args: readonly CelValue[]): number {
  const [first = null, second = null, third = null] = args
  if (name.startsWith('sets.')) return 2 * (1 + weightOf(first)) * (1 + weightOf(second))
  if (name === 'matches' && typeof first === 'string' && typeof second === 'string') {
    return ((celPattern(second)?.size ?? 0) * (first.length + 1)) / charactersAStep
  }
  if (name === 'replace' && typeof first === 'string' && typeof third === 'string') {
    return ((first.length + 1) * (third.length + 1)) / charactersAStep
  }
  return args.reduce<number>((sum, value) => sum + weightOf(value), 0)
}

const charactersAStep = 10

/** Of lists and maps, which never change. Lists in lists may weigh more than any number says: then it is infinite. */
const weights = new WeakMap<object, number>()

function weightOf(value: CelValue): number {
  if (typeof value === 'string') return value.length / charactersAStep
  if (value === null || typeof value !== 'object') return 0
  const before = weights.get(value)
  if (before !== undefined) return before
  let weight = 1
  for (const item of itemsOf(value)) weight += 1 + weightOf(item)
  weights.set(value, weight)
  return weight
}

function itemsOf(value: CelValue & object): Iterable<CelValue> {
  if (isList(value)) return value
  if (value.kind === 'map') return value.entries.values()
  return value.kind === 'optional' && value.value !== undefined ? [value.value] : []
}
