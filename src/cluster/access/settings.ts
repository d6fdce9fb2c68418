import { resolve } from 'node:path'
import { ConnectionError } from './connection-error.ts'
import { inClusterSettings } from './in-cluster.ts'
import { type LoadedKubeconfig, loadKubeconfig } from './kubeconfig.ts'
import type { ClusterEntry, ContextEntry, UserEntry } from './kubeconfig-file.ts'
import type { ConnectionEnvironment, ConnectionOptions } from './options.ts'
import { parseServer } from './server-url.ts'

/** Which server, as whom, and where each of the two was written. */
export interface Settings {
  /** The context's name; without one, the server's host, or `in-cluster`. */
  readonly name: string
  readonly namespace: string
  readonly server: URL
  readonly cluster: ClusterEntry
  readonly clusterSource: string
  readonly user: UserEntry
  readonly userSource: string
}

/**
 * Puts the kubeconfig and the flags together as kubectl does.
 *
 * @see client-go tools/clientcmd/client_config.go DirectClientConfig.ClientConfig (kubernetes v1.36.2)
 */
export async function resolveSettings(options: ConnectionOptions, env: ConnectionEnvironment): Promise<Settings> {
  const config = await loadKubeconfig(options.kubeconfig, env)
  const contextName = options.context ?? config.currentContext
  if (contextName === undefined && isEmpty(config) && options.server === undefined) {
    const inside = await inClusterSettings(env)
    if (inside !== undefined) return withFlags(inside, options)
    throw noKubeconfig(config)
  }
  const context = contextName === undefined ? undefined : findContext(config, contextName, options)
  const found: Found = {
    ...(contextName === undefined ? {} : { name: contextName }),
    namespace: context?.namespace ?? 'default',
    ...findCluster(config, contextName, context, options),
    ...findUser(config, contextName, context, options),
  }
  return withFlags(found, options)
}

/** What was found before the flags are laid over it. */
export interface Found {
  readonly name?: string
  readonly namespace: string
  readonly cluster: ClusterEntry
  readonly clusterSource: string
  readonly user: UserEntry
  readonly userSource: string
}

function isEmpty(config: LoadedKubeconfig): boolean {
  return config.clusters.size + config.contexts.size + config.users.size === 0
}

function noKubeconfig(config: LoadedKubeconfig): ConnectionError {
  const nothing = config.files.length === 0 ? 'there is no kubeconfig' : `${config.files.join(', ')} names no cluster`
  return new ConnectionError({
    code: 'NoKubeconfig',
    message: `${nothing}, and this is no Pod of a cluster`,
    source: config.origin,
    hint: 'give --kubeconfig FILE, set KUBECONFIG, or read a file with --snapshot',
  })
}

function findContext(config: LoadedKubeconfig, name: string, options: ConnectionOptions): ContextEntry {
  const context = config.contexts.get(name)
  if (context !== undefined) return context
  throw new ConnectionError({
    code: 'UnknownContext',
    message: `there is no context ${JSON.stringify(name)} in ${filesOf(config)}`,
    source: options.context === undefined ? 'current-context' : 'flag --context',
    hint: contextsHint(config),
  })
}

function findCluster(
  config: LoadedKubeconfig,
  contextName: string | undefined,
  context: ContextEntry | undefined,
  options: ConnectionOptions,
): Pick<Found, 'cluster' | 'clusterSource'> {
  const name = options.cluster ?? context?.cluster
  const asked = options.cluster !== undefined ? 'flag --cluster' : `context ${JSON.stringify(contextName)}`
  const cluster = name === undefined ? undefined : config.clusters.get(name)
  if (cluster !== undefined) {
    return { cluster, clusterSource: `cluster ${JSON.stringify(name)} of ${asked} in ${cluster.file}` }
  }
  if (options.server !== undefined && options.cluster === undefined) return { cluster: { file: '' }, clusterSource: '' }
  if (name !== undefined) {
    throw new ConnectionError({
      code: 'UnknownCluster',
      message: `${asked} names cluster ${JSON.stringify(name)}, which is not in ${filesOf(config)}`,
      source: asked,
      hint: `the clusters are: ${[...config.clusters.keys()].join(', ') || 'none'}`,
    })
  }
  throw new ConnectionError({
    code: 'UnknownContext',
    message: context === undefined ? 'no current context is set' : `${asked} names no cluster`,
    source: filesOf(config),
    hint: contextsHint(config),
  })
}

