import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { PodAffinityTerm } from '#model/api/pod.ts'
import { interPodAffinity } from '#scheduler/plugins/inter-pod-affinity/index.ts'
import { aNode, aPod, type NodeBuilder, type PodBuilder } from '#test/builders/objects.ts'
import { outcomesOf, type Setting, verdictsOf } from '#test/support/plugin-verdicts.ts'

const notNear = "node(s) didn't match pod affinity rules (for good)"
const notAway = "node(s) didn't match pod anti-affinity rules"
const keptAway = "node(s) didn't satisfy existing pods anti-affinity rules"
const zone = 'topology.kubernetes.io/zone'
const hostname = 'kubernetes.io/hostname'

const web = { labelSelector: { matchLabels: { app: 'web' } } }
const onHost: PodAffinityTerm = { topologyKey: hostname, ...web }
const inZone: PodAffinityTerm = { topologyKey: zone, ...web }

function near(pod: PodBuilder, ...terms: PodAffinityTerm[]): PodBuilder {
  return pod.withAffinity({ podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: terms } })
}

function away(pod: PodBuilder, ...terms: PodAffinityTerm[]): PodBuilder {
  return pod.withAffinity({ podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: terms } })
}

function namespace(name: string, labels: Record<string, string> = {}): object {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } }
}

const n1 = aNode('n1')
const n2 = aNode('n2')
const nodes = [n1, n2]
const a1 = aNode('a1').inZone('a')
const a2 = aNode('a2').inZone('a')
const b1 = aNode('b1').inZone('b')
const plain = aPod('new').labelled({ app: 'web' })
const running = aPod('old').labelled({ app: 'web' }).on('n1')
const elsewhere = running.in('other')
const notProd = { matchExpressions: [{ key: 'env', operator: 'NotIn', values: ['prod'] }] }
const unknownOperator = { matchExpressions: [{ key: 'app', operator: 'Like', values: ['web'] }] }

interface Row extends Setting {
  readonly title: string
  readonly pod: PodBuilder
  readonly others: readonly object[]
  readonly verdicts: Record<string, string>
}

const ownAntiAffinity: readonly Row[] = [
  {
    title: 'Anti-affinity keeps the Pod off the domain of one that matches',
    pod: away(plain, onHost),
    others: [...nodes, running],
    verdicts: { n1: notAway, n2: 'fits' },
  },
  {
    title: 'A terminating Pod is still in the way, a finished one is not',
    pod: away(plain, onHost),
    others: [...nodes, running.terminating(), aPod('done').labelled({ app: 'web' }).on('n2').inPhase('Failed')],
    verdicts: { n1: notAway, n2: 'fits' },
  },
  {
    title: 'A node without the topology key is in no domain',
    pod: away(plain, onHost),
    others: [n1.withoutLabels(), running],
    verdicts: { n1: 'fits' },
  },
  {
    title: 'The Pod is never in its own way',
    pod: away(plain, onHost),
    others: nodes,
    verdicts: { n1: 'fits', n2: 'fits' },
  },
  {
    title: 'Pods of other namespaces do not matter where the term says nothing of namespaces',
    pod: away(plain, onHost),
    others: [...nodes, elsewhere],
    verdicts: { n1: 'fits', n2: 'fits' },
  },
  {
    title: "A term that names namespaces does not look at the Pod's own",
    pod: away(plain, { ...onHost, namespaces: ['other'] }),
    others: [...nodes, running],
    verdicts: { n1: 'fits', n2: 'fits' },
  },
  {
    title: 'An empty namespaceSelector looks everywhere, even where no Namespace is',
    pod: away(plain, { ...onHost, namespaceSelector: {} }),
    others: [...nodes, elsewhere],
    verdicts: { n1: notAway, n2: 'fits' },
  },
  {
    title: 'A namespaceSelector looks at the labels of Namespaces',
    pod: away(plain, { ...onHost, namespaceSelector: { matchLabels: { env: 'dev' } } }),
    others: [...nodes, elsewhere, namespace('other', { env: 'prod' })],
    verdicts: { n1: 'fits', n2: 'fits' },
  },
  {
    title: 'Since 1.34 a namespaceSelector of NotIn alone also looks at what it leaves out',
    pod: away(plain, { ...onHost, namespaceSelector: notProd }),
    others: [...nodes, elsewhere, namespace('other', { env: 'prod' })],
    verdicts: { n1: notAway, n2: 'fits' },
  },
  {
    title: 'Up to 1.33 it does not',
    pod: away(plain, { ...onHost, namespaceSelector: notProd }),
    others: [...nodes, elsewhere, namespace('other', { env: 'prod' })],
    serverVersion: 'v1.33.13',
    verdicts: { n1: 'fits', n2: 'fits' },
  },
  {
    title: 'An absent labelSelector matches no Pod',
    pod: away(plain, { topologyKey: hostname }),
    others: [...nodes, running],
    verdicts: { n1: 'fits', n2: 'fits' },
  },
  {
    title: 'An empty labelSelector matches every Pod',
    pod: away(plain, { topologyKey: hostname, labelSelector: {} }),
    others: [...nodes, aPod('any').on('n1')],
    verdicts: { n1: notAway, n2: 'fits' },
  },
  {
    title: 'The scheduler itself reads no matchLabelKeys',
    pod: away(plain.labelled({ rev: '2' }), { ...onHost, matchLabelKeys: ['rev'] }),
    others: [...nodes, running.labelled({ rev: '1' })],
    verdicts: { n1: notAway, n2: 'fits' },
  },
]

