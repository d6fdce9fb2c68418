import { claimNames } from '#diagnosis/claim-names.ts'
import type { Inquiry } from '#diagnosis/inquiry.ts'
import type { Pod } from '#model/api/pod.ts'
import type { PersistentVolumeClaim, StorageClass } from '#model/api/storage.ts'
import type { Wait } from '#report/explain-parts.ts'
import { provisionerWaits } from './provisioner-pods.ts'
import { noProvisioner } from './provisioners.ts'

/** The annotation with the node that the scheduler chose for a volume. */
export const selectedNode = 'volume.kubernetes.io/selected-node'

/** How a claim is to get its volume. */
export interface ClaimFacts {
  readonly claim: PersistentVolumeClaim
  readonly storageClass: StorageClass | undefined
  readonly className: string
  readonly provisioner: string | undefined
  readonly bindingMode: string | undefined
  /** The node that the scheduler chose for the volume. */
  readonly node: string | undefined
  readonly isBound: boolean
}

export function claimFacts(claim: PersistentVolumeClaim, { view }: Inquiry): ClaimFacts {
  const { metadata, spec, status } = claim
  const className = spec.storageClassName ?? metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? ''
  const found = className === '' ? undefined : view.find('storageclasses', '', className)
  const storageClass = found?.kind === 'found' ? found.object : undefined
  const annotated =
    metadata.annotations?.['volume.kubernetes.io/storage-provisioner'] ??
    metadata.annotations?.['volume.beta.kubernetes.io/storage-provisioner']
  return {
    claim,
    storageClass,
    className,
    provisioner: storageClass?.provisioner ?? annotated,
    bindingMode: storageClass?.volumeBindingMode ?? (storageClass === undefined ? undefined : 'Immediate'),
    node: metadata.annotations?.[selectedNode],
    isBound: (spec.volumeName ?? '') !== '' && status.phase !== 'Pending',
  }
}

/**
 * The claims that the Pod waits for, each with what that waits for in turn. A claim of class mode WaitForFirstConsumer
 * for which no node was chosen yet waits for the Pod, not the other way round: it is not among them.
 */
export function volumeWaits(pod: Pod, inquiry: Inquiry): readonly Wait[] {
  return claimsOf(pod, inquiry).flatMap((claim) => claimWait(claim, inquiry) ?? [])
}

/** The claims that the Pod mounts, as far as they are there. */
export function claimsOf(pod: Pod, { view }: Inquiry): readonly PersistentVolumeClaim[] {
  return claimNames(pod).flatMap((name) => {
    const found = view.find('persistentvolumeclaims', pod.metadata.namespace ?? '', name)
    return found.kind === 'found' ? [found.object] : []
  })
}

/** The claim as something that is waited for; undefined where it is bound, or waits for its first Pod itself. */
export function claimWait(claim: PersistentVolumeClaim, inquiry: Inquiry): Wait | undefined {
  const facts = claimFacts(claim, inquiry)
  if (facts.isBound || claim.metadata.deletionTimestamp !== undefined) return undefined
  const waitsForPod = facts.bindingMode === 'WaitForFirstConsumer' && facts.node === undefined
  if (waitsForPod) return undefined
  const { className, provisioner, node } = facts
  const wait = {
    kind: 'PersistentVolumeClaim',
    namespace: claim.metadata.namespace ?? '',
    name: claim.metadata.name ?? '',
    ...(className === '' ? {} : { about: `class ${className}` }),
  }
  if (provisioner === undefined) {
    const missing = inquiry.view.missing('storageclasses') !== undefined
    const why = missing
      ? 'not bound; who provisions it is unknown, since storage classes could not be read'
      : className === ''
        ? 'not bound: it names no StorageClass, so somebody has to make a PersistentVolume for it'
        : `not bound: StorageClass ${className} does not exist`
    return { ...wait, why }
  }
  if (provisioner === noProvisioner)
    return {
      ...wait,
      why: 'not bound: its class provisions nothing, so somebody has to make a PersistentVolume for it',
    }
  const why = `not bound: ${provisioner} has not made its volume${node === undefined ? '' : ` for node ${node}`}`
  const waitsFor = provisionerWaits(facts, provisioner, inquiry)
  return waitsFor.length === 0 ? { ...wait, why } : { ...wait, why, waitsFor }
}

/** What stands at the ends of the chains: the things that have to change. */
export function endsOf(waits: readonly Wait[]): readonly Wait[] {
  return waits.flatMap((wait) => ((wait.waitsFor ?? []).length === 0 ? [wait] : endsOf(wait.waitsFor ?? [])))
}
