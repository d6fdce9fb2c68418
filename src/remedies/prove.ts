import { nodesVerdict } from '#diagnosis/node-groups.ts'
import type { Toleration } from '#model/api/pod.ts'
import type { BlockedNodes } from '#report/explain-report.ts'
import { type Change, withChanges } from '#scheduler/change.ts'
import { evaluate } from '#scheduler/evaluate.ts'
import { type ClusterView, viewOf } from '#scheduler/framework/cluster-view.ts'
import type { Rules } from '#scheduler/framework/rules.ts'
import { openNodes, placeCopies } from '#scheduler/how-many-fit.ts'
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
