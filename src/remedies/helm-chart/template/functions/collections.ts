import { hasMark } from '#remedies/helm-chart/template/marks.ts'
import { Unfollowable } from '#remedies/helm-chart/template/trouble.ts'
import {
  fieldOf,
  isList,
  isMap,
  isNil,
  placesOf,
  toJson,
  truth,
  Unknown,
  type Value,
  type ValueMap,
} from '#remedies/helm-chart/template/value.ts'
import { type Kit, numberOf, print, type TemplateFunction, unknownAmong } from './kit.ts'

const maxItems = 10_000

/**
 * Lists and maps. A map made of others keeps the places of all of them.
 * @see sprig dict.go, list.go (v3.3.0)
 */
export const collections: Readonly<Record<string, TemplateFunction>> = {
  list: (args) => [...args],
  tuple: (args) => [...args],
  dict: (args) => pairs(args),
  get: ([map = null, key = null], kit) => item(map, key, kit),
  pluck: ([key = null, ...maps], kit) => maps.map((map) => item(map, key, kit)).filter((one) => !isNil(one)),
  index: ([from = null, ...keys], kit) => keys.reduce((here: Value, key) => item(here, key, kit), from),
  hasKey: ([map = null, key = null]) => (map instanceof Unknown ? map : isMap(map) && !isNil(map.get(print(key)))),
  keys: (args) => args.filter(isMap).flatMap((map) => [...map.keys()]),
  values: ([map = null]) => (isMap(map) ? [...map.values()] : []),
  set: ([map = null, key = null, value = null]) => {
    if (map instanceof Map) map.set(print(key), value)
    return map
  },
  unset: ([map = null, key = null]) => {
    if (map instanceof Map) map.delete(print(key))
    return map
  },
  pick: ([map = null, ...keys]) => only(map, (key) => keys.map(print).includes(key)),
  omit: ([map = null, ...keys]) => only(map, (key) => !keys.map(print).includes(key)),
  merge: (args, kit) => mergedInto(args[0], merged(args, kit), kit),
  mergeOverwrite: (args, kit) => mergedInto(args[0], merged([...args].reverse(), kit), kit),
  deepCopy: ([value = null], kit) => copied(value, kit),
  dig: (args, kit) => dug(args, kit),
  concat: (args) => unknownAmong(args) ?? args.flatMap((arg) => (isList(arg) ? arg : [])),
  append: ([list = null, value = null]) => whole(list, (items) => [...items, value]),
  prepend: ([list = null, value = null]) => whole(list, (items) => [value, ...items]),
  first: ([list = null]) => whole(list, (items) => items[0] ?? null),
  last: ([list = null]) => whole(list, (items) => items.at(-1) ?? null),
  rest: ([list = null]) => whole(list, (items) => items.slice(1)),
  initial: ([list = null]) => whole(list, (items) => items.slice(0, -1)),
  reverse: ([list = null]) => whole(list, (items) => [...items].reverse()),
  compact: ([list = null]) => whole(list, (items) => items.filter((one) => truth(one) !== false)),
  uniq: ([list = null]) =>
    whole(list, (items) => items.filter((one, at) => items.findIndex((other) => same(one, other)) === at)),
  without: ([list = null, ...others]) =>
    whole(list, (items) => items.filter((one) => !others.some((other) => same(one, other)))),
  has: ([value = null, list = null]) =>
    unknownAmong([value, list]) ?? (isList(list) && list.some((one) => same(one, value))),
  sortAlpha: ([list = null]) => whole(list, (items) => items.map(print).sort()),
  slice: ([list = null, from = null, to = null]) =>
    whole(list, (items) => items.slice(numberOf(from), isNil(to) ? undefined : numberOf(to))),
  untilStep: ([from = null, to = null, step = null]) =>
    unknownAmong([from, to, step]) ?? stepped(numberOf(from), numberOf(to), numberOf(step)),
  until: ([count = null]) => (count instanceof Unknown ? count : upTo(numberOf(count))),
  len: ([value = null]) =>
    value instanceof Unknown
      ? value
      : isMap(value)
        ? value.size
        : typeof value === 'string' || isList(value)
          ? value.length
          : 0,
}

function stepped(from: number, to: number, step: number): Value {
  const made: number[] = []
  for (let at = from; step !== 0 && (step > 0 ? at < to : at > to); at += step) {
    if (made.length === maxItems) throw new Unfollowable('a list of its own making is too long')
    made.push(at)
  }
  return made
}

function pairs(args: readonly Value[]): ValueMap {
  const made = new Map<string, Value>()
  for (let at = 0; at < args.length; at += 2) made.set(print(args[at]), args[at + 1] ?? '')
  return made
}

/** A key that is not known leads nowhere that is known. */
function item(from: Value, key: Value, kit: Kit): Value {
  if (key instanceof Unknown) return key
  const name = print(key)
  if (hasMark(name)) return kit.unknown('a key is not known')
  if (isList(from)) return from[numberOf(key)] ?? null
  return fieldOf(from, name, kit.places)
}

function only(map: Value, keeps: (key: string) => boolean): Value {
  return isMap(map) ? new Map([...map].filter(([key]) => keeps(key))) : map
}

function whole(list: Value, work: (items: readonly Value[]) => Value): Value {
  if (list instanceof Unknown) return list
  return work(isList(list) ? list : [])
}

/** The first map itself is changed, which charts rely on. */
function mergedInto(target: Value | undefined, made: Value, { places }: Kit): Value {
  if (!(target instanceof Map) || !isMap(made)) return made
  target.clear()
  for (const [key, value] of made) target.set(key, value)
  places.set(target, placesOf(made, places))
  return target
}

/** What stands in an earlier map stays. */
function merged(args: readonly Value[], kit: Kit, depth = 0): Value {
  const unknown = unknownAmong(args)
  if (unknown !== undefined) return unknown
  kit.step()
  if (depth > 100) throw new Unfollowable('maps are merged more than 100 levels deep')
  const made = new Map<string, Value>()
  for (const map of args.filter(isMap)) {
    for (const [key, value] of map) {
      const before = made.get(key)
      if (isMap(before) && isMap(value)) made.set(key, merged([before, value], kit, depth + 1))
      else if (before === undefined || truth(before) === false) made.set(key, value)
    }
  }
  const from = args.flatMap((arg) => placesOf(arg, kit.places))
  kit.places.set(made, from)
  return made
}

function copied(value: Value, kit: Kit, depth = 0): Value {
  kit.step()
  if (depth > 100) throw new Unfollowable('a map is copied more than 100 levels deep')
  if (!isMap(value)) return value
  const made = new Map([...value].map(([key, part]): [string, Value] => [key, copied(part, kit, depth + 1)]))
  kit.places.set(made, kit.places.of(value))
  return made
}

/** `dig "a" "b" DEFAULT map` */
function dug(args: readonly Value[], { places }: Kit): Value {
  const keys = args.slice(0, -2)
  const found = keys.reduce((here: Value, key) => fieldOf(here, print(key), places), args.at(-1) ?? null)
  return isNil(found) ? (args.at(-2) ?? null) : found
}

function same(one: Value, other: Value): boolean {
  const text = (value: Value) => JSON.stringify(toJson(value, (note) => `?${note}`))
  return text(one) === text(other)
}

function upTo(count: number): Value {
  if (count > maxItems) throw new Unfollowable('a list of its own making is too long')
  return Array.from({ length: Math.max(Math.trunc(count) || 0, 0) }, (_, at) => at)
}
