import { type DemoCluster, demoClusters } from '#test/demo/cluster.ts'
import { namespace, node, object } from '#test/demo/objects.ts'

const now = new Date('2026-08-01T12:00:00Z')
const old = '2026-07-01T00:00:00Z'

/** The demo's clusters, and one whose Pods need every kind of read: volumes, devices, namespaces by label. */
export function faultClusters(): readonly DemoCluster[] {
  return [...demoClusters(now), everyRead()]
}

function everyRead(): DemoCluster {
  const container = (extra: object = {}) => ({ name: 'main', image: 'example.com/app:1', ...extra })
  const pod = (name: string, spec: object, owner?: object) =>
    object(
      'v1/Pod',
      `shop/${name}`,
      old,
      { labels: { app: name }, ...(owner === undefined ? {} : { owner: owner as never }) },
      {
        spec: { schedulerName: 'default-scheduler', containers: [container()], ...spec },
        status: { phase: 'Pending' },
      },
    )
  const claim = (name: string, className: string, volumeName?: string) =>
    object(
      'v1/PersistentVolumeClaim',
      `shop/${name}`,
      old,
      volumeName === undefined ? {} : { annotations: { 'pv.kubernetes.io/bind-completed': 'yes' } },
      {
        spec: {
          accessModes: ['ReadWriteOnce'],
          storageClassName: className,
          resources: { requests: { storage: '1Gi' } },
          ...(volumeName === undefined ? {} : { volumeName }),
        },
        status: { phase: volumeName === undefined ? 'Pending' : 'Bound' },
      },
    )
  const volumes = (claimName: string) => ({ volumes: [{ name: 'data', persistentVolumeClaim: { claimName } }] })
  const affinity = {
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        {
          topologyKey: 'kubernetes.io/hostname',
          labelSelector: { matchLabels: { app: 'neighbour' } },
          namespaceSelector: { matchLabels: { team: 'a' } },
        },
      ],
    },
  }
  const spread = {
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'kubernetes.io/hostname',
        whenUnsatisfiable: 'DoNotSchedule',
        labelSelector: { matchLabels: { app: 'neighbour' } },
      },
    ],
  }
  const web = object('apps/v1/Deployment', 'shop/web', old, {}, { spec: { template: { spec: { containers: [] } } } })
  const webSet = object('apps/v1/ReplicaSet', 'shop/web-1', old, { owner: web }, { spec: {} })
  const neighbour = object(
    'v1/Pod',
    'team-a/neighbour',
    old,
    { labels: { app: 'neighbour' } },
    { spec: { nodeName: 'n1', containers: [container()] }, status: { phase: 'Running' } },
  )
  const term = (nodeName: string) => ({
    nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [nodeName] }] }],
  })
  const volume = object(
    'v1/PersistentVolume',
    'pv-1',
    old,
    {},
    {
      spec: {
        capacity: { storage: '1Gi' },
        accessModes: ['ReadWriteOnce'],
        storageClassName: 'csi',
        csi: { driver: 'csi.example.com', volumeHandle: 'vol-1' },
        claimRef: { namespace: 'shop', name: 'bound' },
        nodeAffinity: { required: term('n2') },
      },
      status: { phase: 'Bound' },
    },
  )
  const storageClass = (name: string, provisioner: string) =>
    object('storage.k8s.io/v1/StorageClass', name, old, {}, { provisioner, volumeBindingMode: 'WaitForFirstConsumer' })
  const csiNode = (name: string, count: number) =>
    object(
      'storage.k8s.io/v1/CSINode',
      name,
      old,
      {},
      { spec: { drivers: [{ name: 'csi.example.com', nodeID: name, allocatable: { count } }] } },
    )
  const capacity = object(
    'storage.k8s.io/v1/CSIStorageCapacity',
    'kube-system/cap-1',
    old,
    {},
    { storageClassName: 'csi', capacity: '10Mi', nodeTopology: { matchLabels: { 'kubernetes.io/hostname': 'n1' } } },
  )
  const driver = object(
    'storage.k8s.io/v1/CSIDriver',
    'csi.example.com',
    old,
    {},
    { spec: { storageCapacity: true, attachRequired: true } },
  )
  const deviceClass = object(
    'resource.k8s.io/v1/DeviceClass',
    'gpu',
    old,
    {},
    { spec: { selectors: [{ cel: { expression: 'device.driver == "gpu.example.com"' } }] } },
  )
  const slice = object(
    'resource.k8s.io/v1/ResourceSlice',
    'slice-1',
    old,
    {},
    {
      spec: {
        driver: 'gpu.example.com',
        nodeName: 'n3',
        pool: { name: 'n3', generation: 1, resourceSliceCount: 1 },
        devices: [{ name: 'gpu-0' }],
      },
    },
  )
  const deviceClaim = object(
    'resource.k8s.io/v1/ResourceClaim',
    'shop/gpu',
    old,
    {},
    { spec: { devices: { requests: [{ name: 'one', exactly: { deviceClassName: 'gpu', count: 1 } }] } } },
  )
  const attachment = object(
    'storage.k8s.io/v1/VolumeAttachment',
    'att-1',
    old,
    {},
    {
      spec: { attacher: 'csi.example.com', nodeName: 'n2', source: { persistentVolumeName: 'pv-other' } },
      status: { attached: true },
    },
  )
  return {
    context: 'shop',
    version: 'v1.36.2',
    shows: 'Pods that need every kind of read',
    objects: [
      namespace('shop', old),
      { ...namespace('team-a', old), metadata: { ...namespace('team-a', old).metadata, labels: { team: 'a' } } },
      node('n1', old, [], 'v1.36.2'),
      node('n2', old, ['dedicated=db:NoSchedule'], 'v1.36.2'),
      node('n3', old, ['gpu=yes:NoSchedule'], 'v1.36.2'),
      neighbour,
      web,
      webSet,
      pod('web-1-abcde', { nodeSelector: { disk: 'ssd' } }, webSet),
      pod('affine', { affinity }),
      pod('spread', spread),
      pod('bound', volumes('bound')),
      pod('fresh', volumes('fresh')),
      pod('lost', volumes('lost')),
      pod('gpu', { resourceClaims: [{ name: 'gpu', resourceClaimName: 'gpu' }] }),
      pod('free', {}),
      claim('bound', 'csi', 'pv-1'),
      claim('fresh', 'csi'),
      volume,
      storageClass('csi', 'csi.example.com'),
      csiNode('n1', 5),
      csiNode('n2', 1),
      capacity,
      driver,
      deviceClass,
      slice,
      deviceClaim,
      attachment,
    ],
  }
}
