import { describe, expect, test } from '@jest/globals'
import type { MissingRead } from '#model/cluster-state.ts'
import type { OwnedObject } from '#model/raw-object.ts'
import { looseOwners, ownerChain, rootOf } from '#ownership/owner-chain.ts'
import { aCluster } from '#test/builders/cluster.ts'
import { aNode, aPod } from '#test/builders/objects.ts'
import { anObject, by, loosely } from '#test/builders/owned.ts'

const deployment = anObject('apps/v1 Deployment', 'web')
const replicaSet = anObject('apps/v1 ReplicaSet', 'web-1').ownedBy(by(deployment))
const cronJob = anObject('batch/v1 CronJob', 'report')
const job = anObject('batch/v1 Job', 'report-1').ownedBy(by(cronJob))
const node = { ...aNode('n1'), metadata: { name: 'n1', uid: 'node-1', labels: {} } }
const database = anObject('db.example.com/v1beta2 Postgres', 'main')
const set = anObject('db.example.com/v1 PostgresSet', 'main-a').ownedBy(by(database))
const role = anObject('rbac.authorization.k8s.io/v1 ClusterRole', 'helper').clusterWide()
const tenant = anObject('example.com/v1 Tenant', 'blue').clusterWide()
const elsewhere = anObject('apps/v1 ReplicaSet', 'far').in('other')
const ring = {
  a: anObject('example.com/v1 A', 'a').ownedBy({
    apiVersion: 'example.com/v1',
    kind: 'B',
    name: 'b',
    controller: true,
    uid: 'B-default-b',
  }),
  b: anObject('example.com/v1 B', 'b').ownedBy({
    apiVersion: 'example.com/v1',
    kind: 'A',
    name: 'a',
    controller: true,
    uid: 'A-default-a',
  }),
}
const selfOwned = aPod('p').ownedBy({ apiVersion: 'v1', kind: 'Pod', name: 'p', uid: 'default-p', controller: true })

interface Row {
  readonly title: string
  readonly pod?: { metadata: object }
  readonly objects?: readonly object[]
  readonly missing?: MissingRead
  readonly owners: string
  readonly end?: string
}

const pod = (...references: Parameters<typeof replicaSet.ownedBy>) =>
  references.reduce((built, reference) => built.ownedBy(reference), aPod('p'))
const refused = (resource: string, more: object = {}): MissingRead => ({
  resource,
  reason: 'Forbidden',
  message: `${resource} is forbidden`,
  ...more,
})

const rows: readonly Row[] = [
  { title: 'a Pod without owners is its own root', owners: '' },
  {
    title: 'Pod, ReplicaSet, Deployment',
    pod: pod(by(replicaSet)),
    objects: [replicaSet, deployment],
    owners: 'ReplicaSet/web-1 Deployment/web',
  },
  { title: 'Pod, Job, CronJob', pod: pod(by(job)), objects: [job, cronJob], owners: 'Job/report-1 CronJob/report' },
  { title: 'a static Pod ends at its Node', pod: pod(by(node)), objects: [node], owners: 'Node/n1' },
  {
    title: 'kinds nobody has heard of are followed like any other',
    pod: pod(by(set)),
    objects: [set, database],
    owners: 'PostgresSet/main-a Postgres/main',
  },
  {
    title: 'an owner read in another version of its group is the same object',
    pod: pod(by(set)),
    objects: [
      { ...set, apiVersion: 'db.example.com/v1alpha1' },
      { ...database, apiVersion: 'db.example.com/v1' },
    ],
    owners: 'PostgresSet/main-a Postgres/main',
  },
  {
    title: 'an owner of the same kind in another group is another object',
    pod: pod(by(set)),
    objects: [{ ...set, apiVersion: 'other.example.com/v1' }],
    owners: 'PostgresSet/main-a',
    end: 'Unreadable: no PostgresSet of db.example.com/v1 was read',
  },
  {
    title: 'a cluster-wide owner is found without a namespace',
    pod: pod(by(tenant)),
    objects: [tenant],
    owners: 'Tenant/blue',
  },
  {
    title: 'an owner without the controller flag is not followed',
    pod: pod(loosely(role)),
    objects: [role],
    owners: '',
  },
  {
    title: 'of several owners the controller is the one',
    pod: pod(loosely(role), by(replicaSet)),
    objects: [role, replicaSet, deployment],
    owners: 'ReplicaSet/web-1 Deployment/web',
  },
  {
    title: 'labels make no owner',
    pod: aPod('p').labelled({ 'job-name': 'report-1', 'batch.kubernetes.io/job-name': 'report-1' }),
    objects: [job, cronJob],
    owners: '',
  },
  {
    title: 'an owner made again under the same name is not the owner',
    pod: pod(by(replicaSet)),
    objects: [replicaSet.withUid('new'), deployment],
    owners: 'ReplicaSet/web-1',
    end: 'OtherUid',
  },
  {
    title: 'without a uid on either side the name has to do',
    pod: pod({ ...by(replicaSet), uid: '' }),
    objects: [replicaSet, deployment],
    owners: 'ReplicaSet/web-1 Deployment/web',
  },
  {
    title: 'an owner in another namespace is none',
    pod: pod(by(elsewhere)),
    objects: [elsewhere],
    owners: '',
    end: 'OtherNamespace',
  },
  {
    title: 'an owner of the name in another namespace is another object: the owner is gone',
    pod: pod({ ...by(elsewhere), uid: 'gone' }),
    objects: [elsewhere],
    owners: 'ReplicaSet/far',
    end: 'Deleted',
  },
  {
    title: 'an owner that the server does not find is deleted',
    pod: pod(by(replicaSet)),
    missing: refused('replicasets.apps', { namespace: 'default', name: 'web-1', reason: 'NotFound' }),
    owners: 'ReplicaSet/web-1',
    end: 'Deleted',
  },
  {
    title: 'an owner that may not be read is not called deleted',
    pod: pod(by(replicaSet)),
    objects: [deployment],
    missing: refused('replicasets.apps'),
    owners: 'ReplicaSet/web-1',
    end: 'Unreadable: replicasets.apps is forbidden',
  },
  {
    title: 'a refusal for another namespace explains nothing',
    pod: pod(by(replicaSet)),
    missing: refused('replicasets.apps', { namespace: 'other' }),
    owners: 'ReplicaSet/web-1',
    end: 'Unreadable: no ReplicaSet of apps/v1 was read',
  },
  {
    title: 'an owner whose API is gone is not called deleted',
    pod: pod(by(database)),
    missing: refused('postgres.db.example.com', {
      reason: 'NotFound',
      message: 'the server could not find the requested resource',
    }),
    owners: 'Postgres/main',
    end: 'Unreadable: the server could not find the requested resource',
  },
  {
    title: 'a circle ends before it repeats',
    pod: pod(by(ring.a)),
    objects: [ring.a, ring.b],
    owners: 'A/a B/b',
    end: 'Circle',
  },
  { title: 'an object that owns itself has no owner', pod: selfOwned, objects: [selfOwned], owners: '', end: 'Circle' },
  {
    title: 'references that name nothing are passed over',
    pod: pod({ controller: true }, { kind: 'Job', controller: true }, by(replicaSet)),
    objects: [replicaSet, deployment],
    owners: 'ReplicaSet/web-1 Deployment/web',
  },
]

