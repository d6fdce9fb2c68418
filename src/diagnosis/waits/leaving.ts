import type { Inquiry } from '#diagnosis/inquiry.ts'
import { few } from '#diagnosis/words.ts'
import type { Pod } from '#model/api/pod.ts'

/** The Pods of less priority that end on a node, so that another gets their place. */
export interface Leaving {
  readonly names: string
  readonly isOne: boolean
}

/** What preemption makes end on the Pod's nominated node; undefined where nothing does. */
export function leavingFor(pod: Pod, { view }: Inquiry): Leaving | undefined {
  const node = pod.status.nominatedNodeName ?? ''
  if (node === '') return undefined
  const leaving = view
    .list('pods')
    .items.filter(({ metadata, spec }) => spec.nodeName === node && metadata.deletionTimestamp !== undefined)
    .filter(({ spec }) => (spec.priority ?? 0) < (pod.spec.priority ?? 0))
  if (leaving.length === 0) return undefined
  const names = few(leaving.map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name ?? ''}`))
  return { names, isOne: leaving.length === 1 }
}
