import { describe, expect, test } from '@jest/globals'
import { Interner } from '#cluster/decode/intern.ts'
import { StateBuilder } from '#cluster/decode/state.ts'
import type { Pod } from '#model/api/pod.ts'

const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: 'u', controller: true }
const spec = {
  containers: [{ name: 'main', image: 'x', resources: { requests: { cpu: '1' } } }],
  tolerations: [{ key: 'k', operator: 'Exists' }],
  affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{}] } } },
}
const status = {
  phase: 'Running',
  startTime: '2026-01-01T00:00:00Z',
  conditions: [{ type: 'Ready', status: 'True' }],
  containerStatuses: [{ name: 'main' }],
}

function added(...pods: readonly object[]): readonly Pod[] {
  const builder = new StateBuilder()
  for (const pod of pods) builder.addOf('pods', pod)
  return builder.build({ name: '', server: null, version: null }).lists.pods.items
}

const metadata = (name: string) => ({
  name,
  namespace: 'shop',
  labels: { app: 'web' },
  annotations: { note: name },
  ownerReferences: [owner],
})
const running = (name: string) => ({ metadata: metadata(name), spec: { ...spec, nodeName: 'n1' }, status })
const token = (name: string) => ({ name: `kube-api-access-${name}`, projected: {} })

describe('of a Pod that runs only what others and its node feel is kept', () => {
  test('no annotations, no node affinity, no conditions but a resize that waits, and whether it is ready', () => {
    const resize = { type: 'PodResizePending', status: 'True', reason: 'Deferred' }
    const since = { lastTransitionTime: '2026-01-01T00:00:00Z' }
    const conditions = [
      { type: 'Ready', status: 'True', ...since },
      { type: 'PodScheduled', status: 'True' },
    ]
    const [pod] = added({ ...running('a'), status: { ...status, conditions: [...conditions, resize] } })
    expect(pod?.metadata.annotations).toBeUndefined()
    expect(pod?.spec.affinity).toBeUndefined()
    expect(pod?.status).toEqual({ phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }, resize] })
    expect(pod?.spec.containers).toEqual(spec.containers)
  })

  test('what its containers were really given stays', () => {
    const containerStatuses = [{ name: 'main', resources: { requests: { cpu: '2' } } }]
    const [pod] = added({ ...running('a'), status: { ...status, containerStatuses } })
    expect(pod?.status.containerStatuses).toEqual(containerStatuses)
  })

  test('one without an owner keeps its annotations, which may tell who made it', () => {
    const [pod] = added({ ...running('a'), metadata: { name: 'a', annotations: { 'meta.helm.sh/release-name': 'r' } } })
    expect(pod?.metadata.annotations).toEqual({ 'meta.helm.sh/release-name': 'r' })
  })
})

test('a Pod that waits, or has a node and has not started, keeps everything', () => {
  for (const nodeName of [undefined, 'n1']) {
    const pending = {
      ...running('a'),
      spec: { ...spec, ...(nodeName && { nodeName }) },
      status: { ...status, phase: 'Pending' },
    }
    expect(added(pending)).toEqual([pending])
  }
})

test('volumes that no plugin looks at are dropped, so that the token of each Pod does not set it apart', () => {
  const claim = { name: 'data', persistentVolumeClaim: { claimName: 'c' } }
  const [a, b] = added(
    { metadata: { name: 'a' }, spec: { ...spec, volumes: [token('a'), claim] } },
    { metadata: { name: 'b' }, spec: { ...spec, volumes: [token('b'), claim] } },
  )
  expect(a?.spec.volumes).toEqual([claim])
  expect(b?.spec).toBe(a?.spec)
  expect(added({ metadata: { name: 'a' }, spec: { ...spec, volumes: [token('a')] } })[0]?.spec.volumes).toBeUndefined()
})

test('Pods of one template share their parts in memory, and stay Pods of their own', () => {
  const [a, b] = added(running('a'), running('b'))
  expect(a?.metadata.name).toBe('a')
  expect(b?.metadata.name).toBe('b')
  expect(b?.metadata.labels).toBe(a?.metadata.labels)
  expect(b?.metadata.ownerReferences).toBe(a?.metadata.ownerReferences)
  expect(b?.spec.containers).toBe(a?.spec.containers)
  expect(b?.status).toBe(a?.status)
})

describe('the interner', () => {
  const interner = new Interner()
  const share = <T>(value: T): T => interner.share(structuredClone(value))

  const different: readonly unknown[] = [
    {},
    [],
    [[]],
    { a: 1 },
    { a: '1' },
    { a: true },
    { a: null },
    { b: 1 },
    { a: 1, b: 2 },
    { b: 2, a: 1 },
    [1, 2],
    [2, 1],
    ['ab', 'c'],
    ['a', 'bc'],
    { a: { b: 'c' } },
    { a: ['b', 'c'] },
  ]
  for (const value of different) {
    test(`gives ${JSON.stringify(value)} back as it is, and the same one for an equal one`, () => {
      const first = share(value)
      expect(JSON.stringify(first)).toBe(JSON.stringify(value))
      expect(share(value)).toBe(first)
    })
  }

  test('takes a key called __proto__ for what it is', () => {
    const odd = JSON.parse('{"__proto__":{"a":["x"]},"b":{"a":["x"]}}') as object
    expect(JSON.stringify(interner.share(odd))).toBe('{"__proto__":{"a":["x"]},"b":{"a":["x"]}}')
    expect(({} as { a?: unknown }).a).toBeUndefined()
  })
})
