import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { TopologySpreadConstraint } from '#model/api/pod.ts'
import { podTopologySpread } from '#scheduler/plugins/pod-topology-spread/index.ts'
import { aNode, aPod, type NodeBuilder, type PodBuilder } from '#test/builders/objects.ts'
import { outcomesOf, type Setting, verdictsOf } from '#test/support/plugin-verdicts.ts'

const refused = "node(s) didn't match pod topology spread constraints"
const unlabelled = `${refused} (missing required label) (for good)`
const zone = 'topology.kubernetes.io/zone'
const hostname = 'kubernetes.io/hostname'

const a1 = aNode('a1').inZone('a')
const a2 = aNode('a2').inZone('a')
const b1 = aNode('b1').inZone('b')
const nodes = [a1, b1]

/** Running Pods of the application, as many on each node as said. */
function apps(onNodes: Record<string, number>): PodBuilder[] {
  return Object.entries(onNodes).flatMap(([node, count]) =>
    Array.from({ length: count }, (_, index) => aPod(`${node}-${index}`).labelled({ app: 'web' }).on(node)),
  )
}

function evenly(topologyKey: string, rest: TopologySpreadConstraint = {}): TopologySpreadConstraint {
  const labelSelector = { matchLabels: { app: 'web' } }
  return { topologyKey, maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule', labelSelector, ...rest }
}

function spreading(...constraints: TopologySpreadConstraint[]): PodBuilder {
  return aPod()
    .labelled({ app: 'web' })
    .spreading(...constraints)
}

/** The constraint with a null labelSelector, as the API shows one that was never set. */
const { labelSelector: _, ...withoutSelector } = evenly(zone)

const wrongSelector = { matchExpressions: [{ key: 'app', operator: 'In' }] }
const wrongText = "obtaining pod's hard topology spread constraints: values: Invalid value:"
const emptyValues = "for 'in', 'notin' operators, values set can't be empty"

interface Row extends Setting {
  readonly title: string
  readonly pod: PodBuilder
  readonly others: readonly object[]
  readonly verdicts: Record<string, string>
}

const rows: readonly Row[] = [
  {
    title: 'A zone that would be ahead by more than maxSkew is refused',
    pod: spreading(evenly(zone)),
    others: [...nodes, ...apps({ a1: 1 })],
    verdicts: { a1: refused, b1: 'fits' },
  },
  {
    title: 'A node without the topology key is refused for good',
    pod: spreading(evenly(zone)),
    others: [...nodes, aNode('x1')],
    verdicts: { a1: 'fits', b1: 'fits', x1: unlabelled },
  },
  {
    title: 'A node that lacks one of the keys counts for none of them, nor do its Pods',
    pod: spreading(evenly(zone), evenly(hostname)),
    others: [a1, aNode('a2').withoutLabels().inZone('a'), b1, ...apps({ a2: 1 })],
    verdicts: { a1: 'fits', a2: unlabelled, b1: 'fits' },
  },
  {
    title: 'The first constraint that fails gives the reason',
    pod: spreading(evenly(zone), evenly('rack')),
    others: [a1.labelled({ rack: 'r' }), b1.labelled({ rack: 's' }), aNode('a3').inZone('a'), ...apps({ a1: 1 })],
    verdicts: { a1: refused, b1: 'fits', a3: refused },
  },
  {
    title: 'Fewer domains than minDomains count as if one were empty',
    pod: spreading(evenly(zone, { minDomains: 3 })),
    others: [...nodes, ...apps({ a1: 1, b1: 1 })],
    verdicts: { a1: refused, b1: refused },
  },
  {
    title: 'As many domains as minDomains are enough',
    pod: spreading(evenly(zone, { minDomains: 2, maxSkew: 2 })),
    others: [...nodes, ...apps({ a1: 2, b1: 1 })],
    verdicts: { a1: 'fits', b1: 'fits' },
  },
  {
    title: 'Nodes that the node selector leaves out are no domains',
    pod: spreading(evenly(zone)).selecting({ [zone]: 'a' }),
    others: [...nodes, ...apps({ a1: 2 })],
    verdicts: { a1: 'fits', b1: 'fits' },
  },
  {
    title: 'They are with nodeAffinityPolicy: Ignore',
    pod: spreading(evenly(zone, { nodeAffinityPolicy: 'Ignore' })).selecting({ [zone]: 'a' }),
    others: [...nodes, ...apps({ a1: 2 })],
    verdicts: { a1: refused, b1: 'fits' },
  },
  {
    title: 'An empty zone behind a taint holds the others back',
    pod: spreading(evenly(zone)),
    others: [a1, b1.tainted('k=v:NoSchedule'), ...apps({ a1: 1 })],
    verdicts: { a1: refused, b1: 'fits' },
  },
  {
    title: 'With nodeTaintsPolicy: Honor it does not',
    pod: spreading(evenly(zone, { nodeTaintsPolicy: 'Honor' })),
    others: [a1, b1.tainted('k=v:NoSchedule'), ...apps({ a1: 1 })],
    verdicts: { a1: 'fits', b1: 'fits' },
  },
  {
    title: 'A tolerated taint and one that only makes a node less wanted keep no node out of the count',
    pod: spreading(evenly(zone, { nodeTaintsPolicy: 'Honor' })).tolerating('k=v:NoSchedule'),
    others: [a1, b1.tainted('k=v:NoSchedule', 'soft:PreferNoSchedule'), ...apps({ a1: 1 })],
    verdicts: { a1: refused, b1: 'fits' },
  },
  {
    title: 'A cordoned node without the taint counts even then',
    pod: spreading(evenly(zone, { nodeTaintsPolicy: 'Honor' })),
    others: [a1.cordoned(), b1, ...apps({ b1: 1 })],
    verdicts: { a1: 'fits', b1: refused },
  },
  {
    title: 'Terminating Pods, finished ones and those of other namespaces do not count',
    pod: spreading(evenly(zone)),
    others: [
      ...nodes,
      ...apps({ a1: 1 }).flatMap((pod) => [pod.terminating(), pod.in('other'), pod.inPhase('Succeeded')]),
    ],
    verdicts: { a1: 'fits', b1: 'fits' },
  },
  {
    title: 'A Pod that its own selector leaves out adds nothing',
    pod: aPod().labelled({ app: 'other' }).spreading(evenly(zone)),
    others: [...nodes, ...apps({ a1: 1 })],
    verdicts: { a1: 'fits', b1: 'fits' },
  },
  {
    title: 'An empty selector counts no running Pod',
    pod: spreading(evenly(zone, { labelSelector: {} })),
    others: [...nodes, ...apps({ a1: 2 })],
    verdicts: { a1: 'fits', b1: 'fits' },
  },
  {
    title: 'An absent selector counts nothing, whatever matchLabelKeys say',
    pod: spreading({ ...withoutSelector, matchLabelKeys: ['app'] }),
    others: [...nodes, ...apps({ a1: 2 })],
    verdicts: { a1: 'fits', b1: 'fits' },
  },
  {
    title: 'ScheduleAnyway refuses nothing',
    pod: spreading(evenly(zone, { whenUnsatisfiable: 'ScheduleAnyway' })),
    others: [...nodes, ...apps({ a1: 2 })],
    verdicts: { '*': 'skip' },
  },
  {
    title: 'matchLabelKeys count Pods with the same values only',
    pod: spreading(evenly(zone, { matchLabelKeys: ['rev', 'absent'] })).labelled({ rev: '2' }),
    others: [...nodes, ...apps({ a1: 2 }).map((pod) => pod.labelled({ rev: '1' }))],
    verdicts: { a1: 'fits', b1: 'fits' },
  },
  {
    title: 'matchLabelKeys make a selector of an empty one',
    pod: spreading(evenly(zone, { labelSelector: {}, matchLabelKeys: ['app'] })),
    others: [...nodes, ...apps({ a1: 1 })],
    verdicts: { a1: refused, b1: 'fits' },
  },
  {
    title: 'Where no node takes part nothing is refused',
    pod: spreading(evenly(zone)).selecting({ nowhere: 'yes' }),
    others: [...nodes, ...apps({ a1: 2 })],
    verdicts: { a1: 'fits', b1: 'fits' },
  },
  {
    title: 'Each constraint is held against its own domains',
    pod: spreading(evenly(hostname), evenly(zone)),
    others: [a1, a2, b1, ...apps({ a1: 1, b1: 1 })],
    verdicts: { a1: refused, a2: 'fits', b1: refused },
  },
  {
    title: 'With too few zones the next Pod of the only one is refused',
    pod: spreading(evenly(zone, { minDomains: 2 })).selecting({ [zone]: 'b' }),
    others: [...nodes, ...apps({ b1: 1 })],
    verdicts: { a1: 'fits', b1: refused },
  },
  {
    title: 'Two constraints with one key count apart',
    pod: spreading(evenly(zone), evenly(zone, { labelSelector: { matchLabels: { app: 'db' } } })),
    others: [...nodes, ...apps({ a1: 1 })],
    verdicts: { a1: refused, b1: 'fits' },
  },
  {
    title: 'Before 1.33 the last of them counts for both',
    pod: spreading(evenly(zone), evenly(zone, { labelSelector: { matchLabels: { app: 'db' } } })),
    others: [...nodes, ...apps({ a1: 1 })],
    serverVersion: 'v1.32.13',
    verdicts: { a1: 'fits', b1: 'fits' },
  },
  {
    title: 'A selector that cannot be read breaks the attempt',
    pod: spreading(evenly(zone, { labelSelector: wrongSelector })),
    others: nodes,
    verdicts: { '*': `failed: get constraints from pod: ${wrongText} null: ${emptyValues}` },
  },
  {
    title: 'Up to 1.33 its values are printed as Go has them',
    pod: spreading(evenly(zone, { labelSelector: wrongSelector })),
    others: nodes,
    serverVersion: 'v1.33.13',
    verdicts: { '*': `failed: get constraints from pod: ${wrongText} []string(nil): ${emptyValues}` },
  },
  {
    title: 'Up to 1.29 the step is not named',
    pod: spreading(evenly(zone, { labelSelector: wrongSelector })),
    others: nodes,
    serverVersion: 'v1.29.15',
    verdicts: { '*': `failed: ${wrongText} []string(nil): ${emptyValues}` },
  },
]

describe('PodTopologySpread', () => {
  for (const { title, pod, others, verdicts, ...setting } of rows) {
    test(title, () => {
      expect(verdictsOf(podTopologySpread, pod, others, setting)).toEqual(verdicts)
    })
  }

  test('A refusal tells the counts', () => {
    const { a1: outcome } = outcomesOf(podTopologySpread, spreading(evenly(zone)), [
      ...nodes,
      ...apps({ a1: 2, b1: 1 }),
    ])
    const fact = { kind: 'Skew', key: zone, value: 'a', count: 2, least: 1, maxSkew: 1 }
    expect(outcome).toMatchObject({ reasons: [{ fact }] })
  })

  test('The order of nodes and Pods changes no verdict', () => {
    const node = fc.record({ zone: fc.constantFrom('a', 'b', 'c', ''), rack: fc.constantFrom('r', 's', undefined) })
    const running = fc.record({ node: fc.nat(5), web: fc.boolean(), gone: fc.boolean() })
    const orders = fc.record({
      nodes: fc.array(node, { minLength: 1, maxLength: 6 }),
      pods: fc.array(running, { maxLength: 12 }),
      shuffle: fc.infiniteStream(fc.nat()),
      minDomains: fc.integer({ min: 1, max: 4 }),
    })
    fc.assert(
      fc.property(orders, ({ nodes: made, pods, shuffle, minDomains }) => {
        const others: (NodeBuilder | PodBuilder)[] = made.map(({ zone: at, rack }, index) => {
          const built = aNode(`n${index}`).inZone(at)
          return rack === undefined ? built : built.labelled({ rack })
        })
        pods.forEach(({ node: at, web, gone }, index) => {
          const built = aPod(`p${index}`)
            .labelled({ app: web ? 'web' : 'db' })
            .on(`n${at}`)
          others.push(gone ? built.terminating() : built)
        })
        const keys = others.map((other) => ({ other, key: shuffle.next().value ?? 0 }))
        const shuffled = keys.sort((one, two) => one.key - two.key).map(({ other }) => other)
        const pod = spreading(evenly(zone, { minDomains }), evenly('rack'))
        expect(verdictsOf(podTopologySpread, pod, shuffled)).toEqual(verdictsOf(podTopologySpread, pod, others))
      }),
    )
  })
})
