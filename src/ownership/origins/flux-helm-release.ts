import { objectIndex } from '#model/object-index.ts'
import { labelOf, textAt } from '#model/raw-object.ts'
import type { OriginReader } from '#ownership/origin.ts'

/**
 * A Flux HelmRelease, which labels all that its release renders. Helm's own annotations stand beside the labels, so
 * this is what made the release.
 * @see fluxcd/helm-controller internal/postrender (origin labels)
 */
export const fluxHelmReleaseOrigin: OriginReader = {
  kind: 'FluxHelmRelease',
  recognise({ root, cluster, behind }) {
    if (behind !== undefined && behind.origin.kind !== 'HelmRelease') return undefined
    const name = labelOf(root, 'helm.toolkit.fluxcd.io/name')
    const namespace = labelOf(root, 'helm.toolkit.fluxcd.io/namespace')
    if (name === undefined || namespace === undefined) return undefined
    const object = objectIndex(cluster).find('helm.toolkit.fluxcd.io/v2', 'HelmRelease', namespace, name)
    const chart = textAt(object, 'spec', 'chart', 'spec', 'chart')
    const version = textAt(object, 'spec', 'chart', 'spec', 'version')
    return {
      origin: {
        kind: 'FluxHelmRelease',
        namespace,
        name,
        ...(chart === undefined ? {} : { chart }),
        ...(version === undefined ? {} : { chartVersion: version }),
        evidence: 'label helm.toolkit.fluxcd.io/name',
      },
      ...(object === undefined ? {} : { object }),
    }
  },
}
