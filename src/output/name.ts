import type { ExplainReport } from '#report/explain-report.ts'
import { safeText } from './safe-text.ts'

/** The names of the Pods in the report, one a line, as kubectl writes them: `pod/NAME`. */
export function renderNames(report: ExplainReport): string {
  const names = report.clusters.flatMap(({ diagnoses }) =>
    diagnoses.flatMap(({ pods }) => pods.map(({ name }) => name)),
  )
  return names.map((name) => `pod/${safeText(name)}\n`).join('')
}
