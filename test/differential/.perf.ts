import { evaluate } from '#scheduler/evaluate.ts'
import { viewOf } from '#scheduler/framework/cluster-view.ts'
import { placeCopies } from '#scheduler/how-many-fit.ts'
import { rulesFor } from '#scheduler/profile.ts'
import { profileOf } from '#scheduler/registry.ts'
import { aCluster } from '#test/builders/cluster.ts'

const [mode = 'all', n = '5000', a = '100000', k = '100'] = process.argv.slice(2)
const N = Number(n),
  A = Number(a),
  K = Number(k)
const items: any[] = []
for (let z = 0; z < 20; z++)
  items.push({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: `ns${z}`, labels: { team: `t${z % 3}` } } })
items.push({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'wait' },
  provisioner: 'csi.x',
  volumeBindingMode: 'WaitForFirstConsumer',
})
items.push({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'local' },
  provisioner: 'kubernetes.io/no-provisioner',
  volumeBindingMode: 'WaitForFirstConsumer',
})
items.push({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'CSIDriver',
  metadata: { name: 'csi.x' },
  spec: { storageCapacity: true },
})
for (let z = 0; z < 3; z++)
  items.push({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'CSIStorageCapacity',
    metadata: { name: `c${z}`, namespace: 'default' },
    storageClassName: 'wait',
    capacity: '100Gi',
    nodeTopology: { matchLabels: { 'topology.kubernetes.io/zone': `z${z}` } },
  })
