import { describe, expect, test } from '@jest/globals'
import { volumeBinding } from '#scheduler/plugins/volume-binding/index.ts'
import { aNode, aPod } from '#test/builders/objects.ts'
import { aCapacity, aClaim, aClass, aCsiDriver, aStaticClass, aVolume } from '#test/builders/storage.ts'
import { outcomesOf, type Setting, verdictsOf } from '#test/support/plugin-verdicts.ts'

const noMatch = "node(s) didn't find available persistent volumes to bind (for good)"
const noRoom = 'node(s) did not have enough free storage (for good)'

const zone = 'topology.kubernetes.io/zone'
const driver = 'csi.example'
const pod = aPod().claiming('x')
const n1 = aNode('n1')
const n2 = aNode('n2')
const nodes = [n1, n2]
const zoned = [aNode('a').inZone('za'), aNode('b').inZone('zb')]
const x = aClaim('x').of('local')
const statics = [...nodes, aStaticClass('local')]
const free = aVolume('v').of('local')
const made = aClaim('x').of('wait')
const inZone = (...values: string[]): object => ({
  allowedTopologies: [{ matchLabelExpressions: [{ key: zone, values }] }],
})

interface Row extends Setting {
  readonly title: string
  readonly pod?: object
  readonly others: readonly object[]
  readonly verdicts: Record<string, string>
}

const matching: readonly Row[] = [
  {
    title: 'A class that makes nothing needs a volume',
    others: [...statics, x],
    verdicts: { n1: noMatch, n2: noMatch },
  },
  {
    title: 'that the node can reach',
    others: [...statics, x, free.on('n1')],
    verdicts: { n1: 'fits', n2: noMatch },
  },
  {
    title: 'The class of the beta annotation comes first',
    others: [
      ...statics,
      aClaim('x').of('nowhere').annotated({ 'volume.beta.kubernetes.io/storage-class': 'local' }),
      free.on('n1'),
    ],
    verdicts: { n1: 'fits', n2: noMatch },
  },
  ...(
    [
      ['too small', free.sized('4Gi')],
      ['reserved for another claim', free.reservedFor('other')],
      ['reserved for an earlier claim of the same name', free.reservedFor('x', 'older')],
      ['not available yet, or no more', free.inPhase('Released')],
      ['of other access modes', free.with({ accessModes: ['ReadOnlyMany'] })],
      ['of another class', free.of('other')],
      ['a block device', free.with({ volumeMode: 'Block' })],
      ['of another VolumeAttributesClass', free.with({ volumeAttributesClassName: 'gold' })],
      ['on its way out', free.terminating()],
    ] as const
  ).map(
    ([what, volume]): Row => ({
      title: `A volume does not do that is ${what}`,
      others: [n1, aStaticClass('local'), x, volume],
      verdicts: { n1: noMatch },
    }),
  ),
  {
    title: 'A volume of exactly the size does, in whatever unit',
    others: [n1, aStaticClass('local'), x.asking('1Gi'), free.sized('1024Mi')],
    verdicts: { n1: 'fits' },
  },
  {
    title: "The claim's selector chooses by the volume's labels",
    others: [...statics, x.with({}, { selector: { matchLabels: { tier: 'fast' } } }), free.labelled({ tier: 'slow' })],
    verdicts: { n1: noMatch, n2: noMatch },
  },
  {
    title: 'A volume reserved for the claim does whatever its phase, modes and labels',
    others: [
      n1,
      aStaticClass('local'),
      x.with({}, { selector: { matchLabels: { tier: 'fast' } } }),
      free
        .reservedFor('x', 'claim-x')
        .inPhase('Pending')
        .with({ accessModes: ['ReadOnlyMany'] }),
    ],
    verdicts: { n1: 'fits' },
  },
  {
    title: 'and decides alone, though another would do',
    others: [...statics, x, free.on('n2').reservedFor('x'), aVolume('w').of('local').on('n1')],
    verdicts: { n1: noMatch, n2: 'fits' },
  },
  {
    title: 'unless it is too small to be looked at',
    others: [...statics, x, free.on('n2').reservedFor('x').sized('1Gi'), aVolume('w').of('local').on('n1')],
    verdicts: { n1: 'fits', n2: noMatch },
  },
  {
    title: 'One volume does not do for two claims',
    pod: pod.claiming('y'),
    others: [n1, aStaticClass('local'), x, aClaim('y').of('local'), free],
    verdicts: { n1: noMatch },
  },
  {
    title: 'The smaller claim takes the smaller volume, and leaves the larger to the other',
    pod: pod.claiming('y'),
    others: [
      n1,
      aStaticClass('local'),
      x.asking('8Gi'),
      aClaim('y').of('local').asking('1Gi'),
      free.sized('10Gi'),
      aVolume('w').of('local').sized('2Gi'),
    ],
    verdicts: { n1: 'fits' },
  },
  {
    title: 'The smallest volume is taken even where the other claim would have needed it',
    pod: pod.claiming('y'),
    others: [
      n1,
      aStaticClass('local'),
      x.asking('1Gi'),
      aClaim('y').of('local').asking('2Gi').modes('ReadWriteMany'),
      free.sized('3Gi').with({ accessModes: ['ReadWriteOnce', 'ReadWriteMany'] }),
      aVolume('w').of('local').sized('10Gi'),
    ],
    verdicts: { n1: noMatch },
  },
  {
    title: 'A claim to bind that another Pod mounts too is bound with either',
    others: [n1, made, aClass('wait', driver), aPod('old').on('n1').claiming('x')],
    verdicts: { n1: 'fits' },
  },
  {
    title: 'Up to 1.30 a VolumeAttributesClass was not looked at',
    others: [n1, aStaticClass('local'), x, free.with({ volumeAttributesClassName: 'gold' })],
    serverVersion: 'v1.30.14',
    verdicts: { n1: 'fits' },
  },
  {
    title: 'and from 1.31 to 1.33 one on a claim broke the plugin',
    others: [n1, aStaticClass('local'), x.with({}, { volumeAttributesClassName: 'gold' }), free],
    serverVersion: 'v1.33.13',
    verdicts: {
      n1: 'failed: unsupported volumeAttributesClassName is set on claim default/x when the feature-gate VolumeAttributesClass is disabled',
    },
  },
]