const affinity: readonly Row[] = [
  {
    title: 'Affinity asks for the domain of a Pod that matches',
    pod: near(plain, inZone),
    others: [a1, b1, running.on('a1')],
    verdicts: { a1: 'fits', b1: notNear },
  },
  {
    title: 'The first of its kind may go anywhere that has the topology key',
    pod: near(plain, onHost),
    others: [n1, n2.withoutLabels()],
    verdicts: { n1: 'fits', n2: notNear },
  },
  {
    title: 'A Pod that does not match its own affinity cannot be the first',
    pod: near(aPod('new').labelled({ app: 'db' }), onHost),
    others: nodes,
    verdicts: { n1: notNear, n2: notNear },
  },
  {
    title: 'A match on a node in no domain does not end being the first',
    pod: near(plain, onHost),
    others: [n1, n2.withoutLabels(), running.on('n2')],
    verdicts: { n1: 'fits', n2: notNear },
  },
  {
    title: 'One Pod has to match all terms: two that match one each do not help',
    pod: near(
      plain,
      { topologyKey: hostname, labelSelector: { matchLabels: { x: '1' } } },
      { topologyKey: hostname, labelSelector: { matchLabels: { y: '1' } } },
    ),
    others: [...nodes, running.labelled({ x: '1' }), aPod('too').labelled({ y: '1' }).on('n1')],
    verdicts: { n1: notNear, n2: notNear },
  },
  {
    title: 'A node needs the keys of all terms',
    pod: near(plain, onHost, inZone),
    others: [a1, aNode('a2')],
    verdicts: { a1: 'fits', a2: notNear },
  },
  {
    title: 'A Pod of another namespace is not near, so the Pod is the first',
    pod: near(plain, onHost),
    others: [...nodes, elsewhere],
    verdicts: { n1: 'fits', n2: 'fits' },
  },
  {
    title: 'It is near where the term looks at its namespace',
    pod: near(plain, { ...onHost, namespaceSelector: {} }),
    others: [...nodes, elsewhere],
    verdicts: { n1: 'fits', n2: notNear },
  },
  {
    title: 'A term that does not look at its own namespace lets the Pod never be the first',
    pod: near(plain, { ...onHost, namespaceSelector: { matchLabels: { team: 'y' } } }),
    others: [...nodes, namespace('default', { team: 'x' })],
    verdicts: { n1: notNear, n2: notNear },
  },
  {
    title: 'Affinity is looked at before anti-affinity',
    pod: away(near(plain, onHost), onHost),
    others: [...nodes, running],
    verdicts: { n1: notAway, n2: notNear },
  },
]

