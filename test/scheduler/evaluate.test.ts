import { describe, expect, test } from '@jest/globals'
import { parseServerVersion } from '#model/server-version.ts'
import { evaluate } from '#scheduler/evaluate.ts'
import { viewOf } from '#scheduler/framework/cluster-view.ts'
import { rulesFor } from '#scheduler/profile.ts'
import { aCluster } from '#test/builders/cluster.ts'
import { aDevice, aClaim as aDeviceClaim, aClass as aDeviceClass, aSlice } from '#test/builders/devices.ts'
import { aNode, aPod, type NodeBuilder, type PodBuilder } from '#test/builders/objects.ts'
import { aClaim, aStaticClass, aVolume } from '#test/builders/storage.ts'

interface Row {
  readonly rule: string
  readonly pod: PodBuilder
  readonly nodes: readonly NodeBuilder[]
  readonly others?: readonly object[]
  readonly server?: string
  /** Plugins by node, in order; under `*` those that reject the Pod as a whole. */
  readonly blockers: Readonly<Record<string, readonly string[]>>
  /** Reasons of the first blocker of a node. */
  readonly first?: Readonly<Record<string, string>>
}

const boundToNode = (name: string, key = 'metadata.name') => ({
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [{ matchFields: [{ key, operator: 'In', values: [name] }] }],
    },
  },
})
const leftOut = "node(s) didn't satisfy plugin(s) [NodeAffinity]"
const nominee = (name: string, node: string) =>
  aPod(name).withSpec({ priority: 10 }).withStatus({ nominatedNodeName: node })
const apart = {
  podAntiAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname', labelSelector: {} }],
  },
}

