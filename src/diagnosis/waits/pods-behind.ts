import type { Inquiry } from '#diagnosis/inquiry.ts'
import type { Pod } from '#model/api/pod.ts'
import type { PersistentVolumeClaim } from '#model/api/storage.ts'
import { claimFacts, claimsOf, claimWait, endsOf } from './claim.ts'
import { type GoneHelper, goneHelper } from './provisioner-pods.ts'
import { knownProvisioner, type Provisioner } from './provisioners.ts'

/** What a Pod waits for, as far as that is other Pods. */
export interface Behind {
  /** The Pods at the ends of its chains: the ones that have to change. */
  readonly ends: readonly Pod[]
  /** Pods that stood there, and are gone. */
  readonly gone: readonly GoneHelper[]
  /** Who makes the volumes that it waits for, as far as that is known. */
  readonly provisioners: readonly Provisioner[]
}

const nothing: Behind = { ends: [], gone: [], provisioners: [] }

export function behind(pod: Pod, inquiry: Inquiry): Behind {
  if ((pod.spec.nodeName ?? '') !== '') return nothing
  const each = claimsOf(pod, inquiry).map((claim) => behindClaim(claim, inquiry))
  if (each.length === 0) return nothing
  return {
    ends: each.flatMap(({ ends }) => ends),
    gone: each.flatMap(({ gone }) => gone),
    provisioners: each.flatMap(({ provisioners }) => provisioners),
  }
}

function behindClaim(claim: PersistentVolumeClaim, inquiry: Inquiry): Behind {
  const wait = claimWait(claim, inquiry)
  if (wait === undefined) return nothing
  const ends = endsOf([wait]).flatMap((end) => {
    const object = end.kind === 'Pod' ? inquiry.view.find('pods', end.namespace ?? '', end.name) : undefined
    return object?.kind === 'found' ? [object.object] : []
  })
  const facts = claimFacts(claim, inquiry)
  const known = knownProvisioner(facts.provisioner ?? '')
  if (known === undefined) return { ends, gone: [], provisioners: [] }
  const gone = known.helpers === undefined ? undefined : goneHelper(facts, known, inquiry)
  return { ends, gone: gone === undefined ? [] : [gone], provisioners: [known] }
}

/** The Pods behind others, and the Pods of the provisioners between: their owners have to be known too. */
export function podsBehind(found: readonly Behind[], { state }: Inquiry): readonly Pod[] {
  const known = [...new Set(found.flatMap(({ provisioners }) => provisioners))]
  const between =
    known.length === 0
      ? []
      : state.lists.pods.items.filter(({ metadata }) => known.some(({ pods }) => pods.test(metadata.name ?? '')))
  return [...found.flatMap(({ ends }) => ends), ...between]
}
