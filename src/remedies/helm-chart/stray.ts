import { readTolerations } from '#components/subject.ts'
import type { Toleration } from '#model/api/pod.ts'
import type { HelmRelease } from '#model/helm-release.ts'
import { isRecord } from '#model/raw-object.ts'
import { type Asked, nameOf } from './asked.ts'
import { holdsAll } from './entry.ts'
import type { Place } from './template/value.ts'
import { at, pathOf } from './values.ts'

const maxTold = 3
const maxDepth = 30
const named = /tolerat/i

/**
 * Keys of the person's own values that hold tolerations and lead nowhere: misspelt, a level off, a subchart's name
 * missing. The chart has no such key, its templates read none, and nothing that it rendered has what stands there.
 * `right` is the key that does get there.
 */
export function strayWarnings(asked: Asked, right: Place): string[] {
  const { record } = asked
  return strayPlaces(record, right)
    .slice(0, maxTold)
    .map(
      (place) =>
        `The values set ${pathOf(place)}, which reaches nothing of release ${asked.release.name}: the key for ${nameOf(asked)} is ${pathOf(right)}.`,
    )
}

function strayPlaces(record: HelmRelease, right: Place): Place[] {
  const rendered = [...(record.objects ?? []), ...(record.hooks ?? [])]
  if (rendered.some(({ problem }) => problem !== undefined)) return []
  const set = placesOfTolerations(record.values).filter((place) => pathOf(place) !== pathOf(right))
  return set.filter((place) => {
    if (at(record.chart?.values, place) !== undefined) return false
    if (isOfSubchart(record, place, right) || isRead(record, place)) return false
    const entries = readTolerations(at(record.values, place))
    return !rendered.some(({ object }) => holdsSomewhere(object, entries))
  })
}

/** Lists named somewhat like tolerations, whose entries look like them. */
function placesOfTolerations(value: unknown, place: Place = []): Place[] {
  if (!isRecord(value) || place.length > maxDepth) return []
  return Object.entries(value).flatMap(([key, part]) => {
    const here = [...place, key]
    if (!Array.isArray(part)) return placesOfTolerations(part, here)
    return named.test(key) && part.length > 0 && part.every(isToleration) ? [here] : []
  })
}

const fields = new Set(['key', 'operator', 'value', 'effect', 'tolerationSeconds'])

function isToleration(value: unknown): boolean {
  return isRecord(value) && Object.keys(value).length > 0 && Object.keys(value).every((key) => fields.has(key))
}

/** Whether the record's templates may read it: one names its first key, and one its last. */
function isRead({ chart }: HelmRelease, place: Place): boolean {
  const [first = '', last = ''] = [place[0], place.at(-1)]
  const texts = (chart?.templates ?? []).map(({ text }) => text)
  const isFirst = texts.some((text) => text.includes(`"${first}"`) || has(text, /\bValues\.(\w+)/g, first))
  return isFirst && texts.some((text) => has(text, /([\w-]+)/g, last))
}

function has(text: string, pattern: RegExp, word: string): boolean {
  for (const [, found] of text.matchAll(pattern)) if (found === word) return true
  return false
}

/** A subchart's values are its own affair, and it may be switched off. */
function isOfSubchart({ chart }: HelmRelease, place: Place, right: Place): boolean {
  const names = (chart?.dependencies ?? []).map(({ name, alias }) => alias ?? name)
  return place[0] !== right[0] && names.includes(place[0])
}

function holdsSomewhere(value: unknown, entries: readonly Toleration[], depth = 0): boolean {
  if (depth > 200) return true
  if (Array.isArray(value)) {
    if (value.every(isToleration) && holdsAll(readTolerations(value), entries)) return true
    return value.some((item) => holdsSomewhere(item, entries, depth + 1))
  }
  return isRecord(value) && Object.values(value).some((part) => holdsSomewhere(part, entries, depth + 1))
}