const rows: readonly Row[] = [
  {
    rule: 'all plugins that reject a node are named, in the order of the profile',
    pod: aPod().selecting({ disk: 'ssd' }).requesting({ cpu: '5' }),
    nodes: [aNode('a').cordoned().tainted('k:NoSchedule'), aNode('b').labelled({ disk: 'ssd' }).offering({ cpu: '8' })],
    blockers: { a: ['NodeUnschedulable', 'TaintToleration', 'NodeAffinity', 'NodeResourcesFit'] },
  },
  {
    rule: 'a node that PreFilter leaves out is named first for that, and for its own troubles behind it',
    pod: aPod().withAffinity(boundToNode('a')),
    nodes: [aNode('a'), aNode('b').cordoned()],
    blockers: { b: ['NodeAffinity', 'NodeUnschedulable'] },
    first: { b: leftOut },
  },
  {
    rule: 'a node that no longer exists leaves no node',
    pod: aPod().withAffinity(boundToNode('gone')),
    nodes: [aNode('a')],
    blockers: { a: ['NodeAffinity'] },
    first: { a: leftOut },
  },
  {
    rule: 'every plugin that rejects the Pod as a whole is named, in order',
    pod: aPod().claiming('x'),
    nodes: [aNode('a')],
    blockers: { '*': ['VolumeRestrictions', 'VolumeBinding', 'VolumeZone'], a: ['NodeVolumeLimits'] },
  },
  {
    rule: 'nodes are judged too where the Pod is rejected as a whole',
    pod: aPod().claiming('x'),
    nodes: [aNode('a').tainted('k:NoSchedule')],
    blockers: {
      '*': ['VolumeRestrictions', 'VolumeBinding', 'VolumeZone'],
      a: ['TaintToleration', 'NodeVolumeLimits'],
    },
  },
  {
    rule: 'narrowings with no node in common reject the Pod as a whole',
    server: 'v1.30.0',
    pod: aPod().withAffinity(boundToNode('a')).claiming('x'),
    nodes: [aNode('a'), aNode('b')],
    others: [
      aStaticClass('static'),
      aVolume('v')
        .of('static')
        .with({ local: { path: '/x' } })
        .on('b'),
      aClaim('x').of('static').boundTo('v'),
    ],
    blockers: { '*': ['VolumeBinding'], a: ['VolumeBinding'], b: ['NodeAffinity'] },
    first: { '*': "node(s) didn't satisfy plugin(s) [NodeAffinity VolumeBinding] simultaneously" },
  },
  {
    rule: 'a Pod promised to a node takes its room there',
    pod: aPod().requesting({ cpu: '3' }),
    nodes: [aNode('a'), aNode('b')],
    others: [nominee('q', 'a').requesting({ cpu: '2' })],
    blockers: { a: ['NodeResourcesFit'] },
  },
  {
    rule: 'a promised Pod of lower priority does not count',
    pod: aPod().requesting({ cpu: '3' }).withSpec({ priority: 11 }),
    nodes: [aNode('a')],
    others: [nominee('q', 'a').requesting({ cpu: '2' })],
    blockers: {},
  },
  {
    rule: 'a promised Pod that ends, or has its node, does not count',
    pod: aPod().requesting({ cpu: '3' }),
    nodes: [aNode('a'), aNode('b')],
    others: [
      nominee('q', 'a').requesting({ cpu: '2' }).terminating(),
      nominee('r', 'a').requesting({ cpu: '2' }).on('b'),
    ],
    blockers: { b: ['NodeResourcesFit'] },
  },
  {
    rule: 'a promised Pod does not make a plugin speak that had nothing to do with this Pod',
    pod: aPod(),
    nodes: [aNode('a')],
    others: [nominee('q', 'a').withAffinity(apart)],
    blockers: {},
  },
  {
    rule: 'a node must take the Pod without the promised ones too',
    pod: aPod().withAffinity({
      podAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'q' } } },
        ],
      },
    }),
    nodes: [aNode('a')],
    others: [nominee('q', 'a').labelled({ app: 'q' })],
    blockers: { a: ['InterPodAffinity'] },
  },
  {
    rule: 'the node promised to the Pod itself is looked at also where PreFilter leaves it out, and what rejects it is named with the others',
    pod: aPod().withAffinity(boundToNode('a')).withStatus({ nominatedNodeName: 'b' }),
    nodes: [aNode('a').cordoned(), aNode('b').tainted('k:NoSchedule'), aNode('c')],
    blockers: { a: ['NodeUnschedulable'], b: ['TaintToleration', 'NodeAffinity'], c: ['NodeAffinity'] },
    first: { c: "node(s) didn't satisfy plugin(s) [NodeAffinity TaintToleration]" },
  },
  {
    rule: 'devices of two drivers are told apart, however alike they are',
    pod: aPod().withSpec({ resourceClaims: [{ name: 'g', resourceClaimName: 'c' }] }),
    nodes: [aNode('a'), aNode('b')],
    others: [
      aDeviceClass('gpu', 'device.driver == "gpu.x"'),
      aSlice('a', [aDevice('d', { model: 'big' })]),
      aSlice('b', [aDevice('d', { model: 'big' })], { driver: 'nic.x' }),
      aDeviceClaim('c'),
    ],
    blockers: { b: ['DynamicResources'] },
  },
  {
    rule: 'up to 1.28 a sidecar keeps the Pod off every node, one by one',
    server: 'v1.28.15',
    pod: aPod().withInitContainers({ name: 's', restartPolicy: 'Always' }),
    nodes: [aNode('a').cordoned(), aNode('b')],
    blockers: { a: ['NodeUnschedulable', 'NodeResourcesFit'], b: ['NodeResourcesFit'] },
    first: { b: 'Pod has a restartable init container and the SidecarContainers feature is disabled' },
  },
]

describe('the profile on a Pod', () => {
  for (const { rule, pod, nodes, others = [], server, blockers, first = {} } of rows) {
    test(rule, () => {
      const state = aCluster([...nodes, ...others, pod])
      const waiting = state.lists.pods.items.find(({ metadata }) => metadata.name === 'p')
      if (waiting === undefined) throw new Error('there is no Pod')
      const version = server === undefined ? null : (parseServerVersion(server) ?? null)
      const verdict = evaluate(waiting, viewOf(state), rulesFor(version))
      const all = [
        { name: '*', blockers: verdict.podBlockers },
        ...verdict.nodes.map((one) => ({ name: one.node.name, blockers: one.blockers })),
      ]
      const named = all.filter((one) => one.blockers.length > 0)
      expect(Object.fromEntries(named.map((one) => [one.name, one.blockers.map(({ plugin }) => plugin)]))).toEqual(
        blockers,
      )
      for (const [name, text] of Object.entries(first)) {
        expect(all.find((one) => one.name === name)?.blockers[0]?.reasons.map((reason) => reason.text)).toEqual([text])
      }
    })
  }
})
