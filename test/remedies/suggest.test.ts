import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { suggest } from '#remedies/suggest.ts'
import type { Suggestion, SuggestionBody } from '#report/suggest-report.ts'
import { classifyTaint, mayTolerate } from '#taints/classify-taint.ts'
import { aCluster } from '#test/builders/cluster.ts'
import { aNode, aPod, type NodeBuilder, type PodBuilder } from '#test/builders/objects.ts'

const controlPlane = 'node-role.kubernetes.io/control-plane:NoSchedule'
const notReady = 'node.kubernetes.io/not-ready:NoSchedule'

/** A Deployment's Pods, so that there is a template to change. */
function replicas(count: number, pod: PodBuilder = aPod()): object[] {
  const meta = { namespace: 'default', name: 'web' }
  const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'main' }] } }
  const set = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-1', uid: 'rs', controller: true }
  const owner = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: 'd', controller: true }
  return [
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { ...meta, uid: 'd' }, spec: { template } },
    {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { ...meta, name: 'web-1', uid: 'rs', ownerReferences: [owner] },
      spec: { template },
    },
    ...Array.from({ length: count }, (_, index) => {
      const made = pod.labelled({ app: 'web' }).ownedBy(set)
      return { ...made, metadata: { ...made.metadata, name: `web-1-${index}`, uid: `web-1-${index}` } }
    }),
  ]
}

function only(...objects: readonly object[]): Suggestion {
  const { suggestions } = suggest(aCluster(objects), {})
  expect(suggestions).toHaveLength(1)
  return suggestions[0] as Suggestion
}

const said = ({ warnings, evidence, why = '' }: Suggestion): string => [...warnings, evidence, why].join('\n')

function ownersOf(object: object | undefined): object {
  const { ownerReferences } = (object as { metadata: { ownerReferences?: object[] } }).metadata
  return { ownerReferences }
}