function findUser(
  config: LoadedKubeconfig,
  contextName: string | undefined,
  context: ContextEntry | undefined,
  options: ConnectionOptions,
): Pick<Found, 'user' | 'userSource'> {
  const name = options.user ?? context?.user
  if (name === undefined) return { user: nobody, userSource: `context ${JSON.stringify(contextName)} without a user` }
  const asked = options.user !== undefined ? 'flag --user' : `context ${JSON.stringify(contextName)}`
  const user = config.users.get(name)
  if (user !== undefined) return { user, userSource: `user ${JSON.stringify(name)} of ${asked} in ${user.file}` }
  throw new ConnectionError({
    code: 'UnknownUser',
    message: `${asked} names user ${JSON.stringify(name)}, which is not in ${filesOf(config)}`,
    source: asked,
    hint: `the users are: ${[...config.users.keys()].join(', ') || 'none'}`,
  })
}

const nobody: UserEntry = { file: '', asGroups: [], asUserExtra: new Map() }

function filesOf(config: LoadedKubeconfig): string {
  return config.files.join(', ') || config.origin
}

function contextsHint(config: LoadedKubeconfig): string {
  const names = [...config.contexts.keys()]
  if (names.length === 0) return 'give --server, or a kubeconfig with contexts'
  const shown = names.slice(0, 10).join(', ')
  return `use --context with one of: ${shown}${names.length > 10 ? ` and ${names.length - 10} more` : ''}`
}

function withFlags(found: Found, options: ConnectionOptions): Settings {
  const cluster = overlayCluster(found.cluster, options)
  const user = overlayUser(found.user, options)
  const clusterSource = options.server === undefined ? found.clusterSource : 'flag --server'
  const hasTls =
    cluster.certificateAuthority !== undefined ||
    cluster.certificateAuthorityData !== undefined ||
    user.clientCertificate !== undefined ||
    user.clientCertificateData !== undefined ||
    cluster.insecureSkipTlsVerify === true
  const server = parseServer(cluster.server, hasTls, clusterSource)
  return {
    name: found.name ?? server.host,
    namespace: found.namespace,
    server,
    cluster,
    clusterSource,
    user,
    userSource: options.token === undefined ? found.userSource : 'flag --token',
  }
}

/** A flag that says whom to trust replaces all of the kubeconfig's trust, and `--server` its `tls-server-name`. */
function overlayCluster(cluster: ClusterEntry, options: ConnectionOptions): ClusterEntry {
  const ownTrust = options.certificateAuthority !== undefined || options.insecureSkipTlsVerify === true
  const certificateAuthority =
    options.certificateAuthority === undefined ? undefined : resolve(options.certificateAuthority)
  return {
    ...cluster,
    server: options.server ?? cluster.server,
    tlsServerName: options.tlsServerName ?? (options.server === undefined ? cluster.tlsServerName : undefined),
    ...(ownTrust ? { certificateAuthority, certificateAuthorityData: undefined } : {}),
    insecureSkipTlsVerify:
      options.insecureSkipTlsVerify ??
      (options.certificateAuthority === undefined ? cluster.insecureSkipTlsVerify : false),
  }
}

/** `--token` stands in for every other way to say who it is; client certificates are sent all the same. */
function overlayUser(user: UserEntry, options: ConnectionOptions): UserEntry {
  const { as = user.as, asUid = user.asUid, asGroups = user.asGroups } = options
  const impersonating = { ...user, as, asUid, asGroups: asGroups.length > 0 ? asGroups : user.asGroups }
  if (options.token === undefined) return impersonating
  const replaced = {
    tokenFile: undefined,
    username: undefined,
    password: undefined,
    exec: undefined,
    authProvider: undefined,
  }
  return { ...impersonating, ...replaced, token: options.token }
}
