import type { Inquiry } from '#diagnosis/inquiry.ts'
import type { Pod } from '#model/api/pod.ts'
import type { PodVerdict } from '#scheduler/evaluate.ts'
import type { Fact } from '#scheduler/framework/fact.ts'
import { autoscalerNotes } from './autoscaler.ts'
import { claimNotes } from './claims.ts'
import { injectedNotes, namespaceNotes } from './namespace.ts'
import { preemptionNotes } from './preemption.ts'
import { resourceNotes } from './resources.ts'
import { rolloutNotes } from './rollout.ts'
import { serviceLoadBalancerNotes } from './service-load-balancer.ts'
import { spreadNotes } from './spread.ts'
import { volumeNotes } from './volumes.ts'

/** What is worth knowing beside the causes, each as a clause; for Pods that the scheduler judges. */
export function notesOf(pod: Pod, verdict: PodVerdict, inquiry: Inquiry): readonly string[] {
  const facts = factsOf(verdict)
  return [
    ...curesOf(pod, verdict, inquiry),
    ...volumeNotes(facts, inquiry),
    ...claimNotes(pod, facts, inquiry),
    ...resourceNotes(facts, inquiry),
    ...serviceLoadBalancerNotes(pod, facts, inquiry),
    ...injectedNotes(pod, facts, inquiry),
    ...namespaceNotes(pod, inquiry),
    ...preemptionNotes(pod, inquiry),
    ...autoscalerNotes(pod, inquiry),
  ]
}

/** Changes of the workload that would do, and that are no toleration. */
export function curesOf(pod: Pod, verdict: PodVerdict, inquiry: Inquiry): readonly string[] {
  return [...rolloutNotes(pod, verdict, inquiry), ...spreadNotes(pod, verdict)]
}

function factsOf(verdict: PodVerdict): readonly Fact[] {
  // Nodes that are rejected alike share their blockers.
  const each = new Set([verdict.podBlockers, ...verdict.nodes.map(({ blockers }) => blockers)])
  return [...each].flatMap((blockers) => blockers.flatMap(({ reasons }) => reasons.map(({ fact }) => fact)))
}
