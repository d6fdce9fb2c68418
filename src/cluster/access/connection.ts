import type { ServerVersion } from '#model/server-version.ts'
import { parseServerVersion } from '#model/server-version.ts'
import { credentialsOf } from './credentials.ts'
import { impersonationHeaders } from './impersonation.ts'
import { loadKubeconfig } from './kubeconfig.ts'
import { type ConnectionEnvironment, type ConnectionOptions, limitsOf, processEnvironment } from './options.ts'
import { chooseProxy } from './proxy.ts'
import { shownUrl } from './server-url.ts'
import { resolveSettings } from './settings.ts'
import { type ApiResult, Transport } from './transport.ts'
import { readTrust } from './trust.ts'

/** How an answer is wanted. */
export interface ReadOptions {
  /** The `Accept` header; JSON where it is left out. */
  readonly accept?: string | undefined
  /** False asks for the answer unpacked, which is quicker on a fast line. */
  readonly gzip?: boolean | undefined
  readonly signal?: AbortSignal | undefined
  /** Takes the body in parts as they come; once a part has come, a broken read is not begun again. */
  readonly onChunk?: ((chunk: Buffer) => void) | undefined
}

/** The reviews of one's own rights: the only requests that are not reads; they change nothing. */
export type SelfReview = 'selfsubjectaccessreviews' | 'selfsubjectrulesreviews'

/** A way to one API server. Nothing is sent before the first read. */
export interface Connection {
  /** The context's name; without one the server's host, or `in-cluster`. */
  readonly name: string
  /** The server's URL, fit to be shown. */
  readonly server: string
  /** The namespace of the context, `default` where it names none. */
  readonly namespace: string
  /** GETs a path from the server's root, with its query: `/api/v1/nodes?limit=500`. */
  read(path: string, options?: ReadOptions): Promise<ApiResult>
  review(kind: SelfReview, spec: object, signal?: AbortSignal): Promise<ApiResult>
  /** Ends what is under way, exec plugins too, and lets the process end. */
  close(): Promise<void>
}

/**
 * Finds the server and the credentials as kubectl does, from the flags, the kubeconfig, the environment or the Pod
 * this runs in. Rejects with a ConnectionError where they make no sense; whether the server answers shows at the
 * first read.
 */
export async function connect(
  options: ConnectionOptions = {},
  env: ConnectionEnvironment = processEnvironment(),
): Promise<Connection> {
  const limits = limitsOf(options)
  const settings = await resolveSettings(options, env)
  const closing = new AbortController()
  const { userSource } = settings
  const flags = options.as !== undefined || options.asUid !== undefined || (options.asGroups?.length ?? 0) > 0
  const impersonation = impersonationHeaders(settings.user, flags ? 'flags --as, --as-group, --as-uid' : userSource)
  const trust = await readTrust(settings)
  const authority = Buffer.isBuffer(trust.ca) ? trust.ca : undefined
  const credentials = await credentialsOf({ settings, authority, env, limits, signal: closing.signal })
  const transport = new Transport({
    settings,
    trust,
    proxy: chooseProxy(settings, env),
    credentials,
    headers: { 'user-agent': options.userAgent ?? 'kubectl-taintdoctor', ...impersonation },
    limits,
    variables: env.variables,
    closed: closing.signal,
  })
  const packed = settings.cluster.disableCompression !== true
  return {
    name: settings.name,
    server: shownUrl(settings.server),
    namespace: settings.namespace,
    read: (path, { accept = 'application/json', gzip = true, signal, onChunk } = {}) =>
      transport.send({ method: 'GET', path, accept, gzip: gzip && packed, signal, onChunk }),
    review: (kind, spec, signal) =>
      transport.send({
        method: 'POST',
        path: `/apis/authorization.k8s.io/v1/${kind}`,
        accept: 'application/json',
        gzip: false,
        body: JSON.stringify({ apiVersion: 'authorization.k8s.io/v1', kind: reviewKinds[kind], spec }),
        signal,
      }),
    async close() {
      closing.abort(new Error('the connection is closed'))
      await transport.close()
    },
  }
}

const reviewKinds = {
  selfsubjectaccessreviews: 'SelfSubjectAccessReview',
  selfsubjectrulesreviews: 'SelfSubjectRulesReview',
}

/** The server's version; undefined where it does not say, or not to us. */
export async function readVersion(connection: Connection, signal?: AbortSignal): Promise<ServerVersion | undefined> {
  const result = await connection.read('/version', { signal })
  if (result.failure !== undefined) return undefined
  try {
    const { gitVersion } = JSON.parse(result.body.toString('utf8')) as { gitVersion?: unknown }
    return typeof gitVersion === 'string' ? parseServerVersion(gitVersion) : undefined
  } catch {
    return undefined
  }
}

/** One context of the kubeconfig. */
export interface ContextSummary {
  readonly name: string
  readonly cluster: string
  readonly user: string
  readonly namespace: string
  readonly current: boolean
}

/** Every context of the kubeconfig, for completion and `--all-contexts`, in the files' order. */
export async function listContexts(
  options: Pick<ConnectionOptions, 'kubeconfig'> = {},
  env: ConnectionEnvironment = processEnvironment(),
): Promise<readonly ContextSummary[]> {
  const config = await loadKubeconfig(options.kubeconfig, env)
  return [...config.contexts].map(([name, { cluster = '', user = '', namespace = 'default' }]) => {
    return { name, cluster, user, namespace, current: name === config.currentContext }
  })
}
