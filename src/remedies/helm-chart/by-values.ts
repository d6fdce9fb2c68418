import { readTolerations } from '#components/subject.ts'
import type { Toleration } from '#model/api/pod.ts'
import type { HelmObject, HelmRelease } from '#model/helm-release.ts'
import { isRecord, valueAt } from '#model/raw-object.ts'
import { parseChartLabel } from '#ownership/helm/chart-label.ts'
import { holdsAll, sameTolerations, tolerationsOfEntry } from './entry.ts'
import type { Source } from './source.ts'
import type { Place } from './template/value.ts'
import { at, tolerationPlaces, valuesOf } from './values.ts'

/** What values and manifest show without the template. */
export interface Shown {
  /** `Shown`: the workload has what stands there. `Dropped`: it lacks it. `Open`: nothing tells. */
  readonly kind: 'Shown' | 'Dropped' | 'Open'
  /** The key that is natural for the workload; undefined where none is. */
  readonly place: Place | undefined
  readonly entries: readonly Toleration[]
  /** What the workload has besides. */
  readonly kept: readonly Toleration[]
  /** Other keys that hold tolerations which this workload lacks. */
  readonly dropped: readonly Place[]
  /** For `Open`: why, as a clause. */
  readonly because: string
}

/**
 * Holds the tolerations of the values against those of the rendered workload. Where the workload has them, the key gets
 * there; where it lacks them, the key does not; an empty key shows nothing.
 */
export function shownByValues(record: HelmRelease, entry: HelmObject, source: Source | undefined): Shown {
  const values = valuesOf(record)
  const prefix = source?.prefix ?? guessedPrefix(record, entry)
  const held = tolerationsOfEntry(entry)
  const keys = tolerationPlaces(values)
    .filter((place) => belongs(place, prefix, record))
    .map((place) => ({ place, entries: readTolerations(at(values, place)), fits: fitOf(place, prefix, entry, source) }))
  const filled = keys.filter(({ entries }) => entries.length > 0)
  const dropped = held === undefined ? [] : filled.filter(({ entries }) => !holdsAll(held, entries))
  const shown = held === undefined ? undefined : onlyOne(filled, held)
  const base = { kept: [] as readonly Toleration[], dropped: dropped.map(({ place }) => place), because: '' }
  if (shown !== undefined) {
    const kept = (held ?? []).filter((one) => !holdsAll(shown.entries, [one]))
    return { ...base, kind: 'Shown', place: shown.place, entries: shown.entries, kept }
  }
  const natural =
    best(keys) ??
    onlyKey(keys, prefix) ??
    (prefix.length > 0 ? { place: [...prefix, 'tolerations'], entries: [] } : undefined)
  const isDropped = natural !== undefined && dropped.some(({ place }) => place === natural.place)
  if (isDropped) return { ...base, kind: 'Dropped', place: natural.place, entries: natural.entries }
  return {
    ...base,
    kind: 'Open',
    place: natural?.place,
    entries: natural?.entries ?? [],
    because: openBecause(
      natural,
      keys.some(({ place }) => place === natural?.place),
    ),
  }
}

function openBecause(natural: { readonly entries: readonly Toleration[] } | undefined, isThere: boolean): string {
  if (natural === undefined) return 'the values name no tolerations for it'
  if (!isThere) return 'no default values of the subchart are in the record: the key is what charts usually call it'
  return natural.entries.length > 0
    ? 'several keys hold what the workload has'
    : 'the chart’s values have the key, but it is empty: nothing shows that it gets there'
}

interface Key {
  readonly place: Place
  readonly entries: readonly Toleration[]
  readonly fits: number
}

/** The one key whose list the workload has: whole if possible, the natural one if several do. */
function onlyOne(filled: readonly Key[], held: readonly Toleration[]): Key | undefined {
  const inside = filled.filter(({ entries }) => holdsAll(held, entries))
  const whole = inside.filter(({ entries }) => sameTolerations(entries, held))
  const candidates = whole.length > 0 ? whole : inside
  return candidates.length === 1 ? candidates[0] : undefined
}

function best(keys: readonly Key[]): Key | undefined {
  const highest = Math.max(0, ...keys.map(({ fits }) => fits))
  const fitting = keys.filter(({ fits }) => fits === highest && fits > 0)
  return fitting.length === 1 ? fitting[0] : undefined
}

/** The one key that a subchart's values have at all, wherever it stands: likelier than one that they do not have. */
function onlyKey(keys: readonly Key[], prefix: Place): Key | undefined {
  const own = keys.filter(({ place }) => place[0] !== 'global')
  return prefix.length > 0 && own.length === 1 ? own[0] : undefined
}

/** A chart sees its own values and the global ones; those of its subcharts are theirs. */
function belongs(place: Place, prefix: Place, record: HelmRelease): boolean {
  if (place[0] === 'global') return true
  if (prefix.some((step, n) => place[n] !== step)) return false
  const subcharts = (record.chart?.dependencies ?? []).flatMap(({ name, alias }) => alias ?? name ?? [])
  return prefix.length > 0 || !subcharts.includes(place[0] ?? '')
}

/** How well a key fits the workload: it stands under its name, it is the chart's only one, or it is another's. */
function fitOf(place: Place, prefix: Place, entry: HelmObject, source: Source | undefined): number {
  if (place[0] === 'global') return 0
  const within = place.slice(prefix.length, -1)
  if (within.length === 0) return /^tolerations$/i.test(place.at(-1) ?? '') ? 1 : 0
  const labels = valueAt(entry.object, 'metadata', 'labels')
  const component = isRecord(labels) ? labels['app.kubernetes.io/component'] : undefined
  const names = [entry.name ?? '', source?.file ?? '', typeof component === 'string' ? component : ''].map(plain)
  return within.some((step) => plain(step).length > 2 && names.some((name) => name.includes(plain(step)))) ? 2 : 0
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}

/** Without a `# Source:` the workload's own labels may name the subchart that it is of. */
function guessedPrefix(record: HelmRelease, entry: HelmObject): Place {
  const labels = valueAt(entry.object, 'metadata', 'labels')
  if (!isRecord(labels)) return []
  const chart = labels['helm.sh/chart']
  const named = typeof chart === 'string' ? parseChartLabel(chart).chart : undefined
  const found = record.chart?.dependencies?.find(({ name }) => name !== undefined && name === named)
  const key = found?.alias ?? found?.name
  return key === undefined ? [] : [key]
}
