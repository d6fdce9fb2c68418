import { describe, expect, test } from '@jest/globals'
import type { DeviceConstraint } from '#model/api/resource.ts'
import { dynamicResources } from '#scheduler/plugins/dynamic-resources/index.ts'
import { aClaim, aClass, aDevice, aRequest, aSlice, type ClaimBuilder } from '#test/builders/devices.ts'
import { aNode, aPod, type PodBuilder } from '#test/builders/objects.ts'
import { type Situation, verdictsOf } from '#test/scheduler/verdicts.ts'

const gpu = aClass('gpu')
const nodes = [aNode('n1'), aNode('n2')]
const using = (...names: string[]): PodBuilder =>
  aPod().withSpec({ resourceClaims: names.map((name) => ({ name, resourceClaimName: name })) })
const fromTemplate = aPod().withSpec({ resourceClaims: [{ name: 'c', resourceClaimTemplateName: 't' }] })
const none = 'cannot allocate all claims (final)'

/** A Pod that uses these claims, on two nodes of which only `n1` has devices. */
const on = (others: readonly object[], ...claims: ClaimBuilder[]): Situation => ({
  pod: using(...claims.map(({ metadata }) => metadata.name ?? '')),
  nodes,
  others: [gpu, ...others, ...claims],
})
const oneGpu = aSlice('n1', [aDevice('d')])
const tainted = aSlice('n1', [aDevice('d', {}, { taints: [{ key: 'broken', effect: 'NoSchedule' }] })])
const four = aSlice('n1', [
  aDevice('d0', { numa: 0, model: 'a', index: 0 }),
  aDevice('d1', { numa: 0, model: 'a', index: 1 }),
  aDevice('d2', { numa: 1, model: 'b', index: 2 }),
  aDevice('d3', { numa: 1, model: 'b', index: 3 }),
])
const twice = (constraint: DeviceConstraint, count = 1): ClaimBuilder =>
  aClaim('c', aRequest('r1', undefined, { count }), aRequest('r2')).constrained(constraint)
const choice = (...counts: number[]): ClaimBuilder =>
  aClaim('c', {
    name: 'r',
    firstAvailable: counts.map((count, i) => ({ ...aRequest('').exactly, name: `a${i}`, count })),
  })

type Row = readonly [string, Situation, string | Readonly<Record<string, string>>]

const wholePod: readonly Row[] = [
  ['a Pod without claims fits anywhere', { pod: aPod(), nodes }, { n1: 'fits', n2: 'fits' }],
  [
    'up to 1.33 claims are not looked at',
    { ...on([]), pod: using('nope'), server: 'v1.33.1' },
    { n1: 'fits', n2: 'fits' },
  ],
  ['a claim has to exist', { pod: using('nope'), nodes }, 'could not find ResourceClaim "default/nope"'],
  [
    'a claim of a template has to be made first',
    { pod: fromTemplate, nodes },
    'pod "default/p": ResourceClaim not created yet',
  ],
  [
    'a template may need no claim at all',
    { pod: fromTemplate.withStatus({ resourceClaimStatuses: [{ name: 'c' }] }), nodes },
    { n1: 'fits', n2: 'fits' },
  ],
  [
    'a generated claim must be the Pod’s own',
    {
      pod: fromTemplate.withStatus({ resourceClaimStatuses: [{ name: 'c', resourceClaimName: 'x' }] }),
      nodes,
      others: [aClaim('x')],
    },
    'ResourceClaim default/x was not created for Pod default/p (Pod is not owner)',
  ],
  [
    'up to 1.35 that is said with small letters',
    {
      pod: fromTemplate.withStatus({ resourceClaimStatuses: [{ name: 'c', resourceClaimName: 'x' }] }),
      nodes,
      others: [aClaim('x')],
      server: 'v1.35.0',
    },
    'ResourceClaim default/x was not created for pod default/p (pod is not owner)',
  ],
  ['a claim that is going does not count', on([], aClaim('c').terminating()), 'resourceclaim "c" is being deleted'],
  [
    'a request needs its class',
    { pod: using('c'), nodes, others: [aClaim('c')] },
    'request r: device class gpu does not exist',
  ],
  [
    'an alternative needs its class too, and is named with its request',
    { pod: using('c'), nodes, others: [choice(1)] },
    'request r/a0: device class gpu does not exist',
  ],
]

