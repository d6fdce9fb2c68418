import { describe, expect, test } from '@jest/globals'
import { volumeBinding } from '#scheduler/plugins/volume-binding/index.ts'
import { aNode, aPod } from '#test/builders/objects.ts'
import { aCapacity, aClaim, aClass, aCsiDriver, aCsiNode, aStaticClass, aVolume } from '#test/builders/storage.ts'
import { type Setting, verdictsOf } from '#test/support/plugin-verdicts.ts'

const noMatch = "node(s) didn't find available persistent volumes to bind (for good)"
const elsewhere = "node(s) didn't match PersistentVolume's node affinity (for good)"
const immediate = 'pod has unbound immediate PersistentVolumeClaims (for good)'
const zone = 'topology.kubernetes.io/zone'
const ebsZone = 'topology.ebs.csi.aws.com/zone'
const aws = 'kubernetes.io/aws-ebs'
const driver = 'csi.example'

const pod = aPod().claiming('x')
const zoned = [aNode('a').inZone('za'), aNode('b').inZone('zb')]
const bound = aClaim('x').boundTo('v')
const made = aClaim('x').of('wait')
const ebs = aVolume('v').with({ awsElasticBlockStore: { volumeID: 'vol-1' } })
const served = (name: string, labels: Record<string, string>): readonly object[] => [
  aNode(name).labelled(labels),
  aCsiNode(name, {}, [aws]),
]

interface Row extends Setting {
  readonly title: string
  readonly pod?: object
  readonly others: readonly object[]
  readonly verdicts: Record<string, string>
}

const migrated: readonly Row[] = [
  {
    title: "An in-tree volume's zone is the driver's on a node that serves it by its driver",
    others: [
      ...served('n1', { [zone]: 'za', [ebsZone]: 'za' }),
      ...served('n2', { [zone]: 'za' }),
      aNode('n3').inZone('za'),
      bound,
      ebs.where(zone, 'za'),
    ],
    verdicts: { n1: 'fits', n2: elsewhere, n3: 'fits' },
  },
  {
    title: 'With a zone label alone it has an affinity there, and none elsewhere',
    others: [
      ...served('n1', { [ebsZone]: 'za' }),
      ...served('n2', { [ebsZone]: 'zb' }),
      aNode('n3'),
      bound,
      ebs.labelled({ [zone]: 'za' }),
    ],
    verdicts: { n1: 'fits', n2: elsewhere, n3: 'fits' },
  },
  {
    title: 'A volume that cannot be translated breaks the plugin there alone',
    others: [
      ...served('n1', {}),
      aNode('n2'),
      bound,
      aVolume('v').with({ awsElasticBlockStore: { volumeID: 'aws://z/disk' } }),
    ],
    verdicts: {
      n1: 'failed: could not translate pv: failed to translate Kubernetes ID to EBS Volume ID Invalid format for AWS volume (aws://z/disk)',
      n2: 'fits',
    },
  },
  {
    title: 'Without CSINodes the answer stands where both readings agree',
    others: [
      aNode('n1').labelled({ [zone]: 'za', [ebsZone]: 'za' }),
      aNode('n2').inZone('za'),
      aNode('n3'),
      bound,
      ebs.where(zone, 'za'),
    ],
    denied: { csinodes: [] },
    verdicts: { n1: 'fits', n2: 'unknown without csinodes', n3: elsewhere },
  },
  {
    title: 'CSINodes do not matter for other volumes',
    others: [...zoned, bound, aVolume('v').csi(driver).where(zone, 'za')],
    denied: { csinodes: [] },
    verdicts: { a: 'fits', b: elsewhere },
  },
]