const making: readonly Row[] = [
  {
    title: 'A volume can be made anywhere',
    others: [...nodes, made, aClass('wait', driver)],
    verdicts: { n1: 'fits', n2: 'fits' },
  },
  {
    title: 'but where the class does not allow it',
    others: [...zoned, n1, made, aClass('wait', driver, inZone('za', 'zc'))],
    verdicts: { a: 'fits', b: noMatch, n1: noMatch },
  },
  {
    title: 'A term of topologies that asks for nothing allows nothing',
    others: [n1, made, aClass('wait', driver, { allowedTopologies: [{}] })],
    verdicts: { n1: noMatch },
  },
  {
    title: 'A volume that is there is taken wherever it is',
    others: [...zoned, made, aClass('wait', driver, inZone('za')), aVolume('v').of('wait').where(zone, 'zb')],
    verdicts: { a: 'fits', b: 'fits' },
  },
  {
    title: 'A claim for which a volume is being made has its node',
    others: [...nodes, made.annotated({ 'volume.kubernetes.io/selected-node': 'n1' }), aClass('wait', driver)],
    verdicts: { n1: 'fits', n2: noMatch },
  },
  {
    title: 'and takes no volume that is there',
    others: [...statics, x.annotated({ 'volume.kubernetes.io/selected-node': 'n1' }), free],
    verdicts: { n1: noMatch, n2: noMatch },
  },
]

const publishing = [...zoned, aClass('wait', driver), aCsiDriver(driver, { storageCapacity: true })]

