import type { Inquiry } from '#diagnosis/inquiry.ts'
import type { Pod } from '#model/api/pod.ts'
import { namespaceNotes } from './namespace.ts'
import { resourceNotes } from './resources.ts'
import { rolloutNotes } from './rollout.ts'
import { spreadNotes } from './spread.ts'
import { volumeNotes } from './volumes.ts'

/** What is worth knowing beside the causes, each as a clause; for Pods that the scheduler judges. */
export function notesOf(pod: Pod, inquiry: Inquiry): readonly string[] {
  const verdict = inquiry.verdictOf(pod)
  // Nodes that are rejected alike share their blockers.
  const each = new Set([verdict.podBlockers, ...verdict.nodes.map(({ blockers }) => blockers)])
  const facts = [...each].flatMap((blockers) => blockers.flatMap(({ reasons }) => reasons.map(({ fact }) => fact)))
  return [
    ...rolloutNotes(pod, facts, inquiry),
    ...spreadNotes(pod, verdict),
    ...volumeNotes(facts, inquiry),
    ...resourceNotes(facts, inquiry),
    ...namespaceNotes(pod, inquiry),
  ]
}
