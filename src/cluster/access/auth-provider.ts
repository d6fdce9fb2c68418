import { ConnectionError, wordsOf } from './connection-error.ts'
import type { UserEntry } from './kubeconfig-file.ts'
import { saveTokens } from './save-tokens.ts'

/** What an auth provider gave. */
export interface ProviderToken {
  readonly token: string
  /** Milliseconds since 1970. */
  readonly expiresAt: number
  /** The provider with its newest tokens, to be asked the next time. */
  readonly provider: Provider
  /** What a person should know although all went well. */
  readonly warning?: string
}

type Provider = NonNullable<UserEntry['authProvider']>

/**
 * The token of a user with an `auth-provider`. kubectl knows one, `oidc`, and so does this: the ID token while it
 * lasts, then a new one for the refresh token.
 *
 * @see client-go plugin/pkg/client/auth/oidc/oidc.go oidcAuthProvider.idToken (kubernetes v1.36.2)
 */
export async function providerToken(provider: Provider, user: UserEntry, source: string): Promise<ProviderToken> {
  if (provider.name !== 'oidc') {
    const hint = replaced[provider.name] ?? 'use an exec plugin'
    throw trouble(`auth-provider ${JSON.stringify(provider.name)} is not part of kubectl any more`, source, hint)
  }
  const current = provider.config['id-token'] ?? ''
  // Ten seconds early, as kubectl has it, so that the token does not run out on its way.
  const expiresAt = expiryOf(current) - 10_000
  if (expiresAt > Date.now()) return { token: current, expiresAt, provider }
  for (const needed of ['idp-issuer-url', 'client-id', 'refresh-token']) {
    if (!provider.config[needed]) {
      const what = current === '' ? 'there is no id-token' : 'the id-token has run out'
      throw trouble(`auth-provider oidc: ${what}, and there is no ${needed} to get a new one`, source, 'log in again')
    }
  }
  const { token, config, unsaved } = await refreshed(provider, user, source)
  const warning = `the new tokens of ${source} could not be saved (${unsaved}); you may have to log in again`
  const renewed = { token, expiresAt: expiryOf(token) - 10_000, provider: { name: provider.name, config } }
  return { ...renewed, ...(unsaved === undefined ? {} : { warning }) }
}

const replaced: Readonly<Record<string, string>> = {
  gcp: 'use the exec plugin gke-gcloud-auth-plugin',
  azure: 'use the exec plugin kubelogin',
}

/** When a JWT runs out, in milliseconds since 1970; 0 where it does not say. */
function expiryOf(token: string): number {
  try {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as { exp?: unknown }
    return typeof claims.exp === 'number' ? claims.exp * 1000 : 0
  } catch {
    return 0
  }
}

/** client-node brings the exchange with the identity provider; it is slow to load and seldom needed. */
async function refreshed(provider: Provider, user: UserEntry, source: string): Promise<Renewed> {
  try {
    const { OpenIDConnectAuth } = await import('@kubernetes/client-node/dist/oidc_auth.js')
    const { oidcClient } = await import('./oidc-client.ts')
    const headers: Record<string, string> = {}
    const config: Record<string, string> = { ...provider.config, 'id-token': runOut }
    const asUser = { name: user.file, authProvider: { name: provider.name, config } }
    await new OpenIDConnectAuth().applyAuthentication(asUser, { headers }, oidcClient(provider.config))
    const token = headers.Authorization?.replace(/^Bearer /, '')
    if (!token) throw new Error('the identity provider gave no id-token')
    const pairs = ['id-token', 'refresh-token'].map((key) => {
      return { old: provider.config[key] ?? '', new: config[key] ?? '' }
    })
    return { token, config, unsaved: await saveTokens(user.file, pairs) }
  } catch (error) {
    const message = `auth-provider oidc: the id-token has run out and no new one came: ${wordsOf(error)}`
    throw trouble(message, source, 'log in again')
  }
}

/** Stands for the old ID token, which client-node would give up on where it is missing or odd: one of 1970. */
const runOut = ['{}', '{"exp":0}', '-'].map((part) => Buffer.from(part).toString('base64url')).join('.')

interface Renewed {
  readonly token: string
  readonly config: Readonly<Record<string, string>>
  readonly unsaved: string | undefined
}

function trouble(message: string, source: string, hint: string): ConnectionError {
  return new ConnectionError({ code: 'AuthProvider', message, source, hint })
}
