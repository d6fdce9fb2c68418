import { type Ago, type DemoObject, namespace, object, toleration, uidOf } from './objects.ts'
import { deployment, pod, type Standing } from './workloads.ts'

/**
 * MicroK8s hostpath storage: the database tolerates the nodes' taint and has been given mk-2, where it waits for its
 * volume; the volume waits for the provisioner's helper Pod, which tolerates nothing.
 */
export function waitingVolume(ago: Ago, helperRefused: Standing): DemoObject[] {
  const storageClass = object(
    'storage.k8s.io/v1/StorageClass',
    'microk8s-hostpath',
    ago(40_000),
    {},
    {
      ...{ provisioner: 'microk8s.io/hostpath', reclaimPolicy: 'Delete', volumeBindingMode: 'WaitForFirstConsumer' },
    },
  )
  const namespaces = [namespace('kube-system', ago(40_001)), namespace('shop', ago(30_000))]
  return [
    ...namespaces,
    storageClass,
    ...provisioner(ago),
    ...database(ago),
    helper(ago, helperRefused),
    ...claimEvents(ago),
  ]
}

function provisioner(ago: Ago): DemoObject[] {
  const env = [
    { name: 'NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
    { name: 'NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
    { name: 'PV_DIR', value: '/var/snap/microk8s/common/default-storage' },
    { name: 'BUSYBOX_IMAGE', value: 'busybox:1.28.4' },
  ]
  return deployment('kube-system/hostpath-provisioner', 40_000, ago, {
    selector: { 'k8s-app': 'hostpath-provisioner' },
    template: {
      labels: { 'k8s-app': 'hostpath-provisioner' },
      spec: {
        serviceAccountName: 'microk8s-hostpath',
        containers: [{ name: 'hostpath-provisioner', image: 'cdkbot/hostpath-provisioner:1.5.0', env }],
      },
    },
    ...{ hash: '7b9cb5cdb4', replicas: [['kz4mn', { on: 'mk-1' }]] },
  })
}

const claimWhere = 'shop/data-postgres-0'
const claimUid = uidOf(`v1/PersistentVolumeClaim ${claimWhere}`)

function database(ago: Ago): DemoObject[] {
  const labels = { app: 'postgres' }
  const spec = {
    tolerations: [toleration('dedicated=db:NoSchedule')],
    containers: [
      {
        ...{ name: 'postgres', image: 'postgres:17' },
        resources: { requests: { cpu: '250m', memory: '512Mi' } },
        volumeMounts: [{ name: 'data', mountPath: '/var/lib/postgresql/data' }],
      },
    ],
  }
  const claimSpec = {
    ...{ accessModes: ['ReadWriteOnce'], storageClassName: 'microk8s-hostpath', volumeMode: 'Filesystem' },
    resources: { requests: { storage: '10Gi' } },
  }
  const set = object(
    'apps/v1/StatefulSet',
    'shop/postgres',
    ago(6),
    { labels, generation: 1 },
    {
      spec: {
        ...{ replicas: 1, serviceName: 'postgres', selector: { matchLabels: labels } },
        template: { metadata: { labels }, spec },
        volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: claimSpec }],
      },
      status: { replicas: 1, readyReplicas: 0, availableReplicas: 0, observedGeneration: 1 },
    },
  )
  const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'data-postgres-0' } }]
  const own = { ...labels, 'apps.kubernetes.io/pod-index': '0', 'statefulset.kubernetes.io/pod-name': 'postgres-0' }
  const first = pod(
    'shop/postgres-0',
    ago(6),
    { labels: own, spec: { ...spec, volumes } },
    { waitsOn: 'mk-2' },
    { owner: set, generateName: 'postgres-' },
  )
  const annotations = {
    'volume.beta.kubernetes.io/storage-provisioner': 'microk8s.io/hostpath',
    'volume.kubernetes.io/selected-node': 'mk-2',
    'volume.kubernetes.io/storage-provisioner': 'microk8s.io/hostpath',
  }
  const claim = object(
    'v1/PersistentVolumeClaim',
    claimWhere,
    ago(6),
    { labels, annotations },
    { spec: claimSpec, status: { phase: 'Pending' } },
  )
  return [set, first, claim]
}

/** Without an owner: only the end of its command names the claim. The label holds the provisioner's node. */
function helper(ago: Ago, refused: Standing): DemoObject {
  const root = '/var/snap/microk8s/common/default-storage'
  const path = `${root}/shop-data-postgres-0-pvc-${claimUid}`
  const spec = {
    restartPolicy: 'Never',
    nodeSelector: { 'kubernetes.io/hostname': 'mk-2' },
    serviceAccountName: 'default',
    containers: [
      {
        ...{ name: 'busybox', image: 'busybox:1.28.4', command: ['sh', '-c', `mkdir -m 0777 -p ${path}`] },
        resources: { limits: { cpu: '15m', memory: '16Mi' }, requests: { cpu: '15m', memory: '16Mi' } },
        securityContext: { runAsUser: 0 },
        volumeMounts: [{ name: 'pv-dir', mountPath: root }],
      },
    ],
    volumes: [{ name: 'pv-dir', hostPath: { path: root } }],
  }
  const labels = { 'microk8s.hostpath.io/managed-by': 'mk-1' }
  const generateName = 'hostpath-provisioner-mk-2-'
  return pod('kube-system/hostpath-provisioner-mk-2-79s4v', ago(5), { labels, spec }, refused, { generateName })
}

function claimEvents(ago: Ago): DemoObject[] {
  const involvedObject = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    namespace: 'shop',
    name: 'data-postgres-0',
    uid: claimUid,
  }
  const event = (suffix: string, reason: string, component: string, message: string): DemoObject =>
    object(
      'v1/Event',
      `${claimWhere}.${suffix}`,
      ago(6),
      {},
      {
        ...{ involvedObject, reason, message, type: 'Normal', count: 1, source: { component } },
        ...{ firstTimestamp: ago(6), lastTimestamp: ago(5), reportingComponent: component },
      },
    )
  const waiting = 'waiting for the provisioner microk8s.io/hostpath to create the volume'
  return [
    event('18d2f0a1b3c4d5e6', 'ExternalProvisioning', 'persistentvolume-controller', waiting),
    event(
      '18d2f0a1b3c4d5e7',
      'Provisioning',
      'microk8s.io/hostpath_hostpath-provisioner-7b9cb5cdb4-kz4mn',
      'provisioning the volume for claim "shop/data-postgres-0"',
    ),
  ]
}
