import { groupBy } from '#model/group-by.ts'
import { type ObjectWant, type Want, wantKey } from '#model/want.ts'

/** The list that brings whole kinds of owners, for the kinds that come in numbers. */
const numerous: Readonly<Record<string, { readonly group: string; readonly resource: string }>> = {
  'apps ReplicaSet': { group: 'apps', resource: 'replicasets' },
  'apps Deployment': { group: 'apps', resource: 'deployments' },
  'apps StatefulSet': { group: 'apps', resource: 'statefulsets' },
  'apps DaemonSet': { group: 'apps', resource: 'daemonsets' },
  'batch Job': { group: 'batch', resource: 'jobs' },
  'batch CronJob': { group: 'batch', resource: 'cronjobs' },
}
/** From so many objects on, one list is less work for the server than a read for each. */
const listFrom = 10

/** Each want once, and one list in place of many objects of a kind that comes in numbers. */
export function joinWants(wants: readonly Want[]): readonly Want[] {
  const byKey = new Map(wants.map((want) => [wantKey(want), want]))
  const byKind = new Map<string, ObjectWant[]>()
  for (const want of byKey.values()) {
    if (want.kind !== 'object') continue
    const group = want.apiVersion.includes('/') ? want.apiVersion.split('/')[0] : ''
    const key = `${group} ${want.kindName}`
    byKind.set(key, [...(byKind.get(key) ?? []), want])
  }
  for (const [key, objects] of byKind) {
    const list = Object.hasOwn(numerous, key) ? numerous[key] : undefined
    if (list === undefined || objects.length < listFrom) continue
    for (const object of objects) byKey.delete(wantKey(object))
    for (const want of listsOf(list, objects)) byKey.set(wantKey(want), want)
  }
  return [...byKey.values()]
}

function listsOf(list: { readonly group: string; readonly resource: string }, objects: readonly ObjectWant[]): Want[] {
  const places = groupBy(objects, (object) => object.namespace ?? '')
  if (places.size >= listFrom) return [{ kind: 'list', ...list }]
  return [...places].flatMap(([namespace, inPlace]): Want[] =>
    inPlace.length < listFrom ? [...inPlace] : [{ kind: 'list', ...list, namespace }],
  )
}
