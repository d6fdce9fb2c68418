import { claimNames } from '#diagnosis/claim-names.ts'
import type { Inquiry } from '#diagnosis/inquiry.ts'
import { claimFacts, claimWait } from '#diagnosis/waits/claim.ts'
import { noProvisioner } from '#diagnosis/waits/provisioners.ts'
import type { Pod } from '#model/api/pod.ts'
import type { PersistentVolumeClaim } from '#model/api/storage.ts'
import type { AskedClaim, AskedObject, Wait } from '#report/explain-parts.ts'

/** The answer about a PersistentVolumeClaim: what binds it, what it waits for, which Pods wait for it. */
export function askedClaim(claim: PersistentVolumeClaim, inquiry: Inquiry): AskedObject {
  const { namespace = '', name = '' } = claim.metadata
  const facts = claimFacts(claim, inquiry)
  const wait = claimWait(claim, inquiry)
  const pods = podsMounting(claim, inquiry)
  const details: AskedClaim = {
    phase: claim.status.phase ?? 'Pending',
    storageClass: facts.className === '' ? null : facts.className,
    provisioner: facts.provisioner ?? null,
    volumeBindingMode: facts.bindingMode ?? null,
    volume: claim.spec.volumeName ?? null,
    selectedNode: facts.node ?? null,
    waitsFor: wait?.waitsFor ?? [],
    pods: pods.map(({ metadata, status }) => ({ name: metadata.name ?? '', phase: status.phase ?? 'Pending' })),
  }
  return {
    kind: 'PersistentVolumeClaim',
    namespace,
    name,
    answer: answerOf(claim, details, wait, pods),
    claim: details,
  }
}

function answerOf(
  claim: PersistentVolumeClaim,
  details: AskedClaim,
  wait: Wait | undefined,
  pods: readonly Pod[],
): string {
  if (claim.metadata.deletionTimestamp !== undefined) {
    return `It is being deleted${pods.length === 0 ? '' : `, and stays until no Pod mounts it any more (${pods.length} do)`}.`
  }
  if (details.phase === 'Lost')
    return `It is lost: PersistentVolume ${details.volume ?? ''} behind it no longer exists.`
  if (wait === undefined && details.phase === 'Bound') return `It is bound to PersistentVolume ${details.volume ?? ''}.`
  if (wait === undefined) return waitsForPod(details, pods)
  const behind = (wait.waitsFor ?? []).some(({ kind }) => kind === 'Pod')
  return `It is ${wait.why}${behind ? ', which waits for another Pod' : ''}.`
}

/** WaitForFirstConsumer: the claim waits until a Pod that mounts it has a node. */
function waitsForPod({ provisioner, storageClass }: AskedClaim, pods: readonly Pod[]): string {
  const made = provisioner === noProvisioner ? 'takes a volume' : 'gets its volume'
  const waiting = pods.filter(({ spec }) => (spec.nodeName ?? '') === '')
  const rule = `It ${made} once a Pod that mounts it has a node (class ${storageClass ?? ''}, WaitForFirstConsumer)`
  if (pods.length === 0) return `${rule}, and no Pod mounts it.`
  return waiting.length === 0 ? `${rule}.` : `${rule}: it waits for the Pod, not the Pod for it.`
}

/** The Pods that mount a claim and are not finished, by name. */
export function podsMounting({ metadata }: PersistentVolumeClaim, inquiry: Inquiry): readonly Pod[] {
  return inquiry
    .podsIn(metadata.namespace ?? '')
    .filter(({ status }) => status.phase !== 'Succeeded' && status.phase !== 'Failed')
    .filter((pod) => claimNames(pod).includes(metadata.name ?? ''))
    .sort((a, b) => ((a.metadata.name ?? '') < (b.metadata.name ?? '') ? -1 : 1))
}
