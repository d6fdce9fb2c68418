import { type Field, list, object, text } from '#model/field.ts'
import {
  type LabelSelector,
  labelSelector,
  type NodeSelector,
  nodeSelector,
  type ObjectMeta,
  objectMeta,
  type ResourceList,
  resourceList,
} from './meta.ts'

export interface PersistentVolumeClaimSpec {
  readonly accessModes?: readonly string[]
  readonly storageClassName?: string
  readonly volumeName?: string
  readonly volumeMode?: string
  readonly volumeAttributesClassName?: string
  readonly selector?: LabelSelector
  readonly resources?: { readonly requests?: ResourceList }
}

export interface PersistentVolumeClaim {
  readonly metadata: ObjectMeta
  readonly spec: PersistentVolumeClaimSpec
  readonly status: { readonly phase?: string }
}

export interface ObjectReference {
  readonly apiVersion?: string
  readonly kind?: string
  readonly namespace?: string
  readonly name?: string
  readonly uid?: string
}

export interface PersistentVolumeSpec {
  readonly capacity?: ResourceList
  readonly accessModes?: readonly string[]
  readonly storageClassName?: string
  readonly volumeMode?: string
  readonly volumeAttributesClassName?: string
  readonly claimRef?: ObjectReference
  readonly nodeAffinity?: { readonly required?: NodeSelector }
  readonly csi?: { readonly driver?: string; readonly volumeHandle?: string }
  readonly gcePersistentDisk?: { readonly pdName?: string; readonly partition?: number }
  readonly awsElasticBlockStore?: { readonly volumeID?: string; readonly partition?: number }
  readonly azureDisk?: { readonly diskName?: string; readonly diskURI?: string; readonly kind?: string }
  readonly cinder?: { readonly volumeID?: string }
  readonly azureFile?: { readonly secretName?: string; readonly secretNamespace?: string; readonly shareName?: string }
  readonly vsphereVolume?: { readonly volumePath?: string }
  readonly portworxVolume?: { readonly volumeID?: string }
  readonly local?: { readonly path?: string }
  readonly hostPath?: { readonly path?: string }
}

export interface PersistentVolume {
  readonly metadata: ObjectMeta
  readonly spec: PersistentVolumeSpec
  readonly status: { readonly phase?: string }
}

export interface TopologySelectorTerm {
  readonly matchLabelExpressions?: readonly { readonly key?: string; readonly values?: readonly string[] }[]
}

export interface StorageClass {
  readonly metadata: ObjectMeta
  readonly provisioner?: string
  readonly volumeBindingMode?: string
  readonly allowedTopologies?: readonly TopologySelectorTerm[]
}

export interface CSINode {
  readonly metadata: ObjectMeta
  readonly spec: {
    readonly drivers?: readonly {
      readonly name?: string
      readonly nodeID?: string
      readonly topologyKeys?: readonly string[]
      readonly allocatable?: { readonly count?: number }
    }[]
  }
}

export interface CSIDriver {
  readonly metadata: ObjectMeta
  readonly spec: { readonly storageCapacity?: boolean; readonly preventPodSchedulingIfMissing?: boolean }
}

export interface CSIStorageCapacity {
  readonly metadata: ObjectMeta
  readonly nodeTopology?: LabelSelector
  readonly storageClassName?: string
  readonly capacity?: string
  readonly maximumVolumeSize?: string
}

export interface VolumeAttachment {
  readonly metadata: ObjectMeta
  readonly spec: {
    readonly attacher?: string
    readonly nodeName?: string
    readonly source?: { readonly persistentVolumeName?: string }
  }
}

export const claimSpec: Field<PersistentVolumeClaimSpec> = object<PersistentVolumeClaimSpec>({
  accessModes: list(text),
  storageClassName: text,
  volumeName: text,
  volumeMode: text,
  volumeAttributesClassName: text,
  selector: labelSelector,
  resources: object<{ readonly requests?: ResourceList }>({ requests: resourceList }),
})

const phase = object<{ readonly phase?: string }>({ phase: text })

export const persistentVolumeClaim: Field<PersistentVolumeClaim> = object<PersistentVolumeClaim>({
  metadata: objectMeta,
  spec: claimSpec,
  status: phase,
})

type Source<K extends keyof PersistentVolumeSpec> = NonNullable<PersistentVolumeSpec[K]>

export const persistentVolume: Field<PersistentVolume> = object<PersistentVolume>({
  metadata: objectMeta,
  spec: object<PersistentVolumeSpec>({
    capacity: resourceList,
    accessModes: list(text),
    storageClassName: text,
    volumeMode: text,
    volumeAttributesClassName: text,
    claimRef: object<ObjectReference>({ apiVersion: text, kind: text, namespace: text, name: text, uid: text }),
    nodeAffinity: object<Source<'nodeAffinity'>>({ required: nodeSelector }),
    csi: object<Source<'csi'>>({ driver: text, volumeHandle: text }),
    gcePersistentDisk: object<Source<'gcePersistentDisk'>>({ pdName: text, partition: 'number' }),
    awsElasticBlockStore: object<Source<'awsElasticBlockStore'>>({ volumeID: text, partition: 'number' }),
    azureDisk: object<Source<'azureDisk'>>({ diskName: text, diskURI: text, kind: text }),
    cinder: object<Source<'cinder'>>({ volumeID: text }),
    azureFile: object<Source<'azureFile'>>({ secretName: text, secretNamespace: text, shareName: text }),
    vsphereVolume: object<Source<'vsphereVolume'>>({ volumePath: text }),
    portworxVolume: object<Source<'portworxVolume'>>({ volumeID: text }),
    local: object<Source<'local'>>({ path: text }),
    hostPath: object<Source<'hostPath'>>({ path: text }),
  }),
  status: phase,
})

export const storageClass: Field<StorageClass> = object<StorageClass>({
  metadata: objectMeta,
  provisioner: text,
  volumeBindingMode: text,
  allowedTopologies: list(
    object<TopologySelectorTerm>({
      matchLabelExpressions: list(
        object<{ readonly key?: string; readonly values?: readonly string[] }>({ key: text, values: list(text) }),
      ),
    }),
  ),
})

type CSINodeDriver = NonNullable<CSINode['spec']['drivers']>[number]

export const csiNode: Field<CSINode> = object<CSINode>({
  metadata: objectMeta,
  spec: object<CSINode['spec']>({
    drivers: list(
      object<CSINodeDriver>({
        name: text,
        nodeID: text,
        topologyKeys: list(text),
        allocatable: object<{ readonly count?: number }>({ count: 'number' }),
      }),
    ),
  }),
})

export const csiDriver: Field<CSIDriver> = object<CSIDriver>({
  metadata: objectMeta,
  spec: object<CSIDriver['spec']>({ storageCapacity: 'boolean', preventPodSchedulingIfMissing: 'boolean' }),
})

export const csiStorageCapacity: Field<CSIStorageCapacity> = object<CSIStorageCapacity>({
  metadata: objectMeta,
  nodeTopology: labelSelector,
  storageClassName: text,
  capacity: 'quantity',
  maximumVolumeSize: 'quantity',
})

export const volumeAttachment: Field<VolumeAttachment> = object<VolumeAttachment>({
  metadata: objectMeta,
  spec: object<VolumeAttachment['spec']>({
    attacher: text,
    nodeName: text,
    source: object<{ readonly persistentVolumeName?: string }>({ persistentVolumeName: text }),
  }),
})
