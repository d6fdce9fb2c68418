import type { Pod } from '#model/api/pod.ts'
import { evaluate, type PodVerdict } from './evaluate.ts'
import type { ClusterView } from './framework/cluster-view.ts'
import type { Rules } from './framework/rules.ts'
import { nomineesFor } from './nominated-pods.ts'
import { Placing } from './placing.ts'

/** Where like Pods would go one after another: the nodes, one entry a Pod. Shorter than `wanted` where room runs out. */
export type Placement = readonly string[]

/**
 * Places copies of a Pod one after another, each counted where it went, until `wanted` have a node or none is left.
 * A copy goes to the open node that has the fewest of them, so that spread constraints stay open as long as they can.
 */
export function placeCopies(pod: Pod, wanted: number, cluster: ClusterView, rules: Rules): Placement {
  if (!touchesOtherNodes(pod)) return fillNodes(pod, wanted, cluster, rules)
  const waitForRoom = nomineesFor(pod, cluster).size > 0
  return waitForRoom ? placeSlowly(pod, wanted, cluster, rules) : placeOneByOne(pod, wanted, cluster, rules)
}

/** Whether one copy on a node can change what another node says: by topology, by a shared claim, by devices. */
function touchesOtherNodes({ spec }: Pod): boolean {
  const { affinity, topologySpreadConstraints = [], volumes = [], resourceClaims = [] } = spec
  return (
    topologySpreadConstraints.some(({ whenUnsatisfiable }) => whenUnsatisfiable === 'DoNotSchedule') ||
    (affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.length ?? 0) > 0 ||
    (affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.length ?? 0) > 0 ||
    volumes.some((volume) => volume.persistentVolumeClaim !== undefined || volume.ephemeral !== undefined) ||
    resourceClaims.length > 0 ||
    // An extended resource may stand for a device that nodes share.
    (spec.containers ?? []).some(({ resources }) =>
      Object.keys(resources?.requests ?? {}).some((name) => name.includes('/')),
    )
  )
}

function placeOneByOne(pod: Pod, wanted: number, cluster: ClusterView, rules: Rules): Placement {
  const placing = new Placing(pod, cluster, rules)
  const placed: string[] = []
  while (placed.length < wanted) {
    const node = placing.place(copyOf(pod, placed.length + 1))
    if (node === undefined) break
    placed.push(node)
  }
  return placed
}

/** The same with everything judged anew for each copy, for nodes that are promised to other Pods. */
function placeSlowly(pod: Pod, wanted: number, cluster: ClusterView, rules: Rules): Placement {
  const placed: string[] = []
  const counts = new Map<string, number>()
  let view = cluster
  while (placed.length < wanted) {
    const open = openNodes(evaluate(pod, view, rules))
    const [first, ...rest] = open
    if (first === undefined) break
    const node = rest.reduce((best, name) => ((counts.get(name) ?? 0) < (counts.get(best) ?? 0) ? name : best), first)
    placed.push(node)
    counts.set(node, (counts.get(node) ?? 0) + 1)
    view = view.withPod(copyOf(pod, placed.length), node)
  }
  return placed
}

/** Each node by itself, round by round. */
function fillNodes(pod: Pod, wanted: number, cluster: ClusterView, rules: Rules): Placement {
  const placed: string[] = []
  let open = openNodes(evaluate(pod, cluster, rules)).map((name) => ({ name, view: cluster.onlyNode(name) }))
  while (placed.length < wanted && open.length > 0) {
    const still: typeof open = []
    for (const { name, view } of open) {
      if (placed.length === wanted) break
      placed.push(name)
      const next = view.withPod(copyOf(pod, placed.length), name)
      if (openNodes(evaluate(pod, next, rules)).length > 0) still.push({ name, view: next })
    }
    open = still
  }
  return placed
}

/** The nodes that no plugin rejects, and that every plugin could judge. */
export function openNodes({ podBlockers, podUnknown, nodes }: PodVerdict): readonly string[] {
  if (podBlockers.length > 0 || podUnknown.length > 0) return []
  return nodes
    .filter(({ blockers, unknown }) => blockers.length === 0 && unknown.length === 0)
    .map(({ node }) => node.name)
}

function copyOf(pod: Pod, number: number): Pod {
  const { metadata } = pod
  return {
    ...pod,
    metadata: { ...metadata, name: `${metadata.name ?? ''}-${number}`, uid: `${metadata.uid ?? ''}-${number}` },
  }
}
