import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import type { Taint } from '#model/api/node.ts'
import type { Toleration } from '#model/api/pod.ts'
import { isTolerated } from '#model/toleration.ts'
import { demoClusters } from './cluster.ts'
import type { DemoObject } from './objects.ts'

const now = new Date('2026-11-23T10:00:00Z')

/** Every Pod that waits, by cluster, with what it belongs to; a helper of the provisioner belongs to nothing. */
const waiting: Record<string, Record<string, string>> = {
  platform: {
    'cattle-fleet-system/fleet-cleanup-clusterregistrations-cnf8q': 'Job fleet-cleanup-clusterregistrations',
    'cattle-fleet-system/fleet-cleanup-gitrepo-jobs-29923791-rv7cn':
      'Job fleet-cleanup-gitrepo-jobs-29923791 < CronJob fleet-cleanup-gitrepo-jobs',
    'fleetdm/fleet-migration-lkfn8': 'Job fleet-migration',
  },
  edge: {
    'cattle-system/cattle-cluster-agent-fc96d4d96-6wl8d':
      'ReplicaSet cattle-cluster-agent-fc96d4d96 < Deployment cattle-cluster-agent',
    'kube-system/coredns-6577c896b-8wwb5': 'ReplicaSet coredns-6577c896b < Deployment coredns',
  },
  lab: {
    'cattle-fleet-system/fleet-agent-6865c9c4f7-5nfp7': 'ReplicaSet fleet-agent-6865c9c4f7 < Deployment fleet-agent',
    'fleet-local/platform-e18d0-nm9p2': 'Job platform-e18d0 < GitRepo platform',
    'kube-system/hostpath-provisioner-mk-2-79s4v': '',
    'shop/postgres-0': 'StatefulSet postgres',
  },
}

for (const { context, objects } of demoClusters(now)) {
  const byUid = new Map(objects.map((object) => [object.metadata.uid, object]))
  const pods = objects.filter((object) => object.kind === 'Pod') as unknown as DemoPod[]
  const nodes = objects.filter((object) => object.kind === 'Node') as unknown as DemoNode[]

  describe(`cluster ${context}`, () => {
    test('has no two objects of one uid, or of one kind and name', () => {
      expect(byUid.size).toBe(objects.length)
      expect(new Set(objects.map(whole)).size).toBe(objects.length)
    })

    test('has the namespace of everything that lies in one', () => {
      const namespaces = new Set(
        objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name),
      )
      for (const { metadata } of objects) if (metadata.namespace) expect(namespaces).toContain(metadata.namespace)
    })

    test('has every owner that is named, by the uid that is named, in the same namespace', () => {
      for (const object of objects) {
        for (const { uid, ...reference } of ownersOf(object)) {
          const owner = byUid.get(uid)
          expect(owner).toMatchObject({ apiVersion: reference.apiVersion, kind: reference.kind })
          expect(owner?.metadata).toMatchObject({ name: reference.name, namespace: object.metadata.namespace })
        }
      }
    })

    test('has nothing from the future, and no Pod older than its owner', () => {
      for (const object of objects) {
        expect(Date.parse(object.metadata.creationTimestamp)).toBeLessThanOrEqual(now.getTime())
        for (const { uid } of ownersOf(object)) {
          const owner = byUid.get(uid) as DemoObject
          expect(owner.metadata.creationTimestamp <= object.metadata.creationTimestamp).toBe(true)
        }
      }
    })

    test('has just these Pods waiting, each with its owners up to the root', () => {
      const found = pods.filter(({ spec }) => spec.nodeName === undefined)
      const chains = found.map((pod) => [
        `${pod.metadata.namespace}/${pod.metadata.name}`,
        chainOf(pod, byUid).join(' < '),
      ])
      expect(Object.fromEntries(chains)).toEqual(waiting[context])
    })

    test('refuses each waiting Pod by a taint on every node, and says so as the scheduler does', () => {
      for (const { spec, status } of pods.filter((pod) => pod.status.conditions !== undefined && !pod.spec.nodeName)) {
        const open = nodes.filter((node) => node.spec.taints.every((taint) => isTolerated(taint, spec.tolerations)))
        expect(open.map((node) => node.metadata.name)).toEqual([])
        const count = nodes.length
        expect(status.conditions?.[0]?.message).toBe(
          `0/${count} nodes are available: ${count} node(s) had untolerated taint(s). no new claims to deallocate, ` +
            `preemption: 0/${count} nodes are available: ${count} Preemption is not helpful for scheduling.`,
        )
      }
    })

    test('runs Pods on nodes that are there', () => {
      const names = new Set(nodes.map((node) => node.metadata.name))
      for (const { spec } of pods) if (spec.nodeName !== undefined) expect(names).toContain(spec.nodeName)
    })
  })
}

