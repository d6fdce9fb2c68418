import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { selects } from '#model/selector.ts'
import { viewOf } from '#scheduler/framework/cluster-view.ts'
import { podIndexOf } from '#scheduler/framework/pod-index.ts'
import { aCluster } from '#test/builders/cluster.ts'
import { aNode, aPod } from '#test/builders/objects.ts'

const key = fc.constantFrom('app', 'rev', '__proto__')
const value = fc.constantFrom('a', 'b', '')
const labels = fc.dictionary(key, value)
const requirement = fc.record({
  key,
  operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist'),
  values: fc.array(value, { minLength: 1, maxLength: 2 }),
})
const selector = fc.record(
  { matchLabels: labels, matchExpressions: fc.array(requirement, { maxLength: 2 }) },
  { requiredKeys: [] },
)

describe('The index of running Pods', () => {
  test('Candidates hold every group that a selector matches, once', () => {
    fc.assert(
      fc.property(fc.array(labels, { maxLength: 6 }), selector, (pods, wanted) => {
        const running = pods.map((own, index) => aPod(`p${index}`).labelled(own).on('n1'))
        const index = podIndexOf(viewOf(aCluster([aNode('n1'), ...running])))
        const known = index.namespaces.get('default')
        const candidates = known?.candidates(wanted) ?? []
        const matching = (known?.groups ?? []).filter((group) => selects(wanted, group.labels))
        expect(candidates).toEqual(expect.arrayContaining([...matching]))
        expect(new Set(candidates).size).toBe(candidates.length)
      }),
    )
  })

  test('A Pod that is tried on a node is in the index of that view alone', () => {
    const state = aCluster([aNode('n1'), aPod('new').labelled({ app: 'web' })])
    const before = viewOf(state)
    const [pod] = state.lists.pods.items
    if (pod === undefined) throw new Error('there is a Pod')
    const after = before.withPod(pod, 'n1')
    const count = (view: typeof before): number =>
      (podIndexOf(view).namespaces.get('default')?.groups ?? [])
        .flatMap((group) => podIndexOf(view).placesOf(group))
        .reduce((sum, place) => sum + place.count, 0)
    expect([count(before), count(after)]).toEqual([0, 1])
  })
})
