import type { HelmObject, HelmRelease } from '#model/helm-release.ts'
import { renderTemplate } from './render.ts'
import { tolerationsIn } from './rendered.ts'
import { type Source, sourceOf, templateText } from './source.ts'
import type { Budget } from './template/evaluate.ts'
import type { Place } from './template/value.ts'
import { at, valuesOf, withAt } from './values.ts'

/** A value that leaves a workload out when it is false. */
export interface Switch {
  readonly place: Place
  /** The other workloads that it leaves out, as `Kind name`. */
  readonly others: readonly string[]
}

const maxTried = 20

/** The switches of a workload: values that are true, and without which its template no longer renders it. */
export function switchesOf(record: HelmRelease, entry: HelmObject, source: Source, reads: readonly Place[]): Switch[] {
  const values = valuesOf(record)
  const budget = { steps: 1_000_000 }
  return reads
    .filter((place) => at(values, place) === true)
    .slice(0, maxTried)
    .filter((place) => leavesOut(record, entry, source, place, budget))
    .sort((one, other) => other.length - one.length)
    .map((place) => ({ place, others: othersLeftOut(record, entry, place, budget) }))
}

function leavesOut(record: HelmRelease, entry: HelmObject, source: Source, place: Place, budget: Budget): boolean {
  const values = withAt(valuesOf(record), place, false)
  if (values === undefined) return false
  return (['Then', 'Else'] as const).every((way) => {
    const rendering = renderTemplate(record, source, values, way, budget)
    return !('problem' in rendering) && tolerationsIn(rendering, entry).kind === 'Absent'
  })
}

function othersLeftOut(record: HelmRelease, entry: HelmObject, place: Place, budget: Budget): string[] {
  const makers = [...(record.objects ?? []), ...(record.hooks ?? [])].filter(
    (one) => one !== entry && one.object !== undefined,
  )
  return makers.slice(0, maxTried).flatMap((one) => {
    const source = sourceOf(one.source)
    if (source === undefined || templateText(record, source) === undefined) return []
    return leavesOut(record, one, source, place, budget) ? [`${one.kind ?? ''} ${one.name ?? ''}`] : []
  })
}

/** The first condition of the subchart that a workload is of, where it stands in the values as true. */
export function subchartSwitch(record: HelmRelease, source: Source | undefined): Place | undefined {
  const [own] = source?.prefix ?? []
  if (own === undefined || source?.prefix.length !== 1) return undefined
  const found = record.chart?.dependencies?.find(({ name, alias }) => (alias ?? name) === own)
  const values = valuesOf(record)
  return (found?.condition ?? '')
    .split(',')
    .map((path) => path.trim().split('.'))
    .find((place) => at(values, place) === true)
}
