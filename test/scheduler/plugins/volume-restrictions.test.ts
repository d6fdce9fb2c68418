import { describe, expect, test } from '@jest/globals'
import type { Volume } from '#model/api/pod.ts'
import { volumeRestrictions } from '#scheduler/plugins/volume-restrictions.ts'
import { aNode, aPod } from '#test/builders/objects.ts'
import { aClaim } from '#test/builders/storage.ts'
import { outcomesOf, type Setting, verdictsOf } from '#test/support/plugin-verdicts.ts'

const noDisk = 'node(s) had no available disk'
const inUse =
  'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod'
const inUseBefore = 'node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode'

const nodes = [aNode('n1'), aNode('n2')]
const running = aPod('old').on('n1')
const exclusive = aClaim('x').modes('ReadWriteOncePod')
const claiming = aPod().claiming('x')

const gce = (pdName: string, readOnly = false): Volume => ({ name: 'v', gcePersistentDisk: { pdName, readOnly } })
const ebs = (volumeID: string, readOnly = false): Volume => ({
  name: 'v',
  awsElasticBlockStore: { volumeID, readOnly },
})
const iscsi = (iqn: string, lun: number, readOnly = false): Volume => ({
  name: 'v',
  iscsi: { iqn, lun, targetPortal: `host${lun}`, readOnly },
})
const rbd = (monitors: string[], image: string, readOnly = false): Volume => ({
  name: 'v',
  rbd: { monitors, image, pool: 'rbd', readOnly },
})

const disks: readonly (readonly [string, Volume, Volume, string])[] = [
  ['An EBS volume is for one Pod', ebs('vol-1'), ebs('vol-1'), noDisk],
  ['even where both only read it', ebs('vol-1', true), ebs('vol-1', true), noDisk],
  ['Other EBS volumes are no concern', ebs('vol-1'), ebs('vol-2'), 'fits'],
  ['A GCE disk is shared where both only read it', gce('d', true), gce('d', true), 'fits'],
  ['A GCE disk is not shared where one writes', gce('d', true), gce('d'), noDisk],
  ['An iSCSI target is known by its qualified name, whatever the LUN', iscsi('iqn.a', 0), iscsi('iqn.a', 1), noDisk],
  ['iSCSI readers share', iscsi('iqn.a', 0, true), iscsi('iqn.a', 0, true), 'fits'],
  ['One Ceph monitor in common makes the same image', rbd(['a', 'b'], 'i'), rbd(['b', 'c'], 'i'), noDisk],
  ['No Ceph monitor in common makes it another', rbd(['a'], 'i'), rbd(['b'], 'i'), 'fits'],
  ['Another image is another', rbd(['a'], 'i'), rbd(['a'], 'j'), 'fits'],
  ['Disks of two kinds never meet', gce('same'), ebs('same'), 'fits'],
]

interface Row extends Setting {
  readonly title: string
  readonly pod: object
  readonly others: readonly object[]
  readonly verdicts: Record<string, string>
}

