import type { ApiObject, ClusterState } from '#model/cluster-state.ts'
import { objectIndex } from '#model/object-index.ts'
import { annotationOf, groupOf, textAt } from '#model/raw-object.ts'
import type { OriginReader } from '#ownership/origin.ts'

/**
 * The Fleet Cluster that the manager builds an agent for. The agent's object carries the set id
 * `fleet-agent-bootstrap`; only in the manager's own cluster is the Cluster there to be found, and there it is the one
 * that stands for the cluster itself.
 * @see rancher/fleet internal/cmd/controller/agentmanagement/agent/manifest.go, controllers/bootstrap/bootstrap.go (v0.12.0)
 */
export const fleetClusterOrigin: OriginReader = {
  kind: 'FleetCluster',
  recognise({ root, cluster, behind }) {
    if (behind !== undefined) return undefined
    if (root.kind === 'Cluster' && groupOf(root.apiVersion) === 'fleet.cattle.io')
      return foundOf(root, 'the root of the owner chain')
    const setId = annotationOf(root, 'objectset.rio.cattle.io/id')
    if (root.metadata.name !== 'fleet-agent' || setId === undefined || !setId.startsWith('fleet-agent-bootstrap'))
      return undefined
    const own = ownCluster(cluster, textAt(root, 'metadata', 'namespace'))
    return own === undefined ? undefined : foundOf(own, `annotation objectset.rio.cattle.io/id: ${setId}`)
  },
}

function foundOf(object: ApiObject, evidence: string) {
  const namespace = textAt(object, 'metadata', 'namespace')
  const place = namespace === undefined ? {} : { namespace }
  return { origin: { kind: 'FleetCluster' as const, ...place, name: object.metadata.name ?? '', evidence }, object }
}

/** The Cluster named `local`, whose agent, where it says so, lives in the agent's namespace. */
function ownCluster(cluster: ClusterState, namespace: string | undefined): ApiObject | undefined {
  const own = objectIndex(cluster)
    .ofKind('fleet.cattle.io', 'Cluster')
    .filter((one) => {
      const place = textAt(one, 'spec', 'agentNamespace') ?? textAt(one, 'status', 'agent', 'namespace')
      return one.metadata.name === 'local' && (place === undefined || place === namespace)
    })
  return own.length === 1 ? own[0] : undefined
}
