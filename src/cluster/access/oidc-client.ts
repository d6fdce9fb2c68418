import { readFile } from 'node:fs/promises'
import * as http from 'node:http'
import * as https from 'node:https'

/** What an identity provider gave for a refresh token. */
interface NewTokens {
  readonly id_token: string
  readonly refresh_token: string
  /** Seconds since 1970. */
  readonly expires_at: number
}

/**
 * The exchange with an OIDC identity provider, as kubectl does it: its token endpoint by discovery, then the refresh
 * token for an ID token. client-node's own hands the issuer on as a string, which its OIDC library refuses, and never
 * sends the client secret.
 *
 * @see client-go plugin/pkg/client/auth/oidc/oidc.go (kubernetes v1.36.2)
 */
export function oidcClient(config: Readonly<Record<string, string>>) {
  return {
    async refresh(refreshToken: string): Promise<NewTokens> {
      const ca = await authority(config)
      const issuer = (config['idp-issuer-url'] ?? '').replace(/\/$/, '')
      const discovered = await exchange(`${issuer}/.well-known/openid-configuration`, ca)
      const endpoint = discovered.token_endpoint
      if (typeof endpoint !== 'string') throw new Error('the identity provider names no token endpoint')
      const form = { grant_type: 'refresh_token', refresh_token: refreshToken }
      const answer = await exchange(endpoint, ca, clientLogin(config, discovered), form)
      const token = answer.id_token
      if (typeof token !== 'string') throw new Error('the identity provider gave no id_token')
      const next = typeof answer.refresh_token === 'string' ? answer.refresh_token : refreshToken
      const lasts = typeof answer.expires_in === 'number' ? answer.expires_in : 0
      return { id_token: token, refresh_token: next, expires_at: Date.now() / 1000 + lasts }
    },
  }
}

async function authority(config: Readonly<Record<string, string>>): Promise<Buffer | undefined> {
  const data = config['idp-certificate-authority-data']
  if (data) return Buffer.from(data, 'base64')
  const file = config['idp-certificate-authority']
  return file ? await readFile(file) : undefined
}

interface ClientLogin {
  readonly header?: string
  readonly form: Readonly<Record<string, string>>
}

/** Basic where the provider takes it, which is the default of the standard; else id and secret stand in the form. */
function clientLogin(config: Readonly<Record<string, string>>, discovered: Answer): ClientLogin {
  const id = config['client-id'] ?? ''
  const secret = config['client-secret'] ?? ''
  const methods = discovered.token_endpoint_auth_methods_supported
  if (secret === '') return { form: { client_id: id } }
  if (Array.isArray(methods) && !methods.includes('client_secret_basic')) {
    return { form: { client_id: id, client_secret: secret } }
  }
  const pair = `${encodeURIComponent(id)}:${encodeURIComponent(secret)}`
  return { header: `Basic ${Buffer.from(pair).toString('base64')}`, form: {} }
}

type Answer = Readonly<Record<string, unknown>>

function exchange(
  address: string,
  ca: Buffer | undefined,
  login: ClientLogin = { form: {} },
  form?: Readonly<Record<string, string>>,
): Promise<Answer> {
  const url = new URL(address)
  const body = form === undefined ? undefined : new URLSearchParams({ ...form, ...login.form }).toString()
  return new Promise((done, fail) => {
    const send = url.protocol === 'https:' ? https.request : http.request
    const request = send(url, {
      method: body === undefined ? 'GET' : 'POST',
      signal: AbortSignal.timeout(30_000),
      agent: false,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        ...(login.header === undefined ? {} : { authorization: login.header }),
      },
      ...(ca === undefined ? {} : { ca }),
    })
    request.once('error', fail)
    request.once('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.once('error', fail)
      response.once('end', () => {
        const read = parse(Buffer.concat(chunks).toString('utf8'))
        if (response.statusCode === 200 && read !== undefined) done(read)
        else fail(new Error(`the identity provider ${url.host} answered ${response.statusCode}${errorOf(read)}`))
      })
    })
    request.end(body)
  })
}

function parse(text: string): Answer | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Answer) : undefined
  } catch {
    return undefined
  }
}

/** The standard's own error code (`invalid_grant`); the description is left out, it may repeat the token. */
function errorOf(answer: Answer | undefined): string {
  return typeof answer?.error === 'string' ? `: ${answer.error.slice(0, 60)}` : ''
}
