import { StateBuilder, type StateHead } from '#cluster/decode/state.ts'
import type { ApiObject, ClusterState } from '#model/cluster-state.ts'
import { parseServerVersion } from '#model/server-version.ts'

/** A cluster state from objects as JSON would hold them. */
export function aCluster(
  objects: readonly object[],
  head: Partial<StateHead> & { serverVersion?: string } = {},
): ClusterState {
  const builder = new StateBuilder()
  for (const object of objects) builder.add(object as ApiObject)
  const version = head.serverVersion === undefined ? null : (parseServerVersion(head.serverVersion) ?? null)
  return builder.build({ name: 'test', server: null, version, ...head })
}
