import type { Inquiry } from '#diagnosis/inquiry.ts'
import type { Pod } from '#model/api/pod.ts'
import { valueAt } from '#model/raw-object.ts'
import { selects } from '#model/selector.ts'
import type { Fact } from '#scheduler/framework/fact.ts'

/** A rolling update that cannot go on: the new Pod waits for a place that the old Pods of its own Deployment hold. */
export function rolloutNotes(pod: Pod, facts: readonly Fact[], inquiry: Inquiry): readonly string[] {
  const { root } = inquiry.whoseOf(pod)
  if (root.kind !== 'Deployment') return []
  const isRecreate = valueAt(root, 'spec', 'strategy', 'type') === 'Recreate'
  if (isRecreate || !facts.some((fact) => isHeldByOwn(fact, pod, inquiry))) return []
  return [
    `the Pods in its way are of the same Deployment ${root.metadata.name ?? ''}: a rolling update starts the new Pod before an old one ends. maxSurge: 0, or strategy Recreate, lets the old one go first`,
  ]
}

function isHeldByOwn(fact: Fact, pod: Pod, inquiry: Inquiry): boolean {
  switch (fact.kind) {
    case 'HostPort':
    case 'DiskInUse':
    case 'ClaimInUse':
      return fact.heldBy.some((name) => isSibling(name, pod, inquiry))
    case 'ExistingAntiAffinity':
      return fact.pods.some((name) => isSibling(name, pod, inquiry))
    case 'PodAntiAffinity':
      return selects(fact.term.labelSelector, pod.metadata.labels)
    default:
      return false
  }
}

function isSibling(name: string, pod: Pod, inquiry: Inquiry): boolean {
  const found = inquiry.view.find('pods', name.split('/')[0] ?? '', name.split('/')[1] ?? '')
  if (found.kind !== 'found') return false
  const mine = inquiry.whoseOf(pod).root.metadata.uid
  return mine !== undefined && inquiry.whoseOf(found.object).root.metadata.uid === mine
}
