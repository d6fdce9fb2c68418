import { describe, expect, test } from '@jest/globals'
import type { ApiObject, ClusterState } from '#model/cluster-state.ts'
import { ownerChain, rootOf } from '#ownership/owner-chain.ts'
import { originOf, originReaders } from '#ownership/registry.ts'
import { aCluster } from '#test/builders/cluster.ts'
import { anObject, aRelease } from '#test/builders/owned.ts'
import { deployment, inRelease } from './origin-rows/origin-row.ts'
import { otherRows } from './origin-rows/others.ts'
import { rancherRows } from './origin-rows/rancher.ts'

const rows = [...rancherRows, ...otherRows]

/** A Pod as the cluster state holds it; anything else as it is. */
const asObject = (start: object): ApiObject => {
  const [first] = aCluster([start]).lists.pods.items
  return first === undefined ? (start as ApiObject) : ({ apiVersion: 'v1', kind: 'Pod', ...first } as ApiObject)
}

function question(start: object, cluster: ClusterState) {
  const object = asObject(start)
  const chain = ownerChain(object, cluster)
  return { root: rootOf(object, chain), chain, cluster }
}

function originsIn(start: object, cluster: ClusterState): string {
  const found: string[] = []
  for (let origin = originOf(question(start, cluster)); origin !== null; origin = origin.origin ?? null) {
    found.push(`${origin.kind} ${origin.namespace ?? ''}/${origin.name}`)
  }
  return found.join(' < ')
}

describe('the origin is', () => {
  for (const { title, of: start, beside = [], origins, facts } of rows) {
    test(title, () => {
      const cluster = aCluster([start, ...beside])
      expect(originsIn(start, cluster)).toBe(origins)
      if (facts !== undefined) expect(originOf(question(start, cluster))).toMatchObject(facts)
      const evidence = originOf(question(start, cluster))?.evidence
      if (origins !== '') expect(evidence).toMatch(/\w/)
    })
  }
})

describe('nothing recognises what is not its own', () => {
  const firstKind = (origins: string) => origins.split(' ')[0] ?? ''

  for (const { title, of: start, beside = [], origins } of rows) {
    test(`in a cluster that holds all the others too: ${title}`, () => {
      const others = rows.filter((row) => row.of !== start).flatMap((row) => [row.of, ...(row.beside ?? [])])
      const withAll = aCluster([start, ...beside, ...others])
      expect(originsIn(start, withAll)).toBe(origins)
    })
    test(`among all the others, without its own: ${title}`, () => {
      const others = rows.filter((row) => row.of !== start).flatMap((row) => [row.of, ...(row.beside ?? [])])
      const own = new Set(beside)
      const first = firstKind(originsIn(start, aCluster([start, ...others.filter((object) => !own.has(object))])))
      expect(['', firstKind(origins), alone(start)]).toContain(first)
    })
  }

  test('every origin is shown by some row', () => {
    const shown = rows.flatMap(({ origins }) => origins.split(' < ').map(firstKind))
    for (const { kind } of originReaders) expect(shown).toContain(kind)
  })
})

/** What a root's own marks say where nothing stands beside it. */
function alone(start: object): string {
  return originsIn(start, aCluster([start])).split(' ')[0] ?? ''
}

describe('where release records may not be read', () => {
  const missing = [
    { resource: 'secrets', namespace: 'shop', reason: 'Forbidden' as const, message: 'secrets is forbidden' },
  ]
  const hook = anObject('batch/v1 Job', 'migrate').in('shop').annotated({ 'helm.sh/hook': 'pre-install' })
  const labels = { 'app.kubernetes.io/instance': 'shop', 'helm.sh/chart': 'store-1.4.0' }

  test('the labels of a hook name its release, and the doubt is said', () => {
    const cluster = { ...aCluster([]), missing }
    expect(originOf(question(hook.labelled(labels), cluster))).toMatchObject({
      kind: 'HelmRelease',
      namespace: 'shop',
      name: 'shop',
      chart: 'store',
      chartVersion: '1.4.0',
      doubt: expect.stringMatching(/not that there is one/),
    })
  })
  test('a hook without labels has no origin', () => {
    expect(originsIn(hook, { ...aCluster([]), missing })).toBe('')
  })
  test('labels do not count where the records were read', () => {
    expect(originsIn(hook.labelled(labels), aCluster([aRelease('shop', 'other')]))).toBe('')
    expect(originsIn(hook.labelled(labels), aCluster([]))).toBe('')
  })
  test('a record that is damaged is said to be', () => {
    const damaged = aRelease('shop', 'shop').having({ data: { release: 'AAAA' } })
    const web = deployment('web', 'shop').annotated(inRelease('shop', 'shop'))
    expect(originOf(question(web, aCluster([damaged])))?.doubt).toMatch(/Secret sh\.helm\.release\.v1\.shop\.v1/)
  })
})
