import { describe, expect, test } from '@jest/globals'
import { nodeVolumeLimits } from '#scheduler/plugins/node-volume-limits/index.ts'
import { aNode, aPod } from '#test/builders/objects.ts'
import { aClaim, aClass, aCsiNode, anAttachment, aVolume } from '#test/builders/storage.ts'
import { outcomesOf, type Setting, verdictsOf } from '#test/support/plugin-verdicts.ts'

const tooMany = 'node(s) exceed max volume count'
const driver = 'csi.example'

const n1 = aNode('n1')
const pod = aPod().claiming('x')
const running = aPod('old').on('n1').claiming('y')
const limited = [n1, aCsiNode('n1', { [driver]: 1 })]
const wanted = [aClaim('x').boundTo('vx'), aVolume('vx').csi(driver)]
const mounted = [running, aClaim('y').boundTo('vy'), aVolume('vy').csi(driver)]

const notMine = 'PVC default/old-v was not created for pod default/old (pod is not owner)'

interface Row extends Setting {
  readonly title: string
  readonly pod?: object
  readonly others: readonly object[]
  readonly verdicts: Record<string, string>
}

const counting: readonly Row[] = [
  {
    title: 'A volume of a running Pod and the new one are too many for a limit of one, and fit a limit of two',
    others: [...limited, aNode('n2'), aCsiNode('n2', { [driver]: 2 }), ...wanted, ...mounted],
    verdicts: { n1: tooMany, n2: 'fits' },
  },
  {
    title: 'The very volume that is attached already costs nothing',
    others: [...limited, ...wanted, aPod('old').on('n1').claiming('x')],
    verdicts: { n1: 'fits' },
  },
  {
    title: 'Two claims of one volume are one volume',
    pod: pod.claiming('z'),
    others: [...limited, ...wanted, aClaim('z').boundTo('vx')],
    verdicts: { n1: 'fits' },
  },
  {
    title: 'Two volumes are two',
    pod: pod.claiming('z'),
    others: [...limited, ...wanted, aClaim('z').boundTo('vz'), aVolume('vz').csi(driver)],
    verdicts: { n1: tooMany },
  },
  {
    title: 'Another driver has its own limit',
    others: [...limited, ...mounted, aClaim('x').boundTo('vx'), aVolume('vx').csi('other')],
    verdicts: { n1: 'fits' },
  },
  {
    title: 'A limit of nothing closes the node to a volume that is yet to be made',
    others: [n1, aCsiNode('n1', { [driver]: 0 }), aClaim('x').of('wait'), aClass('wait', driver)],
    verdicts: { n1: tooMany },
  },
  {
    title: 'A driver without a limit, or a node without a CSINode, takes any',
    others: [n1, aCsiNode('n1', { [driver]: undefined }), aNode('n2'), ...wanted, ...mounted],
    verdicts: { n1: 'fits', n2: 'fits' },
  },
  {
    title: 'A volume to come that a running Pod waits for too is one volume',
    others: [...limited, aClaim('x').of('wait'), aClass('wait', driver), aPod('old').on('n1').claiming('x')],
    verdicts: { n1: 'fits' },
  },
  {
    title: 'A claim whose volume is gone counts by its class',
    others: [n1, aCsiNode('n1', { [driver]: 0 }), aClaim('x').boundTo('gone').of('wait'), aClass('wait', driver)],
    verdicts: { n1: tooMany },
  },
  {
    title: 'A claim whose class is gone does not count',
    others: [n1, aCsiNode('n1', { [driver]: 0 }), aClaim('x').of('gone')],
    verdicts: { '*': 'skip' },
  },
  {
    title: 'A running Pod whose claim is gone does not count',
    others: [...limited, ...wanted, running],
    verdicts: { n1: 'fits' },
  },
  {
    title: 'A volume attached without a Pod counts',
    others: [...limited, ...wanted, aVolume('vy').csi(driver), anAttachment(driver, 'n1', 'vy')],
    verdicts: { n1: tooMany },
  },
  {
    title: 'but not before 1.32',
    others: [...limited, ...wanted, aVolume('vy').csi(driver), anAttachment(driver, 'n1', 'vy')],
    serverVersion: 'v1.31.14',
    verdicts: { n1: 'fits' },
  },
  {
    title: 'One that a Pod mounts as well counts once',
    others: [n1, aCsiNode('n1', { [driver]: 2 }), ...wanted, ...mounted, anAttachment(driver, 'n1', 'vy')],
    verdicts: { n1: 'fits' },
  },
  {
    title: "The Pod's own volume counts twice while it is attached without a Pod",
    others: [...limited, ...wanted, anAttachment(driver, 'n1', 'vx')],
    verdicts: { n1: tooMany },
  },
  {
    title: 'An attachment whose volume is gone, or to another node, counts nothing',
    others: [...limited, ...wanted, anAttachment(driver, 'n1', 'gone'), anAttachment(driver, 'n2', 'vx')],
    verdicts: { n1: 'fits' },
  },
  {
    title: "Up to 1.31 a limit in the node's allocatable holds too",
    others: [n1.offering({ 'attachable-volumes-csi-csi.example': '1' }), ...wanted, ...mounted],
    serverVersion: 'v1.31.14',
    verdicts: { n1: tooMany },
  },
  {
    title: 'and no longer',
    others: [n1.offering({ 'attachable-volumes-csi-csi.example': '1' }), ...wanted, ...mounted],
    serverVersion: 'v1.32.0',
    verdicts: { n1: 'fits' },
  },
  {
    title: "A Pod without such volumes is none of the plugin's business",
    pod: aPod().withVolumes({ name: 'v', iscsi: { iqn: 'iqn.a' } }),
    others: limited,
    verdicts: { '*': 'skip' },
  },
]