const perNode: readonly Row[] = [
  ['a device is where its slice says', on([oneGpu], aClaim('c')), { n1: 'fits', n2: none }],
  [
    'an allocated claim holds its node',
    on([], aClaim('c').onlyOn('n1')),
    { n1: 'fits', n2: 'resourceclaim not available on the node (final)' },
  ],
  [
    'what another claim holds is taken',
    on([oneGpu, aClaim('e').holding('gpu.x/n1/d')], aClaim('c')),
    { n1: none, n2: none },
  ],
  [
    'how many Pods share a claim does not matter',
    on(
      [],
      aClaim('c')
        .onlyOn('n1')
        .with({ reservedFor: Array.from({ length: 256 }, (_, i) => ({ resource: 'pods', name: `p${i}` })) }),
    ),
    { n1: 'fits', n2: 'resourceclaim not available on the node (final)' },
  ],
  [
    'missing devices are said before a claim that is elsewhere',
    on([oneGpu], aClaim('c'), aClaim('held').onlyOn('n1')),
    { n1: 'fits', n2: none },
  ],
  ['a tainted device is not taken', on([tainted], aClaim('c')), { n1: none, n2: none }],
  ['up to 1.35 nobody looks at taints', { ...on([tainted], aClaim('c')), server: 'v1.35.1' }, { n1: 'fits', n2: none }],
  [
    'a request may tolerate the taint',
    on([tainted], aClaim('c', aRequest('r', undefined, { tolerations: [{ operator: 'Exists' }] }))),
    { n1: 'fits', n2: none },
  ],
  [
    'a taint without an effect on scheduling keeps nobody away',
    on([aSlice('n1', [aDevice('d', {}, { taints: [{ key: 'x', effect: 'None' }] })])], aClaim('c')),
    { n1: 'fits', n2: none },
  ],
  [
    'a pool of which slices are missing is not used',
    on([aSlice('n1', [aDevice('d')], { of: 2 })], aClaim('c')),
    { n1: none, n2: none },
  ],
  [
    '1.34 takes counted devices from it',
    { ...on([aSlice('n1', [aDevice('d')], { of: 2 })], aClaim('c')), server: 'v1.34.0' },
    { n1: 'fits', n2: none },
  ],
  [
    'only the newest generation of a pool counts',
    on([oneGpu, aSlice('n1', [], { name: 'newer', generation: 2 })], aClaim('c')),
    { n1: none, n2: none },
  ],
  [
    'also where it has moved to another node',
    on(
      [aSlice('n1', [aDevice('d')], { of: 2 }), aSlice('n2', [aDevice('d')], { pool: 'n1', generation: 2 })],
      aClaim('c'),
    ),
    { n1: none, n2: 'fits' },
  ],
  [
    'but a whole older pool is not looked at twice',
    on([oneGpu, aSlice('n2', [aDevice('d')], { pool: 'n1', generation: 2 })], aClaim('c')),
    { n1: 'fits', n2: 'fits' },
  ],
  [
    'devices of the same name make a pool invalid',
    on([aSlice('n1', [aDevice('d'), aDevice('d')])], aClaim('c')),
    { n1: 'invalid resource pools were encountered (final)', n2: none },
  ],
  [
    '1.34 gives the attempt up over such a pool',
    { ...on([aSlice('n1', [aDevice('d'), aDevice('d')])], aClaim('c')), server: 'v1.34.0' },
    { n1: 'pool n1 is invalid: duplicate device name d', n2: none },
  ],
  [
    'devices may be there for all nodes',
    on([aSlice('net', [aDevice('d')], { where: { allNodes: true } })], aClaim('c')),
    { n1: 'fits', n2: 'fits' },
  ],
  [
    'or for nodes by their labels',
    on(
      [
        aSlice('net', [aDevice('d')], {
          where: {
            nodeSelector: {
              nodeSelectorTerms: [
                { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['n2'] }] },
              ],
            },
          },
        }),
      ],
      aClaim('c'),
    ),
    { n1: none, n2: 'fits' },
  ],
  [
    'or each for a node of its own',
    on(
      [aSlice('net', [aDevice('d', {}, { nodeName: 'n2' })], { where: { perDeviceNodeSelection: true } })],
      aClaim('c'),
    ),
    { n1: none, n2: 'fits' },
  ],
  ['as many as are counted', on([four], aClaim('c', aRequest('r', undefined, { count: 5 }))), { n1: none, n2: none }],
  [
    'more than 32 devices are no claim',
    on([four], aClaim('c', aRequest('r', undefined, { count: 33 }))),
    {
      n1: 'claim default/c: number of requested devices 33 exceeds the claim limit of 32',
      n2: 'claim default/c: number of requested devices 33 exceeds the claim limit of 32',
    },
  ],
  ['two claims do not share a device', on([oneGpu], aClaim('a'), aClaim('b')), { n1: none, n2: none }],
  [
    'all devices are at least one',
    on([four], aClaim('c', aRequest('r', undefined, { allocationMode: 'All' }))),
    { n1: 'fits', n2: none },
  ],
  [
    'all devices are not to be had while one is held',
    on([four, aClaim('e').holding('gpu.x/n1/d2')], aClaim('c', aRequest('r', undefined, { allocationMode: 'All' }))),
    { n1: none, n2: none },
  ],
  [
    'all devices of a pool in flux are an error',
    on([aSlice('n1', [aDevice('d')], { of: 2 })], aClaim('c', aRequest('r', undefined, { allocationMode: 'All' }))),
    {
      n1: 'claim default/c, request r: asks for all devices, but resource pool gpu.x/n1 is currently being updated',
      n2: none,
    },
  ],
  [
    'all devices with a constraint that one of them does not meet are an error',
    on(
      [four],
      aClaim('c', aRequest('r', undefined, { allocationMode: 'All' })).constrained({ matchAttribute: 'gpu.x/numa' }),
    ),
    {
      n1: 'claim default/c, request r: cannot add device gpu.x/n1/d2 because a claim constraint would not be satisfied',
      n2: none,
    },
  ],
  [
    'who watches over a device may use one that is held',
    on([oneGpu, aClaim('e').holding('gpu.x/n1/d')], aClaim('c', aRequest('r', undefined, { adminAccess: true }))),
    { n1: 'fits', n2: none },
  ],
  ['all with the same attribute', on([four], twice({ matchAttribute: 'gpu.x/numa' })), { n1: 'fits', n2: none }],
  [
    'three with the same attribute are too many',
    on([four], twice({ matchAttribute: 'gpu.x/numa' }, 2)),
    { n1: none, n2: none },
  ],
  [
    'a device without the attribute meets no constraint',
    on([oneGpu], aClaim('c').constrained({ matchAttribute: 'gpu.x/numa' })),
    { n1: none, n2: none },
  ],
  ['all with another attribute each', on([four], twice({ distinctAttribute: 'gpu.x/numa' })), { n1: 'fits', n2: none }],
  [
    'not where there are fewer values than devices',
    on(
      [four],
      aClaim('c', aRequest('a'), aRequest('b'), aRequest('d')).constrained({ distinctAttribute: 'gpu.x/model' }),
    ),
    { n1: none, n2: none },
  ],
  [
    'a constraint may concern some requests only',
    on([four], twice({ matchAttribute: 'gpu.x/numa', requests: ['r1'] }, 2)),
    { n1: 'fits', n2: none },
  ],
  ['the next alternative where the first is too much', on([four], choice(5, 4)), { n1: 'fits', n2: none }],
  ['no alternative fits', on([four], choice(6, 5)), { n1: none, n2: none }],
  [
    'an earlier choice is undone where a later request needs the device',
    on([four], aClaim('c', aRequest('r1'), aRequest('r2', 'device.attributes["gpu.x"].index == 0'))),
    { n1: 'fits', n2: none },
  ],
]

