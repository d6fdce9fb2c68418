import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { PodAffinityTerm } from '#model/api/pod.ts'
import { interPodAffinity } from '#scheduler/plugins/inter-pod-affinity/index.ts'
import { aNode, aPod, type NodeBuilder, type PodBuilder } from '#test/builders/objects.ts'
import { expectStaysTrue, type Setting, verdictsOf } from '#test/support/plugin-verdicts.ts'

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

function aNamespace(name: string, labels: Record<string, string>): object {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } }
}

type Named<T> = T & { metadata: { name: string; namespace?: string } }

function renamed(one: NodeBuilder | PodBuilder, name: string): Named<object> {
  if (one.kind === 'Pod') return { ...one, metadata: { ...one.metadata, name } }
  const labels = { ...one.metadata.labels, [hostname]: name }
  return { ...one, metadata: { ...one.metadata, name, ...{ labels } } }
}

const n1 = aNode('n1')
const n2 = aNode('n2')
const nodes = [n1, n2]
const a1 = aNode('a1').inZone('a')
const b1 = aNode('b1').inZone('b')
const plain = aPod('new').labelled({ app: 'web' })
const running = aPod('old').labelled({ app: 'web' }).on('n1')
const elsewhere = running.in('other')

const unknownOperator = { matchExpressions: [{ key: 'app', operator: 'Like', values: ['web'] }] }

const defaultAndNotProd = {
  namespaces: ['default'],
  namespaceSelector: { matchExpressions: [{ key: 'env', operator: 'NotIn', values: ['prod'] }] },
}

interface Row extends Setting {
  readonly title: string
  readonly pod: PodBuilder
  readonly others: readonly object[]
  readonly verdicts: Record<string, string>
}

const rows: readonly Row[] = [
  {
    title: 'An operator nobody knows refuses the Pod as a whole',
    pod: near(plain, { ...onHost, labelSelector: unknownOperator }),
    others: nodes,
    verdicts: { '*': 'parsing pod: requiredAffinityTerms: "Like" is not a valid label selector operator (for good)' },
  },
  {
    title: 'Both lists of terms are complained of together',
    pod: away(near(plain, { ...onHost, labelSelector: unknownOperator }), {
      ...onHost,
      namespaceSelector: { matchExpressions: [{ key: 'a', operator: 'Exists', values: ['b'] }] },
    }),
    others: nodes,
    verdicts: {
      '*': 'parsing pod: [requiredAffinityTerms: "Like" is not a valid label selector operator, requiredAntiAffinityTerms: values: Invalid value: ["b"]: values set must be empty for exists and does not exist] (for good)',
    },
  },
  {
    title: 'Without all Pods nobody can say that a node is free of anti-affinity',
    pod: plain,
    others: nodes,
    denied: { pods: ['default'] },
    verdicts: { n1: 'unknown without pods', n2: 'unknown without pods' },
  },
  {
    title: 'What was read is enough for a refusal',
    pod: away(plain, onHost),
    others: [...nodes, running, away(aPod('too').on('n2'), onHost)],
    denied: { pods: [] },
    verdicts: { n1: notAway, n2: `${keptAway}, or another reason` },
  },
  {
    title: 'Reading the namespaces that a term looks at is enough for that term',
    pod: away(plain, onHost),
    others: [...nodes, away(elsewhere, { ...onHost, namespaces: ['default'] })],
    denied: { pods: ['default'] },
    verdicts: { n1: keptAway, n2: 'unknown without pods' },
  },
  {
    title: 'A missing topology key refuses whatever Pods there are',
    pod: near(plain, onHost),
    others: [n1, n2.withoutLabels()],
    denied: { pods: [] },
    verdicts: { n1: 'unknown without pods', n2: notNear },
  },
  {
    title: 'A namespaceSelector that finds no other namespace needs no other Pods',
    pod: near(plain, { ...onHost, ...defaultAndNotProd }),
    others: [...nodes, running, aNamespace('other', { env: 'prod' })],
    denied: { pods: ['default'] },
    serverVersion: 'v1.33.13',
    verdicts: { n1: 'unknown without pods', n2: notNear },
  },
  {
    title: 'Since 1.34 one of NotIn alone does: it looks everywhere',
    pod: near(plain, { ...onHost, ...defaultAndNotProd }),
    others: [...nodes, running, aNamespace('other', { env: 'prod' })],
    denied: { pods: ['default'] },
    verdicts: { n1: 'unknown without pods', n2: 'unknown without pods' },
  },
  {
    title: 'A Pod may stand on a node that was not read',
    pod: near(plain, inZone),
    others: [a1, b1, running.on('a1')],
    denied: { nodes: [] },
    verdicts: { a1: 'unknown without nodes', b1: 'unknown without nodes' },
  },
  {
    title: 'A namespaceSelector cannot be judged without Namespaces',
    pod: away(plain, { ...onHost, namespaceSelector: { matchLabels: { env: 'dev' } } }),
    others: [...nodes, elsewhere],
    denied: { namespaces: [] },
    verdicts: { n1: 'unknown without namespaces', n2: 'fits' },
  },
  {
    title: 'Nor can that of a running Pod',
    pod: plain,
    others: [...nodes, away(elsewhere, { ...onHost, namespaceSelector: { matchLabels: { team: 'x' } } })],
    denied: { namespaces: [] },
    verdicts: { n1: 'unknown without namespaces', n2: 'fits' },
  },
  {
    title: 'Being the first hangs on Pods whose namespace cannot be judged',
    pod: near(plain, { ...onHost, namespaces: ['default'], namespaceSelector: { matchLabels: { env: 'dev' } } }),
    others: [...nodes, elsewhere],
    denied: { namespaces: [] },
    verdicts: { n1: 'unknown without namespaces', n2: 'unknown without namespaces' },
  },
  {
    title: 'Terms that name their namespaces need no Namespaces',
    pod: away(plain, onHost),
    others: [...nodes, running],
    denied: { namespaces: [] },
    verdicts: { n1: notAway, n2: 'fits' },
  },
]

