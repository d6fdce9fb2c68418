import type { ClusterState } from '#model/cluster-state.ts'
import { objectIndex } from '#model/object-index.ts'
import { groupOf, labelOf } from '#model/raw-object.ts'
import type { OriginReader } from '#ownership/origin.ts'

/** What MicroK8s add-ons apply, by `kind namespace/name`, and the name that `microk8s enable` takes. */
const addons: Readonly<Record<string, string>> = {
  'Deployment kube-system/hostpath-provisioner': 'hostpath-storage',
  'Deployment kube-system/coredns': 'dns',
  'Deployment kube-system/metrics-server': 'metrics-server',
  'Deployment kube-system/kubernetes-dashboard': 'dashboard',
  'Deployment kube-system/dashboard-metrics-scraper': 'dashboard',
  'DaemonSet ingress/nginx-ingress-microk8s-controller': 'ingress',
  'Deployment metallb-system/controller': 'metallb',
  'DaemonSet metallb-system/speaker': 'metallb',
  'Deployment container-registry/registry': 'registry',
}

/**
 * A MicroK8s add-on: plain manifests that `microk8s enable` applies, without a mark of their own. Names decide, and
 * only where the Nodes say that this is MicroK8s.
 * @see canonical/microk8s-core-addons addons/hostpath-storage/storage.yaml (main f689811)
 */
export const microk8sAddonOrigin: OriginReader = {
  kind: 'MicroK8sAddon',
  recognise({ root, cluster, behind }) {
    if (behind !== undefined || !isMicroK8s(cluster)) return undefined
    const { namespace = '', name = '' } = root.metadata
    const isBuiltIn = groupOf(root.apiVersion) === 'apps'
    const key = `${root.kind} ${namespace}/${name}`
    const addon = isBuiltIn && Object.hasOwn(addons, key) ? addons[key] : helperOf(root)
    if (addon === undefined) return undefined
    return {
      origin: { kind: 'MicroK8sAddon', name: addon, evidence: `the add-on's ${root.kind}, on Nodes of MicroK8s` },
    }
  },
}

/** The provisioner's helper Pods have no owner, only a label. */
function helperOf(root: Parameters<typeof labelOf>[0]): string | undefined {
  const label = labelOf(root, 'microk8s.hostpath.io/managed-by') ?? labelOf(root, 'k8s.hostpath.io/managed-by')
  return root?.kind === 'Pod' && label !== undefined ? 'hostpath-storage' : undefined
}

function isMicroK8s(cluster: ClusterState): boolean {
  return objectIndex(cluster)
    .ofKind('', 'Node')
    .some((node) => labelOf(node, 'microk8s.io/cluster') !== undefined)
}
