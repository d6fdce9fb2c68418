import type { Pod, Volume } from '#model/api/pod.ts'
import type { PersistentVolume, PersistentVolumeClaim } from '#model/api/storage.ts'
import type { MissingRead } from '#model/cluster-state.ts'
import type { ClusterView } from '#scheduler/framework/cluster-view.ts'
import { claimKey, claimOf, notOwner, type PodClaim } from '#scheduler/framework/volumes/claims.ts'

/** One in-tree kind of disk. */
export interface DiskSource {
  /** The in-tree plugin's name, as storage classes have it. */
  readonly provisioner: string
  /** The disk's id where the Pod's volume is one, be the id empty; undefined where it is another kind. */
  idInline(volume: Volume): string | undefined
  idOf(volume: PersistentVolume): string | undefined
}

export type Disk =
  | { readonly kind: 'disk'; readonly id: string }
  | { readonly kind: 'claimNotFound'; readonly claim: PodClaim }
  | { readonly kind: 'broken'; readonly error: string }
  | { readonly kind: 'claimUnread'; readonly ephemeral: boolean; readonly read: MissingRead }
  /** One disk of this kind, or none. */
  | { readonly kind: 'volumeUnread'; readonly read: MissingRead }

/**
 * The disks of one kind among a Pod's volumes, in their order.
 * @see nodevolumelimits/non_csi.go filterVolumes (kubernetes v1.30.14)
 */
export function disksOf(pod: Pod, source: DiskSource, cluster: ClusterView): readonly Disk[] {
  return (pod.spec.volumes ?? []).flatMap((volume): readonly Disk[] => {
    const id = source.idInline(volume)
    if (id !== undefined) return [{ kind: 'disk', id }]
    const claim = claimOf(pod, volume)
    const disk = claim === undefined ? undefined : ofClaim(pod, claim, source, cluster)
    return disk === undefined ? [] : [disk]
  })
}

function ofClaim(pod: Pod, claim: PodClaim, source: DiskSource, cluster: ClusterView): Disk | undefined {
  if (claim.name === '') return { kind: 'broken', error: 'PersistentVolumeClaim had no name' }
  const found = cluster.find('persistentvolumeclaims', pod.metadata.namespace ?? '', claim.name)
  if (found.kind === 'unknown') return { kind: 'claimUnread', ephemeral: claim.ephemeral, read: found.read }
  if (found.kind === 'absent') return { kind: 'claimNotFound', claim }
  const error = claim.ephemeral ? notOwner(pod, found.object) : undefined
  if (error !== undefined) return { kind: 'broken', error }
  const name = found.object.spec.volumeName ?? ''
  const volume = name === '' ? undefined : cluster.find('persistentvolumes', '', name)
  if (volume === undefined || volume.kind === 'absent') return ofClass(found.object, source, cluster)
  if (volume.kind === 'unknown') return { kind: 'volumeUnread', read: volume.read }
  const id = source.idOf(volume.object)
  return id === undefined ? undefined : { kind: 'disk', id }
}

/** A disk to come. Here alone the class stands in the field only: its beta annotation is not looked at. */
function ofClass(claim: PersistentVolumeClaim, source: DiskSource, cluster: ClusterView): Disk | undefined {
  const name = claim.spec.storageClassName
  if (name === undefined) return undefined
  const found = cluster.find('storageclasses', '', name)
  if (found.kind === 'unknown') return { kind: 'volumeUnread', read: found.read }
  if (found.kind === 'absent' || found.object.provisioner !== source.provisioner) return undefined
  return { kind: 'disk', id: `to come ${claimKey(claim)}` }
}