describe('InterPodAffinity where not all was or can be read', () => {
  for (const { title, pod, others, verdicts, ...setting } of rows) {
    test(title, () => {
      expect(verdictsOf(interPodAffinity, pod, others, setting)).toEqual(verdicts)
    })
  }

  test('What is said without some Pods, Namespaces and nodes stays true with them', () => {
    const labels = fc.constantFrom({ app: 'web' }, { app: 'db' })
    const selector = fc.constantFrom({}, { matchLabels: { app: 'web' } }, { matchLabels: { app: 'db' } })
    const namespaces = fc.constantFrom(
      {},
      { namespaces: ['other'] },
      { namespaceSelector: {} },
      { namespaceSelector: { matchLabels: { env: 'dev' } } },
      { namespaceSelector: { matchExpressions: [{ key: 'env', operator: 'NotIn', values: ['dev'] }] } },
    )
    const term = fc
      .tuple(fc.constantFrom(zone, hostname), selector, namespaces)
      .map(([topologyKey, labelSelector, where]) => ({ topologyKey, labelSelector, ...where }))
    const some = fc.array(term, { maxLength: 2 })
    const old = fc
      .tuple(fc.nat(3), labels, some, fc.constantFrom('default', 'other'))
      .map(([node, own, terms, at]) => away(aPod('p').labelled(own).on(`n${node}`), ...terms).in(at))
    const node = fc.constantFrom('a', 'b', '').map((at) => (at === '' ? aNode('n') : aNode('n').inZone(at)))
    const env = fc.constantFrom({}, { env: 'dev' })
    fc.assert(
      fc.property(
        fc.array(node, { minLength: 1, maxLength: 4 }),
        fc.array(old, { maxLength: 6 }),
        fc.tuple(env, env),
        fc.tuple(some, some, labels),
        fc.tuple(fc.subarray(['pods', 'namespaces', 'nodes'] as const), fc.infiniteStream(fc.boolean())),
        fc.tuple(fc.constantFrom('v1.33.0', 'v1.36.2'), fc.subarray(['default', 'other'])),
        (nodes, pods, [own, others], [nearTerms, awayTerms, wears], [kinds, keep], [serverVersion, whatIsRead]) => {
          const all = {
            nodes: nodes.map((one, index) => renamed(one, `n${index}`)),
            pods: pods.map((one, index) => renamed(one, `p${index}`)),
            namespaces: [aNamespace('default', own), aNamespace('other', others)],
          }
          const read = { ...all }
          for (const kind of kinds) Object.assign(read, { [kind]: all[kind].filter(() => keep.next().value) })
          const whole = all.pods.filter((one) => whatIsRead.includes(one.metadata.namespace ?? ''))
          if (kinds.includes('pods')) read.pods = [...new Set([...read.pods, ...whole])]
          const pod = away(near(aPod('new').labelled(wears), ...nearTerms), ...awayTerms)
          const denied = Object.fromEntries(kinds.map((kind) => [kind, kind === 'pods' ? whatIsRead : []]))
          const partial = verdictsOf(interPodAffinity, pod, Object.values(read).flat(), { serverVersion, denied })
          const full = verdictsOf(interPodAffinity, pod, Object.values(all).flat(), { serverVersion })
          expectStaysTrue(partial, full)
        },
      ),
      { numRuns: 500 },
    )
  })
})
