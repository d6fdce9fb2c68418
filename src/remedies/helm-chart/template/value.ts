import { isRecord } from '#model/raw-object.ts'
import { isAllMarks, leftOut } from './marks.ts'
import { Unfollowable } from './trouble.ts'

/**
 * A value inside a template. Maps are Maps, so that no key of a person's is taken for one of the language's. What
 * stands in the chart's values knows its places there, whatever way it is passed on.
 */
export type Value = string | number | boolean | null | readonly Value[] | ValueMap | Unknown | Missing

export type ValueMap = ReadonlyMap<string, Value>

/** A path in the values of the release. */
export type Place = readonly string[]

/** A value that is not known; the note says why. */
export class Unknown {
  readonly note: number

  constructor(note: number) {
    this.note = note
  }
}

/** Nothing, at places where something could be set. */
export class Missing {
  readonly places: readonly Place[]

  constructor(places: readonly Place[]) {
    this.places = places
  }
}

/** The places in the values that maps and lists come from, and which of them were read. */
export class Places {
  readonly reads = new Map<string, Place>()
  private readonly known = new WeakMap<object, readonly Place[]>()

  of(value: object): readonly Place[] {
    return this.known.get(value) ?? []
  }

  set(value: object, places: readonly Place[]): void {
    if (places.length > 0) this.known.set(value, places.slice(0, 8))
  }

  read(place: Place): void {
    if (this.reads.size < 5000) this.reads.set(place.join('\0'), place)
  }
}

/** JSON values as templates see them, with their places. */
export function fromJson(value: unknown, places?: Places, place: Place = []): Value {
  if (value === null || value === undefined) return places === undefined ? null : new Missing([place])
  if (value === '(left out)') return leftOut
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  const made = Array.isArray(value)
    ? value.map((item, at) => fromJson(item, places, [...place, `[${at}]`]))
    : isRecord(value)
      ? new Map(Object.entries(value).map(([key, part]) => [key, fromJson(part, places, [...place, key])]))
      : null
  if (made !== null) places?.set(made, [place])
  return made
}

/** What a template makes of maps in maps may have no end, or too many ends to write down. */
const maxParts = 100_000

/** The other way; unknown pieces are told by `unknown`. */
export function toJson(value: Value, unknown: (note: number) => unknown, made = { parts: 0 }): unknown {
  if (++made.parts > maxParts) throw new Unfollowable('a value of its making is too large')
  if (isList(value)) return value.map((item) => toJson(item, unknown, made))
  if (isMap(value)) {
    const keys = [...value.keys()].sort()
    return Object.fromEntries(keys.map((key) => [key, toJson(value.get(key) ?? null, unknown, made)]))
  }
  if (value instanceof Unknown) return unknown(value.note)
  return value instanceof Missing ? null : value
}

/** What stands under a key; where the map comes from the values, nothing still has its places. */
export function fieldOf(value: Value, key: string, places: Places): Value {
  if (value instanceof Unknown) return value
  const from = placesOf(value, places)
  for (const place of from) places.read([...place, key])
  const found = isMap(value) ? value.get(key) : undefined
  if (found !== undefined && found !== null) return found
  return from.length === 0 ? null : new Missing(from.map((place) => [...place, key]))
}

/** The places that a value is known to come from. */
export function placesOf(value: Value, places: Places): readonly Place[] {
  if (value instanceof Missing) return value.places
  return typeof value === 'object' && value !== null ? places.of(value) : []
}

export function isMap(value: Value | undefined): value is ValueMap {
  return value instanceof Map
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value)
}

export function isNil(value: Value | undefined): value is null | undefined | Missing {
  return value === null || value === undefined || value instanceof Missing
}

/** Whether Go takes a value for true, that is not empty; undefined where that is not known. */
export function truth(value: Value): boolean | undefined {
  if (value instanceof Unknown) return undefined
  if (isNil(value)) return false
  if (isMap(value)) return value.size > 0
  if (isList(value)) return value.length > 0
  if (typeof value === 'string' && value !== '') return isAllMarks(value) ? undefined : true
  return value !== '' && value !== 0 && value !== false
}