for (let i = 0; i < N; i++) {
  items.push({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: `n${i}`,
      labels: {
        'kubernetes.io/hostname': `n${i}`,
        'topology.kubernetes.io/zone': `z${i % 3}`,
        pool: `p${i % 10}`,
        rack: `r${i % 50}`,
      },
    },
    spec: i % 10 === 0 ? { taints: [{ key: 'x', effect: 'NoSchedule' }] } : {},
    status: {
      allocatable: { cpu: '64', memory: '256Gi', pods: '110', 'ephemeral-storage': '1Ti' },
      declaredFeatures: ['A'],
    },
  })
  items.push({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'CSINode',
    metadata: { name: `n${i}` },
    spec: { drivers: [{ name: 'csi.x', nodeID: 'x', allocatable: { count: 25 } }] },
  })
  if (i % 2)
    items.push({
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: `local-${i}` },
      spec: {
        capacity: { storage: '10Gi' },
        accessModes: ['ReadWriteOnce'],
        storageClassName: 'local',
        local: { path: '/x' },
        nodeAffinity: {
          required: {
            nodeSelectorTerms: [
              { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [`n${i}`] }] },
            ],
          },
        },
      },
      status: { phase: 'Available' },
    })
  items.push({
    apiVersion: 'resource.k8s.io/v1',
    kind: 'ResourceSlice',
    metadata: { name: `s${i}` },
    spec: {
      driver: 'gpu.x',
      nodeName: `n${i}`,
      pool: { name: `n${i}`, generation: 1, resourceSliceCount: 1 },
      devices: [0, 1, 2, 3].map((d) => ({
        name: `d${d}`,
        attributes: { model: { string: d % 2 ? 'big' : 'small' }, idx: { int: d } },
        capacity: { memory: { value: '8Gi' } },
      })),
    },
  })
}
items.push({
  apiVersion: 'resource.k8s.io/v1',
  kind: 'DeviceClass',
  metadata: { name: 'gpu' },
  spec: { selectors: [{ cel: { expression: 'device.driver == "gpu.x"' } }] },
})
const required = 'requiredDuringSchedulingIgnoredDuringExecution'
const pod = (name: string, ns: string, labels: object, spec: object, phase = 'Running') => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: ns, uid: name, labels },
  spec: { containers: [{ name: 'c', resources: { requests: { cpu: '100m', memory: '128Mi' } } }], ...spec },
  status: { phase },
})
for (let i = 0; i < A; i++) {
  const app = i % 2000,
    ns = `ns${app % 20}`
  const claim = i % 5 === 0
  const sts = i % 10 === 0 ? { 'statefulset.kubernetes.io/pod-name': `p${i}` } : {}
  const spec: any = { nodeName: `n${(i * 7919) % N}` }
  if (app % 3 === 0)
    spec.affinity = {
      podAntiAffinity: {
        [required]: [{ topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: `a${app}` } } }],
      },
    }
  if (app % 7 === 0)
    spec.containers = [
      {
        name: 'c',
        resources: { requests: { cpu: '100m' } },
        ports: [{ hostPort: 9000 + (app % 5), containerPort: 80 }],
      },
    ]
  if (claim) {
    spec.volumes = [{ name: 'd', persistentVolumeClaim: { claimName: `d${i}` } }]
    items.push({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {
        name: `d${i}`,
        namespace: ns,
        uid: `d${i}`,
        annotations: { 'pv.kubernetes.io/bind-completed': 'yes' },
      },
      spec: {
        storageClassName: 'wait',
        volumeName: `pv${i}`,
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: '5Gi' } },
      },
      status: { phase: 'Bound' },
    })
    items.push({
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: `pv${i}` },
      spec: {
        capacity: { storage: '5Gi' },
        accessModes: ['ReadWriteOnce'],
        storageClassName: 'wait',
        csi: { driver: 'csi.x', volumeHandle: `h${i}` },
        claimRef: { namespace: ns, name: `d${i}`, uid: `d${i}` },
        nodeAffinity: {
          required: {
            nodeSelectorTerms: [
              {
                matchExpressions: [
                  { key: 'topology.kubernetes.io/zone', operator: 'In', values: [`z${((i * 7919) % N) % 3}`] },
                ],
              },
            ],
          },
        },
      },
      status: { phase: 'Bound' },
    })
  }
  items.push(pod(`p${i}`, ns, { app: `a${app}`, ...sts }, spec))
}
const kinds: ((i: number) => any)[] = [
  () => ({ nodeSelector: { pool: 'none' } }),
  () => ({
    affinity: {
      nodeAffinity: {
        [required]: {
          nodeSelectorTerms: [
            {
              matchExpressions: [
                { key: 'rack', operator: 'In', values: ['r1', 'r2'] },
                { key: 'pool', operator: 'NotIn', values: ['p1'] },
              ],
            },
          ],
        },
      },
    },
  }),
  (i) => ({
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'topology.kubernetes.io/zone',
        whenUnsatisfiable: 'DoNotSchedule',
        labelSelector: { matchLabels: { app: `a${i}` } },
      },
      {
        maxSkew: 1,
        topologyKey: 'kubernetes.io/hostname',
        whenUnsatisfiable: 'DoNotSchedule',
        labelSelector: { matchLabels: { app: `a${i}` } },
      },
    ],
  }),
  (i) => ({
    affinity: {
      podAntiAffinity: {
        [required]: [{ topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: `a${i}` } } }],
      },
    },
  }),
  (i) => ({
    affinity: {
      podAffinity: {
        [required]: [
          {
            topologyKey: 'topology.kubernetes.io/zone',
            labelSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: [`a${i}`] }] },
            namespaceSelector: { matchLabels: { team: 't1' } },
          },
        ],
      },
    },
  }),
  (i) => ({ volumes: [{ name: 'd', persistentVolumeClaim: { claimName: `wait${i}` } }] }),
  (i) => ({ volumes: [{ name: 'd', persistentVolumeClaim: { claimName: `local${i}` } }] }),
  (i) => ({ volumes: [{ name: 'd', persistentVolumeClaim: { claimName: `d${i - (i % 5)}` } }] }),
  () => ({
    containers: [{ name: 'c', resources: { requests: { cpu: '80' } }, ports: [{ hostPort: 9001, containerPort: 80 }] }],
  }),
  (i) => ({ resourceClaims: [{ name: 'g', resourceClaimName: `g${i}` }] }),
]
const pend: any[] = []
for (let i = 0; i < K; i++) {
  const ns = `ns${i % 20}`
  const spec = kinds[i % kinds.length]!(i)
  for (const c of ['wait', 'local'])
    items.push({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: `${c}${i}`, namespace: ns, uid: `${c}${i}` },
      spec: { storageClassName: c, accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '5Gi' } } },
      status: { phase: 'Pending' },
    })
  items.push({
    apiVersion: 'resource.k8s.io/v1',
    kind: 'ResourceClaim',
    metadata: { name: `g${i}`, namespace: ns, uid: `g${i}` },
    spec: {
      devices: {
        requests: [
          {
            name: 'r',
            exactly: {
              deviceClassName: 'gpu',
              allocationMode: 'ExactCount',
              count: 2,
              selectors: [{ cel: { expression: 'device.attributes["gpu.x"].model == "big"' } }],
            },
          },
        ],
      },
    },
  })
  const p = pod(`w${i}`, ns, { app: `a${i}` }, { ...spec, priority: 5 }, 'Pending')
  pend.push(p)
  items.push(p)
}
if (mode.includes('nom'))
  for (let i = 0; i < 50; i++)
    items.push({
      ...pod(`nom${i}`, 'ns1', { app: 'nom' }, { priority: 100 }, 'Pending'),
      status: { phase: 'Pending', nominatedNodeName: `n${i}` },
    })
const state = aCluster(items, { serverVersion: 'v1.36.2' })
const cpu = () => process.cpuUsage().user / 1000
let t = cpu()
const lap = (w: string) => {
  const now = cpu()
  console.log(w.padEnd(28), (now - t).toFixed(0))
  t = cpu()
}
const rules = rulesFor(state.version)
const view = viewOf(state)
lap('view')
const waiting = state.lists.pods.items.filter((p) => p.metadata.name!.startsWith('w'))
if (mode.startsWith('all')) {
  const total = cpu()
  for (const plugin of profileOf(rules)) {
    let refused = 0
    for (const p of waiting) {
      const r = plugin.prepare(p, view, rules)
      if (r.kind === 'filter') for (const node of view.nodes) if (r.filter(node).kind !== 'fits') refused++
    }
    lap(`${plugin.name} ${refused}`)
  }
  console.log('plugins total', (cpu() - total).toFixed(0))
  for (const p of waiting) evaluate(p, view, rules)
  lap('evaluate again')
} else {
  const want = Number(process.argv[6] ?? 500)
  for (const [i, p] of waiting.slice(0, 10).entries())
    if (!process.env.KIND || i === Number(process.env.KIND))
      for (const _ of [1]) {
        const got = placeCopies(p, want, view, rules)
        lap(`place kind ${i}: ${got.length}`)
      }
}
console.log(Math.round(process.memoryUsage().heapUsed / 2 ** 20), 'MiB')
