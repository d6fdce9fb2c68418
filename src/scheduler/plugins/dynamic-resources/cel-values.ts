import type { Quantity } from '#model/quantity.ts'
import type { Semver } from './semver.ts'

/** A value of the Common Expression Language: `bigint` is its int, `number` its double. */
export type CelValue = null | boolean | bigint | number | string | readonly CelValue[] | CelObject

export type CelObject =
  | CelMap
  | { readonly kind: 'quantity'; readonly amount: Quantity }
  | { readonly kind: 'semver'; readonly version: Semver }
  | { readonly kind: 'optional'; readonly value?: CelValue }

export interface CelMap {
  readonly kind: 'map'
  readonly entries: ReadonlyMap<CelValue, CelValue>
  /** What a look-up of a key that is not there brings; a membership test does not see it. */
  readonly fallback?: CelMap
}

/** Why an expression has no value. */
export type CelTrouble =
  /** It fails in kube-scheduler too, in these words. */
  | { readonly kind: 'error'; readonly text: string }
  /** It is not evaluated here: what it uses, or that it takes too long. */
  | { readonly kind: 'unsupported'; readonly what: string }

export type CelResult = CelValue | CelTrouble

export const noSuchOverload: CelTrouble = { kind: 'error', text: 'no such overload' }

export function celError(text: string): CelTrouble {
  return { kind: 'error', text }
}

export function unsupported(what: string): CelTrouble {
  return { kind: 'unsupported', what }
}

export function isTrouble(result: CelResult): result is CelTrouble {
  const kind = kindOf(result)
  return kind === 'error' || kind === 'unsupported'
}

/** The type of a value, in words of this folder. */
export function kindOf(value: CelResult): 'null' | 'bool' | 'int' | 'double' | 'string' | 'list' | CelKind {
  if (value === null) return 'null'
  switch (typeof value) {
    case 'boolean':
      return 'bool'
    case 'bigint':
      return 'int'
    case 'number':
      return 'double'
    case 'string':
      return 'string'
    default:
      return isList(value) ? 'list' : value.kind
  }
}

type CelKind = CelObject['kind'] | CelTrouble['kind']

export function isList(value: CelResult): value is readonly CelValue[] {
  return Array.isArray(value)
}

export function mapOf(entries: Iterable<readonly [CelValue, CelValue]>): CelMap {
  return { kind: 'map', entries: new Map(entries) }
}

/** Equality as CEL has it: numbers by value, other values of different types are never equal. */
export function equals(a: CelValue, b: CelValue): boolean {
  if (typeof a === 'object' || typeof b === 'object') return equalObjects(a, b)
  if (typeof a === 'bigint' && typeof b === 'number') return Number.isInteger(b) && BigInt(b) === a
  if (typeof a === 'number' && typeof b === 'bigint') return Number.isInteger(a) && BigInt(a) === b
  return a === b
}

function equalObjects(a: CelValue, b: CelValue): boolean {
  if (a === null || b === null) return a === b
  if (isList(a)) return isList(b) && a.length === b.length && a.every((item, i) => equals(item, b[i] ?? null))
  if (isList(b) || typeof a !== 'object' || typeof b !== 'object') return false
  if (a.kind === 'map' && b.kind === 'map') {
    if (a.entries.size !== b.entries.size) return false
    return [...a.entries].every(([key, value]) => {
      const other = b.entries.get(key)
      return other !== undefined && equals(value, other)
    })
  }
  if (a.kind === 'quantity' && b.kind === 'quantity') return a.amount === b.amount
  if (a.kind === 'semver' && b.kind === 'semver') return a.version.compare(b.version) === 0
  if (a.kind === 'optional' && b.kind === 'optional') {
    if (a.value === undefined || b.value === undefined) return a.value === b.value
    return equals(a.value, b.value)
  }
  return false
}

/** -1, 0 or 1; undefined where CEL cannot order the two. */
export function compare(a: CelValue, b: CelValue): -1 | 0 | 1 | undefined {
  const numbers = (typeof a === 'bigint' || typeof a === 'number') && (typeof b === 'bigint' || typeof b === 'number')
  if (numbers || (typeof a === 'string' && typeof b === 'string') || (typeof a === 'boolean' && typeof b === 'boolean'))
    return a < b ? -1 : a > b ? 1 : 0
  return undefined
}
