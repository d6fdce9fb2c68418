import type { Agent, OutgoingHttpHeaders } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { makeAgent } from './agent.ts'
import { attempt, type RawAnswer, WaitedTooLong } from './attempt.ts'
import { ConnectionError } from './connection-error.ts'
import type { Credentials, Identity } from './credentials.ts'
import {
  type ApiFailure,
  failureOf,
  isUntrusted,
  type NetworkTrouble,
  networkTrouble,
  unauthorized,
} from './failure.ts'
import type { Limits } from './options.ts'
import type { ProxyChoice } from './proxy.ts'
import type { Settings } from './settings.ts'
import { type ClientCertificate, machineCertificates, type Trust } from './trust.ts'

/** A request to the API server. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST'
  /** From the server's root, with the query: `/api/v1/nodes?limit=500`. */
  readonly path: string
  readonly accept: string
  readonly gzip: boolean
  readonly body?: string | undefined
  readonly signal?: AbortSignal | undefined
  readonly onChunk?: ((chunk: Buffer) => void) | undefined
}

/** What came of it: a body, or why there is none. */
export type ApiResult =
  | { readonly body: Buffer; readonly contentType: string; readonly failure?: undefined }
  | { readonly failure: ApiFailure }

export interface TransportPlan {
  readonly settings: Settings
  readonly trust: Trust
  readonly proxy: ProxyChoice | undefined
  readonly credentials: Credentials
  readonly headers: Readonly<Record<string, string | string[]>>
  readonly limits: Limits
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly closed: AbortSignal
}

const retried = new Set([429, 500, 502, 503, 504])

/**
 * Sends requests to one server: few at a time, over kept connections, again where that is worth it (reads only).
 * A failure is a value as soon as the server has given anybody any answer; before, the cluster cannot be read at all
 * and `send` rejects with a ConnectionError.
 */
export class Transport {
  readonly #plan: TransportPlan
  #trust: Trust
  #agent: { readonly certificate: ClientCertificate | undefined; readonly made: Promise<Agent> } | undefined
  #running = 0
  readonly #waiting: (() => void)[] = []
  #reached = false
  #accepted = false

  constructor(plan: TransportPlan) {
    this.#plan = plan
    this.#trust = plan.trust
  }

  async send(request: ApiRequest): Promise<ApiResult> {
    const { closed, limits } = this.#plan
    const signal = request.signal === undefined ? closed : AbortSignal.any([closed, request.signal])
    signal.throwIfAborted()
    // One that waited takes over the place of the one that woke it.
    if (this.#running >= limits.connections) await new Promise<void>((next) => this.#waiting.push(next))
    else this.#running += 1
    try {
      return await this.#sendUntilDone(request, signal)
    } finally {
      const next = this.#waiting.shift()
      if (next === undefined) this.#running -= 1
      else next()
    }
  }

  async close(): Promise<void> {
    const agent = this.#agent
    this.#agent = undefined
    // One that could not be made has been told to whoever asked for it.
    const made = await agent?.made.catch(() => undefined)
    made?.destroy()
  }

  async #sendUntilDone(request: ApiRequest, signal: AbortSignal): Promise<ApiResult> {
    const { limits } = this.#plan
    let deadline: number | undefined
    let begun = false
    const onChunk = request.onChunk
    const watched = {
      ...request,
      onChunk:
        onChunk === undefined
          ? undefined
          : (chunk: Buffer) => {
              begun = true
              onChunk(chunk)
            },
    }
    for (let round = 1; ; round += 1) {
      const identity = await this.#plan.credentials.identity()
      deadline ??= limits.answerMs === 0 ? Number.POSITIVE_INFINITY : Date.now() + limits.answerMs
      const outcome = await this.#once(watched, identity, signal, deadline)
      const wait = begun || request.method !== 'GET' ? undefined : this.#waitBefore(outcome, identity, round, deadline)
      if (wait === undefined) return this.#settle(outcome)
      await sleep(wait, undefined, { signal })
    }
  }

