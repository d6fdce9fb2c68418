import { helmUpgrade } from '#components/command.ts'
import type { PlacementTarget, StandingList } from '#components/component.ts'
import { helmTarget } from '#components/placements.ts'
import { type Subject, tolerationsOf } from '#components/subject.ts'
import type { Toleration } from '#model/api/pod.ts'
import type { HelmObject, HelmRelease } from '#model/helm-release.ts'
import { sameTolerations, tolerationsOfEntry } from './entry.ts'
import type { Source } from './source.ts'
import type { Place } from './template/value.ts'
import { at, pathOf } from './values.ts'

/** A workload and the release that made it. */
export interface AskedOfRelease {
  readonly subject: Subject
  readonly release: { readonly name: string; readonly namespace: string }
  readonly wanted: readonly Toleration[]
}

/** The same, where the release's record holds the workload. */
export interface Asked extends AskedOfRelease {
  readonly record: HelmRelease
  readonly entry: HelmObject
  /** Absent where the manifest does not name the template. */
  readonly source: Source | undefined
}

/** The place in the values of the release; without a path where no key is known. */
export function targetOf({ release }: AskedOfRelease, place: Place | undefined): PlacementTarget {
  if (place !== undefined) return helmTarget(release.name, release.namespace, pathOf(place))
  return { kind: 'HelmValues', release: release.name, namespace: release.namespace, file: 'values.yaml' }
}

/** The upgrade that gives the release new values. `REPO` stands for where the person has the chart from. */
export function upgradeOf({ release, subject, record }: AskedOfRelease & { readonly record?: HelmRelease }): string[] {
  const chart = record?.chart?.name ?? subject.origin?.chart ?? 'CHART'
  const version = record?.chart?.version ?? subject.origin?.chartVersion
  return [helmUpgrade(release.name, `REPO/${chart}`, release.namespace, version)]
}

/** What is lost where a new list is put at a place: its own entries, and what the template gives in its stead. */
export function standingAt(
  asked: Asked,
  place: Place,
  entries: readonly Toleration[],
  lost: readonly Toleration[] = [],
): StandingList {
  const all = [...entries, ...lost]
  if (all.length === 0) return { entries: [] }
  if (entries.length === 0) return { entries: all, from: `what the chart gives while ${pathOf(place)} is empty` }
  const isGiven = at(asked.record.values, place) !== undefined
  return { entries: all, from: isGiven ? `the values of release ${asked.release.name}` : 'the chart’s defaults' }
}

/** `Job shop-migrate` */
export function nameOf({ entry }: Asked): string {
  return `${entry.kind ?? ''} ${entry.name ?? ''}`
}

/** Where the template stands, in words. */
export function templateOf({ source, record }: Asked): string {
  if (source === undefined) return `chart ${record.chart?.name ?? ''} ${record.chart?.version ?? ''}`.trim()
  return source.prefix.length === 0 ? source.file : source.text
}

/** What holds of the workload whatever its template says. */
export function usualWarnings(asked: Asked): string[] {
  const { subject, entry } = asked
  const held = tolerationsOfEntry(entry)
  const isRendered = subject.root.kind === entry.kind && subject.root.kind !== 'Pod'
  const live = tolerationsOf(subject.root)
  if (!isRendered || held === undefined || sameTolerations(held, live)) return []
  return [
    `${nameOf(asked)} was changed since helm made it: it holds other tolerations than the manifest of release ${asked.release.name}.`,
  ]
}

/** Helm replaces lists whole. */
export function listWarnings(place: Place): string[] {
  const index = place.findIndex((step) => step.startsWith('['))
  if (index === -1) return []
  return [
    `${pathOf(place.slice(0, index))} is a list, which helm replaces whole: repeat all its entries in your values.`,
  ]
}