const room: readonly Row[] = [
  {
    title: 'A driver that publishes its capacity needs room that the node reaches',
    others: [
      ...publishing,
      made,
      aCapacity('wait', 'za', { capacity: '5Gi' }),
      aCapacity('wait', 'zb', { capacity: '4Gi' }),
    ],
    verdicts: { a: 'fits', b: noRoom },
  },
  {
    title: 'The largest single volume counts before the whole',
    others: [
      ...publishing,
      made,
      aCapacity('wait', 'za', { capacity: '1Gi', maximumVolumeSize: '5Gi' }),
      aCapacity('wait', 'zb', { capacity: '100Gi', maximumVolumeSize: '1Gi' }),
    ],
    verdicts: { a: 'fits', b: noRoom },
  },
  { title: 'A driver that published none has none', others: [...publishing, made], verdicts: { a: noRoom, b: noRoom } },
  {
    title: 'Room for another class is none',
    others: [...publishing, made, aCapacity('other', 'za', { capacity: '100Gi' })],
    verdicts: { a: noRoom, b: noRoom },
  },
  {
    title: 'A pool without a topology is reached from nowhere',
    others: [...publishing, made, { ...aCapacity('wait', 'za', { capacity: '9Gi' }), nodeTopology: undefined }],
    verdicts: { a: noRoom, b: noRoom },
  },
  {
    title: 'one with an empty topology from everywhere',
    others: [...publishing, made, { ...aCapacity('wait', 'za', { capacity: '9Gi' }), nodeTopology: {} }],
    verdicts: { a: 'fits', b: 'fits' },
  },
  {
    title: 'Each claim is held against the room alone',
    pod: pod.claiming('y'),
    others: [...publishing, made, aClaim('y').of('wait'), aCapacity('wait', 'za', { capacity: '6Gi' })],
    verdicts: { a: 'fits', b: noRoom },
  },
  {
    title: 'A claim that asks for no size needs no room',
    others: [...publishing, made.with({}, { resources: {} })],
    verdicts: { a: 'fits', b: 'fits' },
  },
  {
    title: 'A driver that does not publish has room',
    others: [...zoned, made, aClass('wait', driver), aCsiDriver(driver, {})],
    verdicts: { a: 'fits', b: 'fits' },
  },
]

describe('VolumeBinding of claims to bind with the Pod', () => {
  for (const { title, others, verdicts, ...row } of [...matching, ...making, ...room]) {
    test(title, () => expect(verdictsOf(volumeBinding, row.pod ?? pod, others, row)).toEqual(verdicts))
  }

  const facts: readonly (readonly [string, readonly object[], object])[] = [
    ['nothing makes volumes', [x], { kind: 'NoVolume', claims: ['x'], because: 'NoProvisioner' }],
    ['there are volumes, but elsewhere', [x, free.on('n2')], { kind: 'NoVolume', claims: ['x'], because: 'NoMatch' }],
    [
      'the claim has another node',
      [x.annotated({ 'volume.kubernetes.io/selected-node': 'n2' })],
      { kind: 'NoVolume', claims: ['x'], because: 'SelectedNode' },
    ],
    [
      'the class does not allow the node',
      [made, aClass('wait', driver, inZone('za'))],
      { kind: 'NoVolume', claims: ['x'], because: 'Topology' },
    ],
    [
      'there is no room',
      [made, aClass('wait', driver), aCsiDriver(driver, { storageCapacity: true })],
      { kind: 'NoCapacity', claim: 'x', storageClass: 'wait', requested: '5Gi' },
    ],
    [
      'the volume is elsewhere',
      [x.boundTo('v'), aVolume('v').on('n2')],
      { kind: 'VolumeElsewhere', claim: 'x', volume: 'v', by: 'NodeAffinity' },
    ],
  ]
  for (const [what, objects, fact] of facts) {
    test(`The reason says that ${what}`, () => {
      expect(outcomesOf(volumeBinding, pod, [...statics, ...objects]).n1).toMatchObject({ reasons: [{ fact }] })
    })
  }
})
