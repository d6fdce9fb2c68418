import { describe, expect, test } from '@jest/globals'
import { nextReads } from '#diagnosis/next-reads.ts'
import { wantKey } from '#model/want.ts'
import { suggest } from '#remedies/suggest.ts'
import { aCluster } from '#test/builders/cluster.ts'
import { aNode, aPod } from '#test/builders/objects.ts'
import { anObject } from '#test/builders/owned.ts'

const node = aNode('n2').tainted('dedicated=db:NoExecute').labelled({ role: 'db' })
const storageClass = anObject('storage.k8s.io/v1 StorageClass', 'sc')
  .clusterWide()
  .having({ provisioner: 'rancher.io/local-path', volumeBindingMode: 'WaitForFirstConsumer' })
const claim = anObject('v1 PersistentVolumeClaim', 'data')
  .withUid('0a-1')
  .annotated({ 'volume.kubernetes.io/selected-node': 'n2' })
  .having({ spec: { storageClassName: 'sc' }, status: { phase: 'Pending' } })
const consumer = aPod('db').claiming('data').selecting({ role: 'db' }).tolerating('dedicated=db:NoExecute')
const evicted = anObject('v1 Event', 'e1')
  .in('lp')
  .having({
    reason: 'TaintManagerEviction',
    involvedObject: { apiVersion: 'v1', kind: 'Pod', namespace: 'lp', name: 'helper-pod-create-pvc-0a-1' },
  })
const provisioner = (tag: string) =>
  anObject('apps/v1 Deployment', 'local-path-provisioner')
    .in('lp')
    .having({
      spec: {
        template: { spec: { containers: [{ name: 'main', image: `rancher/local-path-provisioner:${tag}` }] } },
      },
    })
const template = (tolerations = '') =>
  anObject('v1 ConfigMap', 'local-path-config')
    .in('lp')
    .having({ data: { 'helperPod.yaml': `kind: Pod\nspec:\n  containers: [{name: h}]\n${tolerations}` } })
const cluster = [node, storageClass, claim, consumer]
const scope = { namespace: 'default' }

const suggested = (...objects: readonly object[]) => suggest(aCluster([...cluster, ...objects]), scope).suggestions

describe('what the Pods in question wait for is mended too, in whatever namespace', () => {
  const helper = aPod('helper-pod-create-pvc-0a-1')
    .in('lp')
    .withSpec({ containers: [{ name: 'helper-pod' }] })

  test('a helper Pod that no node takes', () => {
    const [found, ...others] = suggested(helper, provisioner('v0.0.37'), template())
    expect(others).toEqual([])
    expect(found).toMatchObject({
      component: 'local-path/helper',
      target: { kind: 'ConfigMap', namespace: 'lp', name: 'local-path-config' },
      opens: { nodes: ['n2'], podsThatFit: 1, podsWanted: 1 },
    })
    expect(found?.warnings).toContain('Pod default/db waits for it to make its volume.')
  })

  test('is said once where it is in question itself', () => {
    const { suggestions } = suggest(aCluster([...cluster, helper, template()]), {})
    expect(suggestions.map(({ workloads }) => workloads)).toEqual([
      [{ kind: 'Pod', namespace: 'lp', name: 'helper-pod-create-pvc-0a-1', pods: 1 }],
    ])
  })

  test('a Pod that is being deleted is not patched: the template makes the next one', () => {
    const going = aPod('helper-pod-create-pvc-0a-1')
      .in('lp')
      .withSpec({ containers: [{ name: 'helper-pod' }], nodeName: 'n2' })
    const deleted = { ...going, metadata: { ...going.metadata, deletionTimestamp: '2026-08-01T12:00:00Z' } }
    const [found] = suggested(deleted, provisioner('v0.0.37'), template())
    expect(found?.target.kind).toBe('ConfigMap')
    expect(found?.alternatives).toEqual([])
  })
})

describe('a helper Pod that was evicted and is gone', () => {
  test('is judged as its template makes the next one, and all that is known of it is said to be events', () => {
    const [found, ...others] = suggested(evicted, provisioner('v0.0.37'), template())
    expect(others).toEqual([])
    expect(found).toMatchObject({
      component: 'local-path/helper',
      workloads: [{ kind: 'Pod', namespace: 'lp', name: 'helper-pod-create-pvc-0a-1', pods: 0 }],
      tolerations: [{ key: 'dedicated', operator: 'Equal', value: 'db', effect: 'NoExecute' }],
      opens: { nodes: ['n2'], podsThatFit: 1, podsWanted: 1 },
      alternatives: [],
    })
    expect(found?.content).toContain('node.kubernetes.io/disk-pressure')
    expect(found?.warnings).toEqual(
      expect.arrayContaining([
        'Pod default/db waits for it to make its volume.',
        'Pod helper-pod-create-pvc-0a-1 is gone: all that is left of it is the event of its eviction (TaintManagerEviction).',
      ]),
    )
  })

  test('needs nothing more where the template tolerates the taint by now', () => {
    const mended = template('  tolerations: [{key: dedicated, operator: Exists}]\n')
    expect(suggested(evicted, provisioner('v0.0.37'), mended)).toEqual([])
  })

  test('needs nothing where its provisioner is one that tolerates everything for it', () => {
    expect(suggested(evicted, provisioner('v0.0.31'), template())).toEqual([])
  })

  test('is no matter once the claim is bound', () => {
    const bound = claim.having({ spec: { storageClassName: 'sc', volumeName: 'pv' }, status: { phase: 'Bound' } })
    const { suggestions } = suggest(aCluster([node, storageClass, bound, consumer, evicted, template()]), scope)
    expect(suggestions.map(({ component }) => component)).toEqual([null])
  })

  test('has its template read, in its own namespace', () => {
    const state = aCluster([...cluster, evicted])
    const { wants } = nextReads(scope, { state, kinds: new Set(), asked: new Set() })
    const wanted = wants.map((want) =>
      want.kind === 'object' ? `${want.kindName} ${want.namespace}/${want.name}` : '',
    )
    expect(wanted).toContain('ConfigMap lp/local-path-config')
    expect(new Set(wants.map(wantKey)).size).toBe(wants.length)
  })
})
