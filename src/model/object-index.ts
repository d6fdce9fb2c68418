import type { ApiObject, ClusterState } from './cluster-state.ts'
import { type SchedulerKind, schedulerKinds } from './kinds.ts'
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

const indexes = new WeakMap<ClusterState, ObjectIndex>()

/** The index of a cluster state, made once for each state. */
export function objectIndex(cluster: ClusterState): ObjectIndex {
  const known = indexes.get(cluster)
  if (known !== undefined) return known
  const made = buildIndex(cluster)
  indexes.set(cluster, made)
  return made
}

function buildIndex(cluster: ClusterState): ObjectIndex {
  const byUid = new Map<string, ApiObject>()
  const byKind = new Map<string, { all: ApiObject[]; byName: Map<string, ApiObject> }>()
  for (const object of everyObject(cluster)) {
    const name = textAt(object, 'metadata', 'name')
    if (name === undefined || typeof object.kind !== 'string' || typeof object.apiVersion !== 'string') continue
    const uid = textAt(object, 'metadata', 'uid')
    if (uid !== undefined && !byUid.has(uid)) byUid.set(uid, object)
    const key = kindKey(groupOf(object.apiVersion), object.kind)
    let ofKind = byKind.get(key)
    if (ofKind === undefined) {
      ofKind = { all: [], byName: new Map() }
      byKind.set(key, ofKind)
    }
    ofKind.all.push(object)
    const place = nameKey(textAt(object, 'metadata', 'namespace'), name)
    if (!ofKind.byName.has(place)) ofKind.byName.set(place, object)
  }
  return {
    byUid: (uid) => byUid.get(uid),
    find: (apiVersion, kind, namespace, name) =>
      byKind.get(kindKey(groupOf(apiVersion), kind))?.byName.get(nameKey(namespace, name)),
    ofKind: (group, kind) => byKind.get(kindKey(group, kind))?.all ?? [],
  }
}

function* everyObject(cluster: ClusterState): Generator<ApiObject> {
  yield* cluster.objects
  for (const resource of Object.keys(schedulerKinds) as SchedulerKind[]) {
    const { group, version, kind } = schedulerKinds[resource]
    const apiVersion = group === '' ? version : `${group}/${version}`
    for (const item of cluster.lists[resource].items) yield { apiVersion, kind, ...item }
  }
}

// Neither a group, a kind, a namespace nor a name may hold a space or a slash.
const kindKey = (group: string, kind: string): string => `${group} ${kind}`
const nameKey = (namespace: string | undefined, name: string): string => `${namespace ?? ''}/${name}`