const unread: readonly Row[] = [
  {
    title: 'Without claims nothing can be said',
    others: zoned,
    denied: { persistentvolumeclaims: [] },
    verdicts: { '*': 'unknown without persistentvolumeclaims' },
  },
  {
    title: 'but a claim that was read is enough for a refusal',
    pod: pod.claiming('y'),
    others: [...zoned, aClaim('y')],
    denied: { persistentvolumeclaims: [] },
    verdicts: { '*': 'pod has unbound immediate PersistentVolumeClaims (for good), or another reason' },
  },
  {
    title: 'Storage classes do not matter for a bound claim',
    others: [...zoned, bound.of('wait'), aVolume('v')],
    denied: { storageclasses: [], csidrivers: [], csistoragecapacities: [] },
    verdicts: { a: 'fits', b: 'fits' },
  },
  {
    title: 'nor for one that names its volume and is not completed',
    others: [...zoned, made.with({}, { volumeName: 'v' })],
    denied: { storageclasses: [] },
    verdicts: { '*': immediate },
  },
  {
    title: 'They do for an unbound one',
    others: [...zoned, made],
    denied: { storageclasses: [] },
    verdicts: { '*': 'unknown without storageclasses' },
  },
  {
    title: 'A bound volume that was not read may be anywhere',
    others: [...zoned, bound],
    denied: { persistentvolumes: [] },
    verdicts: { a: 'unknown without persistentvolumes', b: 'unknown without persistentvolumes' },
  },
  {
    title: 'Another claim is refused all the same',
    pod: pod.claiming('y'),
    others: [...zoned, bound, aClaim('y').boundTo('w'), aVolume('w').where(zone, 'za')],
    denied: { persistentvolumes: [] },
    verdicts: { a: 'unknown without persistentvolumes', b: `${elsewhere}, or another reason` },
  },
  {
    title: 'Volumes that were not read do not matter where one can be made',
    others: [
      ...zoned,
      made,
      aClass('wait', driver, { allowedTopologies: [{ matchLabelExpressions: [{ key: zone, values: ['za'] }] }] }),
    ],
    denied: { persistentvolumes: [] },
    verdicts: { a: 'fits', b: 'unknown without persistentvolumes' },
  },
  {
    title: 'and do where the class makes none, though one was read: another may be reserved',
    others: [...zoned, aClaim('x').of('local'), aStaticClass('local'), aVolume('v').of('local')],
    denied: { persistentvolumes: [] },
    verdicts: { a: 'unknown without persistentvolumes', b: 'unknown without persistentvolumes' },
  },
  {
    title: 'A claim that has its node needs no volumes',
    others: [...zoned, made.annotated({ 'volume.kubernetes.io/selected-node': 'a' }), aClass('wait', driver)],
    denied: { persistentvolumes: [] },
    verdicts: { a: 'fits', b: noMatch },
  },
  {
    title: 'Without CSIDrivers there is room where the driver published it',
    others: [...zoned, made, aClass('wait', driver), aCapacity('wait', 'za', { capacity: '5Gi' })],
    denied: { csidrivers: [] },
    verdicts: { a: 'fits', b: 'unknown without csidrivers' },
  },
  {
    title: 'Without all of what it published there is room where it was read',
    others: [
      ...zoned,
      made,
      aClass('wait', driver),
      aCsiDriver(driver, { storageCapacity: true }),
      aCapacity('wait', 'za', { capacity: '5Gi' }),
    ],
    denied: { csistoragecapacities: [] },
    verdicts: { a: 'fits', b: 'unknown without csistoragecapacities' },
  },
  {
    title: 'Capacity does not matter where a volume is there',
    others: [
      ...zoned,
      made,
      aClass('wait', driver),
      aCsiDriver(driver, { storageCapacity: true }),
      aVolume('v').of('wait').where(zone, 'za'),
    ],
    denied: { csistoragecapacities: [], csidrivers: [] },
    verdicts: { a: 'fits', b: 'unknown without csistoragecapacities' },
  },
  {
    title: 'Pods do not matter',
    others: [...zoned, bound, aVolume('v').where(zone, 'za')],
    denied: { pods: [] },
    verdicts: { a: 'fits', b: elsewhere },
  },
]

describe('VolumeBinding with migrated volumes, and where not all was read', () => {
  for (const { title, others, verdicts, ...row } of [...migrated, ...unread]) {
    test(title, () => expect(verdictsOf(volumeBinding, row.pod ?? pod, others, row)).toEqual(verdicts))
  }
})
