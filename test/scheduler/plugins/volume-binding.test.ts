import { describe, expect, test } from '@jest/globals'
import { volumeBinding } from '#scheduler/plugins/volume-binding/index.ts'
import { aNode, aPod } from '#test/builders/objects.ts'
import { aClaim, aClass, aStaticClass, aVolume } from '#test/builders/storage.ts'
import { verdictsOf as withNarrowing } from '#test/scheduler/verdicts.ts'
import { type Setting, verdictsOf } from '#test/support/plugin-verdicts.ts'

const elsewhere = "node(s) didn't match PersistentVolume's node affinity (for good)"
const lost = 'node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s) (for good)'
const immediate = 'pod has unbound immediate PersistentVolumeClaims (for good)'

const zone = 'topology.kubernetes.io/zone'
const driver = 'csi.example'
const pod = aPod().claiming('x')
const ephemeral = aPod().withVolumes({ name: 'v', ephemeral: {} })
const n1 = aNode('n1')
const n2 = aNode('n2')
const nodes = [n1, n2]
const zoned = [aNode('a').inZone('za'), aNode('b').inZone('zb')]
const x = aClaim('x').of('local')
const statics = [...nodes, aStaticClass('local')]
const free = aVolume('v').of('local')
const made = aClaim('x').of('wait')

interface Row extends Setting {
  readonly title: string
  readonly pod?: object
  readonly others: readonly object[]
  readonly verdicts: Record<string, string>
}

const ofThePod: readonly Row[] = [
  {
    title: 'A Pod without claims is no concern',
    pod: aPod(),
    others: nodes,
    verdicts: { '*': 'skip' },
  },
  {
    title: 'A claim that is not there',
    others: nodes,
    verdicts: { '*': 'persistentvolumeclaim "x" not found (for good)' },
  },
  {
    title: "A generic ephemeral volume's claim that is not made yet",
    pod: ephemeral,
    others: nodes,
    verdicts: {
      '*': 'waiting for ephemeral volume controller to create the persistentvolumeclaim "p-v" (for good)',
    },
  },
  {
    title: "A claim of someone else's in an ephemeral volume's place",
    pod: ephemeral,
    others: [...nodes, aClaim('p-v').madeFor('another Pod').boundTo('v')],
    verdicts: { '*': 'PVC default/p-v was not created for pod default/p (pod is not owner) (for good)' },
  },
  {
    title: 'A claim on its way out',
    others: [...nodes, x.boundTo('v').terminating()],
    verdicts: { '*': 'persistentvolumeclaim "x" is being deleted (for good)' },
  },
  {
    title: 'A claim that lost its volume, which is said before anything else of it',
    others: [...nodes, x.boundTo('pv9').terminating().with({}, {}, { phase: 'Lost' })],
    verdicts: { '*': 'persistentvolumeclaim "x" bound to non-existent persistentvolume "pv9" (for good)' },
  },
  {
    title: 'An unbound claim of a class that binds at once',
    others: [...nodes, made, aClass('wait', driver, { volumeBindingMode: 'Immediate' })],
    verdicts: { '*': immediate },
  },
  { title: 'An unbound claim whose class is not there', others: [...nodes, made], verdicts: { '*': immediate } },
  { title: 'An unbound claim without a class', others: [...nodes, aClaim('x')], verdicts: { '*': immediate } },
  {
    title: 'An unbound claim whose beta annotation takes its class away',
    others: [...statics, x.annotated({ 'volume.beta.kubernetes.io/storage-class': '' }), free],
    verdicts: { '*': immediate },
  },
  {
    title: 'A claim that names its volume and is not completed, though its class waits for the Pod',
    others: [...statics, x.with({}, { volumeName: 'v' }), free],
    verdicts: { '*': immediate },
  },
  {
    title: 'A class without a binding mode breaks the plugin',
    others: [...nodes, made, { ...aClass('wait', driver), volumeBindingMode: undefined }],
    verdicts: { '*': 'failed: VolumeBindingMode not set for StorageClass "wait"' },
  },
]

const bound: readonly Row[] = [
  {
    title: "A node is held against the bound volume's affinity",
    others: [...zoned, x.boundTo('v'), aVolume('v').where(zone, 'za')],
    verdicts: { a: 'fits', b: elsewhere },
  },
  {
    title: 'in other words up to 1.32',
    others: [...zoned, x.boundTo('v'), aVolume('v').where(zone, 'za')],
    serverVersion: 'v1.32.13',
    verdicts: { a: 'fits', b: 'node(s) had volume node affinity conflict (for good)' },
  },
  {
    title: 'One term of the affinity is enough',
    others: [
      ...zoned,
      x.boundTo('v'),
      aVolume('v').whereTerms(
        { matchExpressions: [{ key: zone, operator: 'In', values: ['zb'] }] },
        { matchExpressions: [{ key: 'ssd', operator: 'Exists' }] },
      ),
    ],
    verdicts: { a: elsewhere, b: 'fits' },
  },
  {
    title: 'Fields of the node are not looked at',
    others: [
      ...nodes,
      x.boundTo('v'),
      aVolume('v').whereTerms({ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['zz'] }] }),
    ],
    verdicts: { n1: 'fits', n2: 'fits' },
  },
  {
    title: 'An affinity without terms is met nowhere',
    others: [n1, x.boundTo('v'), aVolume('v').whereTerms()],
    verdicts: { n1: elsewhere },
  },
  {
    title: 'A bound volume that is gone closes every node',
    pod: ephemeral,
    others: [...nodes, aClaim('p-v').madeFor('default-p').boundTo('gone')],
    verdicts: { n1: lost, n2: lost },
  },
  {
    title: 'Only the first bound claim that is refused is said, and with it the first to bind',
    pod: pod.claiming('y').claiming('z'),
    others: [
      ...statics,
      aClaim('x').boundTo('v'),
      aVolume('v').on('n2'),
      aClaim('y').boundTo('gone'),
      aClaim('z').of('local'),
    ],
    verdicts: {
      n1: "node(s) didn't match PersistentVolume's node affinity | node(s) didn't find available persistent volumes to bind (for good)",
      n2: "node(s) didn't find available persistent volumes to bind | node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s) (for good)",
    },
  },
]

describe('VolumeBinding', () => {
  for (const { title, others, verdicts, ...row } of [...ofThePod, ...bound]) {
    test(title, () => expect(verdictsOf(volumeBinding, row.pod ?? pod, others, row)).toEqual(verdicts))
  }

  const local = { pod, nodes: [n1, n2, aNode('renamed').labelled({ 'kubernetes.io/hostname': 'n1' })] }
  for (const [server, n2Said, renamedSaid] of [
    ['v1.28.15', 'left out', 'left out'],
    ['v1.30.6', 'left out', 'left out'],
    ['v1.31.2', 'left out', 'left out'],
    ['v1.29.11', 'node(s) had volume node affinity conflict (final)', 'fits'],
    ['v1.30.7', 'node(s) had volume node affinity conflict (final)', 'fits'],
    ['v1.31.3', 'node(s) had volume node affinity conflict (final)', 'fits'],
  ] as const) {
    test(`In ${server} a bound local volume's host name ${renamedSaid === 'fits' ? 'is a label' : 'is taken for a node name'}`, () => {
      const others = [x.boundTo('v'), aVolume('v').on('n1')]
      const verdicts = { n1: 'fits', n2: n2Said, renamed: renamedSaid }
      expect(withNarrowing(volumeBinding, { ...local, others, server })).toEqual(verdicts)
    })
  }
})
