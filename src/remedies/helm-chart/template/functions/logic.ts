import { hasMark } from '#remedies/helm-chart/template/marks.ts'
import {
  isList,
  isMap,
  isNil,
  placesOf,
  toJson,
  truth,
  Unknown,
  type Value,
} from '#remedies/helm-chart/template/value.ts'
import { type Kit, numberOf, print, type TemplateFunction, unknownAmong } from './kit.ts'

/**
 * Conditions and choices. Where a choice cannot be told, the result is unknown.
 * @see text/template/funcs.go (go 1.24), sprig defaults.go, reflect.go (v3.3.0)
 */
export const logic: Readonly<Record<string, TemplateFunction>> = {
  and: (args, kit) => choose(args, false, kit),
  or: (args, kit) => choose(args, true, kit),
  not: ([value = null]) => negated(value),
  empty: ([value = null]) => negated(value),
  all: (args, kit) => truthOf(choose(args, false, kit)),
  any: (args, kit) => truthOf(choose(args, true, kit)),
  eq: ([first = null, ...others], kit) =>
    compared([first, ...others], kit, () => others.some((one) => equal(first, one))),
  ne: ([first = null, second = null], kit) => compared([first, second], kit, () => !equal(first, second)),
  lt: (args, kit) => ordered(args, kit, (order) => order < 0),
  le: (args, kit) => ordered(args, kit, (order) => order <= 0),
  gt: (args, kit) => ordered(args, kit, (order) => order > 0),
  ge: (args, kit) => ordered(args, kit, (order) => order >= 0),
  default: ([fallback = null, given = null], kit) => {
    const isGiven = truth(given)
    if (isGiven === undefined) return kit.unknown('a default for what is not known')
    return isGiven ? given : placed(fallback, [given], kit)
  },
  coalesce: (args, kit) => {
    for (const arg of args) {
      const isGiven = truth(arg)
      if (isGiven === undefined) return kit.unknown('a choice among what is not known')
      if (isGiven) return arg
    }
    return args.at(-1) ?? null
  },
  ternary: ([yes = null, no = null, test = null], kit) => {
    const decided = truth(test)
    return decided === undefined ? kit.unknown('a choice by what is not known') : decided ? yes : no
  },
  required: ([, value = null]) => value,
  kindOf: ([value = null]) => kindOf(value),
  typeOf: ([value = null]) => kindOf(value),
  kindIs: ([kind = null, value = null]) => isKind(kind, value),
  typeIs: ([kind = null, value = null]) => isKind(kind, value),
  deepEqual: ([first = null, second = null], kit) => compared([first, second], kit, () => equal(first, second)),
}

/** An empty map that stands in for values which are not set keeps their places: `default (dict) .Values.a`. */
function placed(value: Value, instead: readonly Value[], { places }: Kit): Value {
  const from = instead.flatMap((one) => placesOf(one, places))
  if (!isMap(value) || value.size > 0 || from.length === 0) return value
  const made = new Map<string, Value>()
  places.set(made, from)
  return made
}

/** `and` gives the first empty argument, `or` the first other; both the last where there is none. */
function choose(args: readonly Value[], wanted: boolean, kit: Kit): Value {
  const passed: Value[] = []
  let isUnsure: Value | undefined
  for (const arg of args) {
    const is = truth(arg)
    if (is === wanted)
      return isUnsure === undefined ? placed(arg, passed, kit) : wanted ? uncertain(wanted, arg, isUnsure) : arg
    if (is === undefined) isUnsure ??= arg
    passed.push(arg)
  }
  return isUnsure ?? placed(args.at(-1) ?? null, passed, kit)
}

/** `or unknown true` is not empty whatever the unknown is, though which of them it is stays open. */
function uncertain(wanted: boolean, arg: Value, unsure: Value): Value {
  return arg === wanted ? arg : unsure
}

function negated(value: Value): Value {
  const is = truth(value)
  return is === undefined ? value : !is
}

function truthOf(value: Value): Value {
  return truth(value) ?? value
}

function compared(args: readonly Value[], kit: Kit, test: () => boolean): Value {
  const unknown = unknownAmong(args) ?? marked(args, kit)
  return unknown ?? test()
}

function marked(args: readonly Value[], kit: Kit): Unknown | undefined {
  return args.some((arg) => typeof arg === 'string' && hasMark(arg))
    ? kit.unknown('a text that is not known')
    : undefined
}

function equal(one: Value, other: Value): boolean {
  const text = (value: Value) => JSON.stringify(toJson(value, () => null))
  if (isNil(one) || isNil(other)) return isNil(one) && isNil(other)
  return text(one) === text(other)
}

function ordered(args: readonly Value[], kit: Kit, test: (order: number) => boolean): Value {
  const [first = null, second = null] = args
  return compared(args, kit, () => {
    if (typeof first === 'string' && typeof second === 'string')
      return test(first < second ? -1 : first > second ? 1 : 0)
    const order = numberOf(first) - numberOf(second)
    return !Number.isNaN(order) && test(order)
  })
}

/** Go's name of a kind; numbers of values are float64, those of a template int. */
function kindOf(value: Value): Value {
  if (value instanceof Unknown) return value
  if (isNil(value)) return 'invalid'
  if (isList(value)) return 'slice'
  if (isMap(value)) return 'map'
  if (typeof value === 'boolean') return 'bool'
  return typeof value === 'number' ? 'float64' : 'string'
}

function isKind(kind: Value, value: Value): Value {
  const own = kindOf(value)
  if (own instanceof Unknown) return own
  const asked = print(kind)
  if (own === 'float64') return /^(float64|int|int64)$/.test(asked)
  if (own === 'slice') return asked === 'slice' || asked.startsWith('[]')
  return asked === own || (own === 'map' && asked.startsWith('map['))
}
