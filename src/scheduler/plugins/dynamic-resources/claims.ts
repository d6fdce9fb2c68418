import type { Pod } from '#model/api/pod.ts'
import type { ResourceClaim } from '#model/api/resource.ts'
import type { ClusterView } from '#scheduler/framework/cluster-view.ts'
import { type Refused, type Unknown, unknownWithout } from '#scheduler/framework/outcome.ts'
import { refusedAsAWhole } from '#scheduler/framework/plugin.ts'
import type { Rules } from '#scheduler/framework/rules.ts'
import { claimReason } from './reasons.ts'

/**
 * The ResourceClaims that a Pod names or got from templates, or the first reason why they are not there for it.
 * @see scheduler/framework/plugins/dynamicresources/dynamicresources.go foreachPodResourceClaim (kubernetes v1.36.2)
 */
export function claimsOf(pod: Pod, cluster: ClusterView, rules: Rules): readonly ResourceClaim[] | Refused | Unknown {
  const namespace = pod.metadata.namespace ?? ''
  const podName = `${namespace}/${pod.metadata.name ?? ''}`
  const claims: ResourceClaim[] = []
  for (const { name = '', resourceClaimName, resourceClaimTemplateName } of pod.spec.resourceClaims ?? []) {
    if (resourceClaimName === undefined && resourceClaimTemplateName === undefined) {
      const text = `pod "${podName}", spec.resourceClaim "${name}": none of the supported fields are set`
      return refusedAsAWhole(claimReason(text, name, 'NotFound'))
    }
    const generated = pod.status.resourceClaimStatuses?.find((status) => status.name === name)
    if (resourceClaimName === undefined && generated === undefined) {
      return refusedAsAWhole(claimReason(`pod "${podName}": ResourceClaim not created yet`, name, 'NotCreatedYet'))
    }
    const claimName = resourceClaimName ?? generated?.resourceClaimName
    // Generated on purpose without a claim: nothing to wait for.
    if (claimName === undefined) continue
    const found = cluster.find('resourceclaims', namespace, claimName)
    if (found.kind === 'unknown') return unknownWithout(found.read)
    if (found.kind === 'absent') {
      const text = `could not find ResourceClaim "${namespace}/${claimName}"`
      return refusedAsAWhole(claimReason(text, claimName, 'NotFound'))
    }
    const claim = found.object
    if (claim.metadata.deletionTimestamp !== undefined) {
      return refusedAsAWhole(claimReason(`resourceclaim "${claimName}" is being deleted`, claimName, 'Deleting'))
    }
    if (resourceClaimName === undefined && !isControlledBy(claim, pod)) {
      const [p, owner] = rules.oldClaimOwnerText ? ['pod', 'pod is not owner'] : ['Pod', 'Pod is not owner']
      const text = `ResourceClaim ${namespace}/${claimName} was not created for ${p} ${podName} (${owner})`
      return refusedAsAWhole(claimReason(text, claimName, 'NotOwner'))
    }
    claims.push(claim)
  }
  return claims
}

function isControlledBy(claim: ResourceClaim, pod: Pod): boolean {
  const controller = claim.metadata.ownerReferences?.find((owner) => owner.controller === true)
  return controller?.uid !== undefined && controller.uid === pod.metadata.uid
}
