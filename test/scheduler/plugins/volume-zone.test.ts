import { describe, expect, test } from '@jest/globals'
import { volumeZone } from '#scheduler/plugins/volume-zone.ts'
import { aNode, aPod } from '#test/builders/objects.ts'
import { aClaim, aClass, aVolume } from '#test/builders/storage.ts'
import { type Setting, verdictsOf } from '#test/support/plugin-verdicts.ts'

const elsewhere = 'node(s) had no available volume zone (for good)'
const zone = 'topology.kubernetes.io/zone'
const region = 'topology.kubernetes.io/region'
const betaZone = 'failure-domain.beta.kubernetes.io/zone'
const betaRegion = 'failure-domain.beta.kubernetes.io/region'

const pod = aPod().claiming('x')
const bound = aClaim('x').boundTo('v')
const nodes = [aNode('a').inZone('za'), aNode('b').inZone('zb'), aNode('bare')]

interface Row extends Setting {
  readonly title: string
  readonly pod?: object
  readonly others: readonly object[]
  readonly verdicts: Record<string, string>
}

const rows: readonly Row[] = [
  {
    title: "A bound volume's zone label is where it is; a node without any such label passes",
    others: [...nodes, bound, aVolume('v').labelled({ [zone]: 'za' })],
    verdicts: { a: 'fits', b: elsewhere, bare: 'fits' },
  },
  {
    title: 'A label can name several zones',
    others: [...nodes, bound, aVolume('v').labelled({ [zone]: 'zb__zc' })],
    verdicts: { a: elsewhere, b: 'fits', bare: 'fits' },
  },
  {
    title: 'A list with an empty zone says nothing',
    others: [...nodes, bound, aVolume('v').labelled({ [zone]: 'zb__' })],
    verdicts: { '*': 'skip' },
  },
  {
    title: 'A beta label is held against the stable one of the node',
    others: [...nodes, bound, aVolume('v').labelled({ [betaZone]: 'za' })],
    verdicts: { a: 'fits', b: elsewhere, bare: 'fits' },
  },
  {
    title: 'but not before 1.29',
    others: [...nodes, bound, aVolume('v').labelled({ [betaZone]: 'za' })],
    serverVersion: 'v1.28.15',
    verdicts: { a: elsewhere, b: elsewhere, bare: 'fits' },
  },
  {
    title: "The node's own beta label comes first",
    others: [
      aNode('a').labelled({ [betaZone]: 'old', [zone]: 'za' }),
      bound,
      aVolume('v').labelled({ [betaZone]: 'za' }),
    ],
    verdicts: { a: elsewhere },
  },
  {
    title: 'A stable label is not held against a beta one',
    others: [aNode('a').labelled({ [betaZone]: 'za' }), bound, aVolume('v').labelled({ [zone]: 'za' })],
    verdicts: { a: elsewhere },
  },
  {
    title: 'Every label has to agree, and one that the node lacks does not',
    others: [
      aNode('a')
        .inZone('za')
        .labelled({ [region]: 'r' }),
      aNode('b').inZone('za'),
      bound,
      aVolume('v').labelled({ [zone]: 'za', [betaRegion]: 'r' }),
    ],
    verdicts: { a: 'fits', b: elsewhere },
  },
  {
    title: 'A claim that is not there refuses the Pod as a whole',
    others: nodes,
    verdicts: { '*': 'persistentvolumeclaim "x" not found (for good)' },
  },
  {
    title: 'So does a volume that is not there',
    others: [...nodes, bound],
    verdicts: { '*': 'persistentvolume "v" not found (for good)' },
  },
  {
    title: 'A claim that names its volume is looked at, completed or not',
    others: [...nodes, aClaim('x').with({}, { volumeName: 'v' }), aVolume('v').labelled({ [zone]: 'za' })],
    verdicts: { a: 'fits', b: elsewhere, bare: 'fits' },
  },
  {
    title: 'A claim to bind with the Pod is passed over',
    others: [...nodes, aClaim('x').of('wait'), aClass('wait', 'csi.example')],
    verdicts: { '*': 'skip' },
  },
  {
    title: 'An unbound claim of another class is not',
    others: [...nodes, aClaim('x').of('now'), aClass('now', 'csi.example', { volumeBindingMode: 'Immediate' })],
    verdicts: { '*': 'PersistentVolume had no name (for good)' },
  },
  {
    title: 'nor one without a class',
    others: [...nodes, aClaim('x')],
    verdicts: { '*': 'PersistentVolumeClaim had no pv name and storageClass name (for good)' },
  },
  {
    title: 'nor one whose class is not there',
    others: [...nodes, aClaim('x').of('gone')],
    verdicts: { '*': 'storageclass.storage.k8s.io "gone" not found (for good)' },
  },
  {
    title: 'nor one whose class has no binding mode',
    others: [...nodes, aClaim('x').of('odd'), { ...aClass('odd', 'csi.example'), volumeBindingMode: undefined }],
    verdicts: { '*': 'VolumeBindingMode not set for StorageClass "odd" (for good)' },
  },
  {
    title: "A generic ephemeral volume's claim is not looked at",
    pod: aPod().withVolumes({ name: 'v', ephemeral: {} }),
    others: nodes,
    verdicts: { '*': 'skip' },
  },
  {
    title: 'Storage classes are not needed for a bound claim',
    others: [...nodes, bound.of('wait'), aVolume('v').labelled({ [zone]: 'za' })],
    denied: { storageclasses: [] },
    verdicts: { a: 'fits', b: elsewhere, bare: 'fits' },
  },
  {
    title: 'Volumes are',
    others: [...nodes, bound],
    denied: { persistentvolumes: [] },
    verdicts: { '*': 'unknown without persistentvolumes' },
  },
  {
    title: 'Storage classes are needed for an unbound one',
    others: [...nodes, aClaim('x').of('wait')],
    denied: { storageclasses: [] },
    verdicts: { '*': 'unknown without storageclasses' },
  },
  {
    title: 'What was read of a later claim is enough for a refusal',
    pod: pod.claiming('y'),
    others: [...nodes, bound, aClaim('y')],
    denied: { persistentvolumes: [] },
    verdicts: { '*': 'PersistentVolumeClaim had no pv name and storageClass name (for good), or another reason' },
  },
]

describe('VolumeZone', () => {
  for (const { title, others, verdicts, ...row } of rows) {
    test(title, () => expect(verdictsOf(volumeZone, row.pod ?? pod, others, row)).toEqual(verdicts))
  }
})
