import { controllerOf } from '#model/api/meta.ts'
import type { Pod, PodResourceClaim } from '#model/api/pod.ts'
import type { ResourceClaim } from '#model/api/resource.ts'
import type { ClusterView } from '#scheduler/framework/cluster-view.ts'
import { type Reason, type Refused, type Unknown, unknownWithout } from '#scheduler/framework/outcome.ts'
import { refusedAsAWhole } from '#scheduler/framework/plugin.ts'
import type { Rules } from '#scheduler/framework/rules.ts'
import { claimReason } from './reasons.ts'

/**
 * The ResourceClaims that a Pod names or got from templates, or the first reason why they are not there for it.
 * @see scheduler/framework/plugins/dynamicresources/dynamicresources.go foreachPodResourceClaim (kubernetes v1.36.2)
 */
export function claimsOf(pod: Pod, cluster: ClusterView, rules: Rules): readonly ResourceClaim[] | Refused | Unknown {
  const claims: ResourceClaim[] = []
  for (const reference of pod.spec.resourceClaims ?? []) {
    const name = nameOf(reference, pod)
    if (name === undefined) continue
    if (typeof name !== 'string') return name
    const found = cluster.find('resourceclaims', pod.metadata.namespace ?? '', name)
    if (found.kind === 'unknown') return unknownWithout(found.read)
    const claim = found.kind === 'found' ? found.object : undefined
    const problem = problemOf(claim, name, pod, reference.resourceClaimName === undefined, rules)
    if (problem !== undefined) return refusedAsAWhole(problem)
    if (claim !== undefined) claims.push(claim)
  }
  return claims
}

/** The claim's name; undefined where one was left out on purpose. */
function nameOf(reference: PodResourceClaim, pod: Pod): string | Refused | undefined {
  const { name = '', resourceClaimName, resourceClaimTemplateName } = reference
  if (resourceClaimName !== undefined) return resourceClaimName
  const start = `pod "${fullName(pod)}"`
  if (resourceClaimTemplateName === undefined) {
    const text = `${start}, spec.resourceClaim "${name}": none of the supported fields are set`
    return refusedAsAWhole(claimReason(text, name, 'NotFound'))
  }
  const generated = pod.status.resourceClaimStatuses?.find((status) => status.name === name)
  if (generated !== undefined) return generated.resourceClaimName
  return refusedAsAWhole(claimReason(`${start}: ResourceClaim not created yet`, name, 'NotCreatedYet'))
}

function problemOf(
  claim: ResourceClaim | undefined,
  name: string,
  pod: Pod,
  isGenerated: boolean,
  rules: Rules,
): Reason | undefined {
  const fullClaimName = `${pod.metadata.namespace ?? ''}/${name}`
  if (claim === undefined) return claimReason(`could not find ResourceClaim "${fullClaimName}"`, name, 'NotFound')
  if (claim.metadata.deletionTimestamp !== undefined) {
    return claimReason(`resourceclaim "${name}" is being deleted`, name, 'Deleting')
  }
  if (!isGenerated || isControlledBy(claim, pod)) return undefined
  const word = rules.oldClaimOwnerText ? 'pod' : 'Pod'
  const text = `ResourceClaim ${fullClaimName} was not created for ${word} ${fullName(pod)} (${word} is not owner)`
  return claimReason(text, name, 'NotOwner')
}

function fullName({ metadata }: Pod): string {
  return `${metadata.namespace ?? ''}/${metadata.name ?? ''}`
}

function isControlledBy(claim: ResourceClaim, pod: Pod): boolean {
  const controller = controllerOf(claim.metadata)
  return controller?.uid !== undefined && controller.uid === pod.metadata.uid
}
