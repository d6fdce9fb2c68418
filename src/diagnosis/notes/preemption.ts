import type { Inquiry } from '#diagnosis/inquiry.ts'
import { leavingFor } from '#diagnosis/waits/leaving.ts'
import type { Pod } from '#model/api/pod.ts'

/** Where preemption has made a choice already: who has to go first, so that the Pod gets its node. */
export function preemptionNotes(pod: Pod, inquiry: Inquiry): readonly string[] {
  const leaving = (pod.spec.nodeName ?? '') === '' ? leavingFor(pod, inquiry) : undefined
  if (leaving === undefined) return []
  const { names, isOne } = leaving
  return [
    `preemption has chosen node ${pod.status.nominatedNodeName} for it, where ${names} ${isOne ? 'has' : 'have'} to end first and ${isOne ? 'is' : 'are'} Terminating`,
  ]
}
