import type { Plugin } from '#scheduler/framework/plugin.ts'
import { countingPlugin, type DiskKind } from './counting-plugin.ts'

const ebs: DiskKind = {
  plugin: 'EBSLimits',
  provisioner: 'kubernetes.io/aws-ebs',
  limitKey: 'attachable-volumes-aws-ebs',
  idInline: ({ awsElasticBlockStore: disk }) => disk && (disk.volumeID ?? ''),
  idOf: ({ spec: { awsElasticBlockStore: disk } }) => disk && (disk.volumeID ?? ''),
  // The pattern is the scheduler's: anchored for c5, m5 and r5 alone.
  usualLimit: (instanceType) => (/^[cmr]5.*|t3|z1d/.test(instanceType) ? 25 : 39),
}

const gcePd: DiskKind = {
  plugin: 'GCEPDLimits',
  provisioner: 'kubernetes.io/gce-pd',
  limitKey: 'attachable-volumes-gce-pd',
  idInline: ({ gcePersistentDisk: disk }) => disk && (disk.pdName ?? ''),
  idOf: ({ spec: { gcePersistentDisk: disk } }) => disk && (disk.pdName ?? ''),
  usualLimit: () => 16,
}

const azureDisk: DiskKind = {
  plugin: 'AzureDiskLimits',
  provisioner: 'kubernetes.io/azure-disk',
  limitKey: 'attachable-volumes-azure-disk',
  idInline: ({ azureDisk: disk }) => disk && (disk.diskName ?? ''),
  idOf: ({ spec: { azureDisk: disk } }) => disk && (disk.diskName ?? ''),
  usualLimit: () => 16,
}

/**
 * Refuses a node with too many in-tree EBS volumes: more than `allocatable` says, or else 39 (25 on Nitro instances).
 * A node with a CSINode passes: there NodeVolumeLimits counts.
 * @see nodevolumelimits/non_csi.go NewEBS (kubernetes v1.30.14)
 */
export const ebsLimits: Plugin = countingPlugin(ebs)

/**
 * Refuses a node with too many in-tree GCE disks: more than `allocatable` says, or else 16.
 * @see nodevolumelimits/non_csi.go NewGCEPD (kubernetes v1.30.14)
 */
export const gcePdLimits: Plugin = countingPlugin(gcePd)

/**
 * Refuses a node with too many in-tree Azure disks: more than `allocatable` says, or else 16.
 * @see nodevolumelimits/non_csi.go NewAzureDisk (kubernetes v1.30.14)
 */
export const azureDiskLimits: Plugin = countingPlugin(azureDisk)
