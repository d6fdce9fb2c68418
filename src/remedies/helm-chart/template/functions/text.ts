import { hasMark } from '#remedies/helm-chart/template/marks.ts'
import { isList, isNil, Unknown, type Value } from '#remedies/helm-chart/template/value.ts'
import { type Kit, numberOf, print, type TemplateFunction, unknownAmong } from './kit.ts'

/**
 * Texts and numbers. An unknown piece of a text goes on as one character; what would have to look into it is unknown.
 * @see sprig strings.go, numeric.go (v3.3.0)
 */
export const text: Readonly<Record<string, TemplateFunction>> = {
  quote: (args) =>
    args
      .filter((arg) => !isNil(arg))
      .map((arg) => JSON.stringify(print(arg)))
      .join(' '),
  squote: (args) =>
    args
      .filter((arg) => !isNil(arg))
      .map((arg) => `'${print(arg)}'`)
      .join(' '),
  print: (args) => args.map(print).join(''),
  println: (args) => `${args.map(print).join(' ')}\n`,
  cat: (args) => args.map(print).join(' '),
  printf: ([format = null, ...args]) => formatted(print(format), args),
  trim: ([value = null]) => print(value).trim(),
  nospace: ([value = null]) => print(value).replace(/\s/g, ''),
  upper: ([value = null]) => print(value).toUpperCase(),
  lower: ([value = null]) => print(value).toLowerCase(),
  title: ([value = null]) => print(value).replace(/\b\p{Ll}/gu, (char) => char.toUpperCase()),
  trimSuffix: ([suffix = null, value = null]) => withoutSuffix(print(value), print(suffix)),
  trimPrefix: ([prefix = null, value = null]) => withoutPrefix(print(value), print(prefix)),
  trunc: ([length = null, value = null]) => truncated(numberOf(length), print(value)),
  substr: ([from = null, to = null, value = null]) => substring(numberOf(from), numberOf(to), print(value)),
  replace: ([old = null, by = null, value = null]) => print(value).replaceAll(print(old), () => print(by)),
  contains: looking((part, value) => value.includes(part)),
  hasPrefix: looking((part, value) => value.startsWith(part)),
  hasSuffix: looking((part, value) => value.endsWith(part)),
  repeat: ([count = null, value = null]) =>
    print(value)
      .slice(0, 1000)
      .repeat(Math.min(Math.max(numberOf(count) || 0, 0), 1000)),
  indent: ([spaces = null, value = null]) => indented(numberOf(spaces), print(value)),
  nindent: ([spaces = null, value = null]) => `\n${indented(numberOf(spaces), print(value))}`,
  join: ([separator = null, list = null], kit) =>
    isList(list)
      ? list.map(print).join(print(separator))
      : list instanceof Unknown
        ? kit.unknown('a list that is not known')
        : print(list),
  splitList: ([separator = null, value = null]) => print(value).split(print(separator)),
  split: ([separator = null, value = null]) =>
    new Map(
      print(value)
        .split(print(separator))
        .map((part, at): [string, Value] => [`_${at}`, part]),
    ),
  int: ([value = null]) => whole(value),
  int64: ([value = null]) => whole(value),
  atoi: ([value = null]) => whole(value),
  float64: ([value = null]) => (value instanceof Unknown ? value : numberOf(value) || 0),
  add: counting((numbers) => numbers.reduce((sum, one) => sum + one, 0)),
  add1: counting(([one = 0]) => one + 1),
  sub: counting(([one = 0, other = 0]) => one - other),
  mul: counting((numbers) => numbers.reduce((product, one) => product * one, 1)),
  div: counting(([one = 0, other = 0]) => Math.trunc(one / other)),
  mod: counting(([one = 0, other = 0]) => one % other),
  max: counting((numbers) => Math.max(...numbers)),
  min: counting((numbers) => Math.min(...numbers)),
  semverCompare: ([constraint = null, version = null], kit) => atLeast(print(constraint), print(version), kit),
}

/** Tests that cannot be told of a text with unknown pieces. */
function looking(test: (part: string, value: string) => boolean): TemplateFunction {
  return ([part = null, value = null], kit) => {
    const texts = [print(part), print(value)] as const
    return texts.some(hasMark) ? kit.unknown('a text that is not known') : test(...texts)
  }
}

function counting(compute: (numbers: readonly number[]) => number): TemplateFunction {
  return (args) => unknownAmong(args) ?? compute(args.map((arg) => numberOf(arg) || 0))
}

function whole(value: Value): Value {
  return value instanceof Unknown ? value : Math.trunc(numberOf(value) || 0)
}

function withoutSuffix(value: string, suffix: string): string {
  return suffix !== '' && value.endsWith(suffix) ? value.slice(0, -suffix.length) : value
}

function withoutPrefix(value: string, prefix: string): string {
  return value.startsWith(prefix) ? value.slice(prefix.length) : value
}

function truncated(length: number, value: string): string {
  if (Number.isNaN(length)) return value
  return length < 0 ? value.slice(length) : value.slice(0, length)
}

function substring(from: number, to: number, value: string): string {
  return value.slice(Math.max(from || 0, 0), to < 0 ? undefined : to)
}

function indented(spaces: number, value: string): string {
  const margin = ' '.repeat(Math.min(Math.max(spaces || 0, 0), 1000))
  return margin + value.replaceAll('\n', `\n${margin}`)
}

function formatted(format: string, args: readonly Value[]): string {
  let next = 0
  return format.replace(/%(?:%|[-+ 0#]*\d*(?:\.\d+)?([a-zA-Z]))/g, (whole, verb: string | undefined) => {
    if (verb === undefined) return '%'
    const value = print(args[next++])
    return verb === 'q' ? JSON.stringify(value) : /[svdtf]/.test(verb) ? value : whole
  })
}

/** `>=1.19-0` and `^1.2`: the usual question of charts, whether the server is new enough. */
function atLeast(constraint: string, version: string, kit: Kit): Value {
  const asked = /^\s*(>=|>|<|<=)\s*v?(\d+)\.(\d+)(?:\.(\d+))?(?:-0)?\s*$/.exec(constraint)
  const found = /^v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(version)
  if (asked === null || found === null) return kit.unknown(`semverCompare ${JSON.stringify(constraint.slice(0, 40))}`)
  const parts = (from: RegExpExecArray, at: number) => [0, 1, 2].map((n) => Number(from[at + n] ?? 0))
  const [wanted, given] = [parts(asked, 2), parts(found, 1)]
  const order = given.map((part, at) => part - (wanted[at] ?? 0)).find((difference) => difference !== 0) ?? 0
  const sign = asked[1]
  if (order === 0) return sign === '>=' || sign === '<='
  return order > 0 ? sign === '>=' || sign === '>' : sign === '<' || sign === '<='
}