const shares = (n: number, value: string) => [{ counterSet: 's', counters: { slots: { value } } }].slice(0, n)
const partitions = [
  aSlice('n1', [], { of: 2, name: 'counters', sharedCounters: [{ name: 's', counters: { slots: { value: '4' } } }] }),
  aSlice(
    'n1',
    [
      aDevice('whole', {}, { consumesCounters: shares(1, '4') }),
      aDevice('half-1', {}, { consumesCounters: shares(1, '2') }),
      aDevice('half-2', {}, { consumesCounters: shares(1, '2') }),
    ],
    { of: 2 },
  ),
]
const shared = aSlice('n1', [
  aDevice('d', {}, { allowMultipleAllocations: true, capacity: { mem: { value: '10Gi' } } }),
])
const portion = (amount: string): ClaimBuilder =>
  aClaim(`m-${amount}`, aRequest('r', undefined, { capacity: { requests: { mem: amount } } }))
const taken = aClaim('e').with({
  allocation: {
    devices: {
      results: [{ driver: 'gpu.x', pool: 'n1', device: 'd', shareID: 'x', consumedCapacity: { mem: '6Gi' } }],
    },
  },
})
const condition = (status: string, allocationTimestamp?: string): ClaimBuilder =>
  aClaim('c').with({
    allocation: {
      devices: {
        results: [
          {
            driver: 'gpu.x',
            pool: 'n1',
            device: 'd',
            bindingConditions: ['Ready'],
            bindingFailureConditions: ['Failed'],
          },
        ],
      },
      ...(allocationTimestamp === undefined ? {} : { allocationTimestamp }),
    },
    devices: [{ driver: 'gpu.x', pool: 'n1', device: 'd', conditions: [{ type: status, status: 'True' }] }],
  })

