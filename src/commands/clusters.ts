import { readContents } from '#cluster/snapshot/read-snapshot.ts'
import { SnapshotCluster } from '#cluster/snapshot/snapshot-cluster.ts'
import type { DiagnoseOptions } from '#diagnosis/diagnose.ts'
import type { Scope } from '#diagnosis/scope.ts'
import type { ClusterState } from '#model/cluster-state.ts'
import { Failure } from '#model/failure.ts'
import { parseServerVersion } from '#model/server-version.ts'
import type { ConnectionFlags } from './connection.ts'
import { startProgress } from './progress.ts'
import { readCluster } from './read-cluster.ts'
import { streams } from './streams.ts'

export interface ClusterFlags extends ConnectionFlags {
  readonly snapshot: readonly string[] | undefined
  readonly 'server-version': string | undefined
  readonly 'all-namespaces': boolean
  readonly 'no-progress': boolean
}

/** One cluster that was read, with the question as it is for that cluster. */
export interface ReadCluster {
  readonly state: ClusterState
  readonly scope: Scope
  readonly options: DiagnoseOptions
}

/** Reads the clusters that the flags name: snapshots, or live ones. */
export async function readClusters(flags: ClusterFlags, scope: Scope): Promise<readonly ReadCluster[]> {
  const options = diagnoseOptions(flags)
  const snapshots = flags.snapshot ?? []
  checkSources(flags, snapshots)
  const progress = startProgress('reading', streams(), !flags['no-progress'])
  try {
    if (snapshots.length === 0) {
      // Loaded only where a cluster is asked: snapshots and completion start faster without the network's modules.
      const { readContexts } = await import('./read-contexts.ts')
      const reads = await readContexts(flags, scope, progress, options.version)
      return reads.map(({ state, scope: own }) => ({ state, scope: own, options }))
    }
    const { stdin } = streams()
    const reads: ReadCluster[] = []
    for (const path of snapshots) {
      const cluster = new SnapshotCluster(await readContents({ path, stdin }))
      const read = await readCluster(cluster, scope, flags['all-namespaces'], progress, options.version)
      reads.push({ ...read, options })
    }
    return reads
  } finally {
    progress.stop()
  }
}

function diagnoseOptions(flags: ClusterFlags): DiagnoseOptions {
  const text = flags['server-version']
  if (text === undefined) return {}
  const version = parseServerVersion(text)
  if (version === undefined) {
    throw new Failure('WrongArgument', `--server-version: "${text}" is no version`, {
      hint: 'write for example v1.34.2',
      exitCode: 2,
    })
  }
  return { version }
}

function checkSources(flags: ClusterFlags, snapshots: readonly string[]): void {
  const live = ['context', 'all-contexts', 'kubeconfig', 'cluster', 'user', 'server', 'token', 'as'] as const
  const given = live.filter((name) => {
    const value = (flags as unknown as Record<string, unknown>)[name]
    return value !== undefined && value !== false
  })
  if (snapshots.length > 0 && given.length > 0) {
    throw new Failure('WrongArgument', `--snapshot and --${given[0]} are two sources`, {
      hint: 'leave one of them out: a snapshot is read in place of a cluster',
      exitCode: 2,
    })
  }
  if (snapshots.filter((path) => path === '-').length > 1) {
    throw new Failure('WrongArgument', 'standard input can be read only once', {
      hint: 'give --snapshot - once',
      exitCode: 2,
    })
  }
}
