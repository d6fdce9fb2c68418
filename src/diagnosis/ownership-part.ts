import type { ApiObject } from '#model/cluster-state.ts'
import type { ChainEnd } from '#ownership/owner-chain.ts'
import type { Diagnosis, OwnerRef } from '#report/explain-report.ts'
import type { Whose } from './inquiry.ts'

type OwnershipPart = Pick<Diagnosis, 'owners' | 'ownersEnd' | 'origin' | 'component' | 'componentVersion'>

/** Whose Pods they are, as a diagnosis says it. With `itself` the object is the first of the owners: it lacks its Pods. */
export function ownershipPart({ chain, origin, component }: Whose, itself?: ApiObject): OwnershipPart {
  const owners = chain.owners.map(({ object: _object, ...owner }): OwnerRef => owner)
  return {
    owners: itself === undefined ? owners : [ownerRef(itself), ...owners],
    ...(chain.end === undefined ? {} : { ownersEnd: endText(chain.end) }),
    origin: origin === null ? null : { ...origin },
    component: component?.id ?? null,
    ...(component?.version === undefined ? {} : { componentVersion: component.version.source }),
  }
}

function ownerRef({ apiVersion, kind, metadata }: ApiObject): OwnerRef {
  const { namespace, name = '', uid = null } = metadata
  return { apiVersion, kind, ...(namespace === undefined ? {} : { namespace }), name, uid }
}

function endText(end: ChainEnd): string {
  switch (end.kind) {
    case 'Deleted':
      return 'the last owner no longer exists'
    case 'OtherUid':
      return 'the last owner was deleted and made again since'
    case 'Unreadable':
      return `the last owner could not be read: ${end.message}`
    case 'Circle':
      return 'the owner references form a circle'
    case 'OtherNamespace':
      return 'the next owner is in another namespace, which Kubernetes does not follow'
    default:
      return end satisfies never
  }
}
