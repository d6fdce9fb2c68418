import { describe, expect, test } from '@jest/globals'
import type { ApiObject, MissingRead } from '#model/cluster-state.ts'
import { groupOf, type OwnedObject } from '#model/raw-object.ts'
import { resourceNamesOf } from '#model/resource-name.ts'
import { type Want, wantKey } from '#model/want.ts'
import { ownerChain, rootOf } from '#ownership/owner-chain.ts'
import { originOf } from '#ownership/registry.ts'
import { wantedReads } from '#ownership/wanted-reads.ts'
import { aCluster } from '#test/builders/cluster.ts'
import { aNode, aPod } from '#test/builders/objects.ts'
import { anObject, aRelease, by, loosely, rendered } from '#test/builders/owned.ts'

/** Reads what is wanted from a server that holds these objects, round by round, until nothing is wanted. */
function readAll(focus: readonly object[], server: readonly ApiObject[], start: readonly object[] = focus) {
  const asked = new Set<string>()
  const read = [...start]
  const missing: MissingRead[] = []
  for (let round = 0; round < 20; round++) {
    const cluster = { ...aCluster(read), missing }
    const wants = wantedReads(focus as OwnedObject[], cluster, asked)
    if (wants.length === 0) return { cluster, asked, rounds: round }
    for (const want of wants) {
      asked.add(wantKey(want))
      const found = server.filter((object) => answers(object, want))
      read.push(...found.filter((object) => !read.includes(object)))
      if (found.length === 0 && want.kind === 'object')
        missing.push(notFound(want.apiVersion, want.kindName, want.namespace, want.name))
    }
  }
  throw new Error('still wanting after 20 rounds')
}

function answers(object: ApiObject, want: Want): boolean {
  const inPlace = want.namespace === undefined || want.namespace === object.metadata.namespace
  if (want.kind === 'object') {
    return (
      groupOf(want.apiVersion) === groupOf(object.apiVersion) &&
      want.kindName === object.kind &&
      want.name === object.metadata.name &&
      inPlace
    )
  }
  const resource = want.group === '' ? want.resource : `${want.resource}.${want.group}`
  if (!resourceNamesOf(object.apiVersion, object.kind).includes(resource) || !inPlace) return false
  const name = /^metadata\.name=(.*)$/.exec(want.fieldSelector ?? '')?.[1]
  const release = /name=([^,]*)/.exec(want.labelSelector ?? '')?.[1]
  return (
    (name === undefined || name === object.metadata.name) &&
    (release === undefined || release === object.metadata.labels?.name)
  )
}

function notFound(apiVersion: string, kind: string, namespace: string | undefined, name: string): MissingRead {
  const place = namespace === undefined ? {} : { namespace }
  return {
    resource: resourceNamesOf(apiVersion, kind)[0] ?? '',
    ...place,
    name,
    reason: 'NotFound',
    message: 'not found',
  }
}

const ofShop = { 'meta.helm.sh/release-name': 'shop', 'meta.helm.sh/release-namespace': 'shop' }
const web = anObject('apps/v1 Deployment', 'web').in('shop').annotated(ofShop)
const replicaSet = anObject('apps/v1 ReplicaSet', 'web-1').in('shop').annotated(ofShop).ownedBy(by(web))
const pod = aPod('web-1-a').in('shop').ownedBy(by(replicaSet))
const manifest = rendered('shop/templates/web.yaml', {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
})
const bundleChart = {
  metadata: {
    name: 'shop',
    version: '1.0.0',
    annotations: { 'fleet.cattle.io/bundle-id': 'shops', 'fleet.cattle.io/agent-namespace': 'cattle-fleet-system' },
  },
}
const server = (objects: readonly object[]): ApiObject[] => [...objects] as ApiObject[]

function origins(focus: object, cluster: Parameters<typeof ownerChain>[1]): string {
  const chain = ownerChain(focus as OwnedObject, cluster)
  const kinds: string[] = []
  for (
    let origin = originOf({ root: rootOf(focus as ApiObject, chain), chain, cluster });
    origin;
    origin = origin.origin ?? null
  ) {
    kinds.push(`${origin.kind} ${origin.name}`)
  }
  return kinds.join(' < ')
}

