import { objectIndex } from '#model/object-index.ts'
import { annotationOf, textAt } from '#model/raw-object.ts'
import type { OriginReader } from '#ownership/origin.ts'

/**
 * A manifest that K3s or RKE2 applies from the server's own disk, and puts back at each start of the server. The deploy
 * controller names the Addon that stands for the file on each object that it applies.
 * @see k3s-io/k3s pkg/deploy/controller.go
 */
export const packagedManifestOrigin: OriginReader = {
  kind: 'PackagedManifest',
  recognise({ root, cluster, behind }) {
    const subject = behind === undefined ? root : behind.object
    if (annotationOf(subject, 'objectset.rio.cattle.io/owner-gvk') !== 'k3s.cattle.io/v1, Kind=Addon') return undefined
    const name = annotationOf(subject, 'objectset.rio.cattle.io/owner-name')
    const namespace = annotationOf(subject, 'objectset.rio.cattle.io/owner-namespace')
    if (name === undefined || namespace === undefined) return undefined
    const object = objectIndex(cluster).find('k3s.cattle.io/v1', 'Addon', namespace, name)
    const file = textAt(object, 'spec', 'source')
    return {
      origin: {
        kind: 'PackagedManifest',
        namespace,
        name,
        ...(file === undefined ? {} : { template: file }),
        evidence: 'annotation objectset.rio.cattle.io/owner-gvk: k3s.cattle.io/v1, Kind=Addon',
      },
      ...(object === undefined ? {} : { object }),
    }
  },
}
