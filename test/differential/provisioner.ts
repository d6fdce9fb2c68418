import type { ApiClient } from './api-client.ts'

interface ClaimSpec {
  readonly volumeName?: string
  readonly storageClassName?: string
  readonly accessModes?: readonly string[]
  readonly volumeMode?: string
}

/** Makes the volumes that the scheduler asks for once it has chosen a node, as a CSI provisioner would. */
export async function provision(api: ApiClient): Promise<void> {
  for (const claim of await api.list('v1', 'PersistentVolumeClaim')) {
    const { name, namespace = '', uid = '' } = claim.metadata
    const annotations = (claim.metadata.annotations ?? {}) as Record<string, string>
    const { volumeName, storageClassName, accessModes, volumeMode } = claim.spec as ClaimSpec
    if (annotations['volume.kubernetes.io/selected-node'] === undefined || volumeName !== undefined) continue
    await api.create({
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: `made-${uid}` },
      spec: {
        capacity: { storage: '100Gi' },
        accessModes,
        volumeMode,
        storageClassName,
        persistentVolumeReclaimPolicy: 'Retain',
        csi: { driver: 'csi.example.com', volumeHandle: `made-${uid}` },
        claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name, uid },
      },
    })
  }
}
