import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Pod } from '#model/api/pod.ts'
import { type Change, withChanges } from '#scheduler/change.ts'
import { evaluate } from '#scheduler/evaluate.ts'
import { viewOf } from '#scheduler/framework/cluster-view.ts'
import { openNodes, placeCopies } from '#scheduler/how-many-fit.ts'
import { clusters, rules, runs, stateOf, waitingPods } from './clusters.ts'

function copyOf(pod: Pod, number: number): Pod {
  return { ...pod, metadata: { ...pod.metadata, name: `copy-${number}`, uid: `copy-${number}` } }
}

describe('laws of placing copies', () => {
  test('each copy goes to a node that was open for it, the open one with the fewest, until none is open', () => {
    fc.assert(
      fc.property(clusters, (cluster) => {
        const state = stateOf(cluster)
        for (const pod of waitingPods(state).slice(0, 3)) {
          let view = viewOf(state)
          const placed = placeCopies(pod, 6, view, rules)
          placed.forEach((node, at) => {
            expect(openNodes(evaluate(pod, view, rules))).toContain(node)
            view = view.withPod(copyOf(pod, at), node)
          })
          if (placed.length < 6) expect(openNodes(evaluate(pod, view, rules))).toEqual([])
        }
      }),
      runs,
    )
  })

  test('wanting more copies does not move the first ones', () => {
    fc.assert(
      fc.property(clusters, fc.integer({ min: 0, max: 5 }), (cluster, wanted) => {
        const state = stateOf(cluster)
        for (const pod of waitingPods(state).slice(0, 3)) {
          const more = placeCopies(pod, wanted + 3, viewOf(state), rules)
          expect(placeCopies(pod, wanted, viewOf(state), rules)).toEqual(more.slice(0, wanted))
        }
      }),
      runs,
    )
  })

  test('a view that grew Pod by Pod says the same as one made of all of them', () => {
    fc.assert(
      fc.property(clusters, (cluster) => {
        const state = stateOf(cluster)
        const [pod, ...others] = waitingPods(state)
        const [first] = state.lists.nodes.items
        if (pod === undefined || first === undefined) return
        const name = first.metadata.name ?? ''
        let grown = viewOf(state)
        for (const other of others) {
          evaluate(pod, grown, rules)
          grown = grown.withPod(other, name)
        }
        const placed = others.map((other) => ({ ...other, spec: { ...other.spec, nodeName: name } }))
        // Where they wait they may be promised to a node; the grown view has them there besides.
        if (others.some(({ status }) => status.nominatedNodeName !== undefined)) return
        const pods = { items: [...state.lists.pods.items.filter((one) => !others.includes(one)), ...placed] }
        const made = viewOf({ ...state, lists: { ...state.lists, pods } })
        expect(openNodes(evaluate(pod, grown, rules))).toEqual(openNodes(evaluate(pod, made, rules)))
      }),
      runs,
    )
  })

  test('a change leaves the cluster and the Pod it was given as they were', () => {
    const volume = { metadata: { name: 'new' }, spec: {}, status: {} }
    const change = fc.constantFrom<Change>(
      { kind: 'AddTolerations', tolerations: [{ operator: 'Exists' }] },
      { kind: 'RemoveTaint', node: 'node-0', key: 'dedicated', effect: 'NoSchedule' },
      { kind: 'Uncordon', node: 'node-0' },
      { kind: 'LabelNode', node: 'node-0', key: 'disk', value: 'ssd' },
      { kind: 'SetRequests', requests: { cpu: '1' } },
      { kind: 'BindClaim', namespace: 'default', claim: 'claim-1', volume },
    )
    fc.assert(
      fc.property(clusters, fc.array(change, { minLength: 1, maxLength: 4 }), (cluster, changes) => {
        const state = stateOf(cluster)
        const [pod] = waitingPods(state)
        if (pod === undefined) return
        const before = JSON.stringify([pod, state])
        const changed = withChanges(changes, pod, state)
        evaluate(changed.pod, viewOf(changed.state), rules)
        expect(JSON.stringify([pod, state])).toBe(before)
      }),
      runs,
    )
  })
})
