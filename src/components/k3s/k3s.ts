import type { KnownSystem } from '#components/component.ts'
import { mostTrusted } from '#components/known-version.ts'
import { objectIndex } from '#model/object-index.ts'
import { textAt } from '#model/raw-object.ts'
import { chartPieces } from './charts.ts'
import { manifestPieces } from './manifests.ts'
import { serviceLoadBalancer } from './service-load-balancer.ts'

/** What K3s and RKE2 bring along in kube-system. Their version is that of Kubernetes: `v1.32.3+k3s1`. */
export const k3s: KnownSystem = {
  name: 'k3s',
  pieces: [...manifestPieces, ...chartPieces, serviceLoadBalancer],
  versionOf: ({ cluster }) => {
    const kubelet = objectIndex(cluster)
      .ofKind('', 'Node')
      .flatMap((node) => textAt(node, 'status', 'nodeInfo', 'kubeletVersion') ?? [])
      .find((version) => /\+(k3s|rke2)/.test(version))
    return mostTrusted([
      { written: cluster.version?.text, source: `server ${cluster.version?.text}` },
      { written: kubelet, source: `kubelet ${kubelet}` },
    ])
  },
}
