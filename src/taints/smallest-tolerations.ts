import type { Taint } from '#model/api/node.ts'
import type { Toleration } from '#model/api/pod.ts'
import { tolerates } from '#model/toleration.ts'
import { classifyTaint } from './classify-taint.ts'
import { compareTaints, exactToleration, taintText } from './exact-toleration.ts'
import { type Group, groupsOf, rankOf, type Tier } from './taint-groups.ts'
import { cheapestUnion, type Union, unionOf } from './taint-union.ts'

/** A node, as far as it matters which of its taints are tolerated. */
export interface TaintedNode {
  readonly name: string
  /** The taints that keep the Pods off it now. */
  readonly untolerated: readonly Taint[]
  /** Whether nothing but these taints keeps the Pods off it. */
  readonly otherwiseOpen: boolean
  /** How many of the wanted Pods have room there, were the taints tolerated. */
  readonly fits: number
}

export interface TolerationsQuestion {
  readonly nodes: readonly TaintedNode[]
  /** How many Pods look for a node. */
  readonly podsWanted: number
  /** The resources that the Pods ask for beyond cpu and memory: `nvidia.com/gpu`. */
  readonly resources?: readonly string[]
  /** What whoever installed the workload tolerates already for another part of it: the nodes that are meant. */
  readonly meant?: readonly Toleration[]
}

/** A set of tolerations and what it brings. */
export interface TolerationSet {
  /** Exact entries, one for each taint, in stable order. */
  readonly tolerations: readonly Toleration[]
  readonly taints: readonly Taint[]
  /** The nodes that it opens, in the order they were given. */
  readonly nodes: readonly string[]
  /** How many of the wanted Pods those nodes take; never more than are wanted. */
  readonly podsThatFit: number
  /** Why it stands where it stands, as a clause. */
  readonly reason: string
  readonly warnings: readonly string[]
}

export interface TolerationsAnswer {
  /** Absent where no toleration that may be suggested opens a node. */
  readonly best?: TolerationSet
  /** Other sets that would do, best first; at most five. */
  readonly others: readonly TolerationSet[]
  /** Nodes that only taints keep closed, one of them a taint that must not be tolerated: what to mend. */
  readonly toMend: readonly { readonly node: string; readonly taints: readonly Taint[] }[]
  /** False where there were so many combinations that the best was found by approximation. */
  readonly exact: boolean
}

const mostOthers = 5

/**
 * The least set of tolerations that lets the wanted number of Pods fit: as few entries as possible, never a taint of
 * class NodeCondition, Lifecycle or Autoscaler, ControlPlane and unasked Hardware only where nothing else opens a node.
 */
export function smallestTolerations(question: TolerationsQuestion): TolerationsAnswer {
  const { nodes, podsWanted, resources = [] } = question
  const candidates = nodes.filter((node) => node.otherwiseOpen && node.untolerated.length > 0)
  const toMend = candidates.flatMap((node) => {
    const taints = node.untolerated.filter((taint) => !classifyTaint(taint).tolerable)
    return taints.length === 0 ? [] : [{ node: node.name, taints }]
  })
  const mending = new Set(toMend.map(({ node }) => node))
  const groups = groupsOf(
    candidates.filter((node) => node.fits > 0 && !mending.has(node.name)),
    resources,
  )
  const found = tiersOf(groups).map((tier) =>
    cheapestUnion(
      groups.filter((group) => group.tier <= tier),
      podsWanted,
    ),
  )
  const [least, ...wider] = found
  if (least === undefined) return { others: [], toMend, exact: true }
  const meant = meantUnion(groups, question)
  const first = meant === undefined ? least : { union: meant, exact: true }
  const later = meant === undefined ? wider : found
  const reason =
    meant === undefined
      ? whyBest(least.union, groups, podsWanted)
      : 'the values of the release tolerate this already, for other workloads'
  const best = asSet(first.union, question, reason)
  const roomier = later.filter(({ union }) => fitting(union, podsWanted) > best.podsThatFit)
  const alone = alternativesAlone(groups, first.union, podsWanted)
  const others = [...roomier.map(({ union }) => union), ...alone]
    .filter((union, at, all) => all.findIndex((other) => keyOf(other) === keyOf(union)) === at)
    .slice(0, mostOthers)
    .map((union) => asSet(union, question, meant === undefined ? whyOther(union, first.union, podsWanted) : notMeant))
  return { best, others, toMend, exact: found.every((one) => one.exact) }
}

