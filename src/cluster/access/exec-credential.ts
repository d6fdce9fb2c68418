import type { ClusterEntry, ExecEntry } from './kubeconfig-file.ts'

/** What an exec plugin gave. */
export interface ExecCredential {
  readonly token?: string
  readonly certificate?: { readonly cert: string; readonly key: string }
  /** Milliseconds since 1970; absent where the credential lasts as long as this process. */
  readonly expiresAt?: number
}

export const execApiVersions = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1']

/**
 * The value of KUBERNETES_EXEC_INFO: what a plugin may know of the caller and, where it asked, of the cluster.
 *
 * @see client-go plugin/pkg/client/auth/exec/exec.go Authenticator.refreshCredsLocked (kubernetes v1.36.2)
 */
export function execInfo(
  exec: ExecEntry,
  interactive: boolean,
  server: string,
  cluster: ClusterEntry,
  authority: Buffer | undefined,
): string {
  const info = {
    server,
    'tls-server-name': cluster.tlsServerName,
    'insecure-skip-tls-verify': cluster.insecureSkipTlsVerify === true ? true : undefined,
    'certificate-authority-data': authority?.toString('base64'),
    'proxy-url': cluster.proxyUrl,
    'disable-compression': cluster.disableCompression === true ? true : undefined,
    config: cluster.execConfig,
  }
  const spec = { interactive, ...(exec.provideClusterInfo ? { cluster: info } : {}) }
  return JSON.stringify({ kind: 'ExecCredential', apiVersion: exec.apiVersion, spec })
}

/** Reads what a plugin printed; a string says what is wrong with it and never repeats it. */
export function parseExecCredential(printed: string, apiVersion: string): ExecCredential | string {
  let value: unknown
  try {
    value = JSON.parse(printed)
  } catch {
    return printed.trim() === '' ? 'it printed nothing' : 'what it printed is not JSON'
  }
  const credential = recordOf(value)
  if (credential.kind !== 'ExecCredential') return 'what it printed is no ExecCredential'
  if (credential.apiVersion !== apiVersion) {
    return `it answered in apiVersion ${JSON.stringify(credential.apiVersion)}, where the kubeconfig says ${JSON.stringify(apiVersion)}`
  }
  const status = recordOf(credential.status)
  const { token, clientCertificateData: cert, clientKeyData: key, expirationTimestamp } = status
  const hasToken = typeof token === 'string' && token !== ''
  const hasPair = typeof cert === 'string' && cert !== '' && typeof key === 'string' && key !== ''
  if (!hasPair && (cert || key)) return 'it gave a client certificate without a key, or a key without a certificate'
  if (!hasToken && !hasPair) return 'it gave neither a token nor a client certificate'
  const expiresAt = typeof expirationTimestamp === 'string' ? Date.parse(expirationTimestamp) : Number.NaN
  return {
    ...(hasToken ? { token } : {}),
    ...(hasPair ? { certificate: { cert, key } } : {}),
    ...(Number.isNaN(expiresAt) ? {} : { expiresAt }),
  }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}
