import type { Pod, Volume } from '#model/api/pod.ts'
import type { PersistentVolumeClaim } from '#model/api/storage.ts'
import type { MissingRead } from '#model/cluster-state.ts'
import type { ClusterView } from '#scheduler/framework/cluster-view.ts'
import { claimKey, claimOf, notOwner, type PodClaim, storageClassOf } from '#scheduler/framework/volumes/claims.ts'
import {
  type InTreePlugin,
  pluginOfInline,
  pluginOfProvisioner,
  pluginOfVolume,
} from '#scheduler/framework/volumes/in-tree.ts'

/** What one volume of a Pod means for the limits of CSI drivers. */
export type Attachable =
  /** With `plugin`, it counts only on nodes where that in-tree plugin's volumes count as its driver's. */
  | { readonly kind: 'volume'; readonly driver: string; readonly handle: string; readonly plugin?: InTreePlugin }
  /** Breaks the plugin on nodes where it would count. */
  | { readonly kind: 'untranslatable'; readonly plugin: InTreePlugin; readonly error: string }
  | { readonly kind: 'claimNotFound'; readonly claim: PodClaim }
  /** The claim was made for another Pod, or has no name: breaks the plugin. */
  | { readonly kind: 'broken'; readonly error: string }
  | { readonly kind: 'claimUnread'; readonly ephemeral: boolean; readonly read: MissingRead }
  /** One volume, of whatever driver, or none. */
  | { readonly kind: 'volumeUnread'; readonly read: MissingRead }

/**
 * What the Pod's volumes mean for the limits of CSI drivers, in their order; volumes that never count are left out.
 * @see nodevolumelimits/csi.go filterAttachableVolumes, getCSIDriverInfo (kubernetes v1.36.2)
 */
export function attachablesOf(pod: Pod, cluster: ClusterView): readonly Attachable[] {
  return (pod.spec.volumes ?? []).flatMap((volume) => {
    const claim = claimOf(pod, volume)
    return (claim === undefined ? ofInline(volume) : ofClaim(pod, claim, cluster)) ?? []
  })
}

function ofInline(volume: Volume): Attachable | undefined {
  const plugin = pluginOfInline(volume)
  if (plugin === undefined) return undefined
  const { driver } = plugin
  const translated = plugin.handleInline(volume)
  if (translated.error === undefined) return { kind: 'volume', driver, handle: translated.handle, plugin }
  const error = `converting volume(${volume.name ?? ''}) from inline to csi: ${translated.error}`
  return { kind: 'untranslatable', plugin, error }
}

function ofClaim(pod: Pod, claim: PodClaim, cluster: ClusterView): Attachable | undefined {
  if (claim.name === '') return { kind: 'broken', error: 'PersistentVolumeClaim had no name' }
  const found = cluster.find('persistentvolumeclaims', pod.metadata.namespace ?? '', claim.name)
  if (found.kind === 'unknown') return { kind: 'claimUnread', ephemeral: claim.ephemeral, read: found.read }
  if (found.kind === 'absent') return { kind: 'claimNotFound', claim }
  const error = claim.ephemeral ? notOwner(pod, found.object) : undefined
  return error === undefined ? ofBound(found.object, cluster) : { kind: 'broken', error }
}

/** By its volume; where that does not exist (yet), by the provisioner that is to make it. */
function ofBound(claim: PersistentVolumeClaim, cluster: ClusterView): Attachable | undefined {
  const name = claim.spec.volumeName ?? ''
  const found = name === '' ? undefined : cluster.find('persistentvolumes', '', name)
  if (found === undefined || found.kind === 'absent') return ofProvisioner(claim, cluster)
  if (found.kind === 'unknown') return { kind: 'volumeUnread', read: found.read }
  const { csi } = found.object.spec
  if (csi !== undefined) return counted(csi.driver ?? '', csi.volumeHandle ?? '')
  const plugin = pluginOfVolume(found.object)
  const translated = plugin?.handleOf(found.object)
  if (plugin === undefined || translated?.error !== undefined) return undefined
  return counted(plugin.driver, translated?.handle ?? '', plugin)
}

function ofProvisioner(claim: PersistentVolumeClaim, cluster: ClusterView): Attachable | undefined {
  const storageClass = storageClassOf(claim)
  if (storageClass === '') return undefined
  const found = cluster.find('storageclasses', '', storageClass)
  if (found.kind === 'unknown') return { kind: 'volumeUnread', read: found.read }
  if (found.kind === 'absent') return undefined
  const { provisioner = '' } = found.object
  const plugin = pluginOfProvisioner(provisioner)
  if (plugin === 'never') return undefined
  // No real handle holds a space, so a volume to come is never taken for one that is there.
  const handle = `to come ${claimKey(claim)}`
  return plugin === undefined ? counted(provisioner, handle) : counted(plugin.driver, handle, plugin)
}

function counted(driver: string, handle: string, plugin?: InTreePlugin): Attachable | undefined {
  if (driver === '' || handle === '') return undefined
  return { kind: 'volume', driver, handle, ...(plugin === undefined ? {} : { plugin }) }
}
