import { type NamedObject, objectsNamed, podsOf, type Scope } from '#diagnosis/scope.ts'
import type { ClusterState } from '#model/cluster-state.ts'

/** A name that was asked about and that nothing in the cluster bears. */
export interface NotFound {
  readonly named: NamedObject
  /** Where it was looked for; absent for all namespaces, and for nodes. */
  readonly namespace?: string
  /** Namespaces in which something of that kind and name is. */
  readonly elsewhere: readonly string[]
  /** Whether objects of this kind could be read at all; where not, it may be there all the same. */
  readonly unread: boolean
}

/** The names that were asked about and are not there, nor named as an owner by any Pod. */
export function notFound(state: ClusterState, scope: Scope): readonly NotFound[] {
  return (scope.named ?? []).flatMap((named) => {
    const namespace = named.kind === 'Node' ? undefined : scope.namespace
    if (isThere(state, named, namespace)) return []
    const elsewhere = namespacesWith(state, named)
    const unread = !isRead(state, named)
    return [{ named, elsewhere, unread, ...(namespace === undefined ? {} : { namespace }) }]
  })
}

function isThere(state: ClusterState, named: NamedObject, namespace: string | undefined): boolean {
  if (listed(state, named).some(({ metadata }) => metadata.name === named.name && isIn(metadata.namespace, namespace)))
    return true
  if (objectsNamed(state, named, namespace).length > 0) return true
  return named.kind !== 'Pod' && named.kind !== 'Node' && podsOf(state, named, namespace).length > 0
}

function isIn(own: string | undefined, wanted: string | undefined): boolean {
  return wanted === undefined || own === undefined || own === wanted
}

/** The objects of the kinds that the scheduler reads. */
function listed({ lists }: ClusterState, { resource }: NamedObject) {
  switch (resource) {
    case 'pods':
      return lists.pods.items
    case 'nodes':
      return lists.nodes.items
    case 'persistentvolumeclaims':
      return lists.persistentvolumeclaims.items
    default:
      return []
  }
}

function namespacesWith(state: ClusterState, named: NamedObject): readonly string[] {
  const own = listed(state, named).filter(({ metadata }) => metadata.name === named.name)
  const found = [...own, ...objectsNamed(state, named, undefined)].flatMap(({ metadata }) => metadata.namespace ?? [])
  return [...new Set(found)].sort()
}

/** Whether the state could tell: a list that was read, or a read of that object that said it is not there. */
function isRead(state: ClusterState, { resource, kind, name }: NamedObject): boolean {
  if (resource === 'pods' || resource === 'nodes' || resource === 'persistentvolumeclaims') {
    return state.lists[resource].missing === undefined
  }
  const refused = state.missing.some(
    (read) =>
      read.resource === resource && (read.name === undefined || read.name === name) && read.reason !== 'NotFound',
  )
  return (
    !refused &&
    (state.missing.some((read) => read.resource === resource && read.name === name) ||
      state.objects.some((one) => one.kind === kind))
  )
}
