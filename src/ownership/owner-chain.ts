import type { ApiObject } from '#model/cluster-state.ts'

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
  /** The references form a circle. */
  | { readonly kind: 'Circle' }
  /** The reference points into another namespace, which Kubernetes does not follow. */
  | { readonly kind: 'OtherNamespace' }
