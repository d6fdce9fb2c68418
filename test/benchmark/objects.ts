/** How large a made-up cluster is. */
export interface ClusterSize {
  readonly nodes: number
  readonly assigned: number
  readonly pending: number
  /** Kinds of Pending Pods: each is one diagnosis. */
  readonly kinds: number
}

const pools = ['general', 'general', 'gpu', 'infra', 'edge'] as const
const namespaces = ['prod', 'monitoring', 'team-a'] as const

/** The nodes of a made-up cluster: five pools, three zones, some tainted, a full status. */
export function* nodes({ nodes: count }: ClusterSize): Generator<object> {
  for (let index = 0; index < count; index++) {
    const pool = pools[index % pools.length] ?? 'general'
    const name = nodeName(index)
    const amounts = { cpu: '64', memory: '256Gi', pods: '110', ...(pool === 'gpu' ? { 'nvidia.com/gpu': '4' } : {}) }
    yield {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: {
        name,
        uid: uid('node', index),
        labels: {
          'kubernetes.io/hostname': name,
          'kubernetes.io/os': 'linux',
          'topology.kubernetes.io/zone': `z${index % 3}`,
          pool,
        },
      },
      spec: { taints: taintsOf(pool) },
      status: {
        capacity: amounts,
        allocatable: amounts,
        conditions: ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'Ready'].map((type) => ({
          type,
          status: type === 'Ready' ? 'True' : 'False',
          reason: `Kubelet${type}`,
          message: `kubelet has ${type}`,
          lastTransitionTime: '2026-11-22T00:00:00Z',
        })),
        nodeInfo: { kubeletVersion: 'v1.36.2', osImage: 'Linux' },
      },
    }
  }
}

/** The Pods: those that run first, then the Pending ones. */
export function* pods(size: ClusterSize): Generator<object> {
  const apps = Math.max(1, Math.floor(size.assigned / 40))
  for (let index = 0; index < size.assigned; index++) {
    const app = `svc-${index % apps}`
    const node = nodeName((index * 7919) % size.nodes)
    yield pod(`${app}-5d9c7b6f4-${String(index).padStart(6, '0')}`, app, index, { nodeName: node }, 'Running', '100m')
  }
  for (let index = 0; index < size.pending; index++) {
    const kind = index % size.kinds
    const app = `pend-${kind}`
    const needs = waiting[kind % waiting.length]?.(app) ?? {}
    const cpu = kind % 10 === 4 ? '100' : '500m'
    yield pod(
      `${app}-7c5f9d8b6-${String(index).padStart(6, '0')}`,
      app,
      size.assigned + index,
      needs,
      'Pending',
      cpu,
      kind,
    )
  }
}

/** Why Pods wait, in turn: taints, labels, room, spread, affinity, ports. */
const waiting: readonly ((app: string) => object)[] = [
  () => ({ nodeSelector: { pool: 'infra' } }),
  () => ({ nodeSelector: { pool: 'gpu' } }),
  () => ({ nodeSelector: { pool: 'none' } }),
  () => ({ nodeSelector: { pool: 'edge' }, tolerations: [{ key: 'dedicated', operator: 'Exists' }] }),
  () => ({ tolerations: [{ operator: 'Exists' }] }),
  (app) => ({ nodeSelector: { pool: 'infra' }, topologySpreadConstraints: [spread(app)] }),
  (app) => ({ nodeSelector: { pool: 'edge' }, affinity: { podAntiAffinity: { [required]: [term(app)] } } }),
  () => ({ affinity: { podAffinity: { [required]: [term('nobody')] } } }),
  () => ({ affinity: { nodeAffinity: { [required]: { nodeSelectorTerms: [inZone('z9')] } } } }),
  () => ({ nodeSelector: { pool: 'gpu' }, tolerations: [{ key: 'nvidia.com/gpu', value: 'absent' }] }),
]

const required = 'requiredDuringSchedulingIgnoredDuringExecution'
const inZone = (zone: string) => ({
  matchExpressions: [{ key: 'topology.kubernetes.io/zone', operator: 'In', values: [zone] }],
})
const term = (app: string) => ({ labelSelector: { matchLabels: { app } }, topologyKey: 'kubernetes.io/hostname' })
const spread = (app: string) => ({
  maxSkew: 1,
  topologyKey: 'topology.kubernetes.io/zone',
  whenUnsatisfiable: 'DoNotSchedule',
  labelSelector: { matchLabels: { app } },
})

function pod(
  name: string,
  app: string,
  index: number,
  needs: object,
  phase: string,
  cpu: string,
  place = index,
): object {
  const resources = { requests: { cpu, memory: '256Mi' }, limits: { memory: '512Mi' } }
  const image = `registry.example.com/team/${app}:v1`
  const token = `kube-api-access-${index.toString(36).padStart(5, '0')}`
  const container = (container: string) => ({
    name: container,
    image,
    env: Array.from({ length: 12 }, (_, at) => ({ name: `SETTING_${at}`, value: `value-${at}-${'x'.repeat(20)}` })),
    resources,
    ports: [{ containerPort: 8080, protocol: 'TCP' }],
    volumeMounts: [{ name: token, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' }],
  })
  const time = '2026-11-22T00:00:00Z'
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: namespaces[place % 3],
      uid: uid('pod', index),
      creationTimestamp: time,
      labels: { app, 'pod-template-hash': 'abc123' },
      annotations: { 'checksum/config': uid(app, index).repeat(2) },
      ownerReferences: [
        { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: `${app}-abc123`, uid: uid(app, 0), controller: true },
      ],
    },
    spec: {
      schedulerName: 'default-scheduler',
      serviceAccountName: 'default',
      priority: 0,
      restartPolicy: 'Always',
      containers: [container('main'), container('proxy')],
      volumes: [{ name: token, projected: { sources: [] } }],
      ...needs,
    },
    status: {
      phase,
      conditions:
        phase === 'Running'
          ? ['Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map((type) => ({
              type,
              status: 'True',
              lastTransitionTime: time,
            }))
          : [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0 nodes are available' }],
      startTime: time,
    },
  }
}

function taintsOf(pool: (typeof pools)[number]): readonly object[] {
  if (pool === 'gpu') return [{ key: 'nvidia.com/gpu', value: 'present', effect: 'NoSchedule' }]
  if (pool === 'infra') return [{ key: 'dedicated', value: 'infra', effect: 'NoSchedule' }]
  return pool === 'edge' ? [{ key: 'edge', value: 'true', effect: 'NoExecute' }] : []
}

function nodeName(index: number): string {
  return `ip-10-${index >> 8}-${index & 255}-1`
}

function uid(seed: string, index: number): string {
  let hash = 0x811c9dc5
  for (const character of `${seed} ${index}`) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193)
  const word = (hash >>> 0).toString(16).padStart(8, '0')
  return `${word}-0000-4000-8000-${String(index).padStart(12, '0')}`
}
