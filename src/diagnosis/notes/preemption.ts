import type { Inquiry } from '#diagnosis/inquiry.ts'
import type { Pod } from '#model/api/pod.ts'

/** Where preemption has made a choice already: who has to go first, so that the Pod gets its node. */
export function preemptionNotes({ spec, status }: Pod, { view }: Inquiry): readonly string[] {
  const node = status.nominatedNodeName ?? ''
  if (node === '' || (spec.nodeName ?? '') !== '') return []
  const leaving = view
    .list('pods')
    .items.filter((other) => other.spec.nodeName === node && other.metadata.deletionTimestamp !== undefined)
    .filter((other) => (other.spec.priority ?? 0) < (spec.priority ?? 0))
  if (leaving.length === 0) return []
  const names = leaving.slice(0, 3).map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name ?? ''}`)
  const more = leaving.length > 3 ? ` and ${leaving.length - 3} more` : ''
  return [
    `preemption has chosen node ${node} for it, where ${names.join(', ')}${more} ${leaving.length === 1 ? 'has' : 'have'} to end first and ${leaving.length === 1 ? 'is' : 'are'} Terminating`,
  ]
}
