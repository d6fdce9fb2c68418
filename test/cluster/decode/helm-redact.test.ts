import { describe, expect, test } from '@jest/globals'
import { redactHelmRelease } from '#cluster/decode/helm-redact.ts'
import { aCluster } from '#test/builders/cluster.ts'
import { anObject, aRelease } from '#test/builders/owned.ts'

const gone = '(left out)'
const rows: readonly [title: string, values: object, kept: object][] = [
  [
    'tolerations stay whole',
    { a: { tolerations: [{ key: 'k', value: 'v' }] } },
    { a: { tolerations: [{ key: 'k', value: 'v' }] } },
  ],
  [
    'a toleration written as text stays',
    { defaultSettings: { taintToleration: 'k=v:NoSchedule' } },
    { defaultSettings: { taintToleration: 'k=v:NoSchedule' } },
  ],
  [
    'switches, numbers and empty texts stay',
    { enabled: true, replicas: 2, name: '', none: null },
    { enabled: true, replicas: 2, name: '', none: null },
  ],
  [
    'short words that templates choose by stay',
    { kind: 'StatefulSet', image: { tag: 'v1.2' } },
    { kind: 'StatefulSet', image: { tag: 'v1.2' } },
  ],
  ['other texts go, but not that there is one', { url: 'postgres://u:p@h', list: ['x'] }, { url: gone, list: [gone] }],
  ['a number under a secret’s name goes', { password: 1234 }, { password: 0 }],
  ['a long text under a choice’s name goes', { type: 'a b c' }, { type: gone }],
  [
    'of values written as one text the same stays',
    { fleet: 'token: abc\ntolerations:\n  - key: k\n' },
    { fleet: 'token: (left out)\ntolerations:\n  - key: k\n' },
  ],
  ['a text that only mentions tolerations goes', { note: 'set tolerations, password hunter2' }, { note: gone }],
]

describe('a Helm release in a snapshot', () => {
  for (const [title, values, kept] of rows) {
    test(title, () => {
      const [release] = aCluster([aRelease('shop', 'shop', { values, chart: { values } })]).objects
      expect(redactHelmRelease(release!)).toMatchObject({ values: kept, chart: { values: kept } })
    })
  }
  test('other objects stay as they are', () => {
    const map = anObject('v1 ConfigMap', 'm').having({ data: { a: 'b' } })
    expect(redactHelmRelease(map)).toBe(map)
  })
})