/** The least set among the taints that are tolerated for other workloads already, where it is enough for all. */
function meantUnion(groups: readonly Group[], { meant = [], podsWanted }: TolerationsQuestion): Union | undefined {
  const own = groups.filter(({ taints }) => taints.every((taint) => meant.some((one) => tolerates(one, taint))))
  if (own.length === 0 || own.length === groups.length) return undefined
  const { union } = cheapestUnion(own, podsWanted)
  return fitting(union, podsWanted) >= podsWanted ? union : undefined
}

const notMeant = 'the values of the release tolerate it nowhere'

/** The tiers that open a node at all, the best first. */
function tiersOf(groups: readonly Group[]): Tier[] {
  return ([0, 1, 2] as const).filter((tier) => groups.some((group) => group.tier === tier))
}

const keyOf = (union: Union) => union.ids.join(',')
const fitting = (union: Union, wanted: number) => Math.min(wanted, union.fits)

/** So many other groups are looked at for an alternative. */
const mostAlone = 32

/** Each other group by itself, where that is no more than what the best set tolerates anyway. */
function alternativesAlone(groups: readonly Group[], best: Union, wanted: number): Union[] {
  const inBest = new Set(best.ids)
  return groups
    .filter((group) => !group.ids.every((id) => inBest.has(id)))
    .sort((a, b) => a.tier - b.tier || a.ids.length - b.ids.length || b.fits - a.fits)
    .slice(0, mostAlone)
    .map((group) => unionOf(group.ids, groups))
    .sort(
      (a, b) =>
        a.tier - b.tier ||
        fitting(b, wanted) - fitting(a, wanted) ||
        a.ids.length - b.ids.length ||
        b.fits - a.fits ||
        (keyOf(a) < keyOf(b) ? -1 : 1),
    )
}

function asSet(
  union: Union,
  { nodes, podsWanted, resources = [] }: TolerationsQuestion,
  reason: string,
): TolerationSet {
  const taints = [...union.taints].sort(compareTaints)
  const opened = new Set(union.nodes)
  return {
    tolerations: taints.map(exactToleration),
    taints,
    nodes: nodes.filter((node) => opened.has(node.name)).map((node) => node.name),
    podsThatFit: fitting(union, podsWanted),
    reason,
    warnings: taints.flatMap((taint) => warningFor(taint, resources)),
  }
}

function warningFor(taint: Taint, resources: readonly string[]): string[] {
  const text = taintText(taint)
  switch (rankOf(taint, resources)) {
    case 2:
      return [
        `${text} keeps ordinary Pods off the control plane: a Pod that tolerates it competes with the API server and etcd`,
      ]
    case 1:
      if (taint.key === 'kubernetes.io/arch') return [`${text} ${classifyTaint(taint).meaning}`]
      return [`${text} keeps nodes free for Pods that need their hardware, and this Pod asks for none of it`]
    default: {
      const { class: taintClass, meaning } = classifyTaint(taint)
      return taintClass === 'Platform' ? [`${text} ${meaning}`] : []
    }
  }
}

function whyBest(best: Union, groups: readonly Group[], wanted: number): string {
  const count = best.taints.length
  const what = count === 1 ? 'one entry' : `${count} entries`
  const lack = fitting(best, wanted) < wanted ? `, though only ${fitting(best, wanted)} of ${wanted} Pods fit` : ''
  const only = groups.every((group) => group.tier === best.tier)
  if (best.tier === 2) return `${what}; nothing but control-plane nodes can be opened${lack}`
  if (best.tier === 1)
    return `${what}; nothing but nodes with special hardware, or the control plane, can be opened${lack}`
  return `the fewest entries that do: ${what}${only ? '' : ', and no control-plane or hardware taint'}${lack}`
}

function whyOther(other: Union, best: Union, wanted: number): string {
  if (other.tier > best.tier)
    return other.tier === 2 ? 'it opens control-plane nodes' : 'it opens nodes with special hardware'
  const lacking = fitting(other, wanted)
  if (lacking < fitting(best, wanted)) return `room for ${lacking} of ${wanted} Pods only`
  if (other.taints.length > best.taints.length) return `it takes ${other.taints.length} entries`
  if (other.fits < best.fits) return 'it opens less room'
  return 'as good; the first in order of names was taken'
}
