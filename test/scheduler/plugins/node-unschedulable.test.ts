import { describe, expect, test } from '@jest/globals'
import { nodeUnschedulable } from '#scheduler/plugins/node-unschedulable.ts'
import { aNode, aPod } from '#test/builders/objects.ts'
import { verdictsOf } from '#test/scheduler/verdicts.ts'

const cordonKey = 'node.kubernetes.io/unschedulable'
const no = 'node(s) were unschedulable (final)'

const rows = [
  ['a cordon counts without its taint', aPod(), no],
  [
    'tolerating the cordon’s taint lets the Pod in',
    aPod().tolerating({ key: cordonKey, operator: 'Exists', effect: 'NoSchedule' }),
    'fits',
  ],
  [
    'a toleration for NoExecute does not',
    aPod().tolerating({ key: cordonKey, operator: 'Exists', effect: 'NoExecute' }),
    no,
  ],
  [
    'nor does one for the value "true": the cordon’s value is empty',
    aPod().tolerating({ key: cordonKey, value: 'true', effect: 'NoSchedule' }),
    no,
  ],
  ['tolerating everything does', aPod().tolerating({ operator: 'Exists' }), 'fits'],
] as const

describe('NodeUnschedulable', () => {
  for (const [rule, pod, expected] of rows) {
    test(rule, () =>
      expect(verdictsOf(nodeUnschedulable, { pod, nodes: [aNode('n').cordoned()] })).toEqual({ n: expected }),
    )
  }
  test('the taint alone is TaintToleration’s business', () => {
    const nodes = [aNode('n').tainted(`${cordonKey}:NoSchedule`)]
    expect(verdictsOf(nodeUnschedulable, { pod: aPod(), nodes })).toEqual({ n: 'fits' })
  })
})
