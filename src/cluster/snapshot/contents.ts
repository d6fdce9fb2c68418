import type { ClusterState } from '#model/cluster-state.ts'
import type { SnapshotHead } from '#model/snapshot-head.ts'

/** All that a snapshot's files hold. */
export interface SnapshotContents {
  readonly state: ClusterState
  /** Absent where the file was not written by `snapshot`. */
  readonly head?: SnapshotHead
  /** Whether any Secret, or Helm release, stands in it: then somebody looked for them. */
  readonly holdsSecrets: boolean
}
