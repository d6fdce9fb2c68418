import type { NodeSelector } from '#model/api/meta.ts'
import type { Volume } from '#model/api/pod.ts'
import type { CSINode, PersistentVolume, PersistentVolumeSpec } from '#model/api/storage.ts'
import { labelOf } from '#model/selector.ts'
import { awsVolumeHandle, azureDiskHandle, gceVolumeHandle, type Translated } from './handles.ts'
import { csiNodeAffinity } from './topology.ts'

/** An in-tree volume plugin that a CSI driver stands in for. */
export interface InTreePlugin {
  readonly name: string
  readonly driver: string
  readonly topologyKey?: string
  readonly source: keyof PersistentVolumeSpec & keyof Volume
  handleOf(volume: PersistentVolume): Translated
  handleInline(volume: Volume): Translated
}

/**
 * The in-tree plugins whose volumes kube-scheduler may count and place as CSI volumes.
 * Azure Files and vSphere volumes have a CSI driver too, but the scheduler never asks for their translation.
 * @see csi-translation-lib/translate.go, plugins/*.go (kubernetes v1.36.2)
 */
export const inTreePlugins: readonly InTreePlugin[] = [
  {
    name: 'kubernetes.io/aws-ebs',
    driver: 'ebs.csi.aws.com',
    topologyKey: 'topology.ebs.csi.aws.com/zone',
    source: 'awsElasticBlockStore',
    handleOf: ({ spec }) => awsVolumeHandle(spec.awsElasticBlockStore?.volumeID ?? ''),
    handleInline: (volume) => awsVolumeHandle(volume.awsElasticBlockStore?.volumeID ?? ''),
  },
  {
    name: 'kubernetes.io/gce-pd',
    driver: 'pd.csi.storage.gke.io',
    topologyKey: 'topology.gke.io/zone',
    source: 'gcePersistentDisk',
    handleOf: ({ metadata, spec }) => gceVolumeHandle(spec.gcePersistentDisk?.pdName ?? '', metadata.labels),
    handleInline: (volume) => gceVolumeHandle(volume.gcePersistentDisk?.pdName ?? '', undefined),
  },
  {
    name: 'kubernetes.io/azure-disk',
    driver: 'disk.csi.azure.com',
    source: 'azureDisk',
    handleOf: ({ spec }) => azureDiskHandle(spec.azureDisk),
    handleInline: (volume) => azureDiskHandle(volume.azureDisk),
  },
  {
    name: 'kubernetes.io/cinder',
    driver: 'cinder.csi.openstack.org',
    topologyKey: 'topology.cinder.csi.openstack.org/zone',
    source: 'cinder',
    handleOf: ({ spec }) => ({ handle: spec.cinder?.volumeID ?? '' }),
    handleInline: (volume) => ({ handle: volume.cinder?.volumeID ?? '' }),
  },
  {
    name: 'kubernetes.io/portworx-volume',
    driver: 'pxd.portworx.com',
    source: 'portworxVolume',
    handleOf: ({ spec }) => ({ handle: spec.portworxVolume?.volumeID ?? '' }),
    handleInline: (volume) => ({ handle: volume.portworxVolume?.volumeID ?? '' }),
  },
]

/** Provisioners that have a translation which the scheduler never switches on: what they make is not counted. */
const neverTranslated: ReadonlySet<string> = new Set(['kubernetes.io/azure-file', 'kubernetes.io/vsphere-volume'])

/** The in-tree plugin of a provisioner's name; `never` where its volumes are known and not translated. */
export function pluginOfProvisioner(provisioner: string): InTreePlugin | 'never' | undefined {
  if (neverTranslated.has(provisioner)) return 'never'
  return inTreePlugins.find((plugin) => plugin.name === provisioner)
}

/** The in-tree plugin of a PersistentVolume; undefined for CSI volumes and those no driver stands in for. */
export function pluginOfVolume({ spec }: PersistentVolume): InTreePlugin | undefined {
  return inTreePlugins.find((plugin) => spec[plugin.source] !== undefined)
}

/** The in-tree plugin of a volume that stands in a Pod itself. */
export function pluginOfInline(volume: Volume): InTreePlugin | undefined {
  return inTreePlugins.find((plugin) => volume[plugin.source] !== undefined)
}

export type PortworxMigration = 'never' | 'listed' | 'always'

/**
 * Whether volumes of an in-tree plugin count as its CSI driver's on a node.
 * A CSINode is enough: only Portworx was ever looked up in its annotation.
 * @see nodevolumelimits/utils.go isCSIMigrationOn (kubernetes v1.36.2, v1.35.3, v1.30.14)
 */
export function countsAsCsi(plugin: InTreePlugin, csiNode: CSINode | undefined, portworx: PortworxMigration): boolean {
  if (csiNode === undefined) return false
  if (plugin.source !== 'portworxVolume' || portworx === 'always') return true
  return portworx === 'listed' && isListedAsMigrated(plugin, csiNode)
}

/**
 * Whether the CSINode says that the node's kubelet serves the in-tree plugin by its CSI driver.
 * @see volumebinding/binder.go isPluginMigratedToCSIOnNode (kubernetes v1.36.2)
 */
export function isListedAsMigrated(plugin: InTreePlugin, csiNode: CSINode | undefined): boolean {
  const listed = labelOf(csiNode?.metadata.annotations, 'storage.alpha.kubernetes.io/migrated-plugins') ?? ''
  return listed.split(',').includes(plugin.name)
}

export type TranslatedAffinity =
  | { readonly required: NodeSelector | undefined; readonly error?: undefined }
  | { readonly error: string }

/**
 * The node affinity that an in-tree volume has once it is translated, or why it cannot be.
 * @see csi-translation-lib/plugins/*.go TranslateInTreePVToCSI (kubernetes v1.36.2)
 */
export function translatedAffinity(plugin: InTreePlugin, volume: PersistentVolume): TranslatedAffinity {
  const { error } = plugin.handleOf(volume)
  if (error !== undefined) return { error }
  const required = volume.spec.nodeAffinity?.required
  if (plugin.topologyKey === undefined) return { required }
  return { required: csiNodeAffinity(required, volume.metadata.labels, plugin.topologyKey) }
}
