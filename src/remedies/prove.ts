import { nodesVerdict } from '#diagnosis/node-groups.ts'
import type { Pod, Toleration } from '#model/api/pod.ts'
import type { BlockedNodes } from '#report/explain-report.ts'
import { type Change, withChanges } from '#scheduler/change.ts'
import { evaluate, type NodeVerdict } from '#scheduler/evaluate.ts'
import { type ClusterView, viewOf } from '#scheduler/framework/cluster-view.ts'
import type { Rules } from '#scheduler/framework/rules.ts'
import { openNodes, placeCopies } from '#scheduler/how-many-fit.ts'
import { judgeByPlugins } from '#scheduler/judge-by-plugins.ts'
import type { Wanted } from './toleration-need.ts'

/** What a change was shown to do, by running the scheduler's plugins again with it made. */
export interface Proof {
  /** The nodes that become feasible for one of the Pods. */
  readonly opens: readonly string[]
  readonly podsThatFit: number
  readonly podsWanted: number
  readonly stillBlocked: readonly BlockedNodes[]
}

/** What comes of changes for all the Pods that they reach, placed one after another in the same cluster. */
export function prove(changes: readonly Change[], wanted: readonly Wanted[], view: ClusterView, rules: Rules): Proof {
  const [first] = wanted
  if (first?.byController === true) return proveByController(changes, first, view, rules)
  const opens = new Set<string>()
  const blocked: (readonly BlockedNodes[])[] = []
  let podsThatFit = 0
  let busy: ClusterView | undefined
  for (const { pod, count } of wanted) {
    const changed = withChanges(changes, pod, view.state)
    const after = changed.state === view.state ? view : viewOf(changed.state)
    const before = new Set(openNodes(evaluate(pod, view, rules)))
    const verdict = evaluate(changed.pod, after, rules)
    for (const node of openNodes(verdict)) if (!before.has(node)) opens.add(node)
    blocked.push(nodesVerdict(verdict.nodes, verdict.podBlockers.length > 0, verdict.podUnknown).blocked)
    const room: ClusterView = busy ?? after
    const placed = placeCopies(changed.pod, count, room, rules)
    podsThatFit += placed.length
    // The next workload's Pods find these in their place.
    busy = wanted.length === 1 ? room : placed.reduce((taken, node) => taken.withPod(changed.pod, node), room)
  }
  return {
    opens: [...opens].sort(),
    podsThatFit,
    podsWanted: wanted.reduce((sum, { count }) => sum + count, 0),
    stillBlocked: blocked.length === 1 ? (blocked[0] ?? []) : stillBlockedForAll(blocked),
  }
}

export function addingTolerations(tolerations: readonly Toleration[]): Change {
  return { kind: 'AddTolerations', tolerations }
}

/** Of several workloads, the groups that any of them still meets, each once. */
function stillBlockedForAll(blocked: readonly (readonly BlockedNodes[])[]): readonly BlockedNodes[] {
  const groups = new Map<string, BlockedNodes>()
  for (const group of blocked.flat())
    groups.set(JSON.stringify([group.nodes, group.blockers.map(({ plugin, reasons }) => [plugin, reasons])]), group)
  return [...groups.values()]
}

/** What the DaemonSet controller asks of a node before it makes a Pod for it. */
const askedByController = ['NodeName', 'TaintToleration', 'NodeAffinity'] as const

export function controllerVerdicts(pod: Pod, view: ClusterView, rules: Rules): readonly NodeVerdict[] {
  return judgeByPlugins(pod, view, rules, askedByController)
}

function proveByController(changes: readonly Change[], { pod, count }: Wanted, view: ClusterView, rules: Rules): Proof {
  const changed = withChanges(changes, pod, view.state)
  const closed = controllerVerdicts(pod, view, rules).filter(({ blockers }) => blockers.length > 0)
  const names = new Set(closed.map(({ node }) => node.name))
  const after = controllerVerdicts(changed.pod, view, rules).filter(({ node }) => names.has(node.name))
  const opens = after.filter(({ blockers }) => blockers.length === 0).map(({ node }) => node.name)
  return {
    opens: opens.sort(),
    podsThatFit: Math.min(opens.length, count),
    podsWanted: count,
    stillBlocked: nodesVerdict(after, false, []).blocked,
  }
}
