import { taintMap } from '#diagnosis/taint-map.ts'
import { renderPage } from '#output/html/page.ts'
import { suggest } from '#remedies/suggest.ts'
import type { ExplainReport } from '#report/explain-report.ts'
import type { ReadCluster } from './clusters.ts'

/** The report as a page, with what to change and the taints of the clusters it is about. */
export function explainPage(explain: ExplainReport, clusters: readonly ReadCluster[], now: number): string {
  return renderPage({
    explain,
    suggest: {
      apiVersion: explain.apiVersion,
      kind: 'SuggestReport',
      clusters: clusters.map(({ state, scope, options }) => suggest(state, scope, options)),
    },
    taints: clusters.map(({ state }) => taintMap(state)),
    now,
  })
}