  async #once(request: ApiRequest, identity: Identity, signal: AbortSignal, deadline: number): Promise<Outcome> {
    const { settings, proxy, limits } = this.#plan
    const server = settings.server
    const left = deadline === Number.POSITIVE_INFINITY ? 0 : Math.max(1, deadline - Date.now())
    try {
      const agent = await this.#agentFor(identity.certificate)
      const answer = await attempt({
        method: request.method,
        server,
        target: `${server.pathname.replace(/\/$/, '')}${request.path}`,
        headers: this.#headers(request, identity),
        body: request.body,
        agent,
        proxy,
        connectMs: limits.connectMs,
        silenceMs: limits.silenceMs,
        answerMs: left,
        signal,
        onChunk: request.onChunk,
      })
      this.#reached = true
      if (answer.status < 300 && /^\/apis?\//.test(request.path)) this.#accepted = true
      return { answer }
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof ConnectionError) throw error
      // The time left of the whole is an odd number; what was asked for is what a person knows.
      const said =
        error instanceof WaitedTooLong && error.seconds === left / 1000
          ? new WaitedTooLong('answer', limits.answerMs)
          : error
      return { trouble: networkTrouble(said, settings, proxy), error: said }
    }
  }

  #headers(request: ApiRequest, identity: Identity): OutgoingHttpHeaders {
    return {
      accept: request.accept,
      ...(request.gzip ? { 'accept-encoding': 'gzip' } : {}),
      ...(request.body === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(request.body) }),
      ...this.#plan.headers,
      ...(identity.authorization === undefined ? {} : { authorization: identity.authorization }),
    }
  }

  /** Milliseconds to wait before the request is sent again; undefined where it is not. */
  #waitBefore(outcome: Outcome, identity: Identity, round: number, deadline: number): number | undefined {
    const { limits, credentials } = this.#plan
    if (outcome.error !== undefined && isUntrusted(outcome.error) && this.#addMachineTrust()) return 0
    if (outcome.answer?.status === 401) return credentials.renew(identity) ? 0 : undefined
    if (round >= limits.attempts) return undefined
    const again = outcome.answer === undefined ? outcome.trouble.repeatable : retried.has(outcome.answer.status)
    if (!again) return undefined
    const asked = outcome.answer === undefined ? undefined : retryAfterMs(outcome.answer)
    if (asked !== undefined && asked > limits.retryAfterMs) return undefined
    const wait = asked ?? limits.firstDelayMs * 2 ** (round - 1)
    return Date.now() + wait < deadline ? wait : undefined
  }

  #settle(outcome: Outcome): ApiResult {
    const { settings } = this.#plan
    if (outcome.answer === undefined) {
      const { code, reason, message, hint } = outcome.trouble
      if (this.#reached) return { failure: { reason, message } }
      throw new ConnectionError({ code, message, hint, source: settings.clusterSource, cause: outcome.error })
    }
    const { status, headers, body } = outcome.answer
    const contentType = headers['content-type'] ?? ''
    if (status >= 200 && status < 300) return { body, contentType }
    if (status >= 300 && status < 400) {
      const message = `the server answered ${status}, a redirect, which is not followed: is it a Kubernetes API server?`
      return { failure: { reason: 'Invalid', message, status } }
    }
    const failure = failureOf(status, body, contentType)
    if (status === 401 && !this.#accepted) throw unauthorized(failure, settings)
    return { failure }
  }

  #agentFor(certificate: ClientCertificate | undefined): Promise<Agent> {
    const { settings, proxy, limits } = this.#plan
    if (this.#agent === undefined || this.#agent.certificate !== certificate) {
      const { server } = settings
      const made = makeAgent({ server, trust: this.#trust, certificate, proxy, connections: limits.connections })
      this.#agent = { certificate, made }
    }
    return this.#agent.made
  }

  /** Once, where the kubeconfig names no authority: trusts whom this machine trusts. */
  #addMachineTrust(): boolean {
    if (this.#trust.ca !== undefined) return false
    this.#trust = { ...this.#trust, ca: machineCertificates(this.#plan.variables) }
    this.#agent = undefined
    return true
  }
}

type Outcome =
  | { readonly answer: RawAnswer; readonly error?: undefined }
  | { readonly trouble: NetworkTrouble; readonly error: unknown; readonly answer?: undefined }

/** `Retry-After` as seconds or as a date. */
function retryAfterMs(answer: RawAnswer): number | undefined {
  const value = answer.headers['retry-after']
  if (value === undefined) return undefined
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now())
}
