/** A chart's name and version, as the label `helm.sh/chart` joins them. */
export interface ChartLabel {
  readonly chart: string
  readonly version?: string
}

/**
 * Reads `NAME-VERSION`; a label may hold no `+`, so charts write `_` for it: `fleet-106.0.0_up0.12.0`. Where no part
 * looks like a version the whole is the name.
 */
export function parseChartLabel(label: string): ChartLabel {
  const found = /^(.+?)-(v?\d+\.\d+(?:\.\d+)?(?:[-+_.].*)?)$/s.exec(label)
  const [, chart, version] = found ?? []
  if (chart === undefined || version === undefined) return { chart: label }
  return { chart, version: version.replace('_', '+') }
}
