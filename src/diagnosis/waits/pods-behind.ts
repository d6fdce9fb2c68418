import { claimNames } from '#diagnosis/claim-names.ts'
import type { Inquiry } from '#diagnosis/inquiry.ts'
import type { Pod } from '#model/api/pod.ts'
import { claimFacts, claimWait, endsOf } from './claim.ts'
import { knownProvisioner } from './provisioners.ts'

/** The Pods that the Pod waits for, and the Pods of the provisioners between: their owners have to be known too. */
export function podsBehind(pod: Pod, inquiry: Inquiry): readonly Pod[] {
  if ((pod.spec.nodeName ?? '') !== '') return []
  return claimNames(pod).flatMap((name) => {
    const found = inquiry.view.find('persistentvolumeclaims', pod.metadata.namespace ?? '', name)
    const wait = found.kind === 'found' ? claimWait(found.object, inquiry) : undefined
    if (found.kind !== 'found' || wait === undefined) return []
    const ends = endsOf([wait]).flatMap(({ kind, namespace = '', name: end }) => {
      const behind = kind === 'Pod' ? inquiry.view.find('pods', namespace, end) : undefined
      return behind?.kind === 'found' ? [behind.object] : []
    })
    const known = knownProvisioner(claimFacts(found.object, inquiry).provisioner ?? '')
    const controllers =
      known === undefined
        ? []
        : inquiry.state.lists.pods.items.filter(({ metadata }) => known.pods.test(metadata.name ?? ''))
    return [...ends, ...controllers]
  })
}
