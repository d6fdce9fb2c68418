import { objectIndex } from '#model/object-index.ts'
import { labelOf } from '#model/raw-object.ts'
import type { OriginReader } from '#ownership/origin.ts'

/**
 * A Flux Kustomization, which labels all that it applies: workloads, and the HelmReleases and custom resources that
 * others act on.
 * @see fluxcd/pkg ssa (owner labels)
 */
export const fluxKustomizationOrigin: OriginReader = {
  kind: 'FluxKustomization',
  recognise({ root, cluster, behind }) {
    const subject = behind === undefined || behind.origin.kind === 'HelmRelease' ? root : behind.object
    const name = labelOf(subject, 'kustomize.toolkit.fluxcd.io/name')
    const namespace = labelOf(subject, 'kustomize.toolkit.fluxcd.io/namespace')
    if (name === undefined || namespace === undefined) return undefined
    const object = objectIndex(cluster).find('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', namespace, name)
    const evidence = 'label kustomize.toolkit.fluxcd.io/name'
    return {
      origin: { kind: 'FluxKustomization', namespace, name, evidence },
      ...(object === undefined ? {} : { object }),
    }
  },
}
