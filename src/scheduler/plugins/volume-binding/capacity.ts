import type { CSIStorageCapacity } from '#model/api/storage.ts'
import type { MissingRead } from '#model/cluster-state.ts'
import { parseQuantity, whole } from '#model/quantity.ts'
import { type Labels, selectorProblem, selects } from '#model/selector.ts'
import type { ClusterView } from '#scheduler/framework/cluster-view.ts'
import type { Because, Reason } from '#scheduler/framework/outcome.ts'
import type { DelayedClaim } from './classify.ts'
import { LabelIndex, type Pin } from './label-index.ts'

type Check = (labels: Labels) => { readonly reason?: Reason; readonly because: readonly Because[] }

const enough: ReturnType<Check> = { because: [] }

/**
 * Whether a driver that publishes its capacity has room for the claim on a node. Each claim is held against the
 * capacity alone, never together with others.
 * @see volumebinding/binder.go hasEnoughCapacity, capacitySufficient, nodeHasAccess (kubernetes v1.36.2)
 */
export function capacityFor({ claim, storageClass }: DelayedClaim, cluster: ClusterView): Check {
  const requested = claim.spec.resources?.requests?.storage
  if (requested === undefined) return () => enough
  const driver = cluster.find('csidrivers', '', storageClass.provisioner ?? '')
  if (driver.kind === 'absent') return () => enough
  if (driver.kind === 'found' && driver.object.spec.storageCapacity !== true) return () => enough
  const name = storageClass.metadata.name ?? ''
  const index = pools(cluster, name, whole(parseQuantity(requested) ?? 0n))
  const reads = [driver.kind === 'unknown' ? driver.read : undefined, cluster.missing('csistoragecapacities')]
  const because = reads
    .filter((read): read is MissingRead => read !== undefined)
    .map((read): Because => ({ kind: 'MissingRead', read }))
  const reason: Reason = {
    text: 'node(s) did not have enough free storage',
    fact: { kind: 'NoCapacity', claim: claim.metadata.name ?? '', storageClass: name, requested },
  }
  return (labels) => {
    if (index.first(labels, (pool) => selects(pool.nodeTopology, labels)) !== undefined) return enough
    return because.length === 0 ? { reason, because: [] } : { because }
  }
}

/** The pools of a class that could hold the volume, by a label of the nodes that reach them. */
function pools(cluster: ClusterView, storageClass: string, size: bigint): LabelIndex<CSIStorageCapacity> {
  const index = new LabelIndex<CSIStorageCapacity>()
  for (const pool of cluster.list('csistoragecapacities').items) {
    const limit = pool.maximumVolumeSize ?? pool.capacity
    if ((pool.storageClassName ?? '') !== storageClass || limit === undefined) continue
    if (whole(parseQuantity(limit) ?? 0n) < size) continue
    // Without a topology no node reaches the pool; with one that cannot be read, neither.
    if (pool.nodeTopology === undefined || selectorProblem(pool.nodeTopology) !== undefined) continue
    index.add(pool, pinOf(pool))
  }
  return index
}

function pinOf({ nodeTopology }: CSIStorageCapacity): readonly Pin[] | undefined {
  const [label] = Object.entries(nodeTopology?.matchLabels ?? {})
  return label === undefined ? undefined : [{ key: label[0], values: [label[1]] }]
}
