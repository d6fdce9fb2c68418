import type { Pod } from '#model/api/pod.ts'
import { selects } from '#model/selector.ts'
import type { ClusterView } from '#scheduler/framework/cluster-view.ts'
import { podIndexOf } from '#scheduler/framework/pod-index.ts'
import type { Rules } from '#scheduler/framework/rules.ts'
import { type Topology, topologyOf } from '#scheduler/framework/topology.ts'
import type { Constraint } from './constraint.ts'
import { matchesNode, toleratesNode } from './inclusion.ts'

/** The domains of one constraint: the values of its topology key on the nodes that take part. */
export interface Domains {
  /** Counted Pods of a domain; undefined where no node of it takes part. */
  countOf(value: string): number | undefined
  readonly size: number
  /** Fewer domains than `minDomains` count as if one of them were empty. */
  readonly tooFew: boolean
  /** The smallest count, which the others are held against. */
  readonly least: number
}

/**
 * Counts every constraint's domains over all nodes, cordoned and tainted ones too. A node takes part only where it
 * carries the topology keys of all of them.
 * @see podtopologyspread/filtering.go calPreFilterState (kubernetes v1.36.2)
 */
export function countDomains(
  pod: Pod,
  constraints: readonly Constraint[],
  cluster: ClusterView,
  rules: Rules,
): readonly Domains[] {
  const tallies: Tally[] = []
  for (const constraint of constraints) tallies.push(emptyTally(pod, constraint, cluster, tallies, rules))
  const looksAtAffinity = constraints.some(({ honorsAffinity }) => honorsAffinity)
  const looksAtTaints = constraints.some(({ honorsTaints }) => honorsTaints)
  cluster.nodes.forEach((node, at) => {
    if (tallies.some(({ topology }) => topology.domainOf[at] === -1)) return
    const matched = !looksAtAffinity || matchesNode(pod, node)
    const tolerated = !looksAtTaints || toleratesNode(pod, node)
    const takesPart = ({ constraint }: Tally): boolean =>
      (matched || !constraint.honorsAffinity) && (tolerated || !constraint.honorsTaints)
    for (const tally of tallies) {
      // Of constraints that share a count (before 1.33) the last one's stands.
      if (takesPart(tally) && !tally.sharers.some(takesPart)) addNode(tally, at)
    }
  })
  return tallies.map(summed)
}

interface Tally {
  readonly constraint: Constraint
  readonly topology: Topology
  /** Counted Pods of each node; absent where none is. */
  readonly onNode: Int32Array | undefined
  /** Counted Pods of each domain; -1 where no node of it takes part. */
  readonly counts: Int32Array
  /** Later tallies of the same counts. */
  readonly sharers: Tally[]
}

function emptyTally(
  pod: Pod,
  constraint: Constraint,
  cluster: ClusterView,
  before: readonly Tally[],
  rules: Rules,
): Tally {
  const topology = topologyOf(cluster, constraint.key)
  const shared = rules.spreadConstraintsCountApart ? [] : before.filter((one) => one.topology === topology)
  const counts = shared[0]?.counts ?? new Int32Array(topology.size).fill(-1)
  const tally = { constraint, topology, onNode: countOnNodes(pod, constraint, cluster), counts, sharers: [] }
  for (const one of shared) one.sharers.push(tally)
  return tally
}

/** How many Pods the constraint counts on each node: of the Pod's own namespace, and not terminating. */
function countOnNodes(pod: Pod, { countsPods, selector }: Constraint, cluster: ClusterView): Int32Array | undefined {
  if (!countsPods) return undefined
  const counts = new Int32Array(cluster.nodes.length)
  const index = podIndexOf(cluster)
  const known = index.namespaces.get(pod.metadata.namespace ?? '')
  for (const group of known?.candidates(selector) ?? []) {
    if (group.terminating || !selects(selector, group.labels)) continue
    for (const { at, count } of index.placesOf(group)) counts[at] = (counts[at] ?? 0) + count
  }
  return counts
}

function addNode({ topology, onNode, counts }: Tally, at: number): void {
  const domain = topology.domainOf[at] ?? -1
  counts[domain] = Math.max(counts[domain] ?? 0, 0) + (onNode?.[at] ?? 0)
}

/** What the scheduler starts from where it saw no domain and asks for none. */
const largest = 2 ** 31 - 1

function summed({ constraint, topology, counts }: Tally): Domains {
  let size = 0
  let least = largest
  for (const count of counts) {
    if (count === -1) continue
    size++
    if (count < least) least = count
  }
  const tooFew = size < constraint.minDomains
  return {
    size,
    tooFew,
    least: tooFew ? 0 : least,
    countOf(value) {
      const domain = topology.idOf(value)
      const count = domain === undefined ? -1 : (counts[domain] ?? -1)
      return count === -1 ? undefined : count
    },
  }
}
