import { describe, expect, test } from '@jest/globals'
import type { Toleration } from '#model/api/pod.ts'
import { editDistance } from '#model/edit-distance.ts'
import { type NearMissKind, nearMisses } from '#taints/near-miss.ts'
import { taint } from '../builders/objects.ts'

const rows: readonly [
  rule: string,
  taint: string,
  toleration: Toleration,
  kind: NearMissKind | undefined,
  says?: string,
][] = [
  [
    'another value',
    'gpu=true:NoSchedule',
    { key: 'gpu', operator: 'Equal', value: 'present', effect: 'NoSchedule' },
    'Value',
    'present',
  ],
  [
    'Equal without a value',
    'pod=allow:NoSchedule',
    { key: 'pod', operator: 'Equal', effect: 'NoSchedule' },
    'Operator',
    'operator Exists',
  ],
  ['no operator and no value', 'pod=allow:NoSchedule', { key: 'pod', effect: 'NoSchedule' }, 'Operator', 'means Equal'],
  [
    'a value where the taint has none',
    'role/cp:NoSchedule',
    { key: 'role/cp', operator: 'Equal', value: 'true' },
    'Value',
    'Exists',
  ],
  [
    'another effect',
    'w=h:NoExecute',
    { key: 'w', operator: 'Equal', value: 'h', effect: 'NoSchedule' },
    'Effect',
    'NoExecute',
  ],
  [
    'an effect as a cloud API spells it',
    'd=u:NoSchedule',
    { key: 'd', operator: 'Equal', value: 'u', effect: 'NO_SCHEDULE' },
    'Effect',
    'spells',
  ],
  ['an operator that is not in force', 'n=5:NoSchedule', { key: 'n', operator: 'Gt', value: '3' }, 'Operator', 'Gt'],
  [
    'the older name of the control plane',
    'node-role.kubernetes.io/control-plane:NoSchedule',
    { key: 'node-role.kubernetes.io/master', operator: 'Exists', effect: 'NoSchedule' },
    'LegacyKey',
    'node-role.kubernetes.io/master',
  ],
  [
    'the RKE1 name of the control plane',
    'node-role.kubernetes.io/control-plane:NoSchedule',
    { key: 'node-role.kubernetes.io/controlplane', operator: 'Equal', value: 'true', effect: 'NoSchedule' },
    'LegacyKey',
  ],
  ['a key in another case', 'Dedicated=a:NoSchedule', { key: 'dedicated', operator: 'Exists' }, 'Case'],
  ['a value in another case', 'k=True:NoSchedule', { key: 'k', operator: 'Equal', value: 'true' }, 'Case'],
  ['a misspelt key', 'dedicated=a:NoSchedule', { key: 'dedicatd', operator: 'Exists' }, 'Typo'],
  ['two letters swapped', 'dedicated=a:NoSchedule', { key: 'dedciated', operator: 'Exists' }, 'Typo'],
  ['a key without its prefix', 'example.com/dedicated=a:NoSchedule', { key: 'dedicated', operator: 'Exists' }, 'Typo'],
  ['an empty entry', 'a=b:NoSchedule', {}, 'EmptyKey'],
  ['an empty key with Equal', 'a=b:NoSchedule', { operator: 'Equal', value: 'c' }, 'EmptyKey'],
  ['an empty key for another effect', 'a=b:NoSchedule', { operator: 'Exists', effect: 'NoExecute' }, 'Effect'],
  ['numbered pools are two things', 'pool-1=a:NoSchedule', { key: 'pool-2', operator: 'Exists' }, undefined],
  ['short keys that differ', 'team=a:NoSchedule', { key: 'gpus', operator: 'Exists' }, undefined],
  ['another key altogether', 'dedicated=a:NoSchedule', { key: 'workload', operator: 'Exists' }, undefined],
  ['a toleration that matches', 'a=b:NoSchedule', { key: 'a', operator: 'Exists' }, undefined],
]

describe('nearMisses', () => {
  for (const [rule, text, toleration, kind, says] of rows) {
    test(`${rule}: ${kind ?? 'no near miss'}`, () => {
      const found = nearMisses(taint(text), [toleration])
      expect(found.map((miss) => miss.kind)).toEqual(kind === undefined ? [] : [kind])
      if (says !== undefined) expect(found[0]?.sentence).toContain(says)
      for (const miss of found) expect(miss.sentence).toMatch(/^Toleration .* does not match taint .*\.$/)
    })
  }

  test('there is none where another toleration matches', () => {
    const tolerations = [
      { key: 'a', value: 'x' },
      { key: 'a', operator: 'Exists' },
    ]
    expect(nearMisses(taint('a=b:NoSchedule'), tolerations)).toEqual([])
  })
})

describe('nearMisses among other taints', () => {
  test('a toleration that serves another pool is no miss of this one', () => {
    const tolerations = [{ key: 'pool', operator: 'Equal', value: 'proxy', effect: 'NoSchedule' }]
    expect(nearMisses(taint('pool=backend:NoSchedule'), tolerations, [taint('pool=proxy:NoSchedule')])).toEqual([])
    expect(nearMisses(taint('pool=backend:NoSchedule'), tolerations)).toHaveLength(1)
  })

  test('another effect of the same taint is a miss all the same', () => {
    const tolerations = [{ key: 'role', operator: 'Exists', effect: 'NoSchedule' }]
    const found = nearMisses(taint('role:NoExecute'), tolerations, [taint('role:NoSchedule')])
    expect(found.map(({ kind }) => kind)).toEqual(['Effect'])
  })

  test('what admission adds to every Pod is no miss', () => {
    const key = 'node.kubernetes.io/not-ready'
    const tolerations = [{ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 }]
    expect(nearMisses(taint(`${key}:NoSchedule`), tolerations)).toEqual([])
  })
})

describe('editDistance', () => {
  const distances: readonly [string, string, number][] = [
    ['', '', 0],
    ['abc', 'abc', 0],
    ['abc', 'abd', 1],
    ['abc', 'acb', 1],
    ['abc', 'ab', 1],
    ['kitten', 'sitting', 3],
  ]
  for (const [a, b, distance] of distances) {
    test(`${a || '(empty)'} and ${b || '(empty)'} are ${distance} apart, read either way`, () => {
      expect([editDistance(a, b, 5), editDistance(b, a, 5)]).toEqual([distance, distance])
    })
  }
  test('counting stops above the limit', () => {
    expect(editDistance('a'.repeat(253), 'b'.repeat(253), 2)).toBeGreaterThan(2)
  })
})
