import type { NodeSelector } from '#model/api/meta.ts'
import type { PodSpec, Volume } from '#model/api/pod.ts'
import type { PersistentVolumeClaimSpec, PersistentVolumeSpec } from '#model/api/storage.ts'
import { hostLabel, type Item, namespaces, type World, zoneLabel, zones } from './world.ts'

const driver = 'csi.example.com'
const storage = 'storage.k8s.io/v1'

/** Storage classes of every kind, drivers with their limits and capacities, volumes and claims in all states. */
export function addStorage(world: World): void {
  const { dice } = world
  addClasses(world)
  if (world.uses('capacity')) addCapacities(world)
  const nodes = world.named('Node')
  for (const node of nodes) if (world.uses('limits') || world.uses('volumes', 0.3)) addCsiNode(world, node)
  const busy =
    world.uses('volumes') || world.uses('capacity') || world.uses('limits') || world.uses('restrictions', 0.7)
  if (!busy) return
  for (let index = dice.between(0, 4); index > 0; index--) addFreeVolume(world, `free-${index}`, nodes)
  for (let index = dice.between(1, 7); index > 0; index--) addClaim(world, `claim-${index}`, nodes)
}

function addClasses(world: World): void {
  const add = (name: string, provisioner: string, rest: object = {}): void => {
    const metadata = { name, uid: world.uid() }
    world.add({
      apiVersion: storage,
      kind: 'StorageClass',
      metadata,
      provisioner,
      reclaimPolicy: 'Retain',
      volumeBindingMode: 'WaitForFirstConsumer',
      ...rest,
    })
  }
  const values = world.dice.sample(zones, world.dice.between(1, 2))
  add('wait', driver)
  add('static', 'kubernetes.io/no-provisioner')
  add('now', driver, { volumeBindingMode: 'Immediate' })
  add('zonal', driver, { allowedTopologies: [{ matchLabelExpressions: [{ key: zoneLabel, values }] }] })
}

function addCapacities(world: World): void {
  const { dice } = world
  const metadata = { name: driver, uid: world.uid() }
  world.add({
    apiVersion: storage,
    kind: 'CSIDriver',
    metadata,
    spec: { storageCapacity: dice.chance(0.85), attachRequired: true, podInfoOnMount: false },
  })
  for (const zone of zones) {
    for (const storageClassName of dice.some(['wait', 'zonal'], 0.7)) {
      world.add({
        apiVersion: storage,
        kind: 'CSIStorageCapacity',
        metadata: { name: `cap-${storageClassName}-${zone}`, namespace: 'default', uid: world.uid() },
        storageClassName,
        ...(dice.chance(0.95) ? { nodeTopology: dice.chance(0.9) ? { matchLabels: { [zoneLabel]: zone } } : {} } : {}),
        ...(dice.chance(0.9) ? { capacity: dice.pick(['0', '1Gi', '10Gi', '100Gi', '5G']) } : {}),
        ...(dice.chance(0.3) ? { maximumVolumeSize: dice.pick(['1Gi', '50Gi']) } : {}),
      })
    }
  }
}

function addCsiNode(world: World, node: string): void {
  const { dice } = world
  const named = [driver, 'other.example.com', 'ebs.csi.aws.com', 'pd.csi.storage.gke.io']
  const drivers = dice.some(named, 0.6).map((name) => ({
    name,
    nodeID: node,
    topologyKeys: null,
    ...(dice.chance(0.8) ? { allocatable: { count: dice.between(0, 3) } } : {}),
  }))
  const migrated = dice.chance(0.5) ? 'kubernetes.io/aws-ebs,kubernetes.io/gce-pd' : ''
  const annotations = migrated === '' ? {} : { 'storage.alpha.kubernetes.io/migrated-plugins': migrated }
  world.add({
    apiVersion: storage,
    kind: 'CSINode',
    metadata: { name: node, uid: world.uid(), annotations },
    spec: { drivers },
  })
}

