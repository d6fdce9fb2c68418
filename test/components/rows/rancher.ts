import type { Known } from '../workloads.ts'

const system = 'cattle-system'

/** Workloads of Rancher, built from what is known of them. */
export const rancherWorkloads: readonly Known[] = [
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
]