const trouble: readonly Row[] = [
  {
    title: 'A claim that is not there refuses every node',
    others: [n1],
    verdicts: { n1: 'looking up PVC default/x: persistentvolumeclaim "x" not found (for good)' },
  },
  {
    title: 'and broke the plugin up to 1.29',
    others: [n1],
    serverVersion: 'v1.29.15',
    verdicts: { n1: 'failed: looking up PVC default/x: persistentvolumeclaim "x" not found' },
  },
  {
    title: "A claim of another Pod in an ephemeral volume's place breaks it",
    pod: aPod().withVolumes({ name: 'v', ephemeral: {} }),
    others: [n1, aClaim('p-v').madeFor('someone else')],
    verdicts: { n1: 'failed: PVC default/p-v was not created for pod default/p (pod is not owner)' },
  },
  {
    title: 'also with a running Pod, but only where something has to be counted',
    others: [
      ...limited,
      aNode('n2'),
      ...wanted,
      aPod('old').on('n1').withVolumes({ name: 'v', ephemeral: {} }),
      aClaim('old-v'),
    ],
    verdicts: { n1: `failed: ${notMine}`, n2: 'fits' },
  },
  {
    title: "The Pod's own ephemeral volume counts",
    pod: aPod().withVolumes({ name: 'v', ephemeral: {} }),
    others: [
      n1,
      aCsiNode('n1', { [driver]: 0 }),
      aClaim('p-v').madeFor('default-p').of('wait'),
      aClass('wait', driver),
    ],
    verdicts: { n1: tooMany },
  },
]

describe('NodeVolumeLimits', () => {
  for (const { title, others, verdicts, ...row } of [...counting, ...trouble]) {
    test(title, () => expect(verdictsOf(nodeVolumeLimits, row.pod ?? pod, others, row)).toEqual(verdicts))
  }
  test('The reason says the driver and its numbers', () => {
    const { n1: outcome } = outcomesOf(nodeVolumeLimits, pod, [...limited, ...wanted, ...mounted])
    const fact = { kind: 'VolumeLimit', driver, limit: 1, attached: 1, wanted: 1 }
    expect(outcome).toMatchObject({ resolvable: true, reasons: [{ fact }] })
  })
})
