import { readFile } from 'node:fs/promises'
import { ConnectionError, wordsOf } from './connection-error.ts'
import type { ExecCredential } from './exec-credential.ts'
import type { UserEntry } from './kubeconfig-file.ts'
import type { ConnectionEnvironment, Limits } from './options.ts'
import type { Settings } from './settings.ts'
import { type ClientCertificate, readClientCertificate, verifyPem } from './trust.ts'

/** What a request carries to say who sends it. */
export interface Identity {
  readonly authorization?: string
  readonly certificate?: ClientCertificate | undefined
}

/** The user's credentials, fetched when the first request needs them and again when they have run out. */
export interface Credentials {
  identity(): Promise<Identity>
  /** After a 401: true where asking again may bring other credentials than those refused. */
  renew(refused: Identity): boolean
}

/** What credentials are made from. */
export interface CredentialsPlan {
  readonly settings: Settings
  readonly authority: Buffer | undefined
  readonly env: ConnectionEnvironment
  readonly limits: Limits
  readonly signal: AbortSignal
}

/**
 * Picks the one way in which the user says who it is: token file, token, exec plugin, auth provider, name and
 * password; a client certificate goes along with any of them. As kubectl, nothing of it is sent over plain http.
 *
 * @see client-go tools/clientcmd/client_config.go getUserIdentificationPartialConfig (kubernetes v1.36.2)
 */
export async function credentialsOf(plan: CredentialsPlan): Promise<Credentials> {
  const { user, server, userSource } = plan.settings
  if (server.protocol === 'http:') return fixed({})
  const certificate = await readClientCertificate(plan.settings)
  if (user.tokenFile !== undefined) return fromFile(user.tokenFile, user.token, userSource, certificate)
  if (user.token !== undefined) return fixed({ authorization: bearer(user.token, userSource), certificate })
  if (user.exec !== undefined) return fromPlugin(plan, user.exec)
  if (user.authProvider !== undefined) return fromProvider(plan, user.authProvider, certificate)
  if (user.username !== undefined) {
    const pair = Buffer.from(`${user.username}:${user.password ?? ''}`, 'utf8').toString('base64')
    return fixed({ authorization: `Basic ${pair}`, certificate })
  }
  return fixed({ certificate })
}

function fixed(identity: Identity): Credentials {
  return { identity: async () => identity, renew: () => false }
}

/** Tokens of Pods are replaced on disk while they last; the file is read again each minute and after a 401. */
function fromFile(
  file: string,
  fallback: string | undefined,
  source: string,
  certificate: ClientCertificate | undefined,
): Credentials {
  return cached(async () => {
    let token = fallback
    try {
      token = (await readFile(file, 'utf8')).trim() || fallback
    } catch (error) {
      if (token === undefined) throw bad(`token file cannot be read: ${wordsOf(error)}`, source)
    }
    if (token === undefined) throw bad(`token file ${file} is empty`, source)
    return { identity: { authorization: bearer(token, source), certificate }, expiresAt: Date.now() + 60_000 }
  })
}

function fromPlugin(plan: CredentialsPlan, exec: NonNullable<UserEntry['exec']>): Credentials {
  const { userSource } = plan.settings
  return cached(async () => {
    const { runExecPlugin } = await import('./exec-plugin.ts')
    const credential: ExecCredential = await runExecPlugin({ ...plan, exec })
    const { token, certificate, expiresAt } = credential
    if (certificate !== undefined) verifyPem(certificate, `certificate from exec plugin ${exec.command}`, userSource)
    return {
      identity: { certificate, ...(token === undefined ? {} : { authorization: bearer(token, userSource) }) },
      expiresAt,
    }
  })
}

function fromProvider(
  plan: CredentialsPlan,
  provider: NonNullable<UserEntry['authProvider']>,
  certificate: ClientCertificate | undefined,
): Credentials {
  const { user, userSource } = plan.settings
  let latest = provider
  return cached(async () => {
    const { providerToken } = await import('./auth-provider.ts')
    const { token, expiresAt, warning, provider: renewed } = await providerToken(latest, user, userSource)
    latest = renewed
    if (warning !== undefined) plan.env.warn(warning)
    return { identity: { authorization: bearer(token, userSource), certificate }, expiresAt }
  })
}

interface Fetched {
  readonly identity: Identity
  readonly expiresAt?: number | undefined
}

/** Asks once for all requests that wait, and again when the answer has run out or was refused. */
function cached(fetch: () => Promise<Fetched>): Credentials {
  let current: Promise<Fetched> | undefined
  let latest: Identity | undefined
  let until = Number.POSITIVE_INFINITY
  let renewed = false
  return {
    async identity() {
      if (Date.now() >= until) current = undefined
      current ??= fetch()
      const { identity, expiresAt = Number.POSITIVE_INFINITY } = await current
      until = expiresAt
      latest = identity
      return identity
    },
    renew(refused) {
      if (refused !== latest) return true
      if (renewed) return false
      renewed = true
      current = undefined
      return true
    },
  }
}

/** A token that cannot stand in a header is refused here, since Node would name it in its error. */
function bearer(token: string, source: string): string {
  const trimmed = token.trim()
  if (!/^[\x21-\x7e]+$/.test(trimmed)) {
    throw bad('the token is empty, or holds spaces or other characters that a token cannot have', source)
  }
  return `Bearer ${trimmed}`
}

function bad(message: string, source: string): ConnectionError {
  return new ConnectionError({ code: 'BadCredentials', message, source })
}