function source(world: World, name: string): PersistentVolumeSpec {
  const { dice } = world
  const choice = dice.between(0, 9)
  if (choice === 0) return { awsElasticBlockStore: { volumeID: `vol-${dice.between(1, 3)}` } }
  if (choice === 1) return { gcePersistentDisk: { pdName: `disk-${dice.between(1, 3)}` } }
  if (choice === 2) return { hostPath: { path: '/data' } }
  if (choice === 3) return { csi: { driver: 'other.example.com', volumeHandle: name } }
  return { csi: { driver, volumeHandle: dice.chance(0.15) ? 'shared-handle' : name } }
}

function reach(world: World, nodes: readonly string[]): PersistentVolumeSpec {
  const { dice } = world
  const only = (key: string, values: readonly string[]): PersistentVolumeSpec => {
    const required: NodeSelector = { nodeSelectorTerms: [{ matchExpressions: [{ key, operator: 'In', values }] }] }
    return { nodeAffinity: { required } }
  }
  const choice = dice.between(0, 4)
  if (choice <= 1) return {}
  if (choice === 2) return only(zoneLabel, dice.sample(zones, dice.between(1, 2)))
  return nodes.length === 0 ? {} : only(hostLabel, dice.sample(nodes, dice.between(1, 2)))
}

function volume(world: World, name: string, spec: PersistentVolumeSpec, phase: string): Item {
  const { dice } = world
  const zone = dice.pick(['z1', 'z2', 'z3', 'z1__z2'])
  const key = dice.pick([zoneLabel, zoneLabel, 'failure-domain.beta.kubernetes.io/zone'])
  const labels = {
    ...(world.uses('volumes', 0.3) ? { [key]: zone } : {}),
    ...(dice.chance(0.3) ? { tier: 'fast' } : {}),
  }
  return world.add({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name, uid: world.uid(), labels },
    spec: { persistentVolumeReclaimPolicy: 'Retain', volumeMode: 'Filesystem', ...spec },
    status: { phase },
  })
}

function addFreeVolume(world: World, name: string, nodes: readonly string[]): void {
  const { dice } = world
  const spec: PersistentVolumeSpec = {
    capacity: { storage: dice.pick(['1Gi', '5Gi', '10Gi', '20G']) },
    accessModes: dice.pick([
      ['ReadWriteOnce'],
      ['ReadWriteOnce', 'ReadOnlyMany'],
      ['ReadWriteMany'],
      ['ReadWriteOncePod'],
    ]),
    storageClassName: dice.pick(['static', 'static', 'wait', 'zonal', '']),
    ...(dice.chance(0.1) ? { volumeMode: 'Block' } : {}),
    ...source(world, name),
    ...reach(world, nodes),
  }
  const reserved = dice.chance(0.15)
    ? {
        claimRef: {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          namespace: dice.pick(namespaces),
          name: dice.pick(['claim-1', 'claim-2', 'gone']),
        },
      }
    : {}
  volume(world, name, { ...spec, ...reserved }, 'Available')
}

function claimSpec(world: World): PersistentVolumeClaimSpec {
  const { dice } = world
  const mode = world.uses('restrictions', 0.5)
    ? 'ReadWriteOncePod'
    : dice.pick(['ReadWriteOnce', 'ReadWriteOnce', 'ReadWriteMany', 'ReadOnlyMany'])
  return {
    accessModes: [mode],
    resources: { requests: { storage: dice.pick(['1Gi', '5Gi', '8G']) } },
    volumeMode: dice.chance(0.95) ? 'Filesystem' : 'Block',
    ...(dice.chance(0.1) ? { selector: { matchLabels: { tier: 'fast' } } } : {}),
  }
}

