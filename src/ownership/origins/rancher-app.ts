import type { ApiObject, ClusterState } from '#model/cluster-state.ts'
import { objectIndex } from '#model/object-index.ts'
import { annotationOf, labelOf, textAt } from '#model/raw-object.ts'
import type { FoundOrigin, OriginQuestion, OriginReader } from '#ownership/origin.ts'

/**
 * The releases that Rancher itself installs and puts back. Only as packaged by Rancher (`+up` in the version): the same
 * charts may be installed by hand.
 * @see rancher/rancher pkg/controllers/dashboard/systemcharts/controller.go, fleetcharts/controller.go (v2.15.0)
 */
const systemCharts = new Set([
  'cattle-fleet-system/fleet',
  'cattle-fleet-system/fleet-crd',
  'cattle-system/rancher-webhook',
  'cattle-system/remotedialer-proxy',
  'cattle-system/system-upgrade-controller',
  'cattle-system/rancher-eks-operator',
  'cattle-system/rancher-aks-operator',
  'cattle-system/rancher-gke-operator',
  'cattle-provisioning-capi-system/rancher-provisioning-capi',
  'cattle-turtles-system/rancher-turtles',
])

/**
 * Rancher's app catalogue: an App has the name and namespace of its release; a helm-operation Pod belongs to the
 * Operation of its name, which names the release.
 * @see rancher/rancher pkg/apis/catalog.cattle.io/v1/types.go, pkg/catalogv2/helmop/operation.go (v2.15.0)
 */
export const rancherAppOrigin: OriginReader = {
  kind: 'RancherApp',
  recognise(question) {
    const { behind, root } = question
    if (behind === undefined) return root.kind === 'Pod' ? ofOperation(question) : undefined
    return behind.origin.kind === 'HelmRelease' ? ofRelease(question, behind) : undefined
  },
}

function ofOperation({ root, cluster }: OriginQuestion): FoundOrigin | undefined {
  const role = annotationOf(root, 'pod-impersonation.cattle.io/cluster-role')
  if (role === undefined || !role.startsWith('pod-impersonation-helm-op-')) return undefined
  const operation = objectIndex(cluster)
    .ofKind('catalog.cattle.io', 'Operation')
    .find(
      (one) =>
        (textAt(one, 'status', 'podName') ?? one.metadata.name) === root.metadata.name &&
        (textAt(one, 'status', 'podNamespace') ?? root.metadata.namespace) === root.metadata.namespace,
    )
  const name = textAt(operation, 'status', 'release')
  const namespace = textAt(operation, 'status', 'namespace') ?? textAt(operation, 'metadata', 'namespace')
  if (operation === undefined || name === undefined || namespace === undefined) return undefined
  const isSystem = systemCharts.has(`${namespace}/${name}`)
  const action = textAt(operation, 'status', 'action') ?? 'work'
  const evidence = `Operation ${operation.metadata.name ?? ''} (${action})`
  const object = appOf(cluster, namespace, name) ?? operation
  return { origin: { kind: isSystem ? 'RancherSystemChart' : 'RancherApp', namespace, name, evidence }, object }
}

function ofRelease({ cluster }: OriginQuestion, behind: FoundOrigin): FoundOrigin | undefined {
  const { namespace = '', name, chart, chartVersion } = behind.origin
  const app = appOf(cluster, namespace, name)
  const facts = {
    namespace,
    name,
    ...(chart === undefined ? {} : { chart }),
    ...(chartVersion === undefined ? {} : { chartVersion }),
  }
  if (systemCharts.has(`${namespace}/${name}`) && chartVersion?.includes('+up') === true && hasRancher(cluster)) {
    const evidence = `a chart that Rancher keeps installed, packaged by Rancher (${chartVersion})`
    return { origin: { kind: 'RancherSystemChart', ...facts, evidence }, ...(app === undefined ? {} : { object: app }) }
  }
  // Rancher makes an App of every release there is; only its own carry the repository that they came from.
  const label = labelOf(behind.object, 'catalog.cattle.io/cluster-repo-name')
  const source = textAt(behind.object, 'chart', 'annotations', 'catalog.cattle.io/ui-source-repo')
  if (label === undefined && source === undefined) return undefined
  const evidence =
    label === undefined
      ? `chart annotation catalog.cattle.io/ui-source-repo: ${source ?? ''} in the release record`
      : `label catalog.cattle.io/cluster-repo-name: ${label} of the release record`
  return { origin: { kind: 'RancherApp', ...facts, evidence }, ...(app === undefined ? {} : { object: app }) }
}

function appOf(cluster: ClusterState, namespace: string, name: string): ApiObject | undefined {
  return objectIndex(cluster).find('catalog.cattle.io/v1', 'App', namespace, name)
}

/** Whether this is Rancher's own cluster, or one that its agent works in. */
function hasRancher(cluster: ClusterState): boolean {
  const index = objectIndex(cluster)
  return (
    ['rancher', 'cattle-cluster-agent'].some(
      (name) => index.find('apps/v1', 'Deployment', 'cattle-system', name) !== undefined,
    ) || index.find('v1', 'Namespace', undefined, 'cattle-system') !== undefined
  )
}