describe('what is wanted next', () => {
  test('nothing, for a Pod without owners', () => {
    expect(wantedReads([aPod('p')] as OwnedObject[], aCluster([]))).toEqual([])
  })

  test('a Helm release is reached from its Pod, reading only what is named', () => {
    const { cluster, asked } = readAll(
      [pod],
      server([web, replicaSet, aRelease('shop', 'shop', { manifest }), aRelease('shop', 'other')]),
    )
    expect(origins(pod, cluster)).toBe('HelmRelease shop')
    expect([...asked].sort()).toEqual([
      'list  configmaps shop owner=helm,name=shop,status!=superseded ',
      'list  secrets shop owner=helm,name=shop,status!=superseded type=helm.sh/release.v1',
      'object apps/v1 Deployment shop web',
      'object apps/v1 ReplicaSet shop web-1',
    ])
  })

  test('a Bundle and its GitRepo are reached behind the release', () => {
    const bundle = anObject('fleet.cattle.io/v1alpha1 Bundle', 'shops')
      .in('fleet-default')
      .labelled({ 'fleet.cattle.io/repo-name': 'apps' })
    const repo = anObject('fleet.cattle.io/v1alpha1 GitRepo', 'apps').in('fleet-default')
    const { cluster } = readAll(
      [pod],
      server([web, replicaSet, aRelease('shop', 'shop', { manifest, chart: bundleChart }), bundle, repo]),
    )
    expect(origins(pod, cluster)).toBe('HelmRelease shop < FleetBundle shops < GitRepo apps')
  })

  test('a hook’s release is looked for among all of its namespace', () => {
    const hook = anObject('batch/v1 Job', 'migrate').in('shop').annotated({ 'helm.sh/hook': 'post-install' })
    const focus = aPod('migrate-x').in('shop').ownedBy(by(hook))
    const hooks = [
      {
        name: 'migrate',
        kind: 'Job',
        manifest: JSON.stringify({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'migrate' } }),
        events: ['post-install'],
      },
    ]
    const { cluster } = readAll([focus], server([hook, aRelease('shop', 'shop', { hooks }), aRelease('other', 'shop')]))
    expect(origins(focus, cluster)).toBe('HelmRelease shop')
  })

  test('an install Job of K3s leads to its HelmChart, its values and the manifest behind it', () => {
    const addon = {
      'objectset.rio.cattle.io/owner-gvk': 'k3s.cattle.io/v1, Kind=Addon',
      'objectset.rio.cattle.io/owner-name': 'traefik',
      'objectset.rio.cattle.io/owner-namespace': 'kube-system',
    }
    const chart = anObject('helm.cattle.io/v1 HelmChart', 'traefik').in('kube-system').annotated(addon)
    const job = anObject('batch/v1 Job', 'helm-install-traefik')
      .in('kube-system')
      .ownedBy({ ...loosely(chart), controller: false })
    const focus = aPod('helm-install-traefik-x').in('kube-system').ownedBy(by(job))
    const { cluster, asked } = readAll(
      [focus],
      server([job, chart, anObject('k3s.cattle.io/v1 Addon', 'traefik').in('kube-system')]),
    )
    expect(origins(focus, cluster)).toBe('HelmChart traefik < PackagedManifest traefik')
    expect(asked).toContain('object helm.cattle.io/v1 HelmChartConfig kube-system traefik')
  })

  test('a helm-operation Pod leads to its Operation', () => {
    const role = anObject('rbac.authorization.k8s.io/v1 ClusterRole', 'pod-impersonation-helm-op-x').clusterWide()
    const focus = anObject('v1 Pod', 'helm-operation-x')
      .in('cattle-system')
      .ownedBy(loosely(role))
      .annotated({ 'pod-impersonation.cattle.io/cluster-role': 'pod-impersonation-helm-op-x' })
    const operation = anObject('catalog.cattle.io/v1 Operation', 'helm-operation-x')
      .in('cattle-system')
      .having({ status: { release: 'rancher-webhook', namespace: 'cattle-system', action: 'upgrade' } })
    const { cluster } = readAll([focus], server([role, operation]))
    expect(origins(focus, cluster)).toBe('RancherSystemChart rancher-webhook')
  })

  test('scheduler kinds are never wanted: they are listed whole', () => {
    const node = { ...aNode('n1'), metadata: { name: 'n1', uid: 'n1' } }
    expect(wantedReads([aPod('p').ownedBy(by(node))] as OwnedObject[], aCluster([]))).toEqual([])
  })

  test('what was refused is not wanted again', () => {
    const missing: MissingRead = { resource: 'replicasets.apps', namespace: 'shop', reason: 'Forbidden', message: 'no' }
    expect(wantedReads([pod] as OwnedObject[], { ...aCluster([pod]), missing: [missing] })).toEqual([])
  })

  test('many owners of a kind are one list of their namespace, or of all where there are many', () => {
    const pods = (namespaces: number, each: number) =>
      Array.from({ length: namespaces * each }, (_, at) => {
        const owner = anObject('apps/v1 ReplicaSet', `rs-${at}`).in(`ns-${at % namespaces}`)
        return aPod(`p-${at}`)
          .in(`ns-${at % namespaces}`)
          .ownedBy(by(owner))
      }) as unknown as OwnedObject[]
    expect(wantedReads(pods(1, 9), aCluster([]))).toHaveLength(9)
    expect(wantedReads(pods(1, 10), aCluster([]))).toEqual([
      { kind: 'list', group: 'apps', resource: 'replicasets', namespace: 'ns-0' },
    ])
    expect(wantedReads(pods(20, 1), aCluster([]))).toEqual([{ kind: 'list', group: 'apps', resource: 'replicasets' }])
  })

  test('a circle is not read round and round', () => {
    const a = {
      apiVersion: 'example.com/v1',
      kind: 'A',
      metadata: {
        name: 'a',
        namespace: 'shop',
        uid: 'a',
        ownerReferences: [{ apiVersion: 'example.com/v1', kind: 'B', name: 'b', uid: 'b', controller: true }],
      },
    }
    const b = {
      apiVersion: 'example.com/v1',
      kind: 'B',
      metadata: { name: 'b', namespace: 'shop', uid: 'b', ownerReferences: [{ ...by(a) }] },
    }
    const focus = aPod('p').in('shop').ownedBy(by(a))
    expect(readAll([focus], server([a, b])).rounds).toBe(2)
  })
})