function addClaim(world: World, name: string, nodes: readonly string[]): void {
  const { dice } = world
  const namespace = dice.pick(namespaces)
  const uid = world.uid()
  const storageClassName = dice.pick(['wait', 'wait', 'static', 'static', 'zonal', 'now', '', 'gone'])
  const spec = { ...claimSpec(world), storageClassName }
  const bound = dice.chance(0.5)
  const lost = bound && dice.chance(0.08)
  const annotations = bound ? { 'pv.kubernetes.io/bind-completed': 'yes' } : {}
  const deleting = dice.chance(0.05)
    ? { deletionTimestamp: '2026-01-01T00:00:00Z', finalizers: ['example.com/keep'] }
    : {}
  world.add({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace, uid, annotations, ...deleting },
    spec: { ...spec, ...(bound ? { volumeName: `volume-${name}` } : {}) },
    status: { phase: lost ? 'Lost' : bound ? 'Bound' : 'Pending' },
  })
  if (!bound || lost) return
  const claimRef = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name, uid }
  const { accessModes = [], volumeMode = 'Filesystem' } = spec
  const capacity = { storage: '10Gi' }
  volume(
    world,
    `volume-${name}`,
    {
      capacity,
      accessModes,
      volumeMode,
      storageClassName,
      claimRef,
      ...source(world, `volume-${name}`),
      ...reach(world, nodes),
    },
    'Bound',
  )
  if (nodes.length > 0 && world.uses('limits', 0.3)) attach(world, `volume-${name}`, nodes)
}

function attach(world: World, persistentVolumeName: string, nodes: readonly string[]): void {
  const [first = '', ...rest] = nodes
  world.add({
    apiVersion: storage,
    kind: 'VolumeAttachment',
    metadata: { name: `attached-${persistentVolumeName}`, uid: world.uid() },
    spec: { attacher: driver, nodeName: world.dice.pick([first, ...rest]), source: { persistentVolumeName } },
    status: { attached: true },
  })
}

/** The volumes of one Pod: claims of its namespace, disks of in-tree drivers, generic ephemeral ones. */
export function volumesFor(world: World, namespace: string): PodSpec {
  const { dice } = world
  const volumes: Volume[] = []
  const claims = world.named('PersistentVolumeClaim', namespace)
  const share = world.focus === 'mix' ? 0.4 : 0.6
  for (const claimName of dice.sample(claims, 2)) {
    if (dice.chance(share)) volumes.push({ name: claimName, persistentVolumeClaim: { claimName } })
  }
  if (world.uses('volumes', 0.06))
    volumes.push({ name: 'missing', persistentVolumeClaim: { claimName: 'no-such-claim' } })
  if (world.uses('restrictions', 0.7)) volumes.push({ name: 'disk', ...disk(world) })
  if (world.uses('volumes', 0.2) || world.uses('limits', 0.2)) {
    const spec = { ...claimSpec(world), storageClassName: dice.pick(['wait', 'static', 'zonal']) }
    volumes.push({ name: 'scratch', ephemeral: { volumeClaimTemplate: { spec } } })
  }
  return volumes.length === 0 ? {} : { volumes }
}

function disk({ dice }: World): Volume {
  const readOnly = dice.chance(0.4)
  const number = dice.between(1, 2)
  switch (dice.between(0, 4)) {
    case 0:
      return { gcePersistentDisk: { pdName: `disk-${number}`, readOnly } }
    case 1:
      return { awsElasticBlockStore: { volumeID: `vol-${number}`, readOnly } }
    case 2:
      return {
        iscsi: {
          iqn: `iqn.2026-01.com.example:${number}`,
          lun: dice.between(0, 1),
          targetPortal: '10.0.0.1',
          readOnly,
        },
      }
    case 3:
      return {
        rbd: {
          monitors: dice.sample(['m1', 'm2', 'm3'], 2),
          image: `image-${number}`,
          pool: dice.pick(['rbd', 'p2']),
          readOnly,
        },
      }
    default:
      return { azureDisk: { diskName: `disk-${number}`, diskURI: `/subscriptions/s/disk-${number}`, kind: 'Managed' } }
  }
}
