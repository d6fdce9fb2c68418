import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { TopologySpreadConstraint } from '#model/api/pod.ts'
import { podTopologySpread } from '#scheduler/plugins/pod-topology-spread/index.ts'
import { aNode, aPod, type PodBuilder } from '#test/builders/objects.ts'
import { expectStaysTrue, type Setting, verdictsOf } from '#test/support/plugin-verdicts.ts'

const refused = "node(s) didn't match pod topology spread constraints"
const unlabelled = `${refused} (missing required label) (for good)`
const zone = 'topology.kubernetes.io/zone'

const a1 = aNode('a1').inZone('a')
const a2 = aNode('a2').inZone('a')
const b1 = aNode('b1').inZone('b')
const nodes = [a1, b1]
const running = aPod('old').labelled({ app: 'web' }).on('a1')

function evenly(topologyKey: string, rest: TopologySpreadConstraint = {}): TopologySpreadConstraint {
  const labelSelector = { matchLabels: { app: 'web' } }
  return { topologyKey, maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule', labelSelector, ...rest }
}

function spreading(...constraints: TopologySpreadConstraint[]): PodBuilder {
  return aPod()
    .labelled({ app: 'web' })
    .spreading(...constraints)
}

interface Row extends Setting {
  readonly title: string
  readonly pod: PodBuilder
  readonly others: readonly object[]
  readonly verdicts: Record<string, string>
}

const rows: readonly Row[] = [
  {
    title: 'Without the Pods of the namespace nobody can tell, but a missing label is certain',
    pod: spreading(evenly(zone)),
    others: [...nodes, aNode('x1'), running],
    denied: { pods: [] },
    verdicts: { a1: 'unknown without pods', b1: 'unknown without pods', x1: unlabelled },
  },
  {
    title: "The Pods of the Pod's own namespace are enough",
    pod: spreading(evenly(zone)),
    others: [...nodes, running],
    denied: { pods: ['default'] },
    verdicts: { a1: refused, b1: 'fits' },
  },
  {
    title: 'With too few domains what was read may be too much already',
    pod: spreading(evenly(zone, { minDomains: 3 })),
    others: [...nodes, running],
    denied: { pods: [] },
    verdicts: { a1: refused, b1: 'unknown without pods' },
  },
  {
    title: 'The only domain is never ahead of another',
    pod: spreading(evenly(zone)),
    others: [a1, a2],
    denied: { pods: [] },
    verdicts: { a1: 'fits', a2: 'fits' },
  },
  {
    title: 'A selector that counts nothing needs no Pods',
    pod: spreading(evenly(zone, { labelSelector: {} })),
    others: nodes,
    denied: { pods: [], nodes: [] },
    verdicts: { a1: 'fits', b1: 'fits' },
  },
  {
    title: 'Without all nodes the domains are not known',
    pod: spreading(evenly(zone)),
    others: [...nodes, running],
    denied: { nodes: [] },
    verdicts: { a1: 'unknown without nodes', b1: 'unknown without nodes' },
  },
  {
    title: 'A missing label behind a constraint nobody can judge is certain, its being the reason is not',
    pod: spreading(evenly(zone), evenly('rack')),
    others: [a1.labelled({ rack: 'r' }), b1.labelled({ rack: 's' }), aNode('a3').inZone('a')],
    denied: { pods: [] },
    verdicts: { a1: 'unknown without pods', b1: 'unknown without pods', a3: `${unlabelled}, or another reason` },
  },
]

describe('PodTopologySpread where not all was read', () => {
  for (const { title, pod, others, verdicts, ...setting } of rows) {
    test(title, () => {
      expect(verdictsOf(podTopologySpread, pod, others, setting)).toEqual(verdicts)
    })
  }

  test('What is said without some Pods and nodes stays true with them', () => {
    const constraint = fc
      .record({
        topologyKey: fc.constantFrom(zone, 'rack'),
        minDomains: fc.integer({ min: 1, max: 3 }),
        maxSkew: fc.integer({ min: 1, max: 2 }),
        labelSelector: fc.constantFrom({}, { matchLabels: { app: 'web' } }),
      })
      .map(({ topologyKey, ...rest }) => evenly(topologyKey, rest))
    const place = fc.record({ zone: fc.constantFrom('a', 'b'), rack: fc.constantFrom('r', 's', undefined) })
    fc.assert(
      fc.property(
        fc.array(place, { minLength: 1, maxLength: 4 }),
        fc.array(fc.nat(3), { maxLength: 8 }),
        fc.array(constraint, { minLength: 1, maxLength: 2 }),
        fc.tuple(fc.subarray(['pods', 'nodes'] as const), fc.infiniteStream(fc.boolean())),
        fc.constantFrom({}, { [zone]: 'a' }),
        (places, pods, constraints, [kinds, keep], selector) => {
          const all = {
            nodes: places.map(({ zone: at, rack }, index) => {
              const node = aNode(`n${index}`).inZone(at)
              return rack === undefined ? node : node.labelled({ rack })
            }),
            pods: pods.map((node, index) => aPod(`p${index}`).labelled({ app: 'web' }).on(`n${node}`)),
          }
          const read = { ...all }
          for (const kind of kinds) Object.assign(read, { [kind]: all[kind].filter(() => keep.next().value) })
          const pod = spreading(...constraints).selecting(selector)
          const denied = Object.fromEntries(kinds.map((kind) => [kind, []]))
          const partial = verdictsOf(podTopologySpread, pod, Object.values(read).flat(), { denied })
          expectStaysTrue(partial, verdictsOf(podTopologySpread, pod, Object.values(all).flat()))
        },
      ),
      { numRuns: 500 },
    )
  })
})
