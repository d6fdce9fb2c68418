import type { MissingRead } from './cluster-state.ts'

export const snapshotApiVersion = 'taintdoctor.dev/v1alpha1'
export const snapshotKind = 'Snapshot'

/** A snapshot's first item: what the objects themselves cannot say. */
export interface SnapshotHead {
  readonly apiVersion: typeof snapshotApiVersion
  readonly kind: typeof snapshotKind
  readonly metadata: { readonly name: string }
  /** RFC 3339. */
  readonly takenAt: string
  readonly server: { readonly url: string | null; readonly version: string | null }
  /** Reads that were denied or cut short: what they would have shown is not in this file. */
  readonly missing: readonly MissingRead[]
  /** Resources that were read whole, so that one that is not here is known to have no objects. */
  readonly read: readonly string[]
  /** What was left out on purpose. */
  readonly leftOut: readonly string[]
}
