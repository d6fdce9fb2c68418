import { describe, expect, test } from '@jest/globals'
import { tolerationText } from '#taints/exact-toleration.ts'
import { smallestTolerations, type TaintedNode, type TolerationSet } from '#taints/smallest-tolerations.ts'
import { taint } from '../builders/objects.ts'

const node = (name: string, taints: string, fits = 1, otherwiseOpen = true): TaintedNode => ({
  name,
  untolerated: taints === '' ? [] : taints.split(' ').map(taint),
  fits,
  otherwiseOpen,
})
const cp = 'node-role.kubernetes.io/control-plane:NoSchedule'
const gpu = 'nvidia.com/gpu=present:NoSchedule'
const listed = (set: TolerationSet | undefined) => set?.tolerations.map(tolerationText)

interface Row {
  readonly rule: string
  readonly nodes: readonly TaintedNode[]
  readonly wanted?: number
  readonly resources?: readonly string[]
  readonly best: readonly string[] | undefined
  readonly opens?: readonly string[]
  readonly fit?: number
  readonly warns?: number
  readonly others?: readonly (readonly string[])[]
}

const rows: readonly Row[] = [
  {
    rule: 'one entry with key, value and effect opens all nodes of a pool',
    nodes: [
      node('infra-1', 'dedicated=infra:NoSchedule'),
      node('infra-2', 'dedicated=infra:NoSchedule'),
      node('cp-1', cp),
    ],
    best: ['dedicated=infra:NoSchedule'],
    opens: ['infra-1', 'infra-2'],
    others: [[`${cp} (Exists)`]],
  },
  {
    rule: 'a taint without a value is tolerated with Exists and its key',
    nodes: [node('a', 'x:NoSchedule')],
    best: ['x:NoSchedule (Exists)'],
  },
  {
    rule: 'two effects of one key are two entries',
    nodes: [node('a', 'x:NoSchedule x:NoExecute')],
    best: ['x:NoExecute (Exists)', 'x:NoSchedule (Exists)'],
  },
  {
    rule: 'the pool with more room is taken where both cost one entry',
    nodes: [node('a', 'pool=a:NoSchedule'), node('b1', 'pool=b:NoSchedule'), node('b2', 'pool=b:NoSchedule')],
    best: ['pool=b:NoSchedule'],
    others: [['pool=a:NoSchedule']],
  },
  {
    rule: 'two pools are taken where one has not room enough',
    nodes: [node('a', 'pool=a:NoSchedule', 2), node('b', 'pool=b:NoSchedule', 2)],
    wanted: 3,
    best: ['pool=a:NoSchedule', 'pool=b:NoSchedule'],
    fit: 3,
  },
  {
    rule: 'as many Pods as fit at all, where not all do',
    nodes: [node('a', 'pool=a:NoSchedule', 2)],
    wanted: 5,
    best: ['pool=a:NoSchedule'],
    fit: 2,
  },
  {
    rule: 'a subset of taints opens the nodes that have no more',
    nodes: [node('a', 'x=1:NoSchedule y=1:NoSchedule', 1), node('b', 'x=1:NoSchedule', 1)],
    best: ['x=1:NoSchedule'],
    opens: ['b'],
  },
  {
    rule: 'the control plane only where nothing else is left, with a warning',
    nodes: [node('cp', cp)],
    best: [`${cp} (Exists)`],
    warns: 1,
  },
  {
    rule: 'hardware before the control plane, with a warning',
    nodes: [node('cp', cp), node('g', gpu)],
    best: ['nvidia.com/gpu=present:NoSchedule'],
    warns: 1,
  },
  {
    rule: 'hardware without a second thought where the Pod asks for it',
    nodes: [node('p', 'team=ml:NoSchedule'), node('g', gpu, 2)],
    resources: ['nvidia.com/gpu'],
    wanted: 2,
    best: ['nvidia.com/gpu=present:NoSchedule'],
    warns: 0,
  },
  {
    rule: 'a policy pool with too little room is the answer, the control plane an alternative',
    nodes: [node('p', 'team=a:NoSchedule', 1), node('cp', cp, 5)],
    wanted: 3,
    best: ['team=a:NoSchedule'],
    fit: 1,
    others: [[`${cp} (Exists)`]],
  },
  {
    rule: 'never a node condition',
    nodes: [node('a', 'x:NoSchedule node.kubernetes.io/not-ready:NoSchedule')],
    best: undefined,
  },
  { rule: 'never a cordon', nodes: [node('a', 'node.kubernetes.io/unschedulable:NoSchedule')], best: undefined },
  {
    rule: 'never an autoscaler taint',
    nodes: [node('a', 'ToBeDeletedByClusterAutoscaler=1:NoSchedule')],
    best: undefined,
  },
  { rule: 'no node that something else keeps closed', nodes: [node('a', 'x:NoSchedule', 1, false)], best: undefined },
  { rule: 'no node without room', nodes: [node('a', 'x:NoSchedule', 0)], best: undefined },
  { rule: 'nothing where there are no nodes', nodes: [], best: undefined },
]