test('Fleet 0.11.3 is installed with a toleration that its hook does not pass on', () => {
  const release = releaseOf('platform', 'cattle-fleet-system')
  expect(release).toMatchObject({
    info: { status: 'pending-install' },
    chart: { metadata: { name: 'fleet', version: '0.11.3' } },
    config: { tolerations: [{ key: 'dedicated', operator: 'Equal', value: 'infra', effect: 'NoSchedule' }] },
    hooks: [{ name: 'fleet-cleanup-clusterregistrations', kind: 'Job', events: ['post-install', 'post-upgrade'] }],
  })
  expect(release.hooks[0].manifest).not.toContain('infra')
  expect(release.manifest).toContain(
    '# Source: fleet/templates/job_cleanup_gitrepojobs.yaml\napiVersion: batch/v1\nkind: CronJob',
  )
  expect(release.manifest).not.toMatch(/uid|creationTimestamp|status:/)
})

test("FleetDM's Deployment and Service select the migration's Pod too", () => {
  const objects = objectsOf('platform').filter(({ metadata }) => metadata.namespace === 'fleetdm')
  const find = (kind: string): DemoObject => objects.find((object) => object.kind === kind) as DemoObject
  const migration = objects.find(({ metadata }) => metadata.name === 'fleet-migration-lkfn8')
  const { selector } = find('Deployment').spec as { selector: { matchLabels: object } }
  expect(migration?.metadata.labels).toMatchObject(selector.matchLabels)
  expect((find('Service').spec as { selector: object }).selector).toEqual(selector.matchLabels)
})

test('the database has been given a node, and its helper names the claim', () => {
  const find = (name: string): DemoObject =>
    objectsOf('lab').find(({ metadata }) => metadata.name === name) as DemoObject
  expect(find('postgres-0').status).toEqual({ phase: 'Pending', nominatedNodeName: 'mk-2', qosClass: 'Burstable' })
  const claim = find('data-postgres-0')
  expect(claim.metadata.annotations).toMatchObject({ 'volume.kubernetes.io/selected-node': 'mk-2' })
  const helper = find('hostpath-provisioner-mk-2-79s4v')
  expect(JSON.stringify(helper.spec)).toContain(`/shop-data-postgres-0-pvc-${claim.metadata.uid}"`)
})

interface DemoPod extends DemoObject {
  readonly spec: { readonly nodeName?: string; readonly tolerations: readonly Toleration[] }
  readonly status: { readonly conditions?: readonly { readonly message?: string }[] }
}

interface Data {
  readonly release: string
}

interface DemoNode extends DemoObject {
  readonly spec: { readonly taints: readonly Taint[] }
}

interface Reference {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly uid: string
}

const whole = ({ apiVersion, kind, metadata }: DemoObject): string =>
  `${apiVersion} ${kind} ${metadata.namespace}/${metadata.name}`

function ownersOf(object: DemoObject): Reference[] {
  return (object.metadata.ownerReferences ?? []) as Reference[]
}

function chainOf(object: DemoObject, byUid: ReadonlyMap<string, DemoObject>): string[] {
  return ownersOf(object).flatMap(({ uid }) => {
    const owner = byUid.get(uid) as DemoObject
    return [`${owner.kind} ${owner.metadata.name}`, ...chainOf(owner, byUid)]
  })
}

function objectsOf(context: string): readonly DemoObject[] {
  return demoClusters(now).find((cluster) => cluster.context === context)?.objects ?? []
}

function releaseOf(context: string, namespace: string) {
  const secrets = objectsOf(context).filter((object) => object.type === 'helm.sh/release.v1')
  const { data } = secrets.find(({ metadata }) => metadata.namespace === namespace) as DemoObject & { data: Data }
  const { release } = data
  return JSON.parse(gunzipSync(Buffer.from(Buffer.from(release, 'base64').toString(), 'base64')).toString())
}
