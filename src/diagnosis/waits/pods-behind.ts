import { claimNames } from '#diagnosis/claim-names.ts'
import type { Inquiry } from '#diagnosis/inquiry.ts'
import type { Pod } from '#model/api/pod.ts'
import { claimFacts, claimWait, endsOf } from './claim.ts'
import { type GoneHelper, goneHelper } from './provisioner-pods.ts'
import { knownProvisioner } from './provisioners.ts'

/** What a Pod waits for, as far as that is other Pods. */
export interface Behind {
  /** The Pods at the ends of its chains: the ones that have to change. */
  readonly ends: readonly Pod[]
  /** Pods that stood there, and are gone. */
  readonly gone: readonly GoneHelper[]
  /** The provisioners' own Pods between, whatever they do. */
  readonly provisioners: readonly Pod[]
}

const nothing: Behind = { ends: [], gone: [], provisioners: [] }

/** The Pods that the Pod waits for, and the Pods of the provisioners between: their owners have to be known too. */
export function podsBehind(pod: Pod, inquiry: Inquiry): readonly Pod[] {
  const { ends, provisioners } = behind(pod, inquiry)
  return [...ends, ...provisioners]
}

export function behind(pod: Pod, inquiry: Inquiry): Behind {
  if ((pod.spec.nodeName ?? '') !== '') return nothing
  const each = claimNames(pod).map((name) => behindClaim(pod.metadata.namespace ?? '', name, inquiry))
  if (each.length === 0) return nothing
  return {
    ends: each.flatMap(({ ends }) => ends),
    gone: each.flatMap(({ gone }) => gone),
    provisioners: each.flatMap(({ provisioners }) => provisioners),
  }
}

function behindClaim(namespace: string, name: string, inquiry: Inquiry): Behind {
  const found = inquiry.view.find('persistentvolumeclaims', namespace, name)
  const wait = found.kind === 'found' ? claimWait(found.object, inquiry) : undefined
  if (found.kind !== 'found' || wait === undefined) return nothing
  const ends = endsOf([wait]).flatMap((end) => {
    const object = end.kind === 'Pod' ? inquiry.view.find('pods', end.namespace ?? '', end.name) : undefined
    return object?.kind === 'found' ? [object.object] : []
  })
  const facts = claimFacts(found.object, inquiry)
  const known = knownProvisioner(facts.provisioner ?? '')
  if (known === undefined) return { ends, gone: [], provisioners: [] }
  const gone = known.helpers === undefined ? undefined : goneHelper(facts, known, inquiry)
  const provisioners = inquiry.state.lists.pods.items.filter(({ metadata }) => known.pods.test(metadata.name ?? ''))
  return { ends, gone: gone === undefined ? [] : [gone], provisioners }
}