const existing: readonly Row[] = [
  {
    title: 'A running Pod keeps others off its domain',
    pod: plain,
    others: [a1, a2, b1, away(aPod('old').on('a1'), inZone)],
    verdicts: { a1: keptAway, a2: keptAway, b1: 'fits' },
  },
  {
    title: 'So does a terminating one',
    pod: plain,
    others: [...nodes, away(running, onHost).terminating()],
    verdicts: { n1: keptAway, n2: 'fits' },
  },
  {
    title: "The Pod's own anti-affinity is the reason where both stand against it",
    pod: away(plain, onHost),
    others: [...nodes, away(running, onHost)],
    verdicts: { n1: notAway, n2: 'fits' },
  },
  {
    title: "Its namespaceSelector looks at the new Pod's Namespace",
    pod: plain,
    others: [
      ...nodes,
      away(elsewhere, { ...onHost, namespaceSelector: { matchLabels: { team: 'x' } } }),
      namespace('default', { team: 'x' }),
    ],
    verdicts: { n1: keptAway, n2: 'fits' },
  },
  {
    title: 'A running Pod leaves out the namespaces its NotIn leaves out, in every release',
    pod: plain,
    others: [
      ...nodes,
      away(elsewhere, { ...onHost, namespaceSelector: notProd }),
      namespace('default', { env: 'prod' }),
    ],
    verdicts: { '*': 'skip' },
  },
  {
    title: 'A Namespace that does not exist has no labels',
    pod: plain,
    others: [...nodes, away(elsewhere, { ...onHost, namespaceSelector: notProd })],
    verdicts: { n1: keptAway, n2: 'fits' },
  },
  {
    title: 'A running Pod with a term that cannot be read keeps nobody away',
    pod: plain,
    others: [...nodes, away(running, onHost, { topologyKey: zone, labelSelector: unknownOperator })],
    verdicts: { '*': 'skip' },
  },
]

const groups = { ownAntiAffinity, affinity, existing }

describe('InterPodAffinity', () => {
  for (const { title, pod, others, verdicts, ...setting } of Object.values(groups).flat()) {
    test(title, () => {
      expect(verdictsOf(interPodAffinity, pod, others, setting)).toEqual(verdicts)
    })
  }

  test('At most three of the Pods in the way are named', () => {
    const crowd = ['p1', 'p2', 'p3', 'p4'].map((name) => away(aPod(name).on('a1'), inZone))
    const { a2: outcome } = outcomesOf(interPodAffinity, plain, [a1, a2, ...crowd])
    const fact = { key: zone, value: 'a', pods: ['default/p1', 'default/p2', 'default/p3'] }
    expect(outcome).toMatchObject({ reasons: [{ fact }] })
  })

  test('The order of nodes and Pods changes no verdict', () => {
    const selector = fc.constantFrom({}, { matchLabels: { app: 'web' } }, { matchLabels: { app: 'db' } })
    const term = fc.record({ topologyKey: fc.constantFrom(zone, hostname, 'rack'), labelSelector: selector })
    const some = fc.array(term, { maxLength: 2 })
    const made = fc.record({
      zones: fc.array(fc.constantFrom('a', 'b', ''), { minLength: 1, maxLength: 5 }),
      pods: fc.array(fc.record({ node: fc.nat(4), app: fc.constantFrom('web', 'db'), terms: some }), { maxLength: 8 }),
      near: some,
      away: some,
      keys: fc.infiniteStream(fc.nat()),
    })
    fc.assert(
      fc.property(made, ({ zones, pods, near: nearTerms, away: awayTerms, keys }) => {
        const others: (NodeBuilder | PodBuilder)[] = [
          ...zones.map((at, index) => aNode(`n${index}`).inZone(at)),
          ...pods.map(({ node, app, terms }, index) =>
            away(aPod(`p${index}`).labelled({ app }).on(`n${node}`), ...terms),
          ),
        ]
        const keyed = others.map((other) => ({ other, key: keys.next().value ?? 0 }))
        const shuffled = keyed.sort((one, two) => one.key - two.key).map(({ other }) => other)
        const pod = away(near(plain, ...nearTerms), ...awayTerms)
        expect(verdictsOf(interPodAffinity, pod, shuffled)).toEqual(verdictsOf(interPodAffinity, pod, others))
      }),
    )
  })
})
