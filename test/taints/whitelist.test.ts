import { describe, expect, test } from '@jest/globals'
import type { Toleration } from '#model/api/pod.ts'
import { covers, notCovered, readWhitelist, whitelistAnnotation } from '#taints/whitelist.ts'

const rows: readonly [rule: string, entry: Toleration, toleration: Toleration, covered: boolean][] = [
  ['an equal entry', { key: 'a', value: 'b' }, { key: 'a', operator: 'Equal', value: 'b' }, true],
  ['another value', { key: 'a', value: 'b' }, { key: 'a', value: 'c' }, false],
  ['Exists for any value', { key: 'a', operator: 'Exists' }, { key: 'a', value: 'c', effect: 'NoSchedule' }, true],
  ['another key', { key: 'a', operator: 'Exists' }, { key: 'b', operator: 'Exists' }, false],
  ['Exists without a key for every key', { operator: 'Exists' }, { key: 'b', value: 'c' }, true],
  [
    'an entry of one effect for another',
    { key: 'a', operator: 'Exists', effect: 'NoSchedule' },
    { key: 'a', effect: 'NoExecute' },
    false,
  ],
  [
    'an entry of one effect for all effects',
    { key: 'a', operator: 'Exists', effect: 'NoSchedule' },
    { key: 'a' },
    false,
  ],
  ['Equal for Exists', { key: 'a', value: 'b' }, { key: 'a', operator: 'Exists' }, false],
  [
    'fewer seconds for more',
    { key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 60 },
    { key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 },
    false,
  ],
  [
    'seconds for none, which is for ever',
    { key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 60 },
    { key: 'a', operator: 'Exists', effect: 'NoExecute' },
    false,
  ],
  [
    'more seconds for fewer',
    { key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 },
    { key: 'a', value: 'x', effect: 'NoExecute', tolerationSeconds: 60 },
    true,
  ],
]

describe('covers', () => {
  for (const [rule, entry, toleration, covered] of rows) {
    test(`${rule}: ${covered ? 'covered' : 'not covered'}`, () => {
      expect(covers(entry, toleration)).toBe(covered)
      expect(notCovered([toleration], [entry])).toEqual(covered ? [] : [toleration])
    })
  }
})

describe('readWhitelist', () => {
  const annotations: readonly [rule: string, text: string | undefined, kind: string][] = [
    ['no annotation is no whitelist', undefined, 'None'],
    ['an empty list restricts nothing', '[]', 'None'],
    ['an empty annotation restricts nothing', '', 'None'],
    ['a list is read', '[{"key":"a","operator":"Exists"}]', 'Entries'],
    ['what is no list is said to be unreadable', '{"key":"a"}', 'Unreadable'],
    ['what is no JSON is said to be unreadable', '[{', 'Unreadable'],
  ]
  for (const [rule, text, kind] of annotations) {
    test(rule, () => {
      expect(readWhitelist(text === undefined ? {} : { [whitelistAnnotation]: text }).kind).toBe(kind)
    })
  }
})
