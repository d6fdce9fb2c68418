import { describe, expect, test } from '@jest/globals'
import { notFound } from '#diagnosis/asked/not-found.ts'
import { aCluster } from '#test/builders/cluster.ts'
import { aNode, aPod } from '#test/builders/objects.ts'
import { anObject, by } from '#test/builders/owned.ts'
import { asked } from '#test/diagnosis/diagnosed.ts'

const sts = anObject('apps/v1 StatefulSet', 'db')
const cluster = aCluster([
  aNode('n1'),
  aPod().in('shop'),
  anObject('apps/v1 Deployment', 'web'),
  aPod('db-0').ownedBy(by(sts)),
])

const rows = [
  { title: 'a Pod of that namespace is there', scope: asked('Pod', 'p', 'shop'), missing: [] },
  {
    title: 'a Pod of another namespace is not, and where it is is told',
    scope: asked('Pod', 'p'),
    missing: [{ elsewhere: ['shop'], unread: false }],
  },
  { title: 'a node is looked for everywhere', scope: asked('Node', 'n2'), missing: [{ elsewhere: [], unread: false }] },
  { title: 'a workload that was read is there', scope: asked('Deployment', 'web'), missing: [] },
  { title: 'a workload that only a Pod names as its owner is there', scope: asked('StatefulSet', 'db'), missing: [] },
  {
    title: 'where no object of the kind was read, nothing is known',
    scope: asked('Job', 'x'),
    missing: [{ elsewhere: [], unread: true }],
  },
]

describe('names that nothing bears', () => {
  for (const { title, scope, missing } of rows) {
    test(title, () => {
      expect(notFound(cluster, scope).map(({ elsewhere, unread }) => ({ elsewhere, unread }))).toEqual(missing)
    })
  }
})
