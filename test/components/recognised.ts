import type { Told } from './workloads.ts'
import { deployment } from './workloads.ts'

const fleet = 'cattle-fleet-system'
const system = 'cattle-system'
const fleetJob = { app: 'fleet-job' }
const addon = (name: string) => ({
  'objectset.rio.cattle.io/owner-gvk': 'k3s.cattle.io/v1, Kind=Addon',
  'objectset.rio.cattle.io/owner-name': name,
})
const helm = (name: string, namespace: string) => ({
  'meta.helm.sh/release-name': name,
  'meta.helm.sh/release-namespace': namespace,
})

/** Every component id, each by a workload built from what is known of it. */
export const recognised: readonly (readonly [id: string, told: Told])[] = [
  [
    'fleet/controller',
    {
      owners: 'ReplicaSet/fleet-controller-1 Deployment/fleet-controller',
      namespace: fleet,
      labels: { app: 'fleet-controller' },
      images: ['rancher/fleet:v0.12.0'],
    },
  ],
  [
    'fleet/controller',
    {
      owners: 'ReplicaSet/x Deployment/fleet-controller-shard-a',
      namespace: fleet,
      labels: { app: 'fleet-controller' },
      images: ['registry.example.com:5000/rancher/fleet:v0.12.0@sha256:00'],
    },
  ],
  [
    'fleet/gitjob',
    {
      owners: 'ReplicaSet/gitjob-1 Deployment/gitjob',
      namespace: fleet,
      labels: { app: 'gitjob' },
      images: ['rancher/fleet:v0.12.0'],
    },
  ],
  [
    'fleet/gitjob',
    {
      owners: 'ReplicaSet/gitjob-1 Deployment/gitjob',
      namespace: fleet,
      labels: { app: 'gitjob' },
      images: ['rancher/gitjob:v0.9.26'],
    },
  ],
  [
    'fleet/helmops',
    {
      owners: 'ReplicaSet/helmops-1 Deployment/helmops',
      namespace: fleet,
      labels: { app: 'helmops' },
      images: ['rancher/fleet:v0.13.0'],
    },
  ],
  [
    'fleet/agent',
    {
      owners: 'ReplicaSet/fleet-agent-1 Deployment/fleet-agent',
      namespace: fleet,
      labels: { app: 'fleet-agent' },
      images: ['rancher/fleet-agent:v0.12.0'],
    },
  ],
  [
    'fleet/agent',
    {
      owners: 'StatefulSet/fleet-agent',
      namespace: fleet,
      labels: { app: 'fleet-agent' },
      images: ['rancher/fleet-agent:v0.11.0'],
    },
  ],
  [
    'fleet/git-job',
    { owners: 'Job/platform-e18d0 GitRepo/platform', namespace: 'fleet-local', images: ['rancher/fleet:v0.12.3'] },
  ],
  [
    'fleet/git-job',
    {
      owners: 'Job/platform-e18d0 GitJob/platform',
      apiVersion: 'gitjob.cattle.io/v1',
      namespace: 'fleet-local',
      images: ['rancher/fleet:v0.9.0'],
    },
  ],
  [
    'fleet/cleanup-clusterregistrations',
    {
      owners: 'Job/fleet-cleanup-clusterregistrations',
      namespace: fleet,
      labels: fleetJob,
      images: ['rancher/fleet:v0.11.3'],
    },
  ],
  [
    'fleet/cleanup-gitrepo-jobs',
    {
      owners: 'Job/fleet-cleanup-gitrepo-jobs-29922193 CronJob/fleet-cleanup-gitrepo-jobs',
      namespace: fleet,
      labels: fleetJob,
      images: ['rancher/fleet:v0.11.3'],
    },
  ],
  [
    'fleet/migrate-gitrepo-helm-url-regex',
    {
      owners: 'Job/fleet-migrate-gitrepo-helm-url-regex',
      namespace: fleet,
      labels: fleetJob,
      images: ['rancher/fleet:v0.12.15'],
    },
  ],
  [
    'fleet/patch-sa',
    {
      owners: 'Job/patch-fleet-sa',
      namespace: fleet,
      serviceAccount: 'fleet-agent',
      images: ['rancher/kubectl:v1.29'],
    },
  ],
  [
    'rancher/server',
    { owners: 'ReplicaSet/rancher-1 Deployment/rancher', namespace: system, images: ['rancher/rancher:v2.11.1'] },
  ],
  [
    'rancher/webhook',
    {
      owners: 'ReplicaSet/rancher-webhook-1 Deployment/rancher-webhook',
      namespace: system,
      images: ['rancher/rancher-webhook:v0.7.1'],
    },
  ],
  [
    'rancher/cluster-agent',
    {
      owners: 'ReplicaSet/cattle-cluster-agent-1 Deployment/cattle-cluster-agent',
      namespace: system,
      images: ['rancher/rancher-agent:v2.11.1'],
    },
  ],
  [
    'rancher/node-agent',
    { owners: 'DaemonSet/cattle-node-agent', namespace: system, images: ['rancher/rancher-agent:v2.10.0'] },
  ],
  [
    'rancher/helm-operation',
    {
      pod: 'helm-operation-x7k2p',
      namespace: system,
      labels: { 'pod-impersonation.cattle.io/token': 'x' },
      images: ['rancher/shell:v0.4.0'],
    },
  ],
  [
    'rancher/shell',
    {
      pod: 'dashboard-shell-q2w3e',
      namespace: system,
      podAnnotations: { 'pod-impersonation.cattle.io/cluster-role': 'pod-impersonation-shell-x' },
      images: ['rancher/shell:v0.4.0'],
    },
  ],
  [
    'rancher/system-upgrade-controller',
    {
      owners: 'ReplicaSet/s-1 Deployment/system-upgrade-controller',
      namespace: system,
      images: ['rancher/system-upgrade-controller:v0.15.2'],
    },
  ],
  [
    'rancher/upgrade-plan',
    {
      owners: 'Job/apply-k3s-master-plan-on-n1-with-1a',
      namespace: system,
      labels: { 'upgrade.cattle.io/plan': 'k3s-master-plan' },
    },
  ],
  [
    'rancher/pre-upgrade',
    {
      owners: 'Job/rancher-pre-upgrade',
      namespace: system,
      images: ['rancher/shell:v0.4.0'],
      rootAnnotations: { 'helm.sh/hook': 'pre-upgrade' },
    },
  ],
  [
    'rancher/post-delete',
    {
      owners: 'Job/rancher-post-delete',
      namespace: system,
      images: ['rancher/shell:v0.4.0'],
      rootAnnotations: { 'helm.sh/hook': 'post-delete' },
    },
  ],
  [
    'rancher/remotedialer-proxy',
    {
      owners: 'ReplicaSet/a-1 Deployment/api-extension',
      namespace: system,
      images: ['rancher/remotedialer-proxy:v0.4.4'],
    },
  ],
  [
    'rancher/turtles',
    {
      owners: 'ReplicaSet/t-1 Deployment/rancher-turtles-controller-manager',
      namespace: 'cattle-turtles-system',
      images: ['rancher/turtles:v0.25.0'],
    },
  ],
  [
    'rancher/capi-controller-manager',
    {
      owners: 'ReplicaSet/c-1 Deployment/capi-controller-manager',
      namespace: 'cattle-provisioning-capi-system',
      images: ['rancher/mirrored-cluster-api-controller:v1.9.5'],
    },
  ],
  [
    'rancher/capi-controller-manager',
    {
      owners: 'ReplicaSet/c-1 Deployment/capi-controller-manager CAPIProvider/cluster-api',
      namespace: 'cattle-capi-system',
      apiVersion: 'turtles-capi.cattle.io/v1alpha1',
    },
  ],
  [
    'rancher/machine-provision',
    {
      owners: 'Job/edge-pool1-machine-provision',
      namespace: 'fleet-default',
      labels: { 'rke.cattle.io/infra-machine-name': 'edge-pool1' },
    },
  ],
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

/** Workloads that look alike and belong to none of the systems. */
export const foreign: readonly (readonly [what: string, told: Told])[] = [
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
    'Traefik of a person’s own release',
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
    'a Job of a person’s GitRepo of Flux',
    {
      owners: 'Job/sync GitRepository/platform',
      apiVersion: 'source.toolkit.fleet.example/v1',
      namespace: 'flux-system',
    },
  ],
  [
    'KubeVirt’s hostpath provisioner',
    {
      owners: 'DaemonSet/hostpath-provisioner',
      namespace: 'hostpath-provisioner',
      labels: { 'k8s-app': 'hostpath-provisioner' },
      images: ['quay.example/kubevirt/hostpath-provisioner:v0.25.2'],
    },
  ],
  [
    'another chart’s hostpath provisioner',
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
    'a Pod named like a provisioner’s helper elsewhere',
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
  ['CAPI’s own controller', { owners: 'ReplicaSet/c-1 Deployment/capi-controller-manager', namespace: 'capi-system' }],
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
