import { deployment, helmAnnotations as helm, type Known } from '../workloads.ts'

const addon = (name: string) => ({
  'objectset.rio.cattle.io/owner-gvk': 'k3s.cattle.io/v1, Kind=Addon',
  'objectset.rio.cattle.io/owner-name': name,
})

/** Workloads of the other systems, built from what is known of them. */
export const otherWorkloads: readonly Known[] = [
  [
    'hostpath/provisioner',
    {
      owners: 'ReplicaSet/h-1 Deployment/hostpath-provisioner',
      namespace: 'kube-system',
      images: ['cdkbot/hostpath-provisioner:1.5.0'],
    },
  ],
  [
    'hostpath/helper',
    {
      pod: 'hostpath-provisioner-mk-2-799sv',
      namespace: 'kube-system',
      labels: { 'microk8s.hostpath.io/managed-by': 'mk-1' },
      images: ['busybox:1.28.4'],
    },
  ],
  [
    'hostpath/helper',
    { pod: 'hostpath-provisioner--gh7l4', namespace: 'storage', labels: { 'k8s.hostpath.io/managed-by': 'mk-1' } },
  ],
  [
    'hostpath/helper',
    {
      pod: 'hostpath-provisioner-mk-1-7k2xp',
      namespace: 'kube-system',
      containers: ['busybox'],
      beside: [deployment('kube-system', 'hostpath-provisioner', 'cdkbot/hostpath-provisioner:1.5.0')],
    },
  ],
  [
    'local-path/provisioner',
    {
      owners: 'ReplicaSet/l-1 Deployment/local-path-provisioner',
      namespace: 'local-path-storage',
      images: ['rancher/local-path-provisioner:v0.0.37'],
    },
  ],
  [
    'local-path/helper',
    {
      pod: 'helper-pod-create-pvc-2123ed68-4eca',
      namespace: 'local-path-storage',
      containers: ['helper-pod'],
      images: ['busybox'],
    },
  ],
  [
    'local-path/helper',
    {
      pod: 'create-pvc-2123ed68-4eca',
      namespace: 'kube-system',
      containers: ['local-path-create'],
      images: ['busybox'],
    },
  ],
  [
    'k3s/coredns',
    {
      owners: 'ReplicaSet/c-1 Deployment/coredns',
      namespace: 'kube-system',
      rootAnnotations: addon('coredns'),
      images: ['rancher/mirrored-coredns-coredns:1.12.1'],
    },
  ],
  [
    'k3s/metrics-server',
    {
      owners: 'ReplicaSet/m-1 Deployment/metrics-server',
      namespace: 'kube-system',
      rootAnnotations: addon('metrics-server-deployment'),
    },
  ],
  [
    'k3s/local-path-provisioner',
    {
      owners: 'ReplicaSet/l-1 Deployment/local-path-provisioner',
      namespace: 'kube-system',
      rootAnnotations: addon('local-storage'),
      images: ['rancher/local-path-provisioner:v0.0.31'],
    },
  ],
  [
    'k3s/traefik',
    {
      owners: 'ReplicaSet/t-1 Deployment/traefik',
      namespace: 'kube-system',
      rootAnnotations: helm('traefik', 'kube-system'),
      images: ['rancher/mirrored-library-traefik:3.3.6'],
    },
  ],
  [
    'k3s/helm-install',
    {
      owners: 'Job/helm-install-traefik',
      namespace: 'kube-system',
      labels: { 'helmcharts.helm.cattle.io/chart': 'traefik' },
      images: ['rancher/klipper-helm:v0.9.5'],
    },
  ],
  [
    'k3s/svclb',
    {
      owners: 'DaemonSet/svclb-web-1a2b3c4d',
      namespace: 'kube-system',
      labels: { 'svccontroller.k3s.cattle.io/svcname': 'web', 'svccontroller.k3s.cattle.io/svcnamespace': 'shop' },
      images: ['rancher/klipper-lb:v0.4.13'],
    },
  ],
  [
    'fleetdm/server',
    {
      owners: 'ReplicaSet/fleet-1 Deployment/fleet',
      namespace: 'fleetdm',
      labels: { app: 'fleet', chart: 'fleet', heritage: 'Helm', release: 'fleet' },
      images: ['fleetdm/fleet:v4.68.0'],
    },
  ],
  ['fleetdm/migration', { owners: 'Job/fleet-migration', namespace: 'fleetdm', images: ['fleetdm/fleet:v4.68.0'] }],
  [
    'fleetdm/migration',
    {
      owners: 'Job/fleet-migration',
      namespace: 'fleetdm',
      labels: { app: 'fleet', chart: 'fleet', heritage: 'Helm' },
      images: ['registry.example.com/mirror/fleet-image:1'],
    },
  ],
  [
    'fleetdm/vuln-processing',
    {
      owners: 'Job/fleet-vulnprocessing-29922225 CronJob/fleet-vulnprocessing',
      namespace: 'fleetdm',
      images: ['fleetdm/fleet:v4.68.0'],
    },
  ],
]
