import type { ClusterState } from '#model/cluster-state.ts'
import { annotationOf, labelOf, textAt } from '#model/raw-object.ts'
import { missingReadOf } from '#model/resource-name.ts'
import { parseChartLabel } from '#ownership/helm/chart-label.ts'
import { hasRecords } from '#ownership/helm/release.ts'
import type { OriginReader } from '#ownership/origin.ts'

/**
 * A Helm release known by nothing but the labels that charts set by convention: the last resort where release records
 * may not be read, which is the only way to know a hook's release. Where they were read, they decide.
 */
export const helmLabelsOrigin: OriginReader = {
  kind: 'HelmRelease',
  recognise({ root, cluster, behind }) {
    if (behind !== undefined) return undefined
    const namespace = textAt(root, 'metadata', 'namespace')
    if (namespace === undefined || hasRecords(cluster, namespace) || !recordsAreMissing(cluster, namespace))
      return undefined
    const byHelm =
      labelOf(root, 'app.kubernetes.io/managed-by') === 'Helm' ||
      labelOf(root, 'heritage') === 'Helm' ||
      annotationOf(root, 'helm.sh/hook') !== undefined
    const release = labelOf(root, 'app.kubernetes.io/instance') ?? labelOf(root, 'release')
    if (!byHelm || release === undefined) return undefined
    const label = labelOf(root, 'helm.sh/chart') ?? labelOf(root, 'chart')
    const { chart, version } = label === undefined ? {} : parseChartLabel(label)
    return {
      origin: {
        kind: 'HelmRelease',
        namespace,
        name: release,
        ...(chart === undefined ? {} : { chart }),
        ...(version === undefined ? {} : { chartVersion: version }),
        evidence: 'labels that charts set by convention; the release records could not be read',
        doubt: 'labels say which release a chart meant, not that there is one',
      },
    }
  },
}

function recordsAreMissing({ missing }: ClusterState, namespace: string): boolean {
  return missingReadOf(missing, { apiVersion: 'v1', kind: 'Secret', namespace }) !== undefined
}