describe('the owner chain', () => {
  for (const { title, pod: given = aPod('p'), objects = [], missing, owners, end } of rows) {
    test(title, () => {
      const cluster = { ...aCluster(objects), missing: missing === undefined ? [] : [missing] }
      const chain = ownerChain(given as OwnedObject, cluster)
      expect(chain.owners.map((owner) => `${owner.kind}/${owner.name}`).join(' ')).toBe(owners)
      const said = chain.end?.kind === 'Unreadable' ? `${chain.end.kind}: ${chain.end.message}` : chain.end?.kind
      expect(said).toBe(end)
    })
  }

  test('nodes that may not be listed leave a static Pod with an owner that is not called deleted', () => {
    const read = aCluster([])
    const cluster = { ...read, lists: { ...read.lists, nodes: { items: [], missing: refused('nodes') } } }
    const chain = ownerChain(pod(by(node)) as OwnedObject, cluster)
    expect(chain.owners).toEqual([{ apiVersion: 'v1', kind: 'Node', name: 'n1', uid: 'node-1' }])
    expect(chain.end).toEqual({ kind: 'Unreadable', message: 'nodes is forbidden' })
  })

  test('metadata of any shape is looked at before it is believed', () => {
    const odd = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', ownerReferences: 'web', labels: 3 } }
    expect(ownerChain(odd as unknown as OwnedObject, aCluster([]))).toEqual({ owners: [] })
  })

  test('Pods of one owner share one walk', () => {
    const cluster = aCluster([replicaSet, deployment])
    const first = ownerChain(pod(by(replicaSet)) as OwnedObject, cluster)
    const other = aPod('q').ownedBy(by(replicaSet)) as unknown as OwnedObject
    expect(ownerChain(other, cluster)).toBe(first)
  })

  test('the root is the last owner that was read', () => {
    const cluster = aCluster([replicaSet])
    const given = { ...pod(by(replicaSet)) }
    const chain = ownerChain(given as unknown as OwnedObject, cluster)
    expect(rootOf(given as never, chain).metadata.name).toBe('web-1')
    expect(rootOf(given as never, { owners: [] })).toBe(given)
  })

  test('owners without the controller flag are told apart from the controller', () => {
    const cluster = aCluster([role])
    const loose = looseOwners(pod(by(replicaSet), loosely(role)) as unknown as OwnedObject, cluster)
    expect(loose.map(({ kind, name, object }) => [kind, name, object !== undefined])).toEqual([
      ['ClusterRole', 'helper', true],
    ])
  })
})
