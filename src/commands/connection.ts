import type { ConnectionOptions } from '#cluster/access/index.ts'
import { version } from './version.ts'

export interface ConnectionFlags {
  readonly context: readonly string[] | undefined
  readonly 'all-contexts': boolean
  readonly kubeconfig: string | undefined
  readonly cluster: string | undefined
  readonly user: string | undefined
  readonly server: string | undefined
  readonly token: string | undefined
  readonly as: string | undefined
  readonly 'as-group': readonly string[] | undefined
  readonly 'as-uid': string | undefined
  readonly 'certificate-authority': string | undefined
  readonly 'insecure-skip-tls-verify': boolean
  readonly 'tls-server-name': string | undefined
  readonly 'request-timeout': string | undefined
}

/** The flags as the cluster room takes them, for one context. */
export function connectionOptions(flags: ConnectionFlags, context: string | undefined): ConnectionOptions {
  return {
    kubeconfig: flags.kubeconfig,
    context,
    cluster: flags.cluster,
    user: flags.user,
    server: flags.server,
    token: flags.token,
    as: flags.as,
    asGroups: flags['as-group'],
    asUid: flags['as-uid'],
    certificateAuthority: flags['certificate-authority'],
    insecureSkipTlsVerify: flags['insecure-skip-tls-verify'] ? true : undefined,
    tlsServerName: flags['tls-server-name'],
    requestTimeout: flags['request-timeout'],
    userAgent: `kubectl-taintdoctor/${version}`,
  }
}
