import type { HelmRelease } from '#model/helm-release.ts'
import { isRecord } from '#model/raw-object.ts'
import { fromJson, type Place, type Places, type Value } from './template/value.ts'

type Json = Readonly<Record<string, unknown>>

/** The values that a chart is rendered with: the person's over the chart's. A `null` of theirs takes a key away. */
export function valuesOf(record: HelmRelease): Json {
  return coalesced(record.values as Json | undefined, record.chart?.values as Json | undefined)
}

/** @see helm.sh/helm pkg/chartutil/coalesce.go (v3.22.0) */
function coalesced(over: unknown, under: unknown): Json {
  const given = isRecord(over) ? over : {}
  const made: Record<string, unknown> = Object.create(null)
  for (const [key, value] of Object.entries(isRecord(under) ? under : {})) {
    if (!Object.hasOwn(given, key)) made[key] = value
    else if (isRecord(value) && isRecord(given[key])) made[key] = coalesced(given[key], value)
  }
  for (const [key, value] of Object.entries(given)) {
    if (value !== null && made[key] === undefined) made[key] = value
  }
  return made
}

/** The values as the chart under this prefix sees them; `global` of the whole release is the same in every chart. */
export function valuesUnder(values: Json, prefix: Place, places: Places): Value {
  let own: unknown = values
  for (const key of prefix) own = isRecord(own) && Object.hasOwn(own, key) ? own[key] : {}
  if (prefix.length === 0) return fromJson(own, places)
  const made = new Map<string, Value>()
  const own_ = isRecord(own) ? own : {}
  for (const [key, value] of Object.entries(own_)) made.set(key, fromJson(value, places, [...prefix, key]))
  made.set('global', fromJson(coalesced(values.global, own_.global), places, ['global']))
  places.set(made, [prefix])
  return made
}

/** What stands at a place; undefined where nothing does. */
export function at(values: unknown, place: Place): unknown {
  let here = values
  for (const step of place) {
    const index = indexOf(step)
    if (index !== undefined && Array.isArray(here)) here = here[index]
    else if (isRecord(here) && Object.hasOwn(here, step)) here = here[step]
    else return undefined
  }
  return here ?? undefined
}

/** The values with something else at a place; undefined where a text or a number stands in the way. */
export function withAt(values: unknown, place: Place, value: unknown): Json | undefined {
  const made = replaced(values, place, value)
  return isRecord(made) ? made : undefined
}

function replaced(here: unknown, [step, ...rest]: Place, value: unknown): unknown {
  if (step === undefined) return value
  const index = indexOf(step)
  if (index !== undefined && Array.isArray(here)) {
    const made = replaced(here[index], rest, value)
    return made === undefined || index >= here.length ? undefined : here.with(index, made)
  }
  if (here !== null && here !== undefined && !isRecord(here)) return undefined
  const made = replaced(isRecord(here) && Object.hasOwn(here, step) ? here[step] : undefined, rest, value)
  return made === undefined ? undefined : Object.assign(Object.create(null), here, { [step]: made })
}

function indexOf(step: string): number | undefined {
  const found = /^\[(\d+)\]$/.exec(step)
  return found === null ? undefined : Number(found[1])
}

/** `workers[0].tolerations`; a key with dots in it stands in brackets. */
export function pathOf(place: Place): string {
  return place
    .map((step, at) =>
      indexOf(step) !== undefined ? step : /[.[\]\s]/.test(step) ? `[${step}]` : at === 0 ? step : `.${step}`,
    )
    .join('')
}

/** Every place in the values under which something named like tolerations stands. */
export function tolerationPlaces(values: unknown, prefix: Place = [], depth = 0): Place[] {
  if (!isRecord(values) || depth > 30) return []
  return Object.entries(values).flatMap(([key, value]) =>
    /tolerations$/i.test(key) ? [[...prefix, key]] : tolerationPlaces(value, [...prefix, key], depth + 1),
  )
}
