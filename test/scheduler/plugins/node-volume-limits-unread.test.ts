import { describe, expect, test } from '@jest/globals'
import type { Volume } from '#model/api/pod.ts'
import { nodeVolumeLimits } from '#scheduler/plugins/node-volume-limits/index.ts'
import { aNode, aPod } from '#test/builders/objects.ts'
import { aClaim, aClass, aCsiNode, aVolume } from '#test/builders/storage.ts'
import { type Setting, verdictsOf } from '#test/support/plugin-verdicts.ts'

const tooMany = 'node(s) exceed max volume count'
const driver = 'csi.example'
const ebs = 'ebs.csi.aws.com'

const n1 = aNode('n1')
const pod = aPod().claiming('x')
const running = aPod('old').on('n1').claiming('y')
const limited = [n1, aCsiNode('n1', { [driver]: 1 })]
const wanted = [aClaim('x').boundTo('vx'), aVolume('vx').csi(driver)]
const mounted = [running, aClaim('y').boundTo('vy'), aVolume('vy').csi(driver)]

const inlineEbs = (volumeID: string): Volume => ({ name: 'v', awsElasticBlockStore: { volumeID } })
const inlinePortworx: Volume = { name: 'v', portworxVolume: { volumeID: 'p' } }

interface Row extends Setting {
  readonly title: string
  readonly pod?: object
  readonly others: readonly object[]
  readonly verdicts: Record<string, string>
}

const migration: readonly Row[] = [
  {
    title: "An in-tree disk in the Pod counts as its CSI driver's where there is a CSINode, listed there or not",
    pod: aPod().withVolumes(inlineEbs('aws://z/vol-1')),
    others: [n1, aCsiNode('n1', { [ebs]: 0 }), aNode('n2')],
    verdicts: { n1: tooMany, n2: 'fits' },
  },
  {
    title: 'Its in-tree id and its CSI handle are one volume',
    pod: aPod().withVolumes(inlineEbs('aws://z/vol-1')),
    others: [n1, aCsiNode('n1', { [ebs]: 1 }), running, aClaim('y').boundTo('vy'), aVolume('vy').csi(ebs, 'vol-1')],
    verdicts: { n1: 'fits' },
  },
  {
    title: 'An in-tree PersistentVolume counts too',
    others: [
      n1,
      aCsiNode('n1', { [ebs]: 0 }),
      aClaim('x').boundTo('vx'),
      aVolume('vx').with({ awsElasticBlockStore: { volumeID: 'vol-1' } }),
    ],
    verdicts: { n1: tooMany },
  },
  {
    title: 'but not one that cannot be translated',
    others: [
      n1,
      aCsiNode('n1', { [ebs]: 0 }),
      aClaim('x').boundTo('vx'),
      aVolume('vx').with({ awsElasticBlockStore: { volumeID: 'aws://z/disk' } }),
    ],
    verdicts: { '*': 'skip' },
  },
  {
    title: 'An in-tree provisioner makes volumes of its CSI driver',
    others: [n1, aCsiNode('n1', { [ebs]: 0 }), aClaim('x').of('gp2'), aClass('gp2', 'kubernetes.io/aws-ebs')],
    verdicts: { n1: tooMany },
  },
  {
    title: 'A disk in the Pod that cannot be translated breaks the plugin',
    pod: aPod().withVolumes(inlineEbs('aws://z/disk')),
    others: [n1, aCsiNode('n1'), aNode('n2')],
    verdicts: {
      n1: 'failed: converting volume(v) from inline to csi: failed to translate Kubernetes ID to EBS Volume ID Invalid format for AWS volume (aws://z/disk)',
      n2: 'fits',
    },
  },
  {
    title: 'An Azure disk that is not managed breaks it as well',
    pod: aPod().withVolumes({ name: 'v', azureDisk: { diskName: 'd', diskURI: '/d', kind: 'Shared' } }),
    others: [n1, aCsiNode('n1')],
    verdicts: {
      n1: 'failed: converting volume(v) from inline to csi: kind(Shared) is not supported in csi migration',
    },
  },
  ...(
    [
      ['always since 1.36', 'v1.36.0', [], tooMany],
      ['only where it is listed in 1.31 to 1.35', 'v1.35.8', [], 'fits'],
      ['where it is listed in 1.31 to 1.35', 'v1.31.0', ['kubernetes.io/portworx-volume'], tooMany],
      ['never before', 'v1.30.14', ['kubernetes.io/portworx-volume'], 'fits'],
    ] as const
  ).map(
    ([when, serverVersion, listed, verdict]): Row => ({
      title: `A Portworx volume counts ${when}`,
      pod: aPod().withVolumes(inlinePortworx),
      others: [n1, aCsiNode('n1', { 'pxd.portworx.com': 0 }, [...listed])],
      serverVersion,
      verdicts: { n1: verdict },
    }),
  ),
]

const unread: readonly Row[] = [
  {
    title: 'Without claims nothing can be said',
    others: [n1],
    denied: { persistentvolumeclaims: [] },
    verdicts: { n1: 'unknown without persistentvolumeclaims' },
  },
  {
    title: 'Without CSINodes no limit is known',
    others: [n1, ...wanted],
    denied: { csinodes: [] },
    verdicts: { n1: 'unknown without csinodes' },
  },
  {
    title: 'but a missing claim is one all the same',
    others: [n1],
    denied: { csinodes: [] },
    verdicts: { n1: 'looking up PVC default/x: persistentvolumeclaim "x" not found (for good)' },
  },
  {
    title: 'Without Pods a limited node is open, and one without a limit is not',
    others: [...limited, aNode('n2'), ...wanted],
    denied: { pods: [] },
    verdicts: { n1: 'unknown without pods', n2: 'fits' },
  },
  {
    title: 'A limit far off holds without one volume that was not read',
    others: [n1, aCsiNode('n1', { [driver]: 3 }), ...wanted, running, aClaim('y').boundTo('vy')],
    denied: { persistentvolumes: [] },
    verdicts: { n1: 'fits' },
  },
  {
    title: 'a near one does not',
    others: [...limited, ...wanted, running, aClaim('y').boundTo('vy')],
    denied: { persistentvolumes: [] },
    verdicts: { n1: 'unknown without persistentvolumes' },
  },
  {
    title: "The Pod's volume may be of any driver where it was not read",
    others: [...limited, aNode('n2'), aCsiNode('n2', { [driver]: undefined }), aClaim('x').boundTo('vx')],
    denied: { persistentvolumes: [] },
    verdicts: { n1: 'fits', n2: 'fits' },
  },
  {
    title: 'so a full node is open',
    others: [...limited, ...mounted, aClaim('x').of('wait')],
    denied: { storageclasses: [] },
    verdicts: { n1: 'unknown without storageclasses' },
  },
  {
    title: 'Attachments that were not read can only fill a node further',
    others: [...limited, aNode('n2'), aCsiNode('n2', { [driver]: 5 }), ...wanted, ...mounted],
    denied: { volumeattachments: [] },
    verdicts: { n1: tooMany, n2: 'unknown without volumeattachments' },
  },
]

describe('NodeVolumeLimits with migrated volumes, and where not all was read', () => {
  for (const { title, others, verdicts, ...row } of [...migration, ...unread]) {
    test(title, () => expect(verdictsOf(nodeVolumeLimits, row.pod ?? pod, others, row)).toEqual(verdicts))
  }
})
