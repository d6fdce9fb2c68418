import { type ConnectionEnvironment, connect, type Limits } from '#cluster/access/index.ts'
import { LiveCluster } from '#cluster/live/live-cluster.ts'
import type { Scope } from '#diagnosis/scope.ts'
import type { ServerVersion } from '#model/server-version.ts'
import { type ConnectionFlags, connectionOptions } from './connection.ts'
import type { Progress } from './progress.ts'
import { type ClusterRead, readCluster } from './read-cluster.ts'

/** What several clusters share, and how long one of them is waited for. */
export interface LiveSetting {
  readonly env?: ConnectionEnvironment
  readonly limits?: Partial<Limits>
}

/** Reads from the cluster of a context what the question needs. */
export async function readLive(
  flags: ConnectionFlags & { readonly 'all-namespaces': boolean },
  context: string | undefined,
  scope: Scope,
  progress: Progress,
  version?: ServerVersion,
  { env, limits }: LiveSetting = {},
): Promise<ClusterRead> {
  const cluster = new LiveCluster(await connect({ ...connectionOptions(flags, context), limits }, env))
  return readCluster(cluster, scope, flags['all-namespaces'], progress, version)
}
