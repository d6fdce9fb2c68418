import { type ConnectionEnvironment, ConnectionError, listContexts, processEnvironment } from '#cluster/access/index.ts'
import { StateBuilder } from '#cluster/decode/state.ts'
import type { Scope } from '#diagnosis/scope.ts'
import type { MissingRead } from '#model/cluster-state.ts'
import { Failure } from '#model/failure.ts'
import type { ServerVersion } from '#model/server-version.ts'
import type { ConnectionFlags } from './connection.ts'
import type { Progress } from './progress.ts'
import type { ClusterRead } from './read-cluster.ts'
import { readLive } from './read-live.ts'

/**
 * Reads the clusters of the contexts that the flags name: the current one, those of `--context`, or every one of the
 * kubeconfig. Of several, each is read by itself, side by side: one that cannot be read is told as a cluster of which
 * nothing is known. Rejects where none can be read.
 */
export async function readContexts(
  flags: ConnectionFlags & { readonly 'all-namespaces': boolean },
  scope: Scope,
  progress: Progress,
  version?: ServerVersion,
): Promise<readonly ClusterRead[]> {
  const env = processEnvironment()
  const contexts = await contextsOf(flags, env)
  if (contexts.length <= 1) return [await readLive(flags, contexts[0], scope, progress, version, { env })]
  // Nobody can answer the questions of several plugins at once, nor wait long for one of many.
  const setting = { env: { ...env, interactive: false }, limits: patience }
  const reads: readonly Unread[] = await Promise.all(
    contexts.map((name) =>
      readLive(flags, name, scope, progress, version, setting).catch((error: unknown) => unread(name, scope, error)),
    ),
  )
  if (reads.every(({ error }) => error !== undefined)) throw noneReadable(reads)
  return reads
}

/** For one of several clusters. A person who gives `--request-timeout` has the say. */
const patience = { connectMs: 5000, silenceMs: 20_000, retryAfterMs: 10_000 }

/** The contexts that the flags name; undefined stands for the current one. */
export async function contextsOf(
  flags: ConnectionFlags,
  env: ConnectionEnvironment,
): Promise<readonly (string | undefined)[]> {
  const named = [...new Set(flags.context ?? [])]
  if (!flags['all-contexts']) return named.length === 0 ? [undefined] : named
  if (named.length > 0) {
    throw new Failure('WrongArgument', '--context and --all-contexts exclude each other', {
      hint: 'leave one of them out',
      exitCode: 2,
    })
  }
  const contexts = await listContexts({ kubeconfig: flags.kubeconfig }, env)
  if (contexts.length === 0)
    throw new ConnectionError({ code: 'NoKubeconfig', message: 'the kubeconfig holds no contexts' })
  return contexts.map(({ name }) => name)
}

interface Unread extends ClusterRead {
  readonly error?: Error
}

/** What keeps a cluster from being read is a part of the answer; a wrong command line, or a fault of ours, is not. */
function unread(context: string | undefined, scope: Scope, error: unknown): Unread {
  const reason = reasonOf(error)
  if (reason === undefined || !(error instanceof Error)) throw error
  const missing: MissingRead = { resource: 'cluster', reason, message: error.message }
  const builder = new StateBuilder()
  builder.addMissing(missing)
  for (const kind of ['nodes', 'pods'] as const) builder.addMissingList(kind, missing)
  return { state: builder.build({ name: context ?? '', server: null, version: null }), scope, error }
}

function reasonOf(error: unknown): MissingRead['reason'] | undefined {
  if (error instanceof ConnectionError) {
    if (error.code === 'BadOption') return undefined
    return error.code === 'Timeout' || error.code === 'Unauthorized' ? error.code : 'Unreachable'
  }
  if (!(error instanceof Failure) || error.exitCode !== 3) return undefined
  return error.code === 'PodsForbidden' ? 'Forbidden' : 'ServerError'
}

function noneReadable(reads: readonly Unread[]): Failure {
  const lines = reads.map(({ state, error }) => `${state.name}: ${error?.message ?? ''}`)
  return new Failure('ClustersUnreadable', `none of the ${reads.length} clusters could be read\n${lines.join('\n')}`)
}
