import type { MissingRead, Oddity } from './cluster-state.ts'

export const snapshotApiVersion = 'taintdoctor.dev/v1alpha1'
export const snapshotKind = 'Snapshot'

/** A snapshot's first item: what the objects themselves cannot say. */
export interface SnapshotHead {
  readonly apiVersion: typeof snapshotApiVersion
  readonly kind: typeof snapshotKind
  readonly metadata: { readonly name: string }
  /** RFC 3339. */
  readonly takenAt: string
  /** The namespace that the snapshot is about; null for all. */
  readonly namespace: string | null
  readonly server: { readonly url: string | null; readonly version: string | null }
  /** Reads that were denied or cut short: what they would have shown is not in this file. */
  readonly missing: readonly MissingRead[]
  /** Resources that were read whole, so that one that is not here is known to have no objects. */
  readonly read: readonly string[]
  /** Narrower lists that were read whole. */
  readonly lists: readonly SnapshotList[]
  /** Values that were not as the API would write them, and were left out therefore. */
  readonly oddities: readonly Oddity[]
  /** What was left out on purpose, each as a clause. */
  readonly leftOut: readonly string[]
}

/** A list that was read: one namespace of a resource, or what its selectors choose. */
export interface SnapshotList {
  /** The plural name, with its group where it has one. */
  readonly resource: string
  readonly namespace?: string
  readonly labelSelector?: string
  readonly fieldSelector?: string
}
