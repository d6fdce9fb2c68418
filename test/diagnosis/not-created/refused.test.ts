import { describe, expect, test } from '@jest/globals'
import { aNode } from '#test/builders/objects.ts'
import { anObject } from '#test/builders/owned.ts'
import { explained } from '#test/diagnosis/diagnosed.ts'

const labels = { app: 'policy' }

/** A ReplicaSet that wants one Pod, and was refused it with these words. */
function refused(message: string, template: object = {}): object {
  return anObject('apps/v1 ReplicaSet', 'policy').having({
    spec: { replicas: 1, template: { metadata: { labels }, spec: { containers: [], ...template } } },
    status: {
      replicas: 0,
      conditions: [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message }],
    },
  })
}

const notes = (...objects: readonly object[]): string =>
  explained([aNode('n1'), ...objects])
    .diagnoses.flatMap((one) => one.notes)
    .join('\n')

describe('a controller whose Pods are refused', () => {
  const unreachable =
    'Internal error occurred: failed calling webhook "v": failed to call webhook: Post "https://policy.default.svc:443/x": no endpoints available for service "policy"'
  const service = (selector: object) => anObject('v1 Service', 'policy').having({ spec: { selector } })

  test('by the webhook that its own Pods would answer: neither can start first', () => {
    expect(notes(refused(unreachable), service(labels))).toContain('neither can start before the other')
  })

  test('by the webhook of others: those are to be brought back', () => {
    const said = notes(refused(unreachable), service({ app: 'other' }))
    expect(said).toContain('bring the Pods behind it back')
    expect(said).not.toContain('neither can start')
  })

  test('for a node selector that its namespace contradicts: both are shown', () => {
    const namespace = anObject('v1 Namespace', 'default')
      .clusterWide()
      .annotated({ 'scheduler.alpha.kubernetes.io/node-selector': 'env=prod' })
    const said = notes(
      refused('pods "a" is forbidden: pod node label selector conflicts with its namespace node label selector', {
        nodeSelector: { env: 'dev' },
      }),
      namespace,
    )
    expect(said).toContain('its template asks for env=dev')
    expect(said).toContain('its namespace adds env=prod')
  })
})

describe('a Deployment that was asked for', () => {
  test('and is paused makes no Pods until it is resumed', () => {
    const deployment = anObject('apps/v1 Deployment', 'web').having({ spec: { replicas: 3, paused: true } })
    const scope = {
      namespace: 'default',
      named: [{ kind: 'Deployment', group: 'apps', name: 'web', resource: 'deployments.apps' }],
    }
    const { asked } = explained([aNode('n1'), deployment], scope)
    expect(JSON.stringify(asked)).toContain('is paused: it makes no Pods until `kubectl -n default rollout resume')
  })
})
