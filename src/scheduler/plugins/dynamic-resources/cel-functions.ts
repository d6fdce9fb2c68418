import { parseQuantity, type Quantity } from '#model/quantity.ts'
import { parseInt64 } from '#model/selector.ts'
import { celPattern } from './cel-regex.ts'
import {
  type CelResult,
  type CelValue,
  celError,
  equals,
  isList,
  kindOf,
  noSuchOverload,
  unsupported,
} from './cel-values.ts'
import { parseSemver } from './semver.ts'

type Call = (args: readonly CelValue[]) => CelResult

/** Calls a function by its name and the kinds of its arguments; `a.b(c)` of a library is the name `a.b`. */
export function callFunction(name: string, args: readonly CelValue[]): CelResult {
  return call(`${name}(${args.map(kindOf).join(',')})`, args, name)
}

/** Calls a method: its receiver is the first argument. */
export function callMethod(name: string, receiver: CelValue, args: readonly CelValue[]): CelResult {
  return call(`${kindOf(receiver)}.${name}(${args.map(kindOf).join(',')})`, [receiver, ...args], name)
}

function call(signature: string, args: readonly CelValue[], name: string): CelResult {
  const found = exact[signature] ?? generic[signature.replaceAll(/(?<=[(,])[a-z]+/g, '_')]
  return found === undefined ? mismatch(name, args) : found(args)
}

const text = (value: CelValue | undefined): string => (typeof value === 'string' ? value : '')
const int = (value: CelValue | undefined): bigint => (typeof value === 'bigint' ? value : 0n)
const listOf = (value: CelValue | undefined): readonly CelValue[] => (value !== undefined && isList(value) ? value : [])
const length = (value: string): bigint => BigInt([...value].length)

const strings: Record<string, Call> = {
  'size(string)': ([a]) => length(text(a)),
  'string.size()': ([a]) => length(text(a)),
  'string.startsWith(string)': ([a, b]) => text(a).startsWith(text(b)),
  'string.endsWith(string)': ([a, b]) => text(a).endsWith(text(b)),
  'string.contains(string)': ([a, b]) => text(a).includes(text(b)),
  'string.matches(string)': ([a, b]) => matches(text(a), text(b)),
  'matches(string,string)': ([a, b]) => matches(text(a), text(b)),
  'string.lowerAscii()': ([a]) => text(a).replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()),
  'string.upperAscii()': ([a]) => text(a).replaceAll(/[a-z]/g, (letter) => letter.toUpperCase()),
  'string.replace(string,string)': ([a, b, c]) =>
    text(b) === '' ? unsupported('replace() of an empty text') : text(a).replaceAll(text(b), () => text(c)),
  'string.split(string)': ([a, b]) => (text(b) === '' ? [...text(a)] : text(a).split(text(b))),
  'string.substring(int)': ([a, from]) => substring(text(a), int(from), length(text(a))),
  'string.substring(int,int)': ([a, from, to]) => substring(text(a), int(from), int(to)),
  'string.indexOf(string)': ([a, b]) => indexOf(text(a), text(a).indexOf(text(b))),
  'string.lastIndexOf(string)': ([a, b]) => indexOf(text(a), text(a).lastIndexOf(text(b))),
}

const conversions: Record<string, Call> = {
  'string(string)': ([a]) => text(a),
  'string(int)': ([a]) => `${int(a)}`,
  'string(bool)': ([a]) => `${a === true}`,
  'int(int)': ([a]) => int(a),
  'int(string)': ([a]) => parseInt64(text(a)) ?? celError("type conversion error from 'string' to 'int'"),
  'double(double)': ([a = null]) => a,
  'double(int)': ([a]) => Number(int(a)),
  'bool(bool)': ([a]) => a === true,
}

const lists: Record<string, Call> = {
  'size(list)': ([a]) => BigInt(listOf(a).length),
  'list.size()': ([a]) => BigInt(listOf(a).length),
  'size(map)': ([a]) => sizeOfMap(a),
  'map.size()': ([a]) => sizeOfMap(a),
  'sets.contains(list,list)': ([a, b]) => listOf(b).every((item) => has(a, item)),
  'sets.intersects(list,list)': ([a, b]) => listOf(b).some((item) => has(a, item)),
  'sets.equivalent(list,list)': ([a, b]) =>
    listOf(b).every((item) => has(a, item)) && listOf(a).every((item) => has(b, item)),
}

const quantities: Record<string, Call> = {
  'quantity(string)': ([a]) => {
    const amount = parseQuantity(text(a))
    return amount === undefined ? unsupported('a text that is no quantity') : { kind: 'quantity', amount }
  },
  'isQuantity(string)': ([a]) => parseQuantity(text(a)) !== undefined,
  'sign(quantity)': ([a]) => order(amountOf(a), 0n),
  'quantity.compareTo(quantity)': ([a, b]) => order(amountOf(a), amountOf(b)),
  'quantity.isGreaterThan(quantity)': ([a, b]) => amountOf(a) > amountOf(b),
  'quantity.isLessThan(quantity)': ([a, b]) => amountOf(a) < amountOf(b),
  'quantity.add(quantity)': ([a, b]) => ({ kind: 'quantity', amount: amountOf(a) + amountOf(b) }),
  'quantity.add(int)': ([a, b]) => ({ kind: 'quantity', amount: amountOf(a) + int(b) * unit }),
  'quantity.sub(quantity)': ([a, b]) => ({ kind: 'quantity', amount: amountOf(a) - amountOf(b) }),
  'quantity.sub(int)': ([a, b]) => ({ kind: 'quantity', amount: amountOf(a) - int(b) * unit }),
  'quantity.isInteger()': ([a]) => isWhole(amountOf(a)),
  'quantity.asInteger()': ([a]) =>
    isWhole(amountOf(a)) ? amountOf(a) / unit : celError('cannot convert value to integer'),
  'quantity.asApproximateFloat()': ([a]) => Number(amountOf(a)) / Number(unit),
}

