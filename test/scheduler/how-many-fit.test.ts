import { describe, expect, test } from '@jest/globals'
import { viewOf } from '#scheduler/framework/cluster-view.ts'
import { placeCopies } from '#scheduler/how-many-fit.ts'
import { rulesFor } from '#scheduler/profile.ts'
import { aCluster } from '#test/builders/cluster.ts'
import { aNode, aPod, type PodBuilder } from '#test/builders/objects.ts'
import { aClaim, aClass, aCsiNode, aVolume } from '#test/builders/storage.ts'

const required = 'requiredDuringSchedulingIgnoredDuringExecution'
const hostname = 'kubernetes.io/hostname'
const zone = 'topology.kubernetes.io/zone'
const labelSelector = { matchLabels: { app: 'web' } }
const web = aPod().labelled({ app: 'web' })
const spread = (topologyKey: string, maxSkew = 1) => ({
  topologyKey,
  maxSkew,
  whenUnsatisfiable: 'DoNotSchedule',
  labelSelector,
})
const onPort = (hostPort: number) => ({ name: 'main', ports: [{ containerPort: 80, hostPort }] })
const threeZones = [aNode('a').inZone('za'), aNode('b').inZone('zb'), aNode('c').inZone('zc')]

interface Row {
  readonly rule: string
  readonly pod: PodBuilder
  readonly wanted: number
  readonly objects: readonly object[]
  readonly placed: readonly string[]
}

const rows: readonly Row[] = [
  {
    rule: 'no more are placed than are wanted',
    pod: web,
    wanted: 3,
    objects: [aNode('a'), aNode('b')],
    placed: ['a', 'b', 'a'],
  },
  {
    rule: 'none is placed where no node takes one',
    pod: web,
    wanted: 3,
    objects: [aNode('a').tainted('k:NoSchedule')],
    placed: [],
  },
  {
    rule: 'each uses up what it requests',
    pod: web.requesting({ cpu: '1500m' }),
    wanted: 9,
    objects: [aNode('a'), aNode('b').offering({ cpu: '2' })],
    placed: ['a', 'b', 'a'],
  },
  {
    rule: 'each takes a place for a Pod',
    pod: web,
    wanted: 9,
    objects: [aNode('a').offering({ pods: '2' }), aPod('x').on('a')],
    placed: ['a'],
  },
  {
    rule: 'a host port lets one Pod onto a node',
    pod: web.withContainers(onPort(80)),
    wanted: 9,
    objects: [aNode('a'), aNode('b'), aNode('c'), aPod('x').withContainers(onPort(80)).on('b')],
    placed: ['a', 'c'],
  },
  {
    rule: 'anti-affinity among themselves lets one onto a node',
    pod: web.withAffinity({ podAntiAffinity: { [required]: [{ topologyKey: hostname, labelSelector }] } }),
    wanted: 9,
    objects: threeZones,
    placed: ['a', 'b', 'c'],
  },
  {
    rule: 'anti-affinity by zone lets one into a zone',
    pod: web.withAffinity({ podAntiAffinity: { [required]: [{ topologyKey: zone, labelSelector }] } }),
    wanted: 9,
    objects: [...threeZones, aNode('d').inZone('za')],
    placed: ['a', 'b', 'c'],
  },
  {
    rule: 'a spread goes round the zones, and on where all are even',
    pod: web.spreading(spread(zone)),
    wanted: 5,
    objects: threeZones,
    placed: ['a', 'b', 'c', 'a', 'b'],
  },
  {
    rule: 'a spread stops where a zone has no room left',
    pod: web.spreading(spread(zone)).requesting({ cpu: '1' }),
    wanted: 9,
    objects: [aNode('a').inZone('za'), aNode('b').inZone('zb').offering({ cpu: '1' })],
    placed: ['a', 'b', 'a'],
  },
  {
    rule: 'a closed node opens again once others have caught up',
    pod: web.spreading(spread(hostname)),
    wanted: 4,
    objects: [aNode('a'), aNode('b'), web.on('a')],
    placed: ['b', 'a', 'b', 'a'],
  },
  {
    rule: 'affinity to themselves: the first chooses the zone, the others follow',
    pod: web.withAffinity({ podAffinity: { [required]: [{ topologyKey: zone, labelSelector }] } }),
    wanted: 3,
    objects: [...threeZones, aNode('d').inZone('za')],
    placed: ['a', 'd', 'a'],
  },
  {
    rule: 'a ReadWriteOncePod claim is for one of them',
    pod: web.claiming('x'),
    wanted: 3,
    objects: [aNode('a'), aNode('b'), aClaim('x').modes('ReadWriteOncePod').boundTo('v'), aVolume('v')],
    placed: ['a'],
  },
  {
    rule: 'a claim that is used together is attached to a node once',
    pod: web.claiming('x'),
    wanted: 3,
    objects: [
      aNode('a'),
      aCsiNode('a', { 'csi.x': 1 }),
      aClass('wait', 'csi.x'),
      aClaim('x').of('wait').boundTo('v'),
      aVolume('v').csi('csi.x').of('wait'),
    ],
    placed: ['a', 'a', 'a'],
  },
  {
    rule: 'nodes promised to others have less room',
    pod: web.spreading(spread(hostname, 9)).requesting({ cpu: '1' }),
    wanted: 9,
    objects: [aNode('a'), aPod('q').requesting({ cpu: '3' }).withStatus({ nominatedNodeName: 'a' })],
    placed: ['a'],
  },
]

describe('how many copies fit', () => {
  for (const { rule, pod, wanted, objects, placed } of rows) {
    test(rule, () => {
      const state = aCluster([...objects, { ...pod, metadata: { ...pod.metadata, name: 'waiting' } }])
      const waiting = state.lists.pods.items.find(({ metadata }) => metadata.name === 'waiting')
      if (waiting === undefined) throw new Error('there is no Pod')
      expect(placeCopies(waiting, wanted, viewOf(state), rulesFor(null))).toEqual(placed)
    })
  }
})
