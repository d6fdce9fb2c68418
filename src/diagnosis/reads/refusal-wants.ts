import type { Inquiry } from '#diagnosis/inquiry.ts'
import { refusalOf } from '#diagnosis/not-created/refusal.ts'
import { shortOfPods } from '#diagnosis/not-created/short-of-pods.ts'
import type { OwnedObject } from '#model/raw-object.ts'
import type { Want } from '#model/want.ts'

const controllers: Readonly<Record<string, string>> = {
  ReplicaSet: 'apps/v1',
  StatefulSet: 'apps/v1',
  DaemonSet: 'apps/v1',
  Job: 'batch/v1',
  ReplicationController: 'v1',
}

/** No answer names more controllers than these one by one. */
const mostControllers = 100

/** The controllers that events call refused, and what stands behind the refusals: quotas, the Service of a webhook. */
export function refusalWants(namespace: string | undefined, inquiry: Inquiry): readonly Want[] {
  const named = new Map<string, Want>()
  for (const event of inquiry.events.ofReason('FailedCreate')) {
    const apiVersion = Object.hasOwn(controllers, event.kind) ? controllers[event.kind] : undefined
    if (apiVersion === undefined || (namespace !== undefined && event.namespace !== namespace)) continue
    if (inquiry.index.find(apiVersion, event.kind, event.namespace, event.name) !== undefined) continue
    const want: Want = {
      kind: 'object',
      apiVersion,
      kindName: event.kind,
      namespace: event.namespace,
      name: event.name,
    }
    if (named.size < mostControllers) named.set(`${event.kind} ${event.namespace}/${event.name}`, want)
  }
  return [
    ...named.values(),
    ...shortOfPods(inquiry).flatMap(({ object, said }) => behind(said, object.metadata.namespace ?? '', inquiry)),
  ]
}

/** The controllers that lack Pods, so that their owners are read too. */
export function refusedObjects(inquiry: Inquiry): readonly OwnedObject[] {
  return shortOfPods(inquiry).map(({ object }) => object)
}

function behind(said: string, namespace: string, { index }: Inquiry): readonly Want[] {
  const { code, service } = refusalOf(said)
  if (code === 'QuotaExceeded' || code === 'QuotaNeedsRequests')
    return [{ kind: 'list', group: '', resource: 'resourcequotas', namespace }]
  if (service === undefined || index.find('v1', 'Service', service.namespace, service.name) !== undefined) return []
  return [{ kind: 'object', apiVersion: 'v1', kindName: 'Service', ...service }]
}