describe('suggest', () => {
  test('the exact toleration, in the template that makes the Pods, proven for all of them', () => {
    const found = only(aNode('a').tainted('team=ml:NoSchedule'), ...replicas(2))
    expect(found.target).toMatchObject({ kind: 'WorkloadPatch', name: 'web', path: 'spec.template.spec.tolerations' })
    expect(found.tolerations).toEqual([{ key: 'team', operator: 'Equal', value: 'ml', effect: 'NoSchedule' }])
    expect(found.opens).toEqual({ nodes: ['a'], podsThatFit: 2, podsWanted: 2 })
    expect(found.workloads).toEqual([{ kind: 'Deployment', namespace: 'default', name: 'web', pods: 2 }])
  })

  test('Pods of a DaemonSet that wait for nodes of several pools are one workload, and each is minded', () => {
    const spec = { containers: [{ name: 'main' }] }
    const set = { metadata: { namespace: 'default', name: 'agent', uid: 'ds' }, spec: { template: { spec } } }
    const owner = { apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'agent', uid: 'ds', controller: true }
    const podFor = (node: string) => {
      const own = { matchFields: [{ key: 'metadata.name', operator: 'In', values: [node] }] }
      const required = { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [own] } }
      const metadata = { namespace: 'default', name: `agent-${node}`, uid: node, ownerReferences: [owner] }
      return { apiVersion: 'v1', kind: 'Pod', metadata, spec: { ...spec, affinity: { nodeAffinity: required } } }
    }
    const found = only(
      aNode('a').tainted('team=ml:NoSchedule'),
      aNode('b').tainted('nvidia.com/gpu=true:NoSchedule'),
      { apiVersion: 'apps/v1', kind: 'DaemonSet', ...set },
      podFor('a'),
      podFor('b'),
    )
    expect(found.workloads).toEqual([{ kind: 'DaemonSet', namespace: 'default', name: 'agent', pods: 2 }])
    expect(found.tolerations.map(({ key }) => key)).toEqual(['team', 'nvidia.com/gpu'])
    expect(found.opens).toEqual({ nodes: ['a', 'b'], podsThatFit: 2, podsWanted: 2 })
    expect(said(found)).toContain('each entry is what some of these Pods lack')
    expect(said(found)).toContain('need their hardware')
    expect(found.alternatives.map(({ tolerations }) => tolerations.length)).toEqual([1, 1])
  })

  test('a DaemonSet that an operator made and that passes a node over is the place, with a warning', () => {
    const made = { apiVersion: 'agents.example/v1', kind: 'Agent', name: 'main', uid: 'cr', controller: true }
    const metadata = { namespace: 'default', name: 'agent', uid: 'ds', ownerReferences: [made] }
    const spec = { template: { spec: { containers: [{ name: 'main' }] } } }
    const daemonSet = { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata, spec }
    const named = [{ resource: 'daemonsets.apps', kind: 'DaemonSet', group: 'apps', name: 'agent' }]
    const state = aCluster([aNode('a').tainted('team=ml:NoSchedule'), daemonSet])
    const [found] = suggest(state, { namespace: 'default', named }).suggestions as [Suggestion]
    expect(found.target).toMatchObject({ kind: 'WorkloadPatch', resource: 'DaemonSet', name: 'agent' })
    expect(found.opens.nodes).toEqual(['a'])
    expect(said(found)).toContain('Agent main made this DaemonSet and may undo a patch')
  })

  test('as few as do: one pool that has room for all is enough, the other is named', () => {
    const found = only(
      aNode('a').tainted('team=a:NoSchedule'),
      aNode('b').tainted('team=b:NoSchedule', 'spot:NoExecute'),
      ...replicas(1),
    )
    expect(found.tolerations).toHaveLength(1)
    expect(found.otherTolerations?.map(({ opens }) => opens)).toEqual([['b']])
  })

  test('two pools where one has no room for all of them', () => {
    const big = aPod().requesting({ cpu: '3' })
    const found = only(
      aNode('a').tainted('team=a:NoSchedule'),
      aNode('b').tainted('team=b:NoSchedule'),
      ...replicas(2, big),
    )
    expect(found.tolerations.map(({ value }) => value)).toEqual(['a', 'b'])
    expect(found.opens.podsThatFit).toBe(2)
  })

  test('control-plane nodes only where nothing else is left, and then with a warning', () => {
    expect(
      only(aNode('cp').tainted(controlPlane), aNode('w').tainted('x=1:NoSchedule'), ...replicas(1)).opens.nodes,
    ).toEqual(['w'])
    const last = only(aNode('cp').tainted(controlPlane), ...replicas(1))
    expect(last.opens.nodes).toEqual(['cp'])
    expect(said(last)).toContain('control plane')
  })

  test('no control plane for an ordinary Pod where a worker does, once it is uncordoned or mended', () => {
    const cordoned = aNode('w').tainted('node.kubernetes.io/unschedulable:NoSchedule').cordoned()
    const found = only(aNode('cp').tainted(controlPlane), cordoned, ...replicas(1))
    expect(found.target).toEqual({ kind: 'Node', name: 'w' })
    expect(found.apply).toEqual(['kubectl uncordon w'])
    expect(said(found)).toContain('does not belong on the control plane')
    const broken = only(aNode('cp').tainted(controlPlane), aNode('w').tainted(notReady), ...replicas(1))
    expect(broken.target).toEqual({ kind: 'Node', name: 'w' })
    expect(broken.tolerations).toEqual([])
  })

  test('a node that needs mending and a toleration: both are said, and what comes of both', () => {
    const found = only(
      aNode('a').tainted('team=a:NoSchedule', 'node.cloudprovider.kubernetes.io/uninitialized=true:NoSchedule'),
      ...replicas(1),
    )
    expect(found.target).toEqual({ kind: 'Node', name: 'a' })
    expect(found.opens).toEqual({ nodes: ['a'], podsThatFit: 1, podsWanted: 1 })
    expect(said(found)).toContain('cloud controller manager running')
    expect(said(found)).toContain('Besides, the Pod has to tolerate team=a:NoSchedule')
    expect(found.tolerations).toEqual([])
  })

  test('nodes that a platform keeps for itself are not to be mended', () => {
    const found = only(aNode('g').tainted('components.gke.io/gke-managed-components=true:NoSchedule'), ...replicas(1))
    expect([found.target.kind, found.opens.nodes]).toEqual(['None', []])
    expect(said(found)).toContain('use other nodes')
  })

  test('what a platform’s taint means is said with its toleration', () => {
    const found = only(aNode('s').tainted('CriticalAddonsOnly=true:NoSchedule'), ...replicas(1))
    expect(said(found)).toContain('CriticalAddonsOnly=true:NoSchedule reserves system nodes')
  })

  test('a rolling update that stands in its own way is told beside the toleration', () => {
    const port = { containers: [{ name: 'main', ports: [{ containerPort: 80, hostPort: 80 }] }] }
    const [deployment, set, fresh] = replicas(1, aPod().withSpec(port))
    const old = { ...aPod('old').withSpec(port).on('a') }
    const owned = { ...old, metadata: { ...old.metadata, ...ownersOf(fresh) } }
    const found = only(
      aNode('a'),
      aNode('b').tainted('x=1:NoSchedule'),
      deployment as object,
      set as object,
      fresh as object,
      owned,
    )
    expect(found.opens.nodes).toEqual(['b'])
    expect(said(found)).toContain('maxSurge: 0')
  })

  test('a half measure is named once for all nodes that it does not open', () => {
    const found = only(
      aNode('a').tainted('x=1:NoSchedule'),
      aNode('b').tainted('x=1:NoSchedule'),
      ...replicas(1, aPod().selecting({ disk: 'ssd' })),
    )
    const halves = found.warnings.filter((text) => text.startsWith('Tolerating'))
    expect(halves).toEqual(['Tolerating x=1 does not open a, b for web-1-0. Besides: no label disk=ssd.'])
  })

  test('a cordoned node is uncordoned, not tolerated', () => {
    const found = only(aNode('a').cordoned(), ...replicas(1))
    expect(found).toMatchObject({ target: { kind: 'Node', name: 'a' }, tolerations: [], apply: ['kubectl uncordon a'] })
    expect(found.opens.nodes).toEqual(['a'])
  })

  test('a broken node is mended, not tolerated', () => {
    const found = only(aNode('a').tainted(notReady), ...replicas(1))
    expect(found).toMatchObject({ target: { kind: 'Node', name: 'a' }, tolerations: [], content: '' })
    expect(said(found)).toContain('Do not tolerate node.kubernetes.io/not-ready')
  })

  test('a toleration that would not be enough is said to be, with what stays in the way', () => {
    const found = only(
      aNode('a').tainted('team=ml:NoSchedule').offering({ cpu: '1' }),
      ...replicas(1, aPod().requesting({ cpu: '2' })),
    )
    expect(found.tolerations).toEqual([])
    expect(said(found)).toMatch(/Tolerating team=ml does not open a.*Insufficient cpu: needs 2, the node has 1/)
  })

  test('lack of room is said in numbers', () => {
    const found = only(
      aNode('a'),
      aPod('big').requesting({ memory: '3Gi' }).on('a'),
      ...replicas(1, aPod().requesting({ memory: '6Gi' })),
    )
    expect(found.target.kind).toBe('None')
    expect(said(found)).toContain('Insufficient memory: needs 6Gi, 5Gi of 8Gi free')
  })

  test('a bare Pod is patched itself, with all the tolerations that it has', () => {
    const found = only(aNode('a').tainted('x=1:NoSchedule'), aPod().tolerating('pool=2:NoSchedule'))
    expect(found.target).toMatchObject({ kind: 'PodPatch', name: 'p', path: 'spec.tolerations' })
    expect(found.content).toContain('key: pool')
    expect(found.content).toContain('key: x')
  })

  test('a Pod that its node throws out needs the NoExecute taint tolerated', () => {
    const found = only(aNode('a').tainted('x=1:NoExecute'), aPod().on('a').inPhase('Pending'))
    expect(found.tolerations).toEqual([{ key: 'x', operator: 'Equal', value: '1', effect: 'NoExecute' }])
    expect(found.opens.nodes).toEqual(['a'])
  })

  test('a template that tolerates it already is not to be set again', () => {
    const objects = JSON.parse(JSON.stringify(replicas(1)))
    objects[0].spec.template.spec.tolerations = [{ key: 'x', operator: 'Exists' }]
    const found = only(aNode('a').tainted('x=1:NoSchedule'), ...objects)
    expect(found.target.kind).toBe('PodPatch')
    expect(found.evidence).toContain('made before')
  })

  test('a namespace’s whitelist of tolerations is minded', () => {
    const annotations = {
      'scheduler.alpha.kubernetes.io/tolerationsWhitelist': '[{"key":"other","operator":"Exists"}]',
    }
    const found = only(
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default', annotations } },
      aNode('a').tainted('x=1:NoSchedule'),
      ...replicas(1),
    )
    expect(said(found)).toContain('whitelist')
  })

  test('nothing is suggested for gated Pods, Pods of other schedulers, Pods that fit', () => {
    const others = [
      aPod('g').withSpec({ schedulingGates: [{ name: 'x' }] }),
      aPod('s').withSpec({ schedulerName: 'mine' }),
    ]
    expect(suggest(aCluster([aNode('a').tainted('x=1:NoSchedule'), ...others]), {}).suggestions).toEqual([])
    expect(suggest(aCluster([aNode('a'), aPod()]), {}).suggestions).toEqual([])
  })

  test('whatever the cluster, no suggestion tolerates what must not be, and all that it opens is open with it', () => {
    const keys = [
      'team=a:NoSchedule',
      'team=b:NoExecute',
      controlPlane,
      notReady,
      'node.kubernetes.io/unreachable:NoExecute',
      'ToBeDeletedByClusterAutoscaler=1:NoSchedule',
      'node.cloudprovider.kubernetes.io/uninitialized=true:NoSchedule',
      'nvidia.com/gpu=present:NoSchedule',
      'x:NoSchedule',
    ]
    const node = fc.record({
      taints: fc.subarray(keys, { maxLength: 3 }),
      cordoned: fc.boolean(),
      cpu: fc.integer({ min: 0, max: 4 }),
    })
    fc.assert(
      fc.property(
        fc.array(node, { maxLength: 5 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 0, max: 3 }),
        (nodes, count, cpu) => {
          const made = nodes.map((one, index): NodeBuilder => {
            const plain = aNode(`n${index}`)
              .tainted(...one.taints)
              .offering({ cpu: String(one.cpu) })
            return one.cordoned ? plain.cordoned() : plain
          })
          const objects = [...made, ...replicas(count, aPod().requesting({ cpu: String(cpu) }))]
          for (const body of suggest(aCluster(objects), {}).suggestions.flatMap((one) => [one, ...one.alternatives])) {
            holdSafe(body)
            expect(body.opens.nodes.every((name) => isOpenWith(body, nodes[Number(name.slice(1))], cpu))).toBe(true)
          }
        },
      ),
    )
  })
})

function holdSafe({ tolerations, opens }: SuggestionBody): void {
  for (const { key = '', value = '', effect = '', operator } of tolerations) {
    expect(key).not.toBe('')
    if (operator === 'Exists') expect(value).toBe('')
    expect(mayTolerate(classifyTaint({ key, value, effect }).class)).toBe(true)
  }
  expect(opens.podsThatFit).toBeLessThanOrEqual(opens.podsWanted)
}

/** What a node of the random clusters needs to be open: the room, and every taint tolerated by its key. */
function isOpenWith({ tolerations }: SuggestionBody, node: { taints: string[]; cpu: number } | undefined, cpu: number) {
  if (node === undefined || node.cpu < cpu) return false
  return tolerations.length === 0 || node.taints.every((one) => tolerations.some(({ key = '' }) => one.startsWith(key)))
}
