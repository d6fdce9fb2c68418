import type { NodeSelector } from '#model/api/meta.ts'
import type { StorageClass } from '#model/api/storage.ts'
import { type Labels, selectsNode } from '#model/selector.ts'
import type { ClusterView } from '#scheduler/framework/cluster-view.ts'
import type { Because, Reason } from '#scheduler/framework/outcome.ts'
import { capacityFor } from './capacity.ts'
import type { DelayedClaim } from './classify.ts'
import { noVolume } from './reasons.ts'

/** Says whether a volume for one claim can be made on a node. */
export interface Provisioner {
  /** The claim's name. */
  readonly claim: string
  check(labels: Labels): { readonly reason?: Reason; readonly because: readonly Because[] }
}

/**
 * A volume can be made where the class has a provisioner, its topologies allow the node, and there is room.
 * @param hasCandidates whether there are volumes for the claim, though not on every node
 * @see volumebinding/binder.go checkVolumeProvisions (kubernetes v1.36.2)
 */
export function provisionerFor(delayed: DelayedClaim, cluster: ClusterView, hasCandidates: boolean): Provisioner {
  const { claim, storageClass } = delayed
  const name = claim.metadata.name ?? ''
  const { provisioner = '' } = storageClass
  if (provisioner === '' || provisioner === 'kubernetes.io/no-provisioner') {
    const reason = noVolume(name, hasCandidates ? 'NoMatch' : 'NoProvisioner')
    return { claim: name, check: () => ({ reason, because: [] }) }
  }
  const topologies = allowedTopologies(storageClass)
  const capacity = capacityFor(delayed, cluster)
  const outside = noVolume(name, 'Topology')
  return {
    claim: name,
    check: (labels) => {
      if (topologies !== undefined && !selectsNode(topologies, labels)) return { reason: outside, because: [] }
      return capacity(labels)
    },
  }
}

/** As a node selector, which has the same rules for what is empty or wrong; undefined where every node will do. */
function allowedTopologies({ allowedTopologies = [] }: StorageClass): NodeSelector | undefined {
  if (allowedTopologies.length === 0) return undefined
  return {
    nodeSelectorTerms: allowedTopologies.map(({ matchLabelExpressions = [] }) => ({
      matchExpressions: matchLabelExpressions.map((one) => ({ ...one, operator: 'In' })),
    })),
  }
}
