import { describe, expect, test } from '@jest/globals'
import { aNode, aPod } from '#test/builders/objects.ts'
import { anObject, by } from '#test/builders/owned.ts'
import { asked, explained } from '#test/diagnosis/diagnosed.ts'

const withTemplate = (spec: object) =>
  anObject('apps/v1 DaemonSet', 'logs').having({ spec: { template: { spec: { containers: [], ...spec } } } })
const plain = withTemplate({})

/** The nodes that the DaemonSet passes over, with the plugins, and those where a Pod is lacking (`-`). */
function passedOver(objects: readonly object[]): readonly string[] {
  const { diagnoses } = explained(objects, asked('DaemonSet', 'logs'))
  return diagnoses
    .filter(({ pods }) => pods.length === 0)
    .flatMap(({ nodes }) => [
      ...nodes.blocked.flatMap((group) =>
        group.nodes.map((name) => `${name} ${group.blockers.map(({ plugin }) => plugin).join('+')}`),
      ),
      ...nodes.feasible.map((name) => `${name} -`),
    ])
}

const rows = [
  {
    title: 'a taint that is not tolerated',
    objects: [plain, aNode('n1').tainted('a:NoSchedule')],
    over: ['n1 TaintToleration'],
  },
  {
    title: 'a cordon is tolerated without being asked',
    objects: [plain, aNode('n1').cordoned().tainted('node.kubernetes.io/unschedulable:NoSchedule')],
    over: ['n1 -'],
  },
  {
    title: 'not-ready is tolerated as NoExecute only',
    objects: [plain, aNode('n1').tainted('node.kubernetes.io/not-ready:NoSchedule')],
    over: ['n1 TaintToleration'],
  },
  {
    title: 'a network that is not there is tolerated on the host network only',
    objects: [plain, aNode('n1').tainted('node.kubernetes.io/network-unavailable:NoSchedule')],
    over: ['n1 TaintToleration'],
  },
  {
    title: 'and there it is',
    objects: [
      withTemplate({ hostNetwork: true }),
      aNode('n1').tainted('node.kubernetes.io/network-unavailable:NoSchedule'),
    ],
    over: ['n1 -'],
  },
  {
    title: 'a node that it does not select',
    objects: [withTemplate({ nodeSelector: { gpu: 'yes' } }), aNode('n1')],
    over: ['n1 NodeAffinity'],
  },
  {
    title: 'a full node is no reason to make no Pod',
    objects: [plain, aNode('n1').offering({ pods: '0' })],
    over: ['n1 -'],
  },
  {
    title: 'a node that has its Pod is not told',
    objects: [plain, aNode('n1'), aPod().on('n1').ownedBy(by(plain))],
    over: [],
  },
  {
    title: 'a Pod that waits for its node counts as made',
    objects: [
      plain,
      aNode('n1'),
      aPod()
        .inPhase('Running')
        .ownedBy(by(plain))
        .withAffinity({
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['n1'] }] }],
            },
          },
        }),
    ],
    over: [],
  },
]

describe('the nodes that a DaemonSet has no Pod on', () => {
  for (const { title, objects, over } of rows) test(title, () => expect(passedOver(objects)).toEqual(over))
})