const versions: Record<string, Call> = {
  'semver(string)': ([a]) => semver(text(a), false),
  'semver(string,bool)': ([a, normalize]) => semver(text(a), normalize === true),
  'isSemver(string)': ([a]) => parseSemver(text(a)) !== undefined,
  'isSemver(string,bool)': ([a, normalize]) => parseSemver(text(a), normalize === true) !== undefined,
  'semver.compareTo(semver)': ([a, b]) => BigInt(versionsCompared(a, b)),
  'semver.isGreaterThan(semver)': ([a, b]) => versionsCompared(a, b) > 0,
  'semver.isLessThan(semver)': ([a, b]) => versionsCompared(a, b) < 0,
  'semver.major()': ([a]) => part(a, 'major'),
  'semver.minor()': ([a]) => part(a, 'minor'),
  'semver.patch()': ([a]) => part(a, 'patch'),
}

/** With `_` for an argument of any kind. */
const generic: Record<string, Call> = {
  'dyn(_)': ([a = null]) => a,
  'optional.of(_)': ([a = null]) => ({ kind: 'optional', value: a }),
  'optional.none()': () => ({ kind: 'optional' }),
  'optional.hasValue()': ([a]) => held(a) !== undefined,
  'optional.value()': ([a]) => held(a) ?? celError('optional.none() dereference'),
  'optional.orValue(_)': ([a, b = null]) => held(a) ?? b,
  'optional.or(_)': ([a = null, b = null]) => (held(a) === undefined ? b : a),
}

const exact: Record<string, Call> = Object.assign(
  Object.create(null),
  strings,
  conversions,
  lists,
  quantities,
  versions,
)

/** Functions of which every form stands above: other arguments are an error in kube-scheduler too. */
const complete = new Set([
  ...['startsWith', 'endsWith', 'contains', 'lowerAscii', 'upperAscii', 'quantity', 'isQuantity', 'asInteger'],
  ...['isInteger', 'major', 'minor', 'patch'],
])

/** Those with one form for quantities and one for versions: their error names what they were given. */
const twofold = new Set(['compareTo', 'isGreaterThan', 'isLessThan'])

function mismatch(name: string, args: readonly CelValue[]): CelResult {
  if (complete.has(name)) return noSuchOverload
  const types = args.map(typeName)
  if (!twofold.has(name) || types.includes(undefined)) return unsupported(`the function ${name} of such values`)
  return celError(`no such overload: ${name}(${types.join(', ')})`)
}

function typeName(value: CelValue): string | undefined {
  const kind = kindOf(value)
  if (kind === 'quantity') return 'kubernetes.Quantity'
  if (kind === 'semver') return 'kubernetes.Semver'
  return ['bool', 'int', 'double', 'string'].includes(kind) ? kind : undefined
}

const unit = 1_000_000_000n

function matches(value: string, pattern: string): CelResult {
  return celPattern(pattern)?.test(value) ?? unsupported(`the pattern ${JSON.stringify(pattern)}`)
}

function substring(value: string, from: bigint, to: bigint): CelResult {
  const letters = [...value]
  if (from < 0n || to < from || to > BigInt(letters.length)) return unsupported('substring() beyond the text')
  return letters.slice(Number(from), Number(to)).join('')
}

function indexOf(value: string, at: number): bigint {
  return at < 0 ? -1n : length(value.slice(0, at))
}

function sizeOfMap(value: CelValue | undefined): CelResult {
  if (value === null || typeof value !== 'object' || isList(value) || value.kind !== 'map') return noSuchOverload
  return BigInt(value.entries.size)
}

function has(list: CelValue | undefined, item: CelValue): boolean {
  return listOf(list).some((one) => equals(one, item))
}

function amountOf(value: CelValue | undefined): Quantity {
  const isQuantity = value !== null && typeof value === 'object' && !isList(value) && value.kind === 'quantity'
  return isQuantity ? value.amount : 0n
}

function order(a: Quantity, b: Quantity): bigint {
  return a < b ? -1n : a > b ? 1n : 0n
}

function isWhole(amount: Quantity): boolean {
  const value = amount / unit
  return amount % unit === 0n && value >= -(2n ** 63n) && value < 2n ** 63n
}

function semver(value: string, normalize: boolean): CelResult {
  const version = parseSemver(value, normalize)
  return version === undefined ? unsupported('a text that is no version') : { kind: 'semver', version }
}

function versionOf(value: CelValue | undefined) {
  const isSemver = value !== null && typeof value === 'object' && !isList(value) && value.kind === 'semver'
  return isSemver ? value.version : undefined
}

function versionsCompared(a: CelValue | undefined, b: CelValue | undefined): number {
  const [left, right] = [versionOf(a), versionOf(b)]
  return left === undefined || right === undefined ? 0 : left.compare(right)
}

function part(value: CelValue | undefined, name: 'major' | 'minor' | 'patch'): CelResult {
  return versionOf(value)?.[name] ?? noSuchOverload
}

function held(value: CelValue | undefined): CelValue | undefined {
  const isOptional = value !== null && typeof value === 'object' && !isList(value) && value.kind === 'optional'
  return isOptional ? value.value : undefined
}
