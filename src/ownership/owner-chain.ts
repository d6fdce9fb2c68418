import type { ApiObject, ClusterState } from '#model/cluster-state.ts'
import { type NamedOwner, type OwnedObject, ownerReferencesOf, textAt } from '#model/raw-object.ts'
import { resolveOwner } from './resolve-owner.ts'

/** One owner on the way from a Pod to its root, as the reference names it. */
export interface Owner {
  readonly apiVersion: string
  readonly kind: string
  /** Absent for cluster-wide objects. */
  readonly namespace?: string
  readonly name: string
  readonly uid: string | null
  /** The object itself, where it was read. */
  readonly object?: ApiObject
}

/** The owners of an object, nearest first, along references with `controller: true`. */
export interface OwnerChain {
  readonly owners: readonly Owner[]
  /** Why the chain ends where it does, where that is not simply an object without a controlling owner. */
  readonly end?: ChainEnd
}

export type ChainEnd =
  /** The last owner no longer exists. */
  | { readonly kind: 'Deleted' }
  /** An object of that name exists, but with another uid: it was made again since. */
  | { readonly kind: 'OtherUid' }
  /** The last owner could not be read. */
  | { readonly kind: 'Unreadable'; readonly message: string }
  /** The references form a circle. The owner that closes it is not repeated. */
  | { readonly kind: 'Circle' }
  /** The reference points into another namespace, which Kubernetes does not follow. What it names is no owner. */
  | { readonly kind: 'OtherNamespace' }

const chains = new WeakMap<ClusterState, Map<string, OwnerChain>>()

/**
 * The owners of an object up to its root. Chains are kept by their first reference, so that the many Pods of one
 * owner cost one walk.
 */
export function ownerChain(object: OwnedObject, cluster: ClusterState): OwnerChain {
  const reference = controllerOf(object)
  if (reference === undefined) return { owners: [] }
  const namespace = textAt(object, 'metadata', 'namespace')
  const known = chains.get(cluster) ?? new Map<string, OwnerChain>()
  chains.set(cluster, known)
  const key = [namespace ?? '', reference.apiVersion, reference.kind, reference.name, reference.uid ?? ''].join(' ')
  let chain = known.get(key)
  if (chain === undefined) {
    chain = walk(reference, namespace, cluster)
    known.set(key, chain)
  }
  return withoutItself(object, chain)
}

/** The owners that an object names without making them its controller, each as far as it was read. */
export function looseOwners(object: OwnedObject, cluster: ClusterState): readonly Owner[] {
  const namespace = textAt(object, 'metadata', 'namespace')
  const controller = controllerOf(object)
  return ownerReferencesOf(object)
    .filter((reference) => reference !== controller)
    .map((reference) => resolveOwner(reference, namespace, cluster))
    .filter((step) => step.end?.kind !== 'OtherNamespace')
    .map((step) => step.owner)
}

/** The root object: the last owner of the chain that was read, or the object itself where none was. */
export function rootOf(object: ApiObject, chain: OwnerChain): ApiObject {
  return chain.owners.findLast((owner) => owner.object !== undefined)?.object ?? object
}

function controllerOf(object: OwnedObject): NamedOwner | undefined {
  return ownerReferencesOf(object).find((reference) => reference.controller === true)
}

function walk(first: NamedOwner, start: string | undefined, cluster: ClusterState): OwnerChain {
  const owners: Owner[] = []
  const seen = new Set<string>()
  let reference: NamedOwner | undefined = first
  let namespace = start
  while (reference !== undefined) {
    const { owner, end } = resolveOwner(reference, namespace, cluster)
    if (end?.kind === 'OtherNamespace') return { owners, end }
    const key = identity(owner)
    if (seen.has(key)) return { owners, end: { kind: 'Circle' } }
    seen.add(key)
    owners.push(owner)
    if (end !== undefined || owner.object === undefined) return { owners, ...(end === undefined ? {} : { end }) }
    namespace = owner.namespace
    reference = controllerOf(owner.object)
  }
  return { owners }
}

/** Cuts the chain where it comes back to the object that it started from. */
function withoutItself(object: OwnedObject, chain: OwnerChain): OwnerChain {
  const uid = textAt(object, 'metadata', 'uid')
  const at = chain.owners.findIndex((owner) =>
    uid !== undefined && owner.uid !== null
      ? owner.uid === uid
      : owner.kind === object.kind &&
        owner.apiVersion === object.apiVersion &&
        owner.name === textAt(object, 'metadata', 'name') &&
        owner.namespace === textAt(object, 'metadata', 'namespace'),
  )
  return at === -1 ? chain : { owners: chain.owners.slice(0, at), end: { kind: 'Circle' } }
}

function identity(owner: Owner): string {
  return owner.uid ?? [owner.apiVersion, owner.kind, owner.namespace ?? '', owner.name].join(' ')
}
