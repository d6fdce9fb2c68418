import type { ApiObject, ClusterState, MissingRead } from '#model/cluster-state.ts'
import { type SchedulerKind, schedulerKinds } from '#model/kinds.ts'
import { objectIndex } from '#model/object-index.ts'
import { groupOf, type NamedOwner, textAt } from '#model/raw-object.ts'
import { missingReadOf } from '#model/resource-name.ts'
import type { ChainEnd, Owner } from './owner-chain.ts'

/** Where one reference leads. With `end`, the object behind it is not to be followed. */
export interface OwnerStep {
  readonly owner: Owner
  readonly end?: ChainEnd
}

/** Cluster-wide kinds that own things, for references to objects that were not read. */
const clusterWide = new Set([
  ' Node',
  ' Namespace',
  ' PersistentVolume',
  'rbac.authorization.k8s.io ClusterRole',
  'apiextensions.k8s.io CustomResourceDefinition',
  'management.cattle.io Cluster',
])

/**
 * The object that an owner reference names. A namespaced owner has to stand in the namespace of what it owns; a
 * reference that carries a uid is held against the object's.
 */
export function resolveOwner(reference: NamedOwner, namespace: string | undefined, cluster: ClusterState): OwnerStep {
  const index = objectIndex(cluster)
  const { apiVersion, kind, name } = reference
  const inPlace = namespace === undefined ? undefined : index.find(apiVersion, kind, namespace, name)
  const found = inPlace ?? index.find(apiVersion, kind, undefined, name)
  if (found !== undefined && hasUid(found, reference.uid)) return { owner: ownerOf(reference, found) }

  const elsewhere = reference.uid === undefined ? undefined : index.byUid(reference.uid)
  if (elsewhere !== undefined && standsElsewhere(elsewhere, reference, namespace)) {
    return { owner: unreadOwner(reference, undefined), end: { kind: 'OtherNamespace' } }
  }
  const place = clusterWide.has(`${groupOf(apiVersion)} ${kind}`) ? undefined : namespace
  const owner = unreadOwner(reference, place)
  if (found !== undefined) return { owner, end: { kind: 'OtherUid' } }
  return { owner, end: whyUnread(owner, cluster) }
}

function hasUid(object: ApiObject, uid: string | undefined): boolean {
  const own = textAt(object, 'metadata', 'uid')
  return uid === undefined || uid === '' || own === undefined || own === uid
}

function standsElsewhere(object: ApiObject, reference: NamedOwner, namespace: string | undefined): boolean {
  const place = textAt(object, 'metadata', 'namespace')
  return object.kind === reference.kind && place !== undefined && place !== namespace
}

function ownerOf(reference: NamedOwner, object: ApiObject): Owner {
  const namespace = textAt(object, 'metadata', 'namespace')
  return { ...unreadOwner(reference, namespace), uid: textAt(object, 'metadata', 'uid') ?? uidOf(reference), object }
}

function unreadOwner(reference: NamedOwner, namespace: string | undefined): Owner {
  const { apiVersion, kind, name } = reference
  return { apiVersion, kind, name, uid: uidOf(reference), ...(namespace === undefined ? {} : { namespace }) }
}

function uidOf(reference: NamedOwner): string | null {
  return textAt(reference, 'uid') ?? null
}

/** Deleted only where it is known that the object would have been seen; otherwise why it could not be. */
function whyUnread(owner: Owner, cluster: ClusterState): ChainEnd {
  const { apiVersion, kind } = owner
  const missing = missingOf(owner, cluster)
  if (missing !== undefined) {
    return missing.reason === 'NotFound' && missing.name !== undefined
      ? { kind: 'Deleted' }
      : { kind: 'Unreadable', message: missing.message }
  }
  const others = objectIndex(cluster).ofKind(groupOf(apiVersion), kind)
  if (schedulerKindOf(owner) !== undefined || others.length > 0) return { kind: 'Deleted' }
  return { kind: 'Unreadable', message: `no ${kind} of ${apiVersion} was read` }
}

function missingOf(owner: Owner, cluster: ClusterState): MissingRead | undefined {
  const resource = schedulerKindOf(owner)
  const list = resource === undefined ? undefined : cluster.lists[resource]
  if (list?.missing !== undefined) {
    const whole = owner.namespace !== undefined && list.readNamespaces?.includes(owner.namespace) === true
    if (!whole) return list.missing
  }
  return missingReadOf(cluster.missing, owner)
}

function schedulerKindOf(owner: Owner): SchedulerKind | undefined {
  const group = groupOf(owner.apiVersion)
  for (const resource of Object.keys(schedulerKinds) as SchedulerKind[]) {
    const info = schedulerKinds[resource]
    if (info.kind === owner.kind && info.group === group) return resource
  }
  return undefined
}
