import type { ApiObject, ClusterState } from '#model/cluster-state.ts'
import { objectIndex } from '#model/object-index.ts'
import { annotationOf, labelOf, textAt, valueAt } from '#model/raw-object.ts'
import type { FoundOrigin, OriginQuestion, OriginReader } from '#ownership/origin.ts'

/**
 * The Rancher Cluster whose fields shape the agents: for clusters that Rancher provisions the `provisioning.cattle.io`
 * one, for imported and hosted clusters and `local` the `management.cattle.io` one. Seen from the managed cluster the
 * object is not there, but Nodes and Namespaces name it.
 * @see rancher/rancher pkg/controllers/provisioningv2/cluster/controller.go, fleetcluster/fleetcluster.go (v2.15.0)
 */
export const rancherClusterOrigin: OriginReader = {
  kind: 'RancherCluster',
  recognise({ root, cluster, behind }: OriginQuestion) {
    if (behind?.origin.kind === 'FleetCluster') {
      const id = labelOf(behind.object, 'management.cattle.io/cluster-name')
      return id === undefined ? undefined : byId(cluster, id, 'label management.cattle.io/cluster-name')
    }
    if (behind !== undefined || !isClusterAgent(root)) return undefined
    // Without the nodes it is not known whether Rancher provisions the cluster, and so which object is its own.
    const isUnknown = cluster.lists.nodes.missing !== undefined
    return byNodes(cluster) ?? (isUnknown ? undefined : byProject(cluster))
  },
}

function isClusterAgent(root: ApiObject): boolean {
  const { name, namespace } = root.metadata
  const isNamed = name === 'cattle-cluster-agent' || name === 'cattle-cluster-agent-bootstrap'
  return root.kind === 'Deployment' && namespace === 'cattle-system' && isNamed
}

/** Cluster API writes the name of the cluster that a machine belongs to on its Node; Rancher labels the Node too. */
function byNodes(cluster: ClusterState): FoundOrigin | undefined {
  const nodes = objectIndex(cluster).ofKind('', 'Node')
  const node = nodes.find((one) => labelOf(one, 'rke.cattle.io/machine') !== undefined)
  const name = annotationOf(node, 'cluster.x-k8s.io/cluster-name')
  const namespace = annotationOf(node, 'cluster.x-k8s.io/cluster-namespace')
  if (name === undefined || namespace === undefined) return undefined
  return foundOf('provisioning.cattle.io/v1', namespace, name, 'Node annotation cluster.x-k8s.io/cluster-name', cluster)
}

function byProject(cluster: ClusterState): FoundOrigin | undefined {
  const index = objectIndex(cluster)
  for (const name of ['cattle-system', 'kube-system', 'default']) {
    const project = annotationOf(index.find('v1', 'Namespace', undefined, name), 'field.cattle.io/projectId')
    const id = project?.split(':')[0]
    if (id !== undefined && id !== '') return byId(cluster, id, 'Namespace annotation field.cattle.io/projectId')
  }
  return undefined
}

/** The object to edit for a cluster id: the provisioning one where Rancher provisions the cluster. */
function byId(cluster: ClusterState, id: string, evidence: string): FoundOrigin {
  const provisioned = objectIndex(cluster)
    .ofKind('provisioning.cattle.io', 'Cluster')
    .find((one) => textAt(one, 'status', 'clusterName') === id && valueAt(one, 'spec', 'rkeConfig') !== undefined)
  const namespace = textAt(provisioned, 'metadata', 'namespace')
  const name = textAt(provisioned, 'metadata', 'name')
  return namespace !== undefined && name !== undefined
    ? foundOf('provisioning.cattle.io/v1', namespace, name, evidence, cluster)
    : foundOf('management.cattle.io/v3', undefined, id, evidence, cluster)
}

function foundOf(
  apiVersion: string,
  namespace: string | undefined,
  name: string,
  evidence: string,
  cluster: ClusterState,
): FoundOrigin {
  const object = objectIndex(cluster).find(apiVersion, 'Cluster', namespace, name)
  const place = namespace === undefined ? {} : { namespace }
  return {
    origin: { kind: 'RancherCluster', apiVersion, ...place, name, evidence },
    ...(object === undefined ? {} : { object }),
  }
}
