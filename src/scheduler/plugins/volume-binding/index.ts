import type { Pod } from '#model/api/pod.ts'
import type { PersistentVolumeClaim } from '#model/api/storage.ts'
import { claimReason, missingClaimReason } from '#scheduler/framework/claim-reasons.ts'
import type { ClusterView } from '#scheduler/framework/cluster-view.ts'
import type { Because, Reason } from '#scheduler/framework/outcome.ts'
import { failed } from '#scheduler/framework/outcome.ts'
import { type Plugin, type Prepared, refusedAsAWhole, skip } from '#scheduler/framework/plugin.ts'
import type { Rules } from '#scheduler/framework/rules.ts'
import { claimNotFound, claimsOf, notOwner, type PodClaim } from '#scheduler/framework/volumes/claims.ts'
import { boundClaim } from './bound.ts'
import { classify, type Immediate, type Sorted } from './classify.ts'
import { delayedClaims } from './delayed.ts'
import { judgeNode } from './judge-node.ts'
import { nodesOfLocalVolumes } from './local-volumes.ts'

/**
 * Refuses a Pod whose claims are missing, lost, being deleted or should be bound by now; and a node that its bound
 * volumes cannot reach, or where volumes for the claims still to bind can neither be found nor made.
 * @see volumebinding/volume_binding.go PreFilter, Filter; binder.go GetPodVolumeClaims, FindPodVolumes (kubernetes v1.36.2)
 */
export const volumeBinding: Plugin = {
  name: 'VolumeBinding',
  prepare(pod, cluster, rules) {
    const wanted = claimsOf(pod)
    if (wanted.length === 0) return skip
    const claims: PersistentVolumeClaim[] = []
    const unread: Because[] = []
    for (const claim of wanted) {
      const found = cluster.find('persistentvolumeclaims', pod.metadata.namespace ?? '', claim.name)
      if (found.kind === 'unknown') {
        unread.push({ kind: 'MissingRead', read: found.read })
        continue
      }
      const reason = found.kind === 'absent' ? notThere(claim) : problemOf(pod, claim, found.object)
      if (reason !== undefined) return refusedDespite(unread, reason)
      if (found.kind === 'found') claims.push(found.object)
    }
    const sorted = classify(claims, cluster)
    if (sorted.error !== undefined && unread.length === 0) return failed(sorted.error)
    if (sorted.immediate !== undefined) return refusedDespite(unread, unbound(sorted.immediate))
    unread.push(...sorted.unread)
    return unread.length > 0 ? { kind: 'unknown', because: unread } : filterFor(sorted, cluster, rules)
  },
}

function filterFor({ bound, delayed }: Sorted, cluster: ClusterView, rules: Rules): Prepared {
  const reached = bound.map((claim) => boundClaim(claim, cluster))
  const open = delayedClaims(delayed, cluster, rules)
  const only = rules.localVolumesNarrow ? nodesOfLocalVolumes(reached) : undefined
  const filter = judgeNode(reached, open, cluster, rules)
  return { kind: 'filter', filter, ...(only === undefined ? {} : { only }) }
}

/** What was not read before this reason could have been the first to be reported. */
function refusedDespite(unread: readonly Because[], reason: Reason): Prepared {
  const refusal = refusedAsAWhole(reason)
  return unread.length === 0 ? refusal : { ...refusal, incomplete: unread }
}

function notThere(claim: PodClaim): Reason {
  const { name, ephemeral } = claim
  const waiting = `waiting for ephemeral volume controller to create the persistentvolumeclaim "${name}"`
  return missingClaimReason(claim, ephemeral ? waiting : claimNotFound(name))
}

function problemOf(pod: Pod, { ephemeral }: PodClaim, claim: PersistentVolumeClaim): Reason | undefined {
  const name = claim.metadata.name ?? ''
  const quoted = `persistentvolumeclaim "${name}"`
  if (claim.status.phase === 'Lost') {
    const volume = claim.spec.volumeName ?? ''
    return claimReason(`${quoted} bound to non-existent persistentvolume "${volume}"`, name, 'Lost', { volume })
  }
  if (claim.metadata.deletionTimestamp !== undefined) {
    return claimReason(`${quoted} is being deleted`, name, 'Deleting')
  }
  const text = ephemeral ? notOwner(pod, claim) : undefined
  return text === undefined ? undefined : claimReason(text, name, 'NotOwner')
}

function unbound({ name, problem, storageClass }: Immediate): Reason {
  const of = storageClass === '' ? {} : { storageClass }
  return claimReason('pod has unbound immediate PersistentVolumeClaims', name, problem, of)
}
