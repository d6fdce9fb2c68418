import { controllerOf } from '#model/api/meta.ts'
import type { Pod, Volume } from '#model/api/pod.ts'
import type { PersistentVolumeClaim } from '#model/api/storage.ts'

const betaClassAnnotation = 'volume.beta.kubernetes.io/storage-class'

/** A PersistentVolumeClaim that a Pod mounts. */
export interface PodClaim {
  /** The claim's name, in the Pod's namespace. */
  readonly name: string
  /** Made for the Pod from a volume's template: `<pod>-<volume>`. */
  readonly ephemeral: boolean
}

/** The claims of a Pod's volumes, in their order; one that is mounted twice stands there twice. */
export function claimsOf(pod: Pod): readonly PodClaim[] {
  return (pod.spec.volumes ?? []).flatMap((volume) => claimOf(pod, volume) ?? [])
}

/** The claim of one of the Pod's volumes; undefined where the volume is of another kind. */
export function claimOf(pod: Pod, { name = '', persistentVolumeClaim, ephemeral }: Volume): PodClaim | undefined {
  if (persistentVolumeClaim !== undefined) return { name: persistentVolumeClaim.claimName ?? '', ephemeral: false }
  return ephemeral === undefined ? undefined : { name: `${pod.metadata.name ?? ''}-${name}`, ephemeral: true }
}

/**
 * Why a claim of a generic ephemeral volume is not this Pod's, in the scheduler's words; undefined where it is.
 * @see component-helpers/storage/ephemeral/ephemeral.go VolumeIsForPod (kubernetes v1.36.2)
 */
export function notOwner(pod: Pod, claim: PersistentVolumeClaim): string | undefined {
  const controller = controllerOf(claim.metadata)
  if (controller !== undefined && controller.uid === pod.metadata.uid) return undefined
  const names = `${claimKey(claim)} was not created for pod ${podName(pod)}`
  return `PVC ${names} (pod is not owner)`
}

/** `namespace/name` of a claim. */
export function claimKey({ metadata }: PersistentVolumeClaim): string {
  return `${metadata.namespace ?? ''}/${metadata.name ?? ''}`
}

/** `namespace/name` of a Pod. */
export function podName({ metadata }: Pod): string {
  return `${metadata.namespace ?? ''}/${metadata.name ?? ''}`
}

/**
 * The storage class of a claim or a volume, the beta annotation before the field; empty where there is none.
 * @see component-helpers/storage/volume/helpers.go GetPersistentVolumeClaimClass, GetPersistentVolumeClass (kubernetes v1.36.2)
 */
export function storageClassOf({
  metadata,
  spec,
}: {
  readonly metadata: { readonly annotations?: Readonly<Record<string, string>> }
  readonly spec: { readonly storageClassName?: string }
}): string {
  return metadata.annotations?.[betaClassAnnotation] ?? spec.storageClassName ?? ''
}

/** The API machinery's words for a claim that is not there. */
export function claimNotFound(name: string): string {
  return `persistentvolumeclaim "${name}" not found`
}
