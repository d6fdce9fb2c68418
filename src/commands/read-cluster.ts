import { nextReads, podKey } from '#diagnosis/next-reads.ts'
import type { Scope } from '#diagnosis/scope.ts'
import type { ClusterState } from '#model/cluster-state.ts'
import type { SchedulerKind } from '#model/kinds.ts'
import type { ServerVersion } from '#model/server-version.ts'
import { type Want, wantKey } from '#model/want.ts'
import type { Progress } from './progress.ts'

/** What can be read in steps: a live cluster, or a snapshot of one. */
export interface ClusterSource {
  readonly name: string
  /** The namespace that is meant where none is said. */
  readonly namespace: string
  readBase(question: { readonly namespace?: string }): Promise<ClusterState>
  readKinds(kinds: readonly SchedulerKind[]): Promise<ClusterState>
  readWants(wants: readonly Want[]): Promise<ClusterState>
  readPod(namespace: string, name: string): Promise<boolean>
  state(): ClusterState
  close(): Promise<void>
}

/** One cluster that was read, and the question as it is for that cluster. */
export interface ClusterRead {
  readonly state: ClusterState
  readonly scope: Scope
}

/** More rounds than any chain of owners is long. */
const mostRounds = 32

/** Reads what the question needs, in rounds: each shows what is to be read next. */
export async function readCluster(
  cluster: ClusterSource,
  scope: Scope,
  everywhere: boolean,
  progress: Progress,
  version?: ServerVersion,
): Promise<ClusterRead> {
  try {
    const own = scope.namespace !== undefined || everywhere ? scope : { ...scope, namespace: cluster.namespace }
    progress.say(`reading nodes and Pods of ${cluster.name}`)
    let state = await cluster.readBase(own.namespace === undefined ? {} : { namespace: own.namespace })
    const kinds = new Set<SchedulerKind>(['nodes', 'pods'])
    const asked = new Set<string>()
    for (let round = 0; round < mostRounds; round++) {
      const next = nextReads(own, { state, kinds, asked }, version)
      if (next.kinds.length === 0 && next.wants.length === 0 && next.pods.length === 0) break
      for (const kind of next.kinds) kinds.add(kind)
      for (const want of next.wants) asked.add(wantKey(want))
      for (const { namespace, name } of next.pods) asked.add(podKey(namespace, name))
      progress.say(`reading owners and volumes of ${cluster.name}`)
      await Promise.all([
        cluster.readKinds(next.kinds),
        cluster.readWants(next.wants),
        ...next.pods.map(({ namespace, name }) => cluster.readPod(namespace, name)),
      ])
      state = cluster.state()
    }
    return { state, scope: own }
  } finally {
    await cluster.close()
  }
}
