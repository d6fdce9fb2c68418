import { helmAnnotations as helm, type Known } from '../workloads.ts'

/** Workloads that look alike and belong to none of the systems, each by what it is. */
export const foreign: readonly Known[] = [
  [
    'CoreDNS of kubeadm',
    {
      owners: 'ReplicaSet/c-1 Deployment/coredns',
      namespace: 'kube-system',
      labels: { 'k8s-app': 'kube-dns' },
      images: ['registry.example.com/coredns/coredns:v1.12.1'],
    },
  ],
  [
    'metrics-server of its own chart',
    {
      owners: 'ReplicaSet/m-1 Deployment/metrics-server',
      namespace: 'kube-system',
      rootAnnotations: helm('metrics-server', 'kube-system'),
    },
  ],
  [
    "Traefik of a person's own release",
    {
      owners: 'ReplicaSet/t-1 Deployment/traefik',
      namespace: 'kube-system',
      rootAnnotations: helm('traefik', 'kube-system'),
      images: ['traefik:v3.3'],
    },
  ],
  [
    'a Deployment named fleet',
    {
      owners: 'ReplicaSet/f-1 Deployment/fleet',
      namespace: 'cars',
      labels: { app: 'fleet' },
      images: ['example.com/cars/fleet:1.0'],
    },
  ],
  [
    'a Deployment named gitjob',
    {
      owners: 'ReplicaSet/g-1 Deployment/gitjob',
      namespace: 'ci',
      labels: { app: 'gitjob' },
      images: ['example.com/ci/gitjob:1.0'],
    },
  ],
  [
    'a bundle of a person that Fleet deployed',
    {
      owners: 'ReplicaSet/w-1 Deployment/web',
      namespace: 'shop',
      rootAnnotations: { 'objectset.rio.cattle.io/id': 'default-web' },
    },
  ],
  [
    "a Job of a person's GitRepo of Flux",
    {
      owners: 'Job/sync GitRepository/platform',
      apiVersion: 'source.toolkit.fleet.example/v1',
      namespace: 'flux-system',
    },
  ],
  [
    "KubeVirt's hostpath provisioner",
    {
      owners: 'DaemonSet/hostpath-provisioner',
      namespace: 'hostpath-provisioner',
      labels: { 'k8s-app': 'hostpath-provisioner' },
      images: ['quay.example/kubevirt/hostpath-provisioner:v0.25.2'],
    },
  ],
  [
    "another chart's hostpath provisioner",
    {
      owners: 'ReplicaSet/h-1 Deployment/hostpath-provisioner',
      namespace: 'storage',
      images: ['quay.example/rimusz/hostpath-provisioner:v0.2.5'],
    },
  ],
  [
    'a helper Pod of OpenEBS',
    {
      pod: 'init-pvc-2123ed68-4eca',
      namespace: 'openebs',
      containers: ['local-path-init'],
      images: ['openebs/linux-utils:3.5.0'],
    },
  ],
  ['a Pod named like a helper', { pod: 'helper-pod-create-pvc-2123ed68', namespace: 'shop', containers: ['main'] }],
  [
    "a Pod named like a provisioner's helper elsewhere",
    { pod: 'hostpath-provisioner-mk-1-7k2xp', namespace: 'shop', containers: ['busybox'] },
  ],
  ['a Pod named helm-operation', { pod: 'helm-operation-abcde', namespace: 'shop', images: ['example.com/helm:1'] }],
  [
    'a Job named like a Rancher hook',
    {
      owners: 'Job/shop-pre-upgrade',
      namespace: 'shop',
      images: ['shop/web:2.3'],
      rootAnnotations: { 'helm.sh/hook': 'pre-upgrade' },
    },
  ],
  ["CAPI's own controller", { owners: 'ReplicaSet/c-1 Deployment/capi-controller-manager', namespace: 'capi-system' }],
  [
    'system-upgrade-controller of its own',
    {
      owners: 'ReplicaSet/s-1 Deployment/system-upgrade-controller',
      namespace: 'system-upgrade',
      images: ['rancher/system-upgrade-controller:v0.15.2'],
    },
  ],
  [
    'cert-manager',
    { owners: 'ReplicaSet/c-1 Deployment/cert-manager', namespace: 'cert-manager', labels: { app: 'cert-manager' } },
  ],
  ['a bare Pod', { namespace: 'default' }],
  [
    'a DaemonSet of a CSI driver',
    { owners: 'DaemonSet/ebs-csi-node', namespace: 'kube-system', labels: { app: 'ebs-csi-node' } },
  ],
]
