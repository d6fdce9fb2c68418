import { describe, expect, test } from '@jest/globals'
import { nextReads } from '#diagnosis/next-reads.ts'
import type { Scope } from '#diagnosis/scope.ts'
import { wantKey } from '#model/want.ts'
import { aCluster } from '#test/builders/cluster.ts'
import { aNode, aPod } from '#test/builders/objects.ts'
import { anObject, by } from '#test/builders/owned.ts'
import { asked } from '#test/diagnosis/diagnosed.ts'

const job = anObject('batch/v1 Job', 'seed')
const event = (reason: string, kind: string, name: string) =>
  anObject('v1 Event', `e-${name}`).having({
    reason,
    message: 'exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1',
    involvedObject: { kind, namespace: 'default', name },
  })

/** What is wanted next, as keys. */
function wanted(objects: readonly object[], scope: Scope): readonly string[] {
  const state = aCluster(objects)
  return nextReads(scope, { state, kinds: new Set(['nodes', 'pods']), asked: new Set() }).wants.map(wantKey)
}

const rows = [
  {
    title: 'of a namespace the refusals of controllers, in one narrow list',
    objects: [aNode('n1')],
    scope: { namespace: 'default' },
    has: 'list  events default  reason=FailedCreate',
  },
  {
    title: 'the controller that an event calls refused',
    objects: [event('FailedCreate', 'ReplicaSet', 'web-1')],
    scope: { namespace: 'default' },
    has: 'object apps/v1 ReplicaSet default web-1',
  },
  {
    title: 'the quotas, where one refuses',
    objects: [
      event('FailedCreate', 'ReplicaSet', 'web-1'),
      anObject('apps/v1 ReplicaSet', 'web-1').having({ spec: { replicas: 2 } }),
    ],
    scope: { namespace: 'default' },
    has: 'list  resourcequotas default  ',
  },
  {
    title: 'selectors, where a Job’s Pod has labels of its own',
    objects: [aPod().labelled({ app: 'web' }).ownedBy(by(job))],
    scope: { namespace: 'default' },
    has: 'list  services default  ',
  },
  {
    title: 'Events of a Pod that has a node and does not start',
    objects: [aPod().on('n1').inPhase('Pending')],
    scope: { namespace: 'default' },
    has: 'list  events default  involvedObject.kind=Pod,involvedObject.name=p',
  },
  {
    title: 'the ReplicaSets of a Deployment that was named',
    objects: [anObject('apps/v1 Deployment', 'web').having({ spec: { selector: { matchLabels: { app: 'web' } } } })],
    scope: asked('Deployment', 'web'),
    has: 'list apps replicasets default app=web ',
  },
  {
    title: 'webhooks, where no Pod of a workload is ready',
    objects: [aPod().ownedBy(by(anObject('apps/v1 ReplicaSet', 'web-1')))],
    scope: { namespace: 'default' },
    has: 'list admissionregistration.k8s.io validatingwebhookconfigurations   ',
  },
]

describe('what is read next', () => {
  for (const { title, objects, scope, has } of rows) {
    test(title, () => expect(wanted(objects, scope)).toContain(has))
  }

  test('for a bare Pod that only taints keep off, nothing but refusals, what an autoscaler said, and its namespace', () => {
    expect(wanted([aNode('n1').tainted('a:NoSchedule'), aPod()], { namespace: 'default' })).toEqual([
      'list  events default  reason=FailedCreate',
      'list  events default  reason=NotTriggerScaleUp',
      'object v1 Namespace  default',
    ])
  })
})
