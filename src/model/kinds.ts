import { type Namespace, type Node, namespace, node } from './api/node.ts'
import { type Pod, pod } from './api/pod.ts'
import {
  type DeviceClass,
  deviceClass,
  type ResourceClaim,
  type ResourceSlice,
  resourceClaim,
  resourceSlice,
} from './api/resource.ts'
import {
  type CSIDriver,
  type CSINode,
  type CSIStorageCapacity,
  csiDriver,
  csiNode,
  csiStorageCapacity,
  type PersistentVolume,
  type PersistentVolumeClaim,
  persistentVolume,
  persistentVolumeClaim,
  type StorageClass,
  storageClass,
  type VolumeAttachment,
  volumeAttachment,
} from './api/storage.ts'
import type { AnyField } from './field.ts'

/** The kinds kube-scheduler's filters read, by resource name; each is decoded by its field table. */
export interface SchedulerKinds {
  readonly nodes: Node
  readonly namespaces: Namespace
  readonly pods: Pod
  readonly persistentvolumeclaims: PersistentVolumeClaim
  readonly persistentvolumes: PersistentVolume
  readonly storageclasses: StorageClass
  readonly csinodes: CSINode
  readonly csidrivers: CSIDriver
  readonly csistoragecapacities: CSIStorageCapacity
  readonly volumeattachments: VolumeAttachment
  readonly resourceclaims: ResourceClaim
  readonly resourceslices: ResourceSlice
  readonly deviceclasses: DeviceClass
}

export type SchedulerKind = keyof SchedulerKinds

export interface KindInfo {
  readonly group: string
  readonly version: string
  readonly kind: string
  readonly namespaced: boolean
  readonly fields: AnyField
}

const core = (kind: string, namespaced: boolean, fields: unknown): KindInfo => info('', 'v1', kind, namespaced, fields)
const storage = (kind: string, namespaced: boolean, fields: unknown): KindInfo =>
  info('storage.k8s.io', 'v1', kind, namespaced, fields)
const resource = (kind: string, namespaced: boolean, fields: unknown): KindInfo =>
  info('resource.k8s.io', 'v1', kind, namespaced, fields)

function info(group: string, version: string, kind: string, namespaced: boolean, fields: unknown): KindInfo {
  return { group, version, kind, namespaced, fields: fields as AnyField }
}

export const schedulerKinds: { readonly [K in SchedulerKind]: KindInfo } = {
  nodes: core('Node', false, node),
  namespaces: core('Namespace', false, namespace),
  pods: core('Pod', true, pod),
  persistentvolumeclaims: core('PersistentVolumeClaim', true, persistentVolumeClaim),
  persistentvolumes: core('PersistentVolume', false, persistentVolume),
  storageclasses: storage('StorageClass', false, storageClass),
  csinodes: storage('CSINode', false, csiNode),
  csidrivers: storage('CSIDriver', false, csiDriver),
  csistoragecapacities: storage('CSIStorageCapacity', true, csiStorageCapacity),
  volumeattachments: storage('VolumeAttachment', false, volumeAttachment),
  resourceclaims: resource('ResourceClaim', true, resourceClaim),
  resourceslices: resource('ResourceSlice', false, resourceSlice),
  deviceclasses: resource('DeviceClass', false, deviceClass),
}
