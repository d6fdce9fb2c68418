import type { MissingReason } from '#model/cluster-state.ts'
import { withoutCredentials } from '#model/without-credentials.ts'
import { WaitedTooLong } from './attempt.ts'
import { ConnectionError, type ConnectionErrorCode, codeOf, wordsOf } from './connection-error.ts'
import type { ProxyChoice } from './proxy.ts'
import { shownUrl } from './server-url.ts'
import type { Settings } from './settings.ts'
import { readStatus } from './status.ts'

/** A read that brought nothing, in the terms of `MissingRead`. */
export interface ApiFailure {
  readonly reason: MissingReason
  /** The server's own words where it had some. */
  readonly message: string
  /** The HTTP status; absent where no answer came. */
  readonly status?: number
}

/** What a failed answer means. */
export function failureOf(status: number, body: Buffer, contentType: string): ApiFailure {
  const said = readStatus(body, contentType)
  const message = withoutCredentials(said.message ?? `the server answered ${status}`)
  return { reason: reasonOf(status, said.reason), message, status }
}

function reasonOf(status: number, said: string | undefined): MissingReason {
  if (said === 'Timeout' || status === 408 || status === 504) return 'Timeout'
  if (status === 401) return 'Unauthorized'
  if (status === 403) return 'Forbidden'
  if (status === 404) return 'NotFound'
  if (status === 410 || said === 'Expired') return 'Expired'
  return status === 429 || status >= 500 ? 'ServerError' : 'Invalid'
}

/** A network error, in our words; `certificate` where the server's is what is not trusted. */
export interface NetworkTrouble {
  readonly code: ConnectionErrorCode
  readonly reason: MissingReason
  readonly message: string
  readonly hint: string
  readonly repeatable: boolean
}

const untrusted = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'INVALID_CA',
])
const repeatable = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'Z_BUF_ERROR', 'Z_DATA_ERROR'])

/** Whether another certificate authority could make this connection good. */
export function isUntrusted(error: unknown): boolean {
  return untrusted.has(codeOf(error))
}

/** Says what an error of the network means for a person. */
export function networkTrouble(error: unknown, settings: Settings, proxy: ProxyChoice | undefined): NetworkTrouble {
  const server = shownUrl(settings.server)
  const through = proxy === undefined ? '' : ` through the proxy ${shownUrl(proxy.url)} (from ${proxy.source})`
  const where = `${server}${through}`
  const code = codeOf(error)
  const words = innerWords(error)
  if (error instanceof WaitedTooLong) return waited(error, where)
  if (isUntrusted(error)) {
    return tls(where, words, "the kubeconfig's certificate-authority has to be the one that signed it")
  }
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    return tls(where, words, "renew the server's certificate, or look at this machine's clock")
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return tls(where, words, 'use a name that the certificate holds, or --tls-server-name')
  }
  if (code === 'EPROTO' || code.startsWith('ERR_SSL')) {
    return unreachable(where, `TLS failed: ${words}`, 'is it a https server, and is the client certificate still good?')
  }
  if (/^Bad response: \d+$/.test(words) || /socks/i.test(words)) {
    const message = `${where}: the proxy refused: ${words}`
    return { code: 'ProxyFailed', reason: 'Unreachable', message, hint: `check ${proxy?.source}`, repeatable: false }
  }
  const hint = proxy === undefined ? 'is the address right, and the cluster running?' : `check ${proxy.source}`
  return { ...unreachable(where, words, hint), repeatable: repeatable.has(code) }
}

function waited(error: WaitedTooLong, where: string): NetworkTrouble {
  const hint =
    error.phase === 'connect'
      ? 'is the address right, and the cluster running?'
      : 'give it longer with --request-timeout'
  const message = `${where}: ${error.message}`
  return { code: 'Timeout', reason: 'Timeout', message, hint, repeatable: false }
}

function tls(where: string, words: string, hint: string): NetworkTrouble {
  const message = `the certificate of ${where} is not trusted: ${words}`
  return { code: 'CertificateNotTrusted', reason: 'Unreachable', message, hint, repeatable: false }
}

function unreachable(where: string, words: string, hint: string): NetworkTrouble {
  const message = `${where} cannot be reached: ${words}`
  return { code: 'Unreachable', reason: 'Unreachable', message, hint, repeatable: false }
}

/** A host with several addresses fails with one error for each of them. */
function innerWords(error: unknown): string {
  const { errors } = error as { readonly errors?: unknown }
  if (Array.isArray(errors) && wordsOf(error) === '') return errors.map(wordsOf).join('; ')
  return wordsOf(error)
    .replace(/^[0-9A-F]+:error:/, '')
    .replace(/:(?:\.\.\/|[a-z]:\\).*$/s, '')
}

/** The error of a server that does not know us, or no longer. */
export function unauthorized(failure: ApiFailure, settings: Settings): ConnectionError {
  const plain = settings.server.protocol === 'http:'
  const hint = plain
    ? 'no credentials are sent over plain http; use the https address'
    : 'log in again, or give other credentials'
  return new ConnectionError({
    code: 'Unauthorized',
    message: `${shownUrl(settings.server)} does not accept the credentials: ${failure.message}`,
    source: settings.userSource,
    hint,
  })
}
