import { describe, expect, test } from '@jest/globals'
import type { Volume } from '#model/api/pod.ts'
import { azureDiskLimits, ebsLimits, gcePdLimits } from '#scheduler/plugins/in-tree-volume-limits/index.ts'
import { aNode, aPod } from '#test/builders/objects.ts'
import { aClaim, aClass, aCsiNode, aVolume } from '#test/builders/storage.ts'
import { type Setting, verdictsOf } from '#test/support/plugin-verdicts.ts'

const tooMany = 'node(s) exceed max volume count'
const key = 'attachable-volumes-aws-ebs'
const ebs = (volumeID: string): Volume => ({ name: volumeID, awsElasticBlockStore: { volumeID } })
const many = (count: number, one: (name: string) => Volume): Volume[] =>
  Array.from({ length: count }, (_, i) => one(`d${i}`))
const pod = aPod().withVolumes(ebs('vol-1'))
const running = aPod('old').on('n1')
const one = aNode('n1').offering({ [key]: '1' })

interface Row extends Setting {
  readonly title: string
  readonly pod?: object
  readonly others: readonly object[]
  readonly verdicts: Record<string, string>
}

const rows: readonly Row[] = [
  {
    title: "Disks of running Pods and the new one are held against the node's allocatable",
    others: [one, aNode('n2').offering({ [key]: '2' }), running.withVolumes(ebs('vol-2'))],
    verdicts: { n1: tooMany, n2: 'fits' },
  },
  {
    title: 'A disk that is there already costs nothing',
    others: [one, running.withVolumes(ebs('vol-1'))],
    verdicts: { n1: 'fits' },
  },
  {
    title: 'but not on a node that is over its limit already',
    others: [one, running.withVolumes(ebs('vol-1'), ebs('vol-2'))],
    verdicts: { n1: tooMany },
  },
  {
    title: 'A node with a CSINode is left to NodeVolumeLimits',
    others: [one, aCsiNode('n1'), running.withVolumes(ebs('vol-2'))],
    verdicts: { n1: 'fits' },
  },
  {
    title: 'A node that says nothing takes 39',
    others: [
      aNode('n1'),
      aNode('n2'),
      running.withVolumes(...many(39, ebs)),
      aPod('b')
        .on('n2')
        .withVolumes(...many(38, ebs)),
    ],
    verdicts: { n1: tooMany, n2: 'fits' },
  },
  {
    title: 'and 25 where its instance type is a Nitro one',
    others: [
      aNode('n1').labelled({ 'node.kubernetes.io/instance-type': 'm5.large' }),
      aNode('n2').labelled({ 'beta.kubernetes.io/instance-type': 'x1.t3' }),
      aNode('n3').labelled({ 'node.kubernetes.io/instance-type': 'xm5' }),
      ...['n1', 'n2', 'n3'].map((node) =>
        aPod(node)
          .on(node)
          .withVolumes(...many(25, ebs)),
      ),
    ],
    verdicts: { n1: tooMany, n2: tooMany, n3: 'fits' },
  },
  {
    title: 'A bound volume of another kind does not count',
    pod: aPod().claiming('x'),
    others: [aNode('n1').offering({ [key]: '0' }), aClaim('x').boundTo('v'), aVolume('v').csi('ebs.csi.aws.com')],
    verdicts: { '*': 'skip' },
  },
  {
    title: 'A claim without its volume counts by its class',
    pod: aPod().claiming('x'),
    others: [aNode('n1').offering({ [key]: '0' }), aClaim('x').of('gp2'), aClass('gp2', 'kubernetes.io/aws-ebs')],
    verdicts: { n1: tooMany },
  },
  {
    title: 'but not by the class in its beta annotation',
    pod: aPod().claiming('x'),
    others: [
      aNode('n1').offering({ [key]: '0' }),
      aClaim('x').annotated({ 'volume.beta.kubernetes.io/storage-class': 'gp2' }),
      aClass('gp2', 'kubernetes.io/aws-ebs'),
    ],
    verdicts: { '*': 'skip' },
  },
  {
    title: 'A claim that is not there refuses every node',
    pod: aPod().claiming('x'),
    others: [one],
    verdicts: { n1: 'looking up PVC default/x: persistentvolumeclaim "x" not found (for good)' },
  },
  {
    title: 'and broke the plugin up to 1.29',
    pod: aPod().claiming('x'),
    others: [one],
    serverVersion: 'v1.29.0',
    verdicts: { n1: 'failed: looking up PVC default/x: persistentvolumeclaim "x" not found' },
  },
  {
    title: 'Without Pods only what was read is enough',
    others: [one, running.withVolumes(ebs('vol-2')), aNode('n2')],
    denied: { pods: [] },
    verdicts: { n1: tooMany, n2: 'unknown without pods' },
  },
  {
    title: 'Without CSINodes nobody knows who counts',
    others: [one],
    denied: { csinodes: [] },
    verdicts: { n1: 'unknown without csinodes' },
  },
]

describe('EBSLimits', () => {
  for (const { title, others, verdicts, ...row } of rows) {
    const setting = { ...row, serverVersion: row.serverVersion ?? 'v1.30.14' }
    test(title, () => expect(verdictsOf(ebsLimits, row.pod ?? pod, others, setting)).toEqual(verdicts))
  }
})

describe('GCEPDLimits and AzureDiskLimits', () => {
  const gce = (pdName: string): Volume => ({ name: pdName, gcePersistentDisk: { pdName } })
  const azure = (diskName: string): Volume => ({ name: diskName, azureDisk: { diskName, diskURI: `/${diskName}` } })
  for (const [plugin, disk] of [
    [gcePdLimits, gce],
    [azureDiskLimits, azure],
  ] as const) {
    test(`${plugin.name}: a node that says nothing takes 16`, () => {
      const others = [aNode('n1'), aNode('n2'), running.withVolumes(...many(16, disk))]
      const setting = { serverVersion: 'v1.30.14' }
      expect(verdictsOf(plugin, aPod().withVolumes(disk('new')), others, setting)).toEqual({ n1: tooMany, n2: 'fits' })
    })
    test(`${plugin.name}: a disk of another kind is no concern`, () => {
      expect(verdictsOf(plugin, pod, [one], { serverVersion: 'v1.30.14' })).toEqual({ '*': 'skip' })
    })
  }
})
