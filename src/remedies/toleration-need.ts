import type { Taint } from '#model/api/node.ts'
import type { Pod, Toleration } from '#model/api/pod.ts'
import { untoleratedTaints } from '#model/toleration.ts'
import { evaluate, type NodeVerdict, type PodVerdict } from '#scheduler/evaluate.ts'
import type { ClusterView } from '#scheduler/framework/cluster-view.ts'
import type { Rules } from '#scheduler/framework/rules.ts'
import { openNodes, placeCopies } from '#scheduler/how-many-fit.ts'
import { classifyTaint } from '#taints/classify-taint.ts'
import { exactToleration, taintText } from '#taints/exact-toleration.ts'
import { smallestTolerations, type TaintedNode, type TolerationsAnswer } from '#taints/smallest-tolerations.ts'

/** Copies of a Pod that look for nodes. */
export interface Wanted {
  readonly pod: Pod
  readonly count: number
  /** The DaemonSet controller decides whether there is a Pod at all, by less than the scheduler asks. */
  readonly byController?: true
}

/**
 * The least tolerations that would let the Pods in. Every node is judged again with all its taints tolerated that may
 * be, so that a node that is full or out of reach as well is not counted as opened.
 */
export function tolerationNeed(
  wanted: Wanted,
  verdict: PodVerdict,
  view: ClusterView,
  rules: Rules,
): TolerationsAnswer {
  const { pod, count } = wanted
  const closed = verdict.nodes.filter((node) => taintsOf(node).length > 0)
  const all = everyToleration(closed)
  const tolerant: Pod = { ...pod, spec: { ...pod.spec, tolerations: [...(pod.spec.tolerations ?? []), ...all] } }
  const open = new Set(openNodes(evaluate(tolerant, view, rules)))
  const mended = withAllTaintsTolerated(pod, closed)
  const openIfMended = new Set(openNodes(evaluate(mended, view, rules)))
  const room = roomByTaints(closed, open, tolerant, count, view, rules)
  const nodes = closed.map((node): TaintedNode => {
    const { name } = node.node
    return { name, untolerated: taintsOf(node), otherwiseOpen: openIfMended.has(name), fits: room.get(name) ?? 0 }
  })
  return smallestTolerations({ nodes, podsWanted: count, resources: requested(pod) })
}

function requested({ spec }: Pod): readonly string[] {
  return [...new Set((spec.containers ?? []).flatMap(({ resources }) => Object.keys(resources?.requests ?? {})))]
}

/** The taints that the node refuses the Pod for. */
export function taintsOf({ blockers }: NodeVerdict): readonly Taint[] {
  return blockers.flatMap(({ reasons }) => reasons.flatMap(({ fact }) => (fact.kind === 'Taints' ? fact.taints : [])))
}

/** A toleration for each taint that may be tolerated, each once. */
function everyToleration(nodes: readonly NodeVerdict[]): readonly Toleration[] {
  const taints = new Map<string, Taint>()
  for (const node of nodes) {
    for (const taint of taintsOf(node)) if (classifyTaint(taint).tolerable) taints.set(taintText(taint), taint)
  }
  return [...taints.values()].map(exactToleration)
}

function withAllTaintsTolerated(pod: Pod, nodes: readonly NodeVerdict[]): Pod {
  const taints = new Map(nodes.flatMap((node) => taintsOf(node).map((taint) => [taintText(taint), taint] as const)))
  const tolerations = [...taints.values()].map(exactToleration)
  return { ...pod, spec: { ...pod.spec, tolerations: [...(pod.spec.tolerations ?? []), ...tolerations] } }
}

/** How many Pods each open node takes; of nodes with the same taints no more are asked than it needs. */
function roomByTaints(
  closed: readonly NodeVerdict[],
  open: ReadonlySet<string>,
  tolerant: Pod,
  count: number,
  view: ClusterView,
  rules: Rules,
): ReadonlyMap<string, number> {
  const room = new Map<string, number>()
  const found = new Map<string, number>()
  for (const node of closed) {
    const { name } = node.node
    if (!open.has(name)) continue
    const key = taintsOf(node).map(taintText).sort().join(' ')
    const sum = found.get(key) ?? 0
    const fits = sum >= count ? 1 : placeCopies(tolerant, count - sum, view.onlyNode(name), rules).length
    room.set(name, Math.max(fits, 1))
    found.set(key, sum + fits)
  }
  return room
}

/** The taints of a Pod's own node that would throw it out. */
export function evictingTaints(pod: Pod, taints: readonly Taint[]): readonly Taint[] {
  return untoleratedTaints(taints, pod.spec.tolerations).filter(({ effect }) => effect === 'NoExecute')
}