describe('smallestTolerations', () => {
  for (const { rule, nodes, wanted = 1, resources = [], best, opens, fit, warns, others } of rows) {
    test(rule, () => {
      const answer = smallestTolerations({ nodes, podsWanted: wanted, resources })
      expect(listed(answer.best)).toEqual(best)
      if (opens !== undefined) expect(answer.best?.nodes).toEqual(opens)
      if (fit !== undefined) expect(answer.best?.podsThatFit).toBe(fit)
      if (warns !== undefined) expect(answer.best?.warnings).toHaveLength(warns)
      if (others !== undefined) expect(answer.others.slice(0, others.length).map(listed)).toEqual(others)
      for (const set of [answer.best, ...answer.others]) expect(set?.reason ?? 'x').not.toBe('')
    })
  }

  test('nodes that the values of the release mean go before larger ones, where they are enough', () => {
    const nodes = [node('v1', 'vault=x:NoSchedule', 9), node('c1', 'crit=y:NoSchedule', 1)]
    const meant = [{ key: 'crit', operator: 'Exists' }]
    const { best, others } = smallestTolerations({ nodes, podsWanted: 1, meant })
    expect([listed(best), others.map(listed)]).toEqual([['crit=y:NoSchedule'], [['vault=x:NoSchedule']]])
    expect(listed(smallestTolerations({ nodes, podsWanted: 5, meant }).best)).toEqual(['vault=x:NoSchedule'])
  })

  test('nodes that wait for a taint to be mended are named', () => {
    const nodes = [node('a', 'x:NoSchedule node.kubernetes.io/disk-pressure:NoSchedule'), node('b', 'x:NoSchedule')]
    const answer = smallestTolerations({ nodes, podsWanted: 1 })
    expect(answer.toMend).toEqual([{ node: 'a', taints: [taint('node.kubernetes.io/disk-pressure:NoSchedule')] }])
    expect(answer.best?.nodes).toEqual(['b'])
  })

  test('the order of the nodes changes nothing', () => {
    const nodes = ['c', 'a', 'b'].map((name) => node(name, `pool=${name}:NoSchedule`))
    const answer = smallestTolerations({ nodes, podsWanted: 1 })
    const turned = smallestTolerations({ nodes: [...nodes].reverse(), podsWanted: 1 })
    expect(turned.best?.tolerations).toEqual(answer.best?.tolerations)
    expect(turned.others.map(listed)).toEqual(answer.others.map(listed))
    expect(answer.others.length).toBeLessThanOrEqual(5)
  })

  test('two hundred distinct taints end in an answer that holds, said to be approximate', () => {
    const nodes = Array.from({ length: 200 }, (_, at) => node(`n${at}`, `pool=p${at}:NoSchedule`, 1 + (at % 3)))
    const answer = smallestTolerations({ nodes, podsWanted: 30 })
    expect(answer.best?.podsThatFit).toBe(30)
    expect(answer.best?.tolerations).toHaveLength(10)
    expect(answer.exact).toBe(false)
  })

  test('with few taints it is the least of all sets, as trying every set shows', () => {
    for (let seed = 1; seed <= 80; seed++) {
      const keys = ['a', 'b', 'c', 'd', 'e']
      const nodes = Array.from({ length: 7 }, (_, at) => {
        const taints = keys.filter((_key, bit) => (seed * 31 + at * 17 + bit * seed) % 5 < 2)
        return node(`n${at}`, taints.map((key) => `${key}=1:NoSchedule`).join(' '), (seed * 3 + at) % 4)
      })
      const wanted = 1 + (seed % 5)
      const room = (chosen: readonly string[]) =>
        nodes
          .filter(
            ({ untolerated }) => untolerated.length > 0 && untolerated.every(({ key = '' }) => chosen.includes(key)),
          )
          .reduce((sum, { fits }) => sum + fits, 0)
      const goal = Math.min(wanted, room(keys))
      const sets = Array.from({ length: 32 }, (_, bits) => keys.filter((_key, bit) => (bits >> bit) % 2 === 1))
      const least = Math.min(...sets.filter((set) => room(set) >= goal).map((set) => set.length))
      const answer = smallestTolerations({ nodes, podsWanted: wanted })
      expect([answer.best?.tolerations.length ?? 0, answer.exact]).toEqual([least, true])
    }
  })

  test('what it opens is what its tolerations leave untolerated on no node', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const nodes = Array.from({ length: 6 }, (_, at) => {
        const taints = ['a=1', 'b=1', 'c=1', 'd=1'].filter((_, bit) => ((seed * 7 + at * 13) >> bit) % 2 === 1)
        return node(`n${at}`, taints.map((one) => `${one}:NoSchedule`).join(' '), (seed + at) % 3)
      })
      const { best } = smallestTolerations({ nodes, podsWanted: 1 + (seed % 4) })
      if (best === undefined) continue
      const keys = new Set(best.tolerations.map(({ key }) => key))
      const opened = nodes.filter(
        ({ untolerated, fits }) => untolerated.length > 0 && fits > 0 && untolerated.every(({ key }) => keys.has(key)),
      )
      expect(best.nodes).toEqual(opened.map(({ name }) => name))
    }
  })
})
