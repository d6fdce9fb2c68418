import { describe, expect, test } from '@jest/globals'
import type { NodeSelectorTerm } from '#model/api/meta.ts'
import { nodeAffinity } from '#scheduler/plugins/node-affinity.ts'
import { aNode, aPod, type PodBuilder } from '#test/builders/objects.ts'
import { type Situation, verdictsOf } from '#test/scheduler/verdicts.ts'

const no = "node(s) didn't match Pod's node affinity/selector (final)"

function requiring(...nodeSelectorTerms: NodeSelectorTerm[]): PodBuilder {
  return aPod().withAffinity({
    nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } },
  })
}
const label = (key: string, operator: string, ...values: string[]): NodeSelectorTerm => ({
  matchExpressions: [{ key, operator, values }],
})
const name = (operator: string, ...values: string[]): NodeSelectorTerm => ({
  matchFields: [{ key: 'metadata.name', operator, values }],
})
const n = (labels: Record<string, string> = {}, as = 'n') => aNode(as).labelled(labels)

const rows: readonly (readonly [string, Situation, Readonly<Record<string, string>>])[] = [
  [
    'nodeSelector and affinity must both match',
    {
      pod: requiring(label('gen', 'In', '6')).selecting({ disk: 'ssd' }),
      nodes: [n({ disk: 'ssd', gen: '5' }, 'a'), n({ disk: 'ssd', gen: '6' }, 'b')],
    },
    { a: no, b: 'fits' },
  ],
  [
    'one term that matches is enough',
    {
      pod: requiring(label('a', 'Exists'), label('b', 'Exists')),
      nodes: [n({ a: '1' }, 'a'), n({ b: '1' }, 'b'), n({}, 'c')],
    },
    { a: 'fits', b: 'fits', c: no },
  ],
  [
    'NotIn matches a node without the label',
    { pod: requiring(label('os', 'NotIn', 'win')), nodes: [n({}, 'a'), n({ os: 'win' }, 'b')] },
    { a: 'fits', b: no },
  ],
  [
    'Gt compares whole numbers; leading zeros count, fractions and hex do not',
    {
      pod: requiring(label('g', 'Gt', '5')),
      nodes: [
        n({ g: '10' }, 'a'),
        n({ g: '5' }, 'b'),
        n({}, 'c'),
        n({ g: '9.5' }, 'd'),
        n({ g: '0x1F' }, 'e'),
        n({ g: '010' }, 'f'),
      ],
    },
    { a: 'fits', b: no, c: no, d: no, e: no, f: 'fits' },
  ],
  ['required affinity without terms matches no node', { pod: requiring(), nodes: [n()] }, { n: no }],
  [
    'an empty term matches no node, the others still count',
    { pod: requiring({}, label('a', 'In', '1')), nodes: [n({ a: '1' }, 'a'), n({}, 'b')] },
    { a: 'fits', b: no },
  ],
  [
    'a term that cannot be parsed matches no node, the others still count',
    { pod: requiring(label('g', 'Gt', 'abc'), label('a', 'In', '1')), nodes: [n({ g: '7', a: '1' })] },
    { n: 'fits' },
  ],
  [
    'naming nodes leaves all others out',
    { pod: requiring(name('In', 'b')), nodes: [n({}, 'a'), n({}, 'b')] },
    { a: 'left out', b: 'fits' },
  ],
  [
    'terms that name nodes add up',
    { pod: requiring(name('In', 'a'), name('In', 'b')), nodes: [n({}, 'a'), n({}, 'b'), n({}, 'c')] },
    { a: 'fits', b: 'fits', c: 'left out' },
  ],
  [
    'one term that names two nodes at once is a conflict',
    {
      pod: requiring({ matchFields: [...(name('In', 'a').matchFields ?? []), ...(name('In', 'b').matchFields ?? [])] }),
      nodes: [n({}, 'a')],
    },
    { '*': 'pod affinity terms conflict' },
  ],
  [
    'a term without names keeps every node in',
    { pod: requiring(name('In', 'a'), label('x', 'Exists')), nodes: [n({}, 'a'), n({ x: '1' }, 'b'), n({}, 'c')] },
    { a: 'fits', b: 'fits', c: no },
  ],
  [
    'NotIn by name narrows nothing',
    { pod: requiring(name('NotIn', 'a')), nodes: [n({}, 'a'), n({}, 'b')] },
    { a: no, b: 'fits' },
  ],
  [
    'an empty value in nodeSelector asks for the label',
    { pod: aPod().selecting({ pool: '' }), nodes: [n({}, 'a'), n({ pool: '' }, 'b')] },
    { a: no, b: 'fits' },
  ],
  ['an empty nodeSelector asks for nothing', { pod: aPod().selecting({}), nodes: [n()] }, { n: 'fits' }],
]

describe('NodeAffinity', () => {
  for (const [rule, situation, expected] of rows)
    test(rule, () => expect(verdictsOf(nodeAffinity, situation)).toEqual(expected))
})
