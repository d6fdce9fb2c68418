import type { Pod } from '#model/api/pod.ts'
import type { PodVerdict } from '#scheduler/evaluate.ts'

/** Nodes whose taints the Pod does not tolerate count as empty domains unless the constraint says otherwise. */
export function spreadNotes(pod: Pod, { nodes }: PodVerdict): readonly string[] {
  const skewed = nodes.flatMap(({ blockers }) =>
    blockers.flatMap(({ reasons }) => reasons.flatMap(({ fact }) => (fact.kind === 'Skew' ? [fact.key] : []))),
  )
  const tainted = nodes.some(({ blockers }) => blockers.some(({ plugin }) => plugin === 'TaintToleration'))
  if (skewed.length === 0 || !tainted) return []
  const counting = (pod.spec.topologySpreadConstraints ?? []).filter(
    ({ topologyKey = '', nodeTaintsPolicy, whenUnsatisfiable }) =>
      skewed.includes(topologyKey) && nodeTaintsPolicy !== 'Honor' && whenUnsatisfiable !== 'ScheduleAnyway',
  )
  return counting.length === 0
    ? []
    : [
        'nodes whose taints it does not tolerate count as empty places in its topology spread (nodeTaintsPolicy: Ignore, the default); nodeTaintsPolicy: Honor on the constraint leaves them out, without tolerating anything',
      ]
}
