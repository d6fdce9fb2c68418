import type { Toleration } from '#model/api/pod.ts'
import type { ApiObject } from '#model/cluster-state.ts'
import { valueAt } from '#model/raw-object.ts'
import { covers } from '#taints/whitelist.ts'
import { deleteCommand } from './command.ts'
import type { Placement } from './component.ts'
import { forbidsConcurrency, podPatch } from './placements.ts'
import { ownerOfKind, type Subject, templateOf, tolerationsOf } from './subject.ts'

/**
 * The ways out for a Pod that was made before the change: its root's template tolerates what it lacks, so nothing is to
 * be set again. Empty where the template lacks it too. For every workload, known system or not.
 */
export function madeBefore(subject: Subject, wanted: readonly Toleration[]): Placement[] {
  const { root, pod } = subject
  if (wanted.length === 0 || pod === undefined || templateOf(root) === undefined) return []
  if (root.kind === 'Job' || !coversAll(tolerationsOf(root), wanted)) return []
  const evidence = `the template of ${root.kind} ${subject.name} tolerates this already; this Pod was made before`
  const afterwards = stepsFor(subject, root)
  return [
    podPatch(subject, {
      evidence,
      afterwards,
      warnings: ['Nothing is to be set again: the values or the template hold these tolerations already.'],
    }),
  ]
}

/** Whether every wanted toleration is covered by one of the list. */
export function coversAll(list: readonly Toleration[], wanted: readonly Toleration[]): boolean {
  return wanted.every((toleration) => list.some((entry) => covers(entry, toleration)))
}

function stepsFor(subject: Subject, root: ApiObject): string[] {
  const { namespace, pod } = subject
  const delPod = deleteCommand('pod', namespace, pod?.metadata.name)
  switch (root.kind) {
    case 'CronJob': {
      const job = ownerOfKind(subject, 'Job')?.name ?? 'NAME'
      const why = forbidsConcurrency(subject)
        ? ' (concurrencyPolicy Forbid: the CronJob starts no other while it lives)'
        : ''
      return [`Or delete Job ${job}${why}; the next one tolerates the taint: ${deleteCommand('job', namespace, job)}`]
    }
    case 'StatefulSet':
      return [`Delete the Pod: a StatefulSet does not replace a Pod that never became Ready. ${delPod}`]
    case 'DaemonSet':
      return valueAt(root, 'spec', 'updateStrategy', 'type') === 'OnDelete'
        ? [`Delete the Pod: this DaemonSet replaces Pods only when they are deleted. ${delPod}`]
        : ['A rollout is under way, which replaces this Pod.']
    default:
      return ['A rollout is under way: this Pod goes when one of the new Pods is Ready.']
  }
}
