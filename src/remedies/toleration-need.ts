import type { Taint } from '#model/api/node.ts'
import type { Pod, Toleration } from '#model/api/pod.ts'
import { oncePer } from '#model/once-per.ts'
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
  /** What the values of its release tolerate, for whichever workload. */
  readonly meant?: readonly Toleration[]
}

/**
 * The least tolerations that would let the Pods in. Every node is judged again with all its taints tolerated, so that a
 * node that is full or out of reach as well is not counted as opened.
 */
export function tolerationNeed(
  wanted: Wanted,
  verdict: PodVerdict,
  view: ClusterView,
  rules: Rules,
): TolerationsAnswer {
  const { pod, count, meant = [] } = wanted
  const closed = verdict.nodes.flatMap((node): readonly Closed[] => {
    const taints = taintsOf(node)
    return taints.length === 0 ? [] : [{ name: node.node.name, taints, isTolerable: taints.every(mayBeTolerated) }]
  })
  if (closed.length === 0) return { others: [], toMend: [], exact: true }
  const open = new Set(openNodes(evaluate(tolerating(pod, everyTaint(closed)), view, rules)))
  const tolerable = closed.filter(({ isTolerable }) => isTolerable)
  const tolerant = tolerating(pod, everyTaint(tolerable))
  const room = roomByTaints(
    tolerable.filter(({ name }) => open.has(name)),
    tolerant,
    count,
    view,
    rules,
  )
  const nodes = closed.map(({ name, taints }): TaintedNode => {
    return { name, untolerated: taints, otherwiseOpen: open.has(name), fits: room.get(name) ?? 0 }
  })
  return smallestTolerations({ nodes, podsWanted: count, resources: requested(pod), meant })
}

/** A node that taints keep the Pod off, whatever else does. */
interface Closed {
  readonly name: string
  readonly taints: readonly Taint[]
  readonly isTolerable: boolean
}

const mayBeTolerated = oncePer((taint: Taint): boolean => classifyTaint(taint).tolerable)

function requested({ spec }: Pod): readonly string[] {
  return [...new Set((spec.containers ?? []).flatMap(({ resources }) => Object.keys(resources?.requests ?? {})))]
}

const none: readonly Taint[] = []

/** The taints that the node refuses the Pod for. */
export function taintsOf({ blockers }: NodeVerdict): readonly Taint[] {
  for (const { reasons } of blockers) for (const { fact } of reasons) if (fact.kind === 'Taints') return fact.taints
  return none
}

/** The taints of these nodes, each once. */
function everyTaint(nodes: readonly Closed[]): readonly Taint[] {
  const lists = new Set(nodes.map(({ taints }) => taints))
  return [...new Map([...lists].flat().map((taint) => [taintText(taint), taint])).values()]
}

function tolerating(pod: Pod, taints: readonly Taint[]): Pod {
  const tolerations = [...(pod.spec.tolerations ?? []), ...taints.map(exactToleration)]
  return { ...pod, spec: { ...pod.spec, tolerations } }
}

/** How many Pods each open node takes; of nodes with the same taints no more are asked than it needs. */
function roomByTaints(
  open: readonly Closed[],
  tolerant: Pod,
  count: number,
  view: ClusterView,
  rules: Rules,
): ReadonlyMap<string, number> {
  const room = new Map<string, number>()
  const found = new Map<string, number>()
  for (const { name, taints } of open) {
    const key = taints.map(taintText).sort().join(' ')
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