const index = (of: string): ClaimBuilder => aClaim('c', aRequest('r', `device.attributes["gpu.x"].index ${of}`))
const both = aSlice('n1', [aDevice('blank'), aDevice('d1', { index: 1 })])
const noIndex = 'claim default/c: selector #0: CEL runtime error: no such key: index'

const selectors: readonly Row[] = [
  [
    'the class’s selector picks devices',
    { ...on([oneGpu], aClaim('c')), others: [aClass('gpu', 'device.driver == "other"'), oneGpu, aClaim('c')] },
    { n1: none, n2: none },
  ],
  ['and the request’s', on([four], index('== 3')), { n1: 'fits', n2: none }],
  ['of which there may be none', on([four], index('== 4')), { n1: none, n2: none }],
  ['an expression that fails ends the attempt', on([both], index('== 1')), { n1: noIndex, n2: none }],
  [
    'unless a device was found before',
    on([aSlice('n1', [aDevice('d1', { index: 1 }), aDevice('blank')])], index('== 1')),
    { n1: 'fits', n2: none },
  ],
  [
    'up to 1.35 which is found first is a matter of luck',
    {
      ...on(
        [aSlice('n1', [aDevice('d1', { index: 1 })]), aSlice('n1', [aDevice('blank')], { pool: 'b', name: 'b' })],
        index('== 1'),
      ),
      server: 'v1.35.0',
    },
    { n1: 'unknown', n2: none },
  ],
  [
    'an error of the class names the class',
    { ...on([both], aClaim('c')), others: [aClass('gpu', 'device.attributes["gpu.x"].index > 0'), both, aClaim('c')] },
    { n1: 'class gpu: selector #0: CEL runtime error: no such key: index', n2: none },
  ],
  [
    'an expression that this tool does not evaluate leaves the nodes with devices open',
    on([four], aClaim('c', aRequest('r', 'ip("::1").isLoopback()'))),
    { n1: 'unknown', n2: none },
  ],
]

