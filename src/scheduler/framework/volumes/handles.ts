import { type Labels, labelOf } from '#model/selector.ts'

/** The CSI volume handle of an in-tree volume, or why there is none, in the scheduler's words. */
export type Translated = { readonly handle: string; readonly error?: undefined } | { readonly error: string }

/**
 * The EBS volume id of `vol-1`, `aws:///vol-1` or `aws://zone/vol-1`.
 * @see csi-translation-lib/plugins/aws_ebs.go KubernetesVolumeIDToEBSVolumeID (kubernetes v1.36.2)
 */
export function awsVolumeHandle(volumeID: string): Translated {
  if (!volumeID.startsWith('aws://')) return { handle: volumeID }
  const path = /^aws:\/\/[^/?#]*([^?#]*)/.exec(volumeID)?.[1] ?? ''
  const handle = path.replace(/^\/+/, '').replace(/(?<!\/)\/+$/, '')
  if (/^vol-[^/]*$/.test(handle)) return { handle }
  return { error: `failed to translate Kubernetes ID to EBS Volume ID Invalid format for AWS volume (${volumeID})` }
}

/**
 * The handle of a GCE disk, zonal or regional by the volume's zone label; inline volumes have no labels.
 * @see csi-translation-lib/plugins/gce_pd.go TranslateInTreePVToCSI (kubernetes v1.36.2)
 */
export function gceVolumeHandle(disk: string, labels: Labels | undefined): Translated {
  const beta = labelOf(labels, 'failure-domain.beta.kubernetes.io/zone') ?? ''
  const zone = beta === '' ? (labelOf(labels, 'topology.kubernetes.io/zone') ?? '') : beta
  const zones = zone.split('__')
  if (zones.length === 1) {
    return { handle: `projects/UNSPECIFIED/zones/${zone === '' ? 'UNSPECIFIED' : zone}/disks/${disk}` }
  }
  const region = regionOf(zones)
  if (region.error !== undefined) return { error: `failed to get region from zones: ${region.error}` }
  return { handle: `projects/UNSPECIFIED/regions/${region.handle}/disks/${disk}` }
}

function regionOf(zones: readonly string[]): Translated {
  const regions = new Set<string>()
  for (const zone of zones) {
    const parts = zone.split('-')
    if (parts.length !== 3) {
      return { error: `zone in unexpected format, expected: {locale}-{region}-{zone}, got: ${zone}` }
    }
    regions.add(parts.slice(0, 2).join('-'))
  }
  const [only = ''] = regions
  if (regions.size === 1) return { handle: only }
  // The scheduler prints the set as Go prints a map.
  const printed = [...regions].sort().map((region) => `${region}:{}`)
  return { error: `multiple or no regions gotten from zones, got: map[${printed.join(' ')}]` }
}

/**
 * The handle of an Azure disk: its URI. Only managed disks have one.
 * @see csi-translation-lib/plugins/azure_disk.go TranslateInTreePVToCSI (kubernetes v1.36.2)
 */
export function azureDiskHandle(disk: { readonly diskURI?: string; readonly kind?: string } | undefined): Translated {
  const { diskURI = '', kind } = disk ?? {}
  if (kind === undefined || kind.toLowerCase() === 'managed') return { handle: diskURI }
  return { error: `kind(${kind}) is not supported in csi migration` }
}
