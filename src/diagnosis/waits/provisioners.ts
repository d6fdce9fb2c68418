/** What is known of a provisioner: how its Pods are called, and which helper Pods it starts. */
export interface Provisioner {
  /** Matches the names of its own Pods, controllers and node plugins. */
  readonly pods: RegExp
  /** Matches the names of the helper Pods that it starts for one volume. */
  readonly helpers?: RegExp
  /** Where the helper Pods' tolerations come from, as a clause; absent where nothing shapes them. */
  readonly template?: string
  /** What helper Pods of it are known as, where only events are left of them. */
  readonly component?: string
}

interface Row extends Provisioner {
  /** The provisioner's name, or with a leading `*` what it ends in. */
  readonly name: string
}

/**
 * Provisioners by the name in a StorageClass. The names of Pods are those of the projects' own manifests and charts;
 * Helm may put a release's name before them.
 */
const rows: readonly Row[] = [
  {
    name: 'microk8s.io/hostpath',
    pods: /^hostpath-provisioner-[a-z0-9]+-[a-z0-9]{5}$/,
    helpers: /^hostpath-provisioner-/,
  },
  {
    name: 'k8s.canonical.com/hostpath',
    pods: /hostpath-provisioner-[a-z0-9]+-[a-z0-9]{5}$/,
    helpers: /hostpath-provisioner-/,
  },
  {
    name: 'rancher.io/local-path',
    pods: /local-path-provisioner-/,
    helpers: /^(?:helper-pod-)?(?:[a-z0-9.-]+-)?create-pvc-/,
    template: 'key helperPod.yaml of ConfigMap local-path-config',
    component: 'local-path/helper',
  },
  { name: 'openebs.io/local', pods: /localpv-provisioner/, helpers: /^init-pvc-/ },
  { name: '*nfs-subdir-external-provisioner', pods: /nfs-subdir-external-provisioner/ },
  { name: 'ebs.csi.aws.com', pods: /ebs-csi-(?:controller|node)-/ },
  { name: 'efs.csi.aws.com', pods: /efs-csi-(?:controller|node)-/ },
  { name: 'pd.csi.storage.gke.io', pods: /csi-gce-pd-|^pdcsi-node-/ },
  { name: 'disk.csi.azure.com', pods: /csi-azuredisk-/ },
  { name: 'file.csi.azure.com', pods: /csi-azurefile-/ },
  { name: 'csi.hetzner.cloud', pods: /hcloud-csi-/ },
  { name: 'dobs.csi.digitalocean.com', pods: /csi-do-/ },
  { name: 'csi.vsphere.vmware.com', pods: /vsphere-csi-/ },
  { name: 'cinder.csi.openstack.org', pods: /csi-cinder-|cinder-csi-/ },
  {
    name: 'driver.longhorn.io',
    pods: /^(?:longhorn-csi-plugin|csi-provisioner|longhorn-manager|longhorn-driver-deployer)-/,
  },
  { name: '*.rbd.csi.ceph.com', pods: /csi-?rbd|rbd.*ctrlplugin|rbd.*nodeplugin/ },
  { name: 'rbd.csi.ceph.com', pods: /csi-?rbd/ },
  { name: '*.cephfs.csi.ceph.com', pods: /csi-?cephfs|cephfs.*(?:ctrl|node)plugin/ },
  { name: 'cephfs.csi.ceph.com', pods: /csi-?cephfs/ },
  { name: 'nfs.csi.k8s.io', pods: /csi-nfs-/ },
  { name: 'smb.csi.k8s.io', pods: /csi-smb-/ },
  { name: 'topolvm.io', pods: /topolvm-/ },
  { name: 'linstor.csi.linbit.com', pods: /linstor-csi-/ },
  { name: 'csi.proxmox.sinextra.dev', pods: /proxmox-csi-/ },
  { name: 'csi.trident.netapp.io', pods: /^trident-/ },
  { name: 'hostpath.csi.k8s.io', pods: /csi-hostpath/ },
]

/** What is known of a provisioner by its name; undefined where nothing is. */
export function knownProvisioner(name: string): Provisioner | undefined {
  return rows.find((row) => (row.name.startsWith('*') ? name.endsWith(row.name.slice(1)) : name === row.name))
}

/** No provisioner: somebody makes the volumes by hand. */
export const noProvisioner = 'kubernetes.io/no-provisioner'