const extras: readonly Row[] = [
  [
    'partitions share what their device has',
    on(partitions, aClaim('c', aRequest('r', undefined, { count: 2 }))),
    { n1: 'fits', n2: none },
  ],
  [
    'the whole and a part do not go together',
    on(partitions, aClaim('c', aRequest('r', undefined, { count: 3 }))),
    { n1: none, n2: none },
  ],
  [
    'a part that is held takes the whole away',
    on([...partitions, aClaim('e').holding('gpu.x/n1/half-1')], aClaim('c', aRequest('r', undefined, { count: 2 }))),
    { n1: none, n2: none },
  ],
  ['a device may be shared as long as it has capacity', on([shared, taken], portion('4Gi')), { n1: 'fits', n2: none }],
  ['and not beyond', on([shared, taken], portion('5Gi')), { n1: none, n2: none }],
  ['two claims of a Pod share it too', on([shared], portion('4Gi'), portion('6Gi')), { n1: 'fits', n2: none }],
  ['within what it has', on([shared], portion('5Gi'), portion('6Gi')), { n1: none, n2: none }],
  [
    'a claim whose device failed to get ready is of no use',
    on([], condition('Failed')),
    { n1: 'resourceclaim not available on the node (final)', n2: 'resourceclaim not available on the node (final)' },
  ],
  ['one that is ready is', on([], condition('Ready')), { n1: 'fits', n2: 'fits' }],
  [
    'whether one that is not yet ready has timed out is for a clock to say',
    on([], condition('Waits', '2026-01-01T00:00:00Z')),
    { n1: 'unknown', n2: 'unknown' },
  ],
]

const asking = (name: string, amount = '1'): PodBuilder => aPod().requesting({ [name]: amount })
const named = aClass('gpu', undefined, { extendedResourceName: 'example.com/gpu' })
const implicit = 'deviceclass.resource.kubernetes.io/gpu'

const extended: readonly Row[] = [
  [
    'a DeviceClass provides what no node offers',
    { pod: asking('example.com/gpu'), nodes, others: [named, oneGpu] },
    { n1: 'fits', n2: none },
  ],
  [
    'up to 1.35 it does not',
    { pod: asking('example.com/gpu'), nodes, others: [named, oneGpu], server: 'v1.35.0' },
    { n1: 'fits', n2: 'fits' },
  ],
  [
    'what a node offers itself is not this plugin’s',
    {
      pod: asking('example.com/gpu', '2'),
      nodes: [aNode('n1').offering({ 'example.com/gpu': '1' }), aNode('n2').offering({ 'example.com/gpu': '0' })],
      others: [named],
    },
    { n1: 'fits', n2: none },
  ],
  [
    'every class provides a resource by its own name',
    { pod: asking(implicit), nodes, others: [gpu, oneGpu] },
    { n1: 'fits', n2: none },
  ],
  [
    'as many devices as are asked for',
    { pod: asking('example.com/gpu', '2'), nodes, others: [named, oneGpu] },
    { n1: none, n2: none },
  ],
  [
    'an init container uses the devices of those that run after it',
    {
      pod: aPod().withSpec({
        initContainers: [{ name: 'i', resources: { requests: { 'example.com/gpu': '1' } } }],
        containers: [{ name: 'm', resources: { requests: { 'example.com/gpu': '1' } } }],
      }),
      nodes,
      others: [named, oneGpu],
    },
    { n1: 'fits', n2: none },
  ],
  [
    'a resource of nobody’s does not fit',
    { pod: aPod().requesting({ 'example.com/gpu': '1', 'example.com/other': '1' }), nodes, others: [named, oneGpu] },
    { n1: 'cannot fit resource (final)', n2: 'cannot fit resource (final)' },
  ],
]

const many = Array.from({ length: 40 }, (_, i) => aDevice(`d${i}`, { group: i % 8, half: i % 2 }))

describe('DynamicResources', () => {
  test('a search that would take too long is given up', () => {
    const request = (name: string) => aRequest(name, undefined, { count: 9 })
    const claim = aClaim('c', request('a'), request('b')).constrained({ matchAttribute: 'gpu.x/half' })
    const said = verdictsOf(
      dynamicResources,
      on(
        [aSlice('n1', many)],
        claim.constrained({ matchAttribute: 'gpu.x/half' }, { matchAttribute: 'gpu.x/none', requests: ['b'] }),
      ),
    )
    expect(said).toEqual({ n1: 'unknown', n2: none })
  })

  test.each([...wholePod, ...perNode, ...selectors, ...extras, ...extended])('%s', (_title, situation, expected) => {
    const said = verdictsOf(dynamicResources, situation)
    expect(said).toEqual(typeof expected === 'string' ? { '*': expected } : expected)
  })
})
