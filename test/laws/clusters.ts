import fc from 'fast-check'
import type { Pod } from '#model/api/pod.ts'
import type { ClusterState } from '#model/cluster-state.ts'
import { evaluate, type PodVerdict } from '#scheduler/evaluate.ts'
import { viewOf } from '#scheduler/framework/cluster-view.ts'
import { rulesFor } from '#scheduler/profile.ts'
import { aCluster } from '#test/builders/cluster.ts'
import { type GeneratedCluster, generateCluster } from '#test/differential/generate/cluster.ts'
import { focuses } from '#test/differential/generate/world.ts'

/** Random clusters with everything the scheduler looks at. */
export const clusters: fc.Arbitrary<GeneratedCluster> = fc
  .tuple(fc.nat(1_000_000), fc.constantFrom('mix', 'mix', 'mix', ...focuses))
  .map(([seed, focus]) => generateCluster(seed, focus))

/** How often each law of whole clusters is tried. */
export const runs = { numRuns: 60 }

export const rules = rulesFor(null)

export function stateOf({ items }: GeneratedCluster): ClusterState {
  return aCluster(items)
}

/** The Pods that wait for a node. */
export function waitingPods(state: ClusterState): readonly Pod[] {
  return state.lists.pods.items.filter(({ spec, status }) => (spec.nodeName ?? '') === '' && status.phase === 'Pending')
}

export function verdictOf(pod: Pod, state: ClusterState): PodVerdict {
  return evaluate(pod, viewOf(state), rules)
}

/** Nodes that take the Pod for certain. */
export function feasible({ podBlockers, podUnknown, nodes }: PodVerdict): readonly string[] {
  if (podBlockers.length + podUnknown.length > 0) return []
  return nodes.flatMap(({ node, blockers, unknown }) => (blockers.length + unknown.length > 0 ? [] : [node.name]))
}

/** Reasons by node (`*` for the Pod as a whole) and plugin. */
export function reasonsOf({ podBlockers, nodes }: PodVerdict): ReadonlyMap<string, string> {
  const all = new Map<string, string>()
  const rows = [
    { name: '*', blockers: podBlockers },
    ...nodes.map(({ node, blockers }) => ({ name: node.name, blockers })),
  ]
  for (const { name, blockers } of rows) {
    for (const { plugin, reasons } of blockers) {
      all.set(
        `${name} ${plugin}`,
        reasons
          .map(({ text }) => text)
          .sort()
          .join(', '),
      )
    }
  }
  return all
}
