import { type Ago, type DemoObject, namespace, node, object, toleration } from './objects.ts'
import { deployment, type Standing } from './workloads.ts'

/**
 * A custom K3s cluster of Rancher 2.11.1, seen from itself: its first node was registered with a taint that neither the
 * cluster agent nor K3s' own add-ons tolerate, so Rancher waits for an agent that waits for a node.
 */
export function rancherFirstNode(ago: Ago, version: string, refused: Standing): DemoObject[] {
  const role = (name: string): [string, string] => [`node-role.kubernetes.io/${name}`, 'true']
  const first = node('k3s-1', ago(34), ['test-key=test-value:NoExecute'], version, {
    labels: {
      ...Object.fromEntries([role('control-plane'), role('etcd'), role('master')]),
      'node.kubernetes.io/instance-type': 'k3s',
      'rke.cattle.io/machine': '0b8f4d0e-3c86-4d5c-9d5c-5ee38c3a2f4e',
    },
    annotations: {
      'cluster.x-k8s.io/cluster-name': 'edge',
      'cluster.x-k8s.io/cluster-namespace': 'fleet-default',
      'cluster.x-k8s.io/machine': 'custom-3f1d5a8c0b27',
      'k3s.io/node-args': '["server","--node-taint","test-key=test-value:NoExecute"]',
    },
  })
  const project = { 'field.cattle.io/projectId': 'c-m-7kq2xwzp:p-5nq8z' }
  const namespaces = [namespace('kube-system', ago(34), project), namespace('cattle-system', ago(33), project)]
  return [...namespaces, first, ...clusterAgent(ago, refused), ...coredns(ago, refused)]
}

const controlPlane = [
  toleration('node-role.kubernetes.io/control-plane:NoSchedule'),
  toleration('node-role.kubernetes.io/master:NoSchedule'),
]

function clusterAgent(ago: Ago, refused: Standing): DemoObject[] {
  const env = Object.entries({
    CATTLE_SERVER: 'https://rancher.example.com',
    CATTLE_SERVER_VERSION: 'v2.11.1',
    CATTLE_CLUSTER: 'true',
  }).map(([name, value]) => ({ name, value }))
  const agent = deployment('cattle-system/cattle-cluster-agent', 31, ago, {
    ...ofAddon('cluster-agent', { 'management.cattle.io/scale-available': '2' }),
    selector: { app: 'cattle-cluster-agent' },
    template: {
      labels: { app: 'cattle-cluster-agent' },
      spec: {
        serviceAccountName: 'cattle',
        tolerations: [toleration('node-role.kubernetes.io/controlplane=true:NoSchedule'), ...controlPlane],
        affinity: {
          nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [notWindows] } },
        },
        containers: [{ name: 'cluster-register', image: 'rancher/rancher-agent:v2.11.1', env }],
      },
    },
    ...{ hash: 'fc96d4d96', replicas: [['6wl8d', refused]] },
  })
  return [addon('cluster-agent', 'rancher/cluster-agent.yaml', ago(31)), ...agent]
}

const notWindows = { matchExpressions: [{ key: 'beta.kubernetes.io/os', operator: 'NotIn', values: ['windows'] }] }

function coredns(ago: Ago, refused: Standing): DemoObject[] {
  const dns = deployment('kube-system/coredns', 33, ago, {
    ...ofAddon('coredns', {}),
    selector: { 'k8s-app': 'kube-dns' },
    template: {
      labels: { 'k8s-app': 'kube-dns' },
      spec: {
        serviceAccountName: 'coredns',
        priorityClassName: 'system-cluster-critical',
        priority: 2000000000,
        nodeSelector: { 'kubernetes.io/os': 'linux' },
        tolerations: [{ key: 'CriticalAddonsOnly', operator: 'Exists' }, ...controlPlane],
        containers: [
          {
            ...{ name: 'coredns', image: 'rancher/mirrored-coredns-coredns:1.12.1' },
            resources: { limits: { memory: '170Mi' }, requests: { cpu: '100m', memory: '70Mi' } },
          },
        ],
      },
    },
    ...{ hash: '6577c896b', replicas: [['8wwb5', refused]] },
  })
  return [addon('coredns', 'coredns.yaml', ago(33)), ...dns]
}

/** K3s' deploy controller marks what it applied from a manifest by these, and sets no owner reference. */
function ofAddon(name: string, annotations: Record<string, string>) {
  return {
    labels: { 'objectset.rio.cattle.io/hash': 'bce283298811743a0386ab510f2f67ef74240c57' },
    annotations: {
      ...annotations,
      'objectset.rio.cattle.io/id': '',
      'objectset.rio.cattle.io/owner-gvk': 'k3s.cattle.io/v1, Kind=Addon',
      'objectset.rio.cattle.io/owner-name': name,
      'objectset.rio.cattle.io/owner-namespace': 'kube-system',
    },
  }
}

function addon(name: string, file: string, created: string): DemoObject {
  const spec = { source: `/var/lib/rancher/k3s/server/manifests/${file}`, checksum: '1f2d' }
  return object('k3s.cattle.io/v1/Addon', `kube-system/${name}`, created, {}, { spec })
}
