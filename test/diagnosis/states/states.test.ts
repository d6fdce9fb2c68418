import { describe, expect, test } from '@jest/globals'
import { aNode, aPod } from '#test/builders/objects.ts'
import { anObject, by } from '#test/builders/owned.ts'
import { asked, diagnosed } from '#test/diagnosis/diagnosed.ts'

const nominated = { nominatedNodeName: 'n1' }
const scheduler = aPod('kube-scheduler-cp').in('kube-system').labelled({ component: 'kube-scheduler' })
const unreachable = aNode('n1').tainted('node.kubernetes.io/unreachable:NoExecute')
const sts = anObject('apps/v1 StatefulSet', 'db')

const rows = [
  {
    title: 'a gate of Kueue is known as Kueue’s',
    objects: [aNode('n1'), aPod().withSpec({ schedulingGates: [{ name: 'kueue.x-k8s.io/admission' }] })],
    state: 'Gated',
    says: 'Kueue, until a ClusterQueue admits',
  },
  {
    title: 'a scheduler of which no Pod has a node does not work',
    objects: [aNode('n1'), aPod().withSpec({ schedulerName: 'mine' })],
    state: 'NoScheduler',
    says: 'none of that name seems to work',
  },
  {
    title: 'a scheduler that has placed Pods is only unknown',
    objects: [
      aNode('n1'),
      aPod().withSpec({ schedulerName: 'mine' }),
      aPod('q').withSpec({ schedulerName: 'mine' }).on('n1'),
    ],
    state: 'Undetermined',
    says: 'works, or has worked',
  },
  {
    title: 'a scheduler that has said why is only unknown, though its events are gone',
    objects: [
      aNode('n1'),
      aPod()
        .withSpec({ schedulerName: 'mine' })
        .withStatus({ conditions: [{ type: 'PodScheduled', status: 'False', message: 'no node for it.' }] }),
    ],
    state: 'Undetermined',
    says: 'what mine says: no node for it',
  },
  {
    title: 'no scheduler where the API server runs as a Pod',
    objects: [
      aNode('n1'),
      aPod(),
      aPod('kube-apiserver-cp').in('kube-system').labelled({ component: 'kube-apiserver' }).on('n1'),
    ],
    state: 'Schedulable',
    says: 'kube-scheduler is not running (kube-system has a Pod of kube-apiserver, and none of it)',
  },
  {
    title: 'a Pod that goes because of a NoExecute taint is made again for the same end',
    objects: [
      aNode('n1').tainted('a:NoExecute'),
      aPod()
        .on('n1')
        .inPhase('Pending')
        .terminating()
        .ownedBy(by(anObject('batch/v1 Job', 'j'))),
    ],
    state: 'Terminating',
    says: 'evicted at once, and Job j makes it again',
  },
  {
    title: 'a node is free and the scheduler is down',
    objects: [
      aNode('n1'),
      aPod(),
      scheduler.on('cp').withStatus({ phase: 'Running', conditions: [{ type: 'Ready', status: 'False' }] }),
    ],
    state: 'Schedulable',
    says: 'kube-scheduler is not running',
  },
  {
    title: 'preemption is under way where others of less priority end on the nominated node',
    objects: [
      aNode('n1').offering({ cpu: '4' }),
      aPod().withSpec({ priority: 100 }).withStatus(nominated),
      aPod('victim').on('n1').terminating(),
    ],
    state: 'Schedulable',
    says: 'Preemption is under way',
  },
  {
    title: 'a Pod that tolerates a NoExecute taint for seconds only is said to be evicted where it was before',
    objects: [
      aNode('n1').tainted('a:NoExecute'),
      aPod().on('n1').inPhase('Pending').tolerating({ key: 'a', operator: 'Exists', tolerationSeconds: 10 }),
      anObject('v1 Event', 'e').having({
        reason: 'TaintManagerEviction',
        involvedObject: { kind: 'Pod', namespace: 'default', name: 'p' },
      }),
    ],
    state: 'Bound',
    says: 'for 10 seconds only',
  },
  {
    title: 'a Pod that does not start says what its kubelet says',
    objects: [
      aNode('n1'),
      aPod().on('n1').inPhase('Pending'),
      anObject('v1 Event', 'e').having({
        type: 'Warning',
        reason: 'FailedMount',
        message: 'driver x not found',
        involvedObject: { kind: 'Pod', namespace: 'default', name: 'p' },
      }),
    ],
    state: 'Bound',
    says: 'FailedMount: driver x not found',
  },
  {
    title: 'a Pod that is deleted on a dead node is stuck, and holds up its StatefulSet',
    objects: [unreachable, sts, aPod().on('n1').terminating().ownedBy(by(sts))],
    state: 'Terminating',
    says: 'StatefulSet db makes no Pod of the same name',
  },
]

describe('the state of a Pod, and why it is so', () => {
  for (const { title, objects, state, says } of rows) {
    test(title, () => {
      const { answer, notes, ...diagnosis } = diagnosed(objects)
      expect(diagnosis.state).toBe(state)
      expect([answer, ...notes].join('\n')).toContain(says)
    })
  }

  test('a named Pod that runs is said to run', () => {
    const { state, answer } = diagnosed([aNode('n1'), aPod().on('n1')], 'p', asked('Pod', 'p'))
    expect([state, answer]).toEqual(['Bound', 'It runs on node n1: there is nothing to schedule.'])
  })

  test('a named Pod that has finished is said to have finished', () => {
    const { answer } = diagnosed([aNode('n1'), aPod().on('n1').inPhase('Succeeded')], 'p', asked('Pod', 'p'))
    expect(answer).toContain('It has finished on node n1 (Succeeded)')
  })
})
