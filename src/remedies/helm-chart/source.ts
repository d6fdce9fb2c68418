import type { HelmRelease } from '#model/helm-release.ts'

/** Where a rendered object comes from: `orders/charts/backend/templates/workload.yaml` taken apart. */
export interface Source {
  readonly text: string
  /** The chart and the subcharts on the way, by the names that their values stand under. */
  readonly charts: readonly string[]
  /** `templates/workload.yaml` */
  readonly file: string
  /** Where the values of that chart stand in the release's. */
  readonly prefix: readonly string[]
}

/** Takes a `# Source:` apart; undefined where it names no chart's template. */
export function sourceOf(text: string | undefined): Source | undefined {
  if (text === undefined) return undefined
  const [chart, ...rest] = text.split('/')
  if (chart === undefined || chart === '' || rest.length === 0) return undefined
  const charts = [chart]
  let at = 0
  while (rest[at] === 'charts' && rest[at + 1] !== undefined && at + 2 < rest.length) {
    charts.push(rest[at + 1] ?? '')
    at += 2
  }
  return { text, charts, file: rest.slice(at).join('/'), prefix: charts.slice(1) }
}

/** The text of a template in a record; undefined where it is not there, or its text was taken out. */
export function templateText(record: HelmRelease, source: Source): string | undefined {
  const name = source.text.slice((source.charts[0] ?? '').length + 1)
  const found = record.chart?.templates?.find((template) => template.name === name)?.text
  return found === undefined || found.trim() === '' ? undefined : found
}
