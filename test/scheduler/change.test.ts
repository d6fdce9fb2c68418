import { describe, expect, test } from '@jest/globals'
import type { PersistentVolume } from '#model/api/storage.ts'
import { type Change, withChanges } from '#scheduler/change.ts'
import { evaluate } from '#scheduler/evaluate.ts'
import { viewOf } from '#scheduler/framework/cluster-view.ts'
import { openNodes } from '#scheduler/how-many-fit.ts'
import { rulesFor } from '#scheduler/profile.ts'
import { aCluster } from '#test/builders/cluster.ts'
import { aNode, aPod, type PodBuilder } from '#test/builders/objects.ts'
import { aClaim, aClass } from '#test/builders/storage.ts'

const volume: PersistentVolume = {
  metadata: { name: 'v' },
  spec: { capacity: { storage: '5Gi' }, accessModes: ['ReadWriteOnce'] },
  status: { phase: 'Bound' },
}
const cordon = 'node.kubernetes.io/unschedulable:NoSchedule'

interface Row {
  readonly rule: string
  readonly pod: PodBuilder
  readonly objects: readonly object[]
  readonly changes: readonly Change[]
  readonly opens: readonly string[]
}

const rows: readonly Row[] = [
  {
    rule: 'a toleration opens the nodes whose taints it covers, and no others',
    pod: aPod(),
    objects: [aNode('a').tainted('k=v:NoSchedule'), aNode('b').tainted('k=w:NoSchedule')],
    changes: [{ kind: 'AddTolerations', tolerations: [{ key: 'k', operator: 'Equal', value: 'v' }] }],
    opens: ['a'],
  },
  {
    rule: 'what the Pod tolerated before, it tolerates still',
    pod: aPod().tolerating('k=v:NoSchedule'),
    objects: [aNode('a').tainted('k=v:NoSchedule', 'x:NoExecute')],
    changes: [{ kind: 'AddTolerations', tolerations: [{ key: 'x', operator: 'Exists' }] }],
    opens: ['a'],
  },
  {
    rule: 'a taint goes by key and effect',
    pod: aPod(),
    objects: [aNode('a').tainted('k=v:NoSchedule'), aNode('b').tainted('k=v:NoExecute')],
    changes: [
      { kind: 'RemoveTaint', node: 'a', key: 'k', effect: 'NoSchedule' },
      { kind: 'RemoveTaint', node: 'b', key: 'k', effect: 'NoSchedule' },
    ],
    opens: ['a'],
  },
  {
    rule: 'an uncordoned node loses the taint of the cordon too, and keeps its others',
    pod: aPod(),
    objects: [aNode('a').cordoned().tainted(cordon), aNode('b').cordoned().tainted(cordon, 'k:NoSchedule')],
    changes: [
      { kind: 'Uncordon', node: 'a' },
      { kind: 'Uncordon', node: 'b' },
    ],
    opens: ['a'],
  },
  {
    rule: 'a label is set or replaced',
    pod: aPod().selecting({ disk: 'ssd' }),
    objects: [aNode('a'), aNode('b').labelled({ disk: 'hdd' }), aNode('c')],
    changes: [
      { kind: 'LabelNode', node: 'a', key: 'disk', value: 'ssd' },
      { kind: 'LabelNode', node: 'b', key: 'disk', value: 'ssd' },
    ],
    opens: ['a', 'b'],
  },
  {
    rule: 'requests are set for the first container where none is named; what is not named stays',
    pod: aPod().requesting({ cpu: '9', memory: '1Gi' }),
    objects: [aNode('a'), aNode('b').offering({ memory: '512Mi' })],
    changes: [{ kind: 'SetRequests', requests: { cpu: '1' } }],
    opens: ['a'],
  },
  {
    rule: 'requests are set for the named container',
    pod: aPod().withContainers({ name: 'one' }, { name: 'two', resources: { requests: { cpu: '9' } } }),
    objects: [aNode('a')],
    changes: [{ kind: 'SetRequests', container: 'two', requests: { cpu: '1' } }],
    opens: ['a'],
  },
  {
    rule: 'a claim is bound to a volume that is there from then on',
    pod: aPod().claiming('x'),
    objects: [aNode('a'), aClass('now', 'csi.x', { volumeBindingMode: 'Immediate' }), aClaim('x').of('now')],
    changes: [{ kind: 'BindClaim', namespace: 'default', claim: 'x', volume }],
    opens: ['a'],
  },
  {
    rule: 'a claim of another namespace is another claim',
    pod: aPod().claiming('x'),
    objects: [aNode('a'), aClass('now', 'csi.x', { volumeBindingMode: 'Immediate' }), aClaim('x').of('now')],
    changes: [{ kind: 'BindClaim', namespace: 'other', claim: 'x', volume }],
    opens: [],
  },
  {
    rule: 'changes add up, in their order',
    pod: aPod(),
    objects: [aNode('a').cordoned().tainted('k:NoSchedule')],
    changes: [
      { kind: 'Uncordon', node: 'a' },
      { kind: 'RemoveTaint', node: 'a', key: 'k', effect: 'NoSchedule' },
    ],
    opens: ['a'],
  },
  {
    rule: 'a change of what is not there changes nothing',
    pod: aPod(),
    objects: [aNode('a').cordoned()],
    changes: [{ kind: 'Uncordon', node: 'gone' }],
    opens: [],
  },
]

describe('a change', () => {
  for (const { rule, pod, objects, changes, opens } of rows) {
    test(rule, () => {
      const state = aCluster([...objects, pod])
      const [waiting] = state.lists.pods.items
      if (waiting === undefined) throw new Error('there is no Pod')
      const rules = rulesFor(null)
      expect(openNodes(evaluate(waiting, viewOf(state), rules))).toEqual([])
      const changed = withChanges(changes, waiting, state)
      expect(openNodes(evaluate(changed.pod, viewOf(changed.state), rules))).toEqual(opens)
    })
  }
})
