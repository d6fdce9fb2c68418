/** Something that an answer needs and that was not read yet. */
export type Want = ObjectWant | ListWant

/** One object by name. Its kind may be a custom one: discovery knows its resource. */
export interface ObjectWant {
  readonly kind: 'object'
  readonly apiVersion: string
  readonly kindName: string
  /** The namespace, where the kind is namespaced: of an owner's kind only discovery knows whether it is. */
  readonly namespace?: string
  readonly name: string
}

/** A list, as narrow as the question. */
export interface ListWant {
  readonly kind: 'list'
  /** Empty for the core group. */
  readonly group: string
  /** The plural name: `secrets`, `bundles`. */
  readonly resource: string
  /** Absent for all namespaces. */
  readonly namespace?: string
  readonly labelSelector?: string
  readonly fieldSelector?: string
}

/** One text for each want, the same for equal ones, by which a reader knows what it asked for already. */
export function wantKey(want: Want): string {
  return want.kind === 'object'
    ? ['object', want.apiVersion, want.kindName, want.namespace ?? '', want.name].join(' ')
    : [
        'list',
        want.group,
        want.resource,
        want.namespace ?? '',
        want.labelSelector ?? '',
        want.fieldSelector ?? '',
      ].join(' ')
}

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
  const places = Map.groupBy(objects, (object) => object.namespace ?? '')
  if (places.size >= listFrom) return [{ kind: 'list', ...list }]
  return [...places].flatMap(([namespace, inPlace]): Want[] =>
    inPlace.length < listFrom ? [...inPlace] : [{ kind: 'list', ...list, namespace }],
  )
}
