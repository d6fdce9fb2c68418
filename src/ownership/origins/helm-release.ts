import type { ApiObject } from '#model/cluster-state.ts'
import type { HelmHook, HelmRelease } from '#model/helm-release.ts'
import { labelOf } from '#model/raw-object.ts'
import { parseChartLabel } from '#ownership/helm/chart-label.ts'
import { type Holding, releaseHolding } from '#ownership/helm/release.ts'
import type { FoundOrigin, Origin, OriginReader } from '#ownership/origin.ts'

/**
 * A Helm release. Helm writes `meta.helm.sh/release-name` and `release-namespace` on every object of a release's
 * manifest, and nothing on its hooks: those stand in the list of hooks of the release's record.
 * @see helm.sh/helm pkg/action/validate.go (annotations), pkg/action/hooks.go (hooks)
 */
export const helmReleaseOrigin: OriginReader = {
  kind: 'HelmRelease',
  recognise({ root, cluster, behind }) {
    const subject = behind === undefined ? root : behind.object
    if (subject === undefined || behind?.origin.kind === 'HelmRelease') return undefined
    const holding = releaseHolding(subject, cluster)
    return holding === undefined ? undefined : foundOf(holding, subject)
  },
}

function foundOf(holding: Holding, root: ApiObject): FoundOrigin {
  const { record } = holding
  const origin: Origin = {
    kind: 'HelmRelease',
    namespace: holding.namespace,
    name: holding.name,
    ...(record?.chart === undefined ? chartByLabel(root) : chartOf(record)),
    ...entryFacts(holding),
    ...(record?.problem === undefined ? {} : { doubt: `${record.storedIn ?? 'its record'}: ${record.problem}` }),
    evidence: evidenceOf(holding),
  }
  return { origin, ...(record === undefined ? {} : { object: record as unknown as ApiObject }) }
}

function chartOf({ chart, status, revision }: HelmRelease): Partial<Origin> {
  return {
    ...(chart?.name === undefined ? {} : { chart: chart.name }),
    ...(chart?.version === undefined ? {} : { chartVersion: chart.version }),
    ...(chart?.appVersion === undefined ? {} : { appVersion: chart.appVersion }),
    ...(status === undefined ? {} : { status }),
    ...(revision === undefined ? {} : { revision }),
  }
}

function chartByLabel(root: ApiObject): Partial<Origin> {
  const label = labelOf(root, 'helm.sh/chart') ?? labelOf(root, 'chart')
  if (label === undefined) return {}
  const { chart, version } = parseChartLabel(label)
  return { chart, ...(version === undefined ? {} : { chartVersion: version }) }
}

function entryFacts({ entry, by }: Holding): Partial<Origin> {
  if (entry === undefined) return {}
  const { events, deletePolicies }: HelmHook = entry
  return {
    ...(entry.source === undefined ? {} : { template: entry.source }),
    ...(by === 'Hook' && events !== undefined ? { hookEvents: events } : {}),
    ...(by === 'Hook' && deletePolicies !== undefined ? { hookDeletePolicies: deletePolicies } : {}),
  }
}

function evidenceOf({ by, record }: Holding): string {
  const stored = record?.storedIn ?? 'the release record'
  switch (by) {
    case 'Hook':
      return `the list of hooks in ${stored}`
    case 'Manifest':
      return `the manifest in ${stored}`
    default:
      return record === undefined
        ? 'annotation meta.helm.sh/release-name; no release record was read'
        : `annotation meta.helm.sh/release-name and ${stored}`
  }
}
