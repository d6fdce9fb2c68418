import { lastOf } from '#diagnosis/events.ts'
import type { Inquiry } from '#diagnosis/inquiry.ts'
import type { Pod } from '#model/api/pod.ts'

/** What reasons of autoscalers' events mean, where they speak of a Pod. */
const meanings: readonly (readonly [reason: string, meaning: string])[] = [
  ['NotTriggerScaleUp', 'Cluster Autoscaler adds no node for it'],
  ['FailedScaleUp', 'Cluster Autoscaler could not add a node'],
  ['TriggeredScaleUp', 'Cluster Autoscaler is adding a node for it'],
  ['Nominated', 'Karpenter has a node for it in mind'],
]

/** What Cluster Autoscaler or Karpenter said of the Pod last: whether a node comes, or why none does. */
export function autoscalerNotes({ metadata }: Pod, { events }: Inquiry): readonly string[] {
  const said = events.about('Pod', metadata.namespace ?? '', metadata.name ?? '')
  const found = meanings.flatMap(([reason, meaning]) => {
    const event = lastOf(said, reason)
    return event === undefined ? [] : [{ at: event.last ?? event.first ?? '', meaning, message: event.message }]
  })
  const newest = found.sort((a, b) => (a.at < b.at ? 1 : -1))[0]
  return newest === undefined ? [] : [`${newest.meaning}: ${newest.message.trim().replace(/\.$/, '')}`]
}

/**
 * The reasons whose events are read from a cluster: those that say what no object does. A list of events costs the
 * server much, so Karpenter's is read only where it runs.
 */
export function autoscalerReasons({ state }: Inquiry): readonly string[] {
  const hasKarpenter = state.lists.nodes.items.some(({ metadata }) =>
    Object.keys(metadata.labels ?? {}).some((key) => key.startsWith('karpenter.sh/')),
  )
  return hasKarpenter ? ['Nominated'] : ['NotTriggerScaleUp']
}
