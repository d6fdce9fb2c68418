import { describe, expect, test } from '@jest/globals'
import { taintToleration } from '#scheduler/plugins/taint-toleration.ts'
import { aNode, aPod } from '#test/builders/objects.ts'
import { type Situation, verdictsOf } from '#test/scheduler/verdicts.ts'

const no = 'node(s) had untolerated taint(s) (final)'

const rows: readonly (readonly [string, Situation, Readonly<Record<string, string>>])[] = [
  [
    'a NoSchedule taint keeps a Pod without tolerations off',
    { pod: aPod(), nodes: [aNode('n').tainted('k=v:NoSchedule')] },
    { n: no },
  ],
  [
    'PreferNoSchedule keeps nobody off',
    { pod: aPod(), nodes: [aNode('n').tainted('k=v:PreferNoSchedule')] },
    { n: 'fits' },
  ],
  [
    'a toleration for NoSchedule does not tolerate NoExecute of the same key',
    { pod: aPod().tolerating('k=v:NoSchedule'), nodes: [aNode('n').tainted('k=v:NoExecute')] },
    { n: no },
  ],
  [
    'a toleration without effect tolerates every effect of its key',
    {
      pod: aPod().tolerating({ key: 'k', operator: 'Exists' }),
      nodes: [aNode('n').tainted('k=v:NoExecute', 'k=w:NoSchedule')],
    },
    { n: 'fits' },
  ],
  [
    'no operator and no value means: equal to the empty value',
    {
      pod: aPod().tolerating({ key: 'k', effect: 'NoSchedule' }),
      nodes: [aNode('a').tainted('k:NoSchedule'), aNode('b').tainted('k=v:NoSchedule')],
    },
    { a: 'fits', b: no },
  ],
  [
    'Exists without a key tolerates every key, but only its own effect',
    {
      pod: aPod().tolerating({ operator: 'Exists', effect: 'NoSchedule' }),
      nodes: [aNode('a').tainted('x=1:NoSchedule'), aNode('b').tainted('x=1:NoExecute')],
    },
    { a: 'fits', b: no },
  ],
  [
    'tolerationSeconds: 0 tolerates as far as the scheduler is concerned',
    {
      pod: aPod().tolerating({ key: 'k', value: 'v', effect: 'NoExecute', tolerationSeconds: 0 }),
      nodes: [aNode('n').tainted('k=v:NoExecute')],
    },
    { n: 'fits' },
  ],
  [
    'Gt and Lt tolerate nothing while their gate is off',
    {
      pod: aPod().tolerating({ key: 'sla', operator: 'Gt', value: '900' }),
      nodes: [aNode('n').tainted('sla=950:NoSchedule')],
    },
    { n: no },
  ],
  [
    'the old master key does not tolerate control-plane',
    {
      pod: aPod().tolerating({ key: 'node-role.kubernetes.io/master', operator: 'Exists' }),
      nodes: [aNode('n').tainted('node-role.kubernetes.io/control-plane:NoSchedule')],
    },
    { n: no },
  ],
  [
    'up to 1.34.1 the first untolerated taint is named, without its effect',
    {
      pod: aPod().tolerating('a=1:NoSchedule'),
      nodes: [aNode('n').tainted('a=1:NoSchedule', 'b:NoSchedule', 'c=3:NoExecute')],
      server: 'v1.34.1',
    },
    { n: 'node(s) had untolerated taint {b: } (final)' },
  ],
  [
    'since 1.34.2 no taint is named',
    { pod: aPod(), nodes: [aNode('n').tainted('b=1:NoSchedule')], server: 'v1.34.2' },
    { n: no },
  ],
]

describe('TaintToleration', () => {
  for (const [rule, situation, expected] of rows)
    test(rule, () => expect(verdictsOf(taintToleration, situation)).toEqual(expected))
})
