import type { ObjectMeta } from './api/meta.ts'
import type { SchedulerKind, SchedulerKinds } from './kinds.ts'
import type { ServerVersion } from './server-version.ts'

/** Why a read brought nothing, or not all. */
export type MissingReason =
  | 'Forbidden'
  | 'Unauthorized'
  | 'NotFound'
  | 'Timeout'
  | 'Unreachable'
  | 'Expired'
  | 'ServerError'
  | 'Invalid'
  | 'NotInSnapshot'

/** A read that was denied, failed or was cut short. What it would have shown is unknown, not empty. */
export interface MissingRead {
  /** The resource's plural name, with its group where it has one: `nodes`, `storageclasses.storage.k8s.io`. */
  readonly resource: string
  /** The namespace that was asked for; absent where it was the whole cluster. */
  readonly namespace?: string
  /** The object that was asked for; absent for a list. */
  readonly name?: string
  readonly reason: MissingReason
  /** The server's own words, or the file's. */
  readonly message: string
  /** Namespaces that could be read whole all the same. */
  readonly readNamespaces?: readonly string[]
  /** It would only have added to the answer. */
  readonly aside?: true
}

/** What a list brought. With `missing`, `items` holds the part that could be read. */
export interface Listing<T> {
  readonly items: readonly T[]
  readonly missing?: MissingRead
  /** Namespaces that were read whole although the list of all namespaces is `missing`. */
  readonly readNamespaces?: readonly string[]
}

/** An object of any kind, as the API wrote it; what its fields hold has to be looked at before it is believed. */
export interface ApiObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: ObjectMeta
  readonly [field: string]: unknown
}

/** Something in an object that is not as the API would write it. */
export interface Oddity {
  readonly kind: string
  readonly namespace?: string
  readonly name: string
  /** Where in the object: `spec.containers[0].resources.requests[cpu]`. */
  readonly path: string
  /** What is there and what would be right, as one clause. */
  readonly problem: string
}

/** One cluster at one time, read once and never changed. */
export interface ClusterState {
  /** The context's name, or the snapshot's path as given. */
  readonly name: string
  readonly server: string | null
  readonly version: ServerVersion | null
  readonly lists: { readonly [K in SchedulerKind]: Listing<SchedulerKinds[K]> }
  /** Everything else that was read: owners, what put them there, events, quotas. */
  readonly objects: readonly ApiObject[]
  /** Reads of `objects` that brought nothing or not all. */
  readonly missing: readonly MissingRead[]
  readonly oddities: readonly Oddity[]
}