const rows: readonly Row[] = [
  {
    title: 'A claim that is not there refuses the Pod as a whole',
    pod: claiming,
    others: nodes,
    verdicts: { '*': 'persistentvolumeclaim "x" not found (for good)' },
  },
  {
    title: 'A ReadWriteOncePod claim in use anywhere closes every node',
    pod: claiming,
    others: [...nodes, exclusive, running.claiming('x')],
    verdicts: { n1: inUse, n2: inUse },
  },
  {
    title: 'up to 1.33 in other words',
    pod: claiming,
    others: [...nodes, exclusive, running.claiming('x')],
    serverVersion: 'v1.33.13',
    verdicts: { n1: inUseBefore, n2: inUseBefore },
  },
  {
    title: 'A Pod on its way out still holds the claim',
    pod: claiming,
    others: [...nodes, exclusive, running.claiming('x').terminating()],
    verdicts: { n1: inUse, n2: inUse },
  },
  {
    title: 'A finished Pod does not',
    pod: claiming,
    others: [...nodes, exclusive, running.claiming('x').inPhase('Succeeded')],
    verdicts: { '*': 'skip' },
  },
  {
    title: 'Nor a Pod of another namespace whose claim has the same name',
    pod: claiming,
    others: [...nodes, exclusive, running.in('other').claiming('x')],
    verdicts: { '*': 'skip' },
  },
  {
    title: 'Nor one whose node is gone',
    pod: claiming,
    others: [...nodes, exclusive, aPod('old').on('gone').claiming('x')],
    verdicts: { '*': 'skip' },
  },
  {
    title: 'Claims of other access modes are shared',
    pod: claiming,
    others: [...nodes, aClaim('x'), running.claiming('x')],
    verdicts: { '*': 'skip' },
  },
  {
    title: "A generic ephemeral volume's claim is not looked at",
    pod: aPod().withVolumes({ name: 'v', ephemeral: {} }),
    others: nodes,
    verdicts: { '*': 'skip' },
  },
  {
    title: 'The disk is complained of before the claim',
    pod: claiming.withVolumes(ebs('vol-1')),
    others: [...nodes, exclusive, running.claiming('x').withVolumes(ebs('vol-1'))],
    verdicts: { n1: noDisk, n2: inUse },
  },
  {
    title: 'Without claims nobody can say whether the Pod may go on',
    pod: claiming,
    others: nodes,
    denied: { persistentvolumeclaims: [] },
    verdicts: { '*': 'unknown without persistentvolumeclaims' },
  },
  {
    title: 'Without Pods nobody can say that an exclusive claim is free',
    pod: claiming,
    others: [...nodes, exclusive],
    denied: { pods: ['other'] },
    verdicts: { n1: 'unknown without pods', n2: 'unknown without pods' },
  },
  {
    title: "but the Pod's own namespace is enough for that",
    pod: claiming,
    others: [...nodes, exclusive],
    denied: { pods: ['default'] },
    verdicts: { '*': 'skip' },
  },
  {
    title: 'and a Pod that was read is enough for a refusal',
    pod: claiming,
    others: [...nodes, exclusive, running.claiming('x')],
    denied: { pods: [] },
    verdicts: { n1: inUse, n2: inUse },
  },
  {
    title: 'Without nodes its holder may stand on one that was not read',
    pod: claiming,
    others: [...nodes, exclusive],
    denied: { nodes: [] },
    verdicts: { n1: 'unknown without nodes', n2: 'unknown without nodes' },
  },
  {
    title: 'A disk can be held by a Pod of any namespace',
    pod: aPod().withVolumes(ebs('vol-1')),
    others: [...nodes, running.withVolumes(ebs('vol-1'))],
    denied: { pods: ['default'] },
    verdicts: { n1: noDisk, n2: 'unknown without pods' },
  },
  {
    title: 'A Pod without claims and disks needs no reads',
    pod: aPod(),
    others: nodes,
    denied: { pods: [], persistentvolumeclaims: [] },
    verdicts: { '*': 'skip' },
  },
]

describe('VolumeRestrictions', () => {
  for (const [title, wanted, held, verdict] of disks) {
    test(title, () => {
      const others = [...nodes, running.withVolumes(held)]
      expect(verdictsOf(volumeRestrictions, aPod().withVolumes(wanted), others)).toEqual({ n1: verdict, n2: 'fits' })
    })
  }
  for (const { title, pod, others, verdicts, ...setting } of rows) {
    test(title, () => expect(verdictsOf(volumeRestrictions, pod, others, setting)).toEqual(verdicts))
  }
  test('At most three of the Pods in the way are named', () => {
    const holders = ['a', 'b', 'c', 'd'].map((name) => aPod(name).on('n1').withVolumes(ebs('vol-1')))
    const { n1 } = outcomesOf(volumeRestrictions, aPod().withVolumes(ebs('vol-1')), [...nodes, ...holders])
    const heldBy = ['default/a', 'default/b', 'default/c']
    expect(n1).toMatchObject({ reasons: [{ fact: { kind: 'DiskInUse', volume: 'v', heldBy } }] })
  })
})
