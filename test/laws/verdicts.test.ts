import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { diagnose } from '#diagnosis/diagnose.ts'
import type { Pod } from '#model/api/pod.ts'
import type { ClusterState } from '#model/cluster-state.ts'
import type { SchedulerKind } from '#model/kinds.ts'
import type { PluginBlocker, PodVerdict } from '#scheduler/evaluate.ts'
import { messageOf } from '#scheduler/message.ts'
import { clusters, feasible, reasonsOf, rules, runs, stateOf, verdictOf, waitingPods } from './clusters.ts'

/** With taints honoured, a tolerated node becomes a domain of its own, and an empty one may close the others. */
function countsTaints({ spec }: Pod): boolean {
  return (spec.topologySpreadConstraints ?? []).some(({ nodeTaintsPolicy }) => nodeTaintsPolicy === 'Honor')
}

function withPods(state: ClusterState, items: readonly Pod[]): ClusterState {
  return { ...state, lists: { ...state.lists, pods: { items } } }
}

function denied(state: ClusterState, kind: SchedulerKind): ClusterState {
  const missing = { resource: kind, reason: 'Forbidden', message: `${kind} is forbidden` } as const
  return { ...state, lists: { ...state.lists, [kind]: { items: [], missing } } }
}

/** What is said for certain with a read missing, and is not so with all read. */
function untrueOf(partial: PodVerdict, truth: PodVerdict): readonly string[] {
  const known = reasonsOf(truth)
  const allowed = feasible(truth)
  const open = feasible(partial).filter((name) => !allowed.includes(name))
  const rows = [{ node: { name: '*' }, blockers: partial.podBlockers }, ...partial.nodes]
  const blocked = rows.flatMap(({ node, blockers }) =>
    blockers.filter((one) => !isTrue(one, node.name, known)).map(({ plugin }) => `${node.name} ${plugin}`),
  )
  return [...open, ...blocked]
}

/** A rejection whose reasons may not be all needs only to be one. */
function isTrue(
  { plugin, reasons, incomplete }: PluginBlocker,
  node: string,
  known: ReadonlyMap<string, string>,
): boolean {
  const there = known.get(`${node} ${plugin}`)
  if (incomplete !== undefined) return (there ?? known.get(`* ${plugin}`)) !== undefined
  return (
    there ===
    reasons
      .map(({ text }) => text)
      .sort()
      .join(', ')
  )
}

describe('laws of verdicts', () => {
  test('one more toleration never closes a node', () => {
    fc.assert(
      fc.property(
        clusters,
        fc.constantFrom('dedicated', 'gpu', 'node.kubernetes.io/unschedulable', undefined),
        (cluster, key) => {
          const state = stateOf(cluster)
          for (const pod of waitingPods(state).filter((one) => !countsTaints(one))) {
            const one = { ...(key === undefined ? {} : { key }), operator: 'Exists' }
            const tolerant = { ...pod, spec: { ...pod.spec, tolerations: [...(pod.spec.tolerations ?? []), one] } }
            expect(feasible(verdictOf(tolerant, state))).toEqual(
              expect.arrayContaining([...feasible(verdictOf(pod, state))]),
            )
          }
        },
      ),
      runs,
    )
  })

  test('a running Pod less never adds a shortage or a taken port', () => {
    fc.assert(
      fc.property(clusters, fc.nat(), (cluster, pick) => {
        const state = stateOf(cluster)
        const { items } = state.lists.pods
        const running = items.filter(({ spec }) => (spec.nodeName ?? '') !== '')
        const gone = running[pick % Math.max(running.length, 1)]
        const without = withPods(
          state,
          items.filter((pod) => pod !== gone),
        )
        for (const pod of waitingPods(state)) {
          const before = reasonsOf(verdictOf(pod, state))
          for (const [where, reasons] of reasonsOf(verdictOf(pod, without))) {
            if (!/(NodeResourcesFit|NodePorts)$/.test(where)) continue
            for (const reason of reasons.split(', ')) expect(before.get(where)?.split(', ')).toContain(reason)
          }
        }
      }),
      runs,
    )
  })

  test('the order of what was read changes nothing', () => {
    fc.assert(
      fc.property(
        clusters.chain((cluster) =>
          fc.tuple(fc.constant(cluster), fc.shuffledSubarray([...cluster.items], { minLength: cluster.items.length })),
        ),
        ([cluster, items]) => {
          const [one, other] = [stateOf(cluster), stateOf({ ...cluster, items })].map((state) => diagnose(state, {}))
          expect(other).toEqual(one)
        },
      ),
      runs,
    )
  })

  test('a read that is missing makes a verdict unknown, never another one', () => {
    const kinds: readonly SchedulerKind[] = [
      'pods',
      'namespaces',
      'persistentvolumeclaims',
      'persistentvolumes',
      'storageclasses',
      'csinodes',
      'csidrivers',
      'csistoragecapacities',
      'volumeattachments',
      'resourceclaims',
      'resourceslices',
      'deviceclasses',
    ]
    fc.assert(
      fc.property(clusters, fc.constantFrom(...kinds), (cluster, kind) => {
        const state = stateOf(cluster)
        for (const pod of waitingPods(state)) {
          const truth = verdictOf(pod, state)
          const partial = verdictOf(pod, denied(state, kind))
          const message = messageOf(partial, rules)
          expect({ kind, untrue: untrueOf(partial, truth) }).toEqual({ kind, untrue: [] })
          if (message !== null) expect(message).toBe(messageOf(truth, rules))
        }
      }),
      { numRuns: 200 },
    )
  })

  test('there is a message where no node is feasible, and only there', () => {
    fc.assert(
      fc.property(clusters, (cluster) => {
        const state = stateOf(cluster)
        for (const pod of waitingPods(state)) {
          const verdict = verdictOf(pod, state)
          expect(messageOf(verdict, rules) === null).toBe(feasible(verdict).length > 0)
        }
      }),
      runs,
    )
  })

  test('a node is feasible, blocked or undetermined, and never two of these', () => {
    fc.assert(
      fc.property(clusters, (cluster) => {
        for (const { nodes, podBlockers } of diagnose(stateOf(cluster), {}).diagnoses) {
          const named = [
            ...nodes.feasible,
            ...nodes.blocked.flatMap((one) => one.nodes),
            ...nodes.undetermined.flatMap((one) => one.nodes),
          ]
          expect(new Set(named).size).toBe(named.length)
          // A Pod that is rejected as a whole has no feasible node; what each node says is listed all the same.
          if (podBlockers.length > 0) expect(nodes.feasible).toEqual([])
          else expect(named.length).toBe(nodes.total)
        }
      }),
      runs,
    )
  })
})
