import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { ExplainReport } from '#report/explain-report.ts'
import { aNode, aPod } from '#test/builders/objects.ts'
import {
  apply,
  kubeconfig,
  kubectl,
  makeNodes,
  mark,
  pods,
  refusal,
  removeNodes,
  taintdoctor,
  until,
} from './control-plane.ts'

const namespace = mark
const [first, second, third] = [`${mark}-1`, `${mark}-2`, `${mark}-3`] as const
const here = { nodeSelector: { run: mark } }

const waiting = [
  aPod('tainted').in(namespace).withSpec(here),
  aPod('greedy').in(namespace).withSpec(here).requesting({ cpu: '3' }).tolerating('team=a:NoSchedule'),
  aPod('huge').in(namespace).withSpec(here).requesting({ memory: '64Gi' }).tolerating({ operator: 'Exists' }),
  aPod('elsewhere').in(namespace).selecting({ run: mark, disk: 'ssd' }),
  aPod('claims').in(namespace).withSpec(here).claiming('none'),
  aPod('gated')
    .in(namespace)
    .withSpec({ ...here, schedulingGates: [{ name: 'example.com/hold' }] }),
]

const describeLive = kubeconfig === undefined ? describe.skip : describe

describeLive('explain on a real control plane', () => {
  beforeAll(() => {
    kubectl(['create', 'namespace', namespace])
    makeNodes(
      aNode(first).labelled({ run: mark }).tainted('team=a:NoSchedule').offering({ cpu: '2' }),
      aNode(second).labelled({ run: mark }).tainted('team=b:NoExecute', 'spot=true:NoSchedule'),
      aNode(third).labelled({ run: mark }).cordoned(),
    )
    apply(
      ...waiting.map(({ metadata: { uid: _uid, ...metadata }, spec, apiVersion, kind }) => ({
        apiVersion,
        kind,
        metadata,
        spec: { ...spec, containers: (spec.containers ?? []).map((one) => ({ image: 'x', ...one })) },
      })),
    )
  })
  afterAll(() => {
    kubectl(['delete', 'namespace', namespace, '--wait=false'])
    removeNodes(first, second, third)
  })

  test('the sentence is the one that the real scheduler wrote into each Pod', async () => {
    const judged = await until('the scheduler to look at every Pod', () => {
      const all = pods(namespace).filter(({ metadata }) => metadata.name !== 'gated')
      return all.length === waiting.length - 1 && all.every((pod) => refusal(pod) !== undefined) ? all : undefined
    })
    const report = JSON.parse(taintdoctor('explain', '-n', namespace, '-o', 'json').stdout) as ExplainReport
    const messages = new Map(
      report.clusters[0]?.diagnoses.flatMap(({ pods: alike, message }) =>
        alike.map(({ name }) => [name, message] as const),
      ),
    )
    for (const pod of judged) {
      const said = refusal(pod) ?? ''
      const ours = messages.get(pod.metadata.name) ?? ''
      expect(ours).not.toBe('')
      expect(said.startsWith(ours)).toBe(true)
      // What follows is the preemption part.
      expect(said.slice(ours.length)).toMatch(/^$|^ (no new claims|still not|preemption|not found)/)
    }
  })

  test('a gated Pod is named as such, with its gate', () => {
    const { stdout } = taintdoctor('explain', 'gated', '-n', namespace)
    expect(stdout).toContain('example.com/hold')
  })

  test('a node that opens lets the Pod go, and nothing is left to explain', async () => {
    kubectl(['taint', 'node', first, 'team-'])
    await until(
      'the Pod to get its node',
      () => pods(namespace, '--field-selector=metadata.name=tainted')[0]?.spec.nodeName,
    )
    const { stdout, code } = taintdoctor('explain', 'tainted', '-n', namespace, '-o', 'json')
    expect(code).toBe(0)
    expect((JSON.parse(stdout) as ExplainReport).clusters[0]?.diagnoses[0]?.state).toBe('Bound')
  })

  test('a Pod that does not exist is exit code 3, with the namespace that was looked in', () => {
    const { code, stderr } = taintdoctor('explain', 'nobody', '-n', namespace)
    expect(code).toBe(3)
    expect(stderr).toContain(namespace)
  })
})
