import type { ApiObject, ClusterState } from './cluster-state.ts'
import { type SchedulerKind, schedulerKinds } from './kinds.ts'
import { oncePer } from './once-per.ts'
import { groupOf, textAt } from './raw-object.ts'

/** Looks up the objects of one cluster state, scheduler kinds and all others alike. */
export interface ObjectIndex {
  /** The object with this uid. */
  byUid(uid: string): ApiObject | undefined
  /** The object of this group, kind and name, whatever its version; without `namespace`, a cluster-wide one. */
  find(apiVersion: string, kind: string, namespace: string | undefined, name: string): ApiObject | undefined
  /** All objects of a kind. */
  ofKind(group: string, kind: string): readonly ApiObject[]
}

/** The index of a cluster state, made once for each state. */
export const objectIndex = oncePer(buildIndex)

function buildIndex(cluster: ClusterState): ObjectIndex {
  const others = indexOf(cluster.objects)
  const listOf = (group: string, kind: string): Index | undefined => {
    const resource = resources.get(kindKey(group, kind))
    return resource === undefined ? undefined : listIndex(resource, cluster.lists[resource].items)
  }
  return {
    byUid(uid) {
      const other = others.byUid.get(uid)
      if (other !== undefined) return other
      for (const resource of resources.values()) {
        const object = listIndex(resource, cluster.lists[resource].items).byUid.get(uid)
        if (object !== undefined) return whole(resource, object)
      }
      return undefined
    },
    find(apiVersion, kind, namespace, name) {
      const key = kindKey(groupOf(apiVersion), kind)
      const place = nameKey(namespace, name)
      const other = others.byKind.get(key)?.byName.get(place)
      if (other !== undefined) return other
      const resource = resources.get(key)
      const listed = listOf(groupOf(apiVersion), kind)?.byKind.get('')?.byName.get(place)
      return resource === undefined || listed === undefined ? undefined : whole(resource, listed)
    },
    ofKind(group, kind) {
      const key = kindKey(group, kind)
      const own = others.byKind.get(key)?.all ?? []
      const resource = resources.get(key)
      const listed = listOf(group, kind)?.byKind.get('')?.all
      if (resource === undefined || listed === undefined) return own
      // A read by name and a list may bring the same object twice.
      const more = listed.filter(({ metadata }) => metadata.uid === undefined || !others.byUid.has(metadata.uid))
      return [...own, ...more.map((object) => whole(resource, object))]
    },
  }
}

interface Index {
  readonly byUid: ReadonlyMap<string, ApiObject>
  /** By group and kind; a list of one kind has it under an empty key. */
  readonly byKind: ReadonlyMap<string, { readonly all: ApiObject[]; readonly byName: Map<string, ApiObject> }>
}

const resources: ReadonlyMap<string, SchedulerKind> = new Map(
  (Object.keys(schedulerKinds) as SchedulerKind[]).map((resource) => {
    const { group, kind } = schedulerKinds[resource]
    return [`${group} ${kind}`, resource]
  }),
)

const lists = new WeakMap<readonly object[], { readonly length: number; readonly index: Index }>()

/** The index of a list, made when it is first asked, and kept while the list does not grow: of Pods there are many. */
function listIndex(resource: SchedulerKind, items: readonly object[]): Index {
  const known = lists.get(items)
  if (known !== undefined && known.length === items.length) return known.index
  const index = indexOf(items as readonly ApiObject[], resource)
  lists.set(items, { length: items.length, index })
  return index
}

const wholes = new WeakMap<object, ApiObject>()

/** An object of a list with the `apiVersion` and `kind` that it has there only by being in it. */
function whole(resource: SchedulerKind, object: ApiObject): ApiObject {
  let known = wholes.get(object)
  if (known === undefined) {
    const { group, version, kind } = schedulerKinds[resource]
    known = { ...object, apiVersion: group === '' ? version : `${group}/${version}`, kind }
    wholes.set(object, known)
  }
  return known
}

function indexOf(objects: readonly ApiObject[], resource?: SchedulerKind): Index {
  const byUid = new Map<string, ApiObject>()
  const byKind = new Map<string, { all: ApiObject[]; byName: Map<string, ApiObject> }>()
  for (const object of objects) {
    const name = textAt(object, 'metadata', 'name')
    const isKnown = resource !== undefined || (typeof object.kind === 'string' && typeof object.apiVersion === 'string')
    if (name === undefined || !isKnown) continue
    const uid = textAt(object, 'metadata', 'uid')
    if (uid !== undefined && byUid.has(uid)) continue
    if (uid !== undefined) byUid.set(uid, object)
    const key = resource === undefined ? kindKey(groupOf(object.apiVersion), object.kind) : ''
    let ofKind = byKind.get(key)
    if (ofKind === undefined) {
      ofKind = { all: [], byName: new Map() }
      byKind.set(key, ofKind)
    }
    ofKind.all.push(object)
    const place = nameKey(textAt(object, 'metadata', 'namespace'), name)
    if (!ofKind.byName.has(place)) ofKind.byName.set(place, object)
  }
  return { byUid, byKind }
}

// Neither a group, a kind, a namespace nor a name may hold a space or a slash.
const kindKey = (group: string, kind: string): string => `${group} ${kind}`
const nameKey = (namespace: string | undefined, name: string): string => `${namespace ?? ''}/${name}`
