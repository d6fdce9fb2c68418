import fc from 'fast-check'
import { hostileJson, hostileText } from './hostile-text.ts'

const key = fc.constantFrom('team', 'dedicated', 'node.kubernetes.io/not-ready', '__proto__', '')
const effect = fc.constantFrom('NoSchedule', 'NoExecute', 'PreferNoSchedule', 'Sideways')
const few = <T>(of: fc.Arbitrary<T>) => fc.array(of, { maxLength: 3 })
/** What belongs there, or what does not. */
const or = (right: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 6, arbitrary: right }, { weight: 1, arbitrary: hostileJson })
const record = (fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record(Object.fromEntries(Object.entries(fields).map(([name, one]) => [name, or(one)])), { requiredKeys: [] })

const labels = fc.dictionary(fc.oneof(fc.constantFrom('app', 'kubernetes.io/hostname'), hostileText), or(hostileText), {
  maxKeys: 3,
})
const names = fc.constantFrom('a', 'b', 'n1', 'n2', '__proto__', '\u001b[31m')
const owner = record({
  apiVersion: fc.constantFrom('apps/v1', 'v1', 'batch/v1', 'x/y/z'),
  kind: fc.constantFrom('ReplicaSet', 'Deployment', 'Job', 'Pod', 'Node'),
  name: names,
  uid: fc.constantFrom('u1', 'u2'),
  controller: fc.boolean(),
})
const metadata = record({
  name: names,
  namespace: fc.constantFrom('default', 'other'),
  uid: fc.constantFrom('u1', 'u2', 'u3'),
  labels,
  annotations: fc.dictionary(
    fc.oneof(fc.constantFrom('meta.helm.sh/release-name', 'helm.sh/hook', 'objectset.rio.cattle.io/id'), hostileText),
    or(hostileText),
    { maxKeys: 3 },
  ),
  ownerReferences: few(or(owner)),
  creationTimestamp: fc.oneof(fc.constant('2026-07-01T00:00:00Z'), hostileText),
})
const amounts = fc.dictionary(
  fc.constantFrom('cpu', 'memory', 'pods', 'example.com/gpu', '__proto__'),
  or(fc.constantFrom('1', '500m', '2Gi', '1e9999', '-1', '9'.repeat(500), '0')),
  { maxKeys: 4 },
)
const selector = record({
  matchLabels: labels,
  matchExpressions: few(
    or(
      record({
        key: hostileText,
        operator: fc.constantFrom('In', 'NotIn', 'Exists', 'Gt', 'X'),
        values: few(hostileText),
      }),
    ),
  ),
})
const podSpec = record({
  nodeName: names,
  schedulerName: fc.constantFrom('default-scheduler', 'x'),
  tolerations: few(or(record({ key, operator: fc.constantFrom('Equal', 'Exists', 'Gt'), value: hostileText, effect }))),
  nodeSelector: labels,
  containers: few(
    or(
      record({
        name: hostileText,
        image: hostileText,
        resources: record({ requests: amounts }),
        ports: few(record({ hostPort: fc.integer() })),
      }),
    ),
  ),
  schedulingGates: few(record({ name: hostileText })),
  volumes: few(record({ name: hostileText, persistentVolumeClaim: record({ claimName: names }) })),
  topologySpreadConstraints: few(
    record({
      maxSkew: fc.integer(),
      topologyKey: hostileText,
      whenUnsatisfiable: fc.constantFrom('DoNotSchedule', 'ScheduleAnyway'),
      labelSelector: selector,
    }),
  ),
  affinity: record({
    podAntiAffinity: record({
      requiredDuringSchedulingIgnoredDuringExecution: few(
        record({ topologyKey: hostileText, labelSelector: selector, namespaceSelector: selector }),
      ),
    }),
    nodeAffinity: record({
      requiredDuringSchedulingIgnoredDuringExecution: record({ nodeSelectorTerms: few(selector) }),
    }),
  }),
  resourceClaims: few(record({ name: hostileText, resourceClaimName: names })),
})

const kind = (apiVersion: string, name: string, rest: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record({ apiVersion: fc.constant(apiVersion), kind: fc.constant(name), metadata: or(metadata), ...rest })

const anyObject: fc.Arbitrary<object> = fc.oneof(
  kind('v1', 'Pod', {
    spec: or(podSpec),
    status: or(
      record({
        phase: fc.constantFrom('Pending', 'Running'),
        message: hostileText,
        conditions: few(
          record({ type: fc.constant('PodScheduled'), status: fc.constant('False'), message: hostileText }),
        ),
      }),
    ),
  }),
  kind('v1', 'Pod', { spec: or(podSpec), status: fc.constant({ phase: 'Pending' }) }),
  kind('v1', 'Node', {
    spec: or(record({ taints: few(or(record({ key, value: hostileText, effect }))), unschedulable: fc.boolean() })),
    status: or(
      record({
        allocatable: amounts,
        conditions: few(record({ type: hostileText, status: hostileText, message: hostileText })),
      }),
    ),
  }),
  kind('apps/v1', 'Deployment', { spec: or(record({ template: record({ metadata, spec: podSpec }), selector })) }),
  kind('apps/v1', 'ReplicaSet', { spec: or(record({ template: record({ metadata, spec: podSpec }) })) }),
  kind('batch/v1', 'Job', { spec: or(record({ template: record({ metadata, spec: podSpec }) })) }),
  kind('v1', 'PersistentVolumeClaim', {
    spec: or(
      record({
        storageClassName: names,
        volumeName: names,
        accessModes: few(hostileText),
        resources: record({ requests: amounts }),
      }),
    ),
  }),
  kind('v1', 'PersistentVolume', {
    spec: or(
      record({
        storageClassName: names,
        capacity: amounts,
        claimRef: record({ name: names, namespace: names }),
        nodeAffinity: record({ required: record({ nodeSelectorTerms: few(selector) }) }),
      }),
    ),
  }),
  kind('storage.k8s.io/v1', 'StorageClass', {
    provisioner: or(hostileText),
    volumeBindingMode: or(fc.constantFrom('Immediate', 'WaitForFirstConsumer')),
  }),
  kind('v1', 'Event', {
    involvedObject: or(record({ kind: hostileText, name: names, namespace: names })),
    reason: or(hostileText),
    message: or(hostileText),
    count: or(fc.integer()),
  }),
  kind('taintdoctor.dev/v1alpha1', 'Snapshot', {
    missing: or(
      few(record({ resource: fc.constantFrom('nodes', 'pods', 'secrets'), reason: hostileText, message: hostileText })),
    ),
    read: or(few(hostileText)),
    lists: hostileJson,
    server: hostileJson,
  }),
  kind('taintdoctor.dev/v1alpha1', 'HelmRelease', {
    release: or(hostileText),
    values: hostileJson,
    chart: hostileJson,
    objects: hostileJson,
    hooks: hostileJson,
  }),
  kind('v1', 'Secret', { type: fc.constant('helm.sh/release.v1'), data: or(record({ release: hostileText })) }),
  kind('example.com/v1', 'Thing', { spec: hostileJson, status: hostileJson }),
)

/** A snapshot with such objects, some of them twice. */
export const hostileSnapshot: fc.Arbitrary<string> = fc
  .array(anyObject, { minLength: 1, maxLength: 10 })
  .map((items) => JSON.stringify({ apiVersion: 'v1', kind: 'List', items }))
