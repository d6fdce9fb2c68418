import { describe, expect, test } from '@jest/globals'
import { evictionOf } from '#diagnosis/eviction.ts'
import { aNode, aPod } from '#test/builders/objects.ts'

const tainted = aNode('n1').tainted('a=b:NoExecute')
const seconds = (tolerationSeconds: number) => ({
  key: 'a',
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds,
})

const rows = [
  { title: 'a NoExecute taint that is not tolerated evicts at once', pod: aPod(), node: tainted, after: 0 },
  { title: 'NoSchedule never evicts', pod: aPod(), node: aNode('n1').tainted('a=b:NoSchedule'), after: undefined },
  {
    title: 'a toleration without seconds holds for ever',
    pod: aPod().tolerating('a=b:NoExecute'),
    node: tainted,
    after: undefined,
  },
  { title: 'tolerationSeconds are counted', pod: aPod().tolerating(seconds(10)), node: tainted, after: 10 },
  {
    title: 'of several tolerations of one taint the first counts',
    pod: aPod().tolerating(seconds(60), seconds(5)),
    node: tainted,
    after: 60,
  },
  { title: 'negative seconds are none', pod: aPod().tolerating(seconds(-1)), node: tainted, after: 0 },
  {
    title: 'of several taints the least time counts',
    pod: aPod().tolerating(seconds(60), { key: 'c', operator: 'Exists', tolerationSeconds: 20 }),
    node: tainted.tainted('c:NoExecute'),
    after: 20,
  },
]

describe('when the taint-eviction controller takes a Pod away', () => {
  for (const { title, pod, node, after } of rows) {
    test(title, () => {
      expect(evictionOf(pod, node)?.afterSeconds).toBe(after)
    })
  }
})
