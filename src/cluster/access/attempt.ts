import * as http from 'node:http'
import * as https from 'node:https'
import type { TLSSocket } from 'node:tls'
import { createGunzip } from 'node:zlib'
import { isForwarded } from './agent.ts'
import type { ProxyChoice } from './proxy.ts'
import { hostOf, portOf } from './server-url.ts'

/** One request, sent once. */
export interface Attempt {
  readonly method: 'GET' | 'POST'
  /** The server, whose own path is left aside. */
  readonly server: URL
  /** Path and query, the server's prefix included. */
  readonly target: string
  readonly headers: http.OutgoingHttpHeaders
  readonly body?: string | undefined
  readonly agent: http.Agent
  readonly proxy?: ProxyChoice | undefined
  readonly connectMs: number
  readonly silenceMs: number
  /** For the whole of this attempt. */
  readonly answerMs: number
  readonly signal: AbortSignal
  /** Given the parts of a 200 answer as they come, unpacked; the answer's body is then empty. */
  readonly onChunk?: ((chunk: Buffer) => void) | undefined
}

export interface RawAnswer {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly body: Buffer
}

/** A limit struck. */
export class WaitedTooLong extends Error {
  readonly phase: 'connect' | 'answer'
  readonly seconds: number
  constructor(phase: 'connect' | 'answer', ms: number) {
    super(phase === 'connect' ? `no connection within ${ms / 1000} s` : `no whole answer within ${ms / 1000} s`)
    this.phase = phase
    this.seconds = ms / 1000
  }
}

/** More than this is no answer to any question of ours. */
const maxBodyBytes = 2 ** 30

/** Sends one request and collects its answer, unpacked. Rejects with the network's error, or `WaitedTooLong`. */
export function attempt(plan: Attempt): Promise<RawAnswer> {
  return new Promise((done, fail) => {
    plan.signal.throwIfAborted()
    const request = open(plan)
    const stop = (error: unknown) => {
      finish()
      request.destroy()
      fail(error)
    }
    const abort = () => stop(plan.signal.reason)
    const connect = timer(plan.connectMs, () => stop(new WaitedTooLong('connect', plan.connectMs)))
    const whole = timer(plan.answerMs, () => stop(new WaitedTooLong('answer', plan.answerMs)))
    let silence: NodeJS.Timeout | undefined
    const heard = () => {
      if (silence === undefined)
        silence = timer(plan.silenceMs, () => stop(new WaitedTooLong('answer', plan.silenceMs)))
      else silence.refresh()
    }
    const finish = () => {
      clearTimeout(connect)
      clearTimeout(whole)
      clearTimeout(silence)
      plan.signal.removeEventListener('abort', abort)
    }
    plan.signal.addEventListener('abort', abort, { once: true })
    whenConnected(request, plan.server.protocol === 'https:', () => {
      clearTimeout(connect)
      heard()
    })
    request.once('error', stop)
    request.once('response', (response) => {
      clearTimeout(connect)
      collect(response, plan, heard).then((answer) => {
        finish()
        done(answer)
      }, stop)
    })
    request.end(plan.body)
  })
}

function timer(ms: number, act: () => void): NodeJS.Timeout | undefined {
  return ms > 0 ? setTimeout(act, Math.min(ms, 2 ** 31 - 1)) : undefined
}

function open(plan: Attempt): http.ClientRequest {
  const { method, server, agent, headers } = plan
  const common = { method, agent, headers: { ...headers, host: server.host } }
  if (isForwarded(server, plan.proxy) && plan.proxy !== undefined) {
    const { url } = plan.proxy
    const { request } = url.protocol === 'https:' ? https : http
    const path = `http://${server.host}${plan.target}`
    const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
    const login = pair === ':' ? {} : { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` }
    return request({ ...common, headers: { ...common.headers, ...login }, host: hostOf(url), port: portOf(url), path })
  }
  const { request } = server.protocol === 'https:' ? https : http
  return request({ ...common, host: hostOf(server), port: portOf(server), path: plan.target })
}

/** Once TCP, the proxy and TLS are through. */
function whenConnected(request: http.ClientRequest, secure: boolean, act: () => void): void {
  request.once('socket', (socket) => {
    if (request.reusedSocket || (!secure && !socket.connecting)) act()
    else (socket as TLSSocket).once(secure ? 'secureConnect' : 'connect', act)
  })
}

function collect(response: http.IncomingMessage, plan: Attempt, heard: () => void): Promise<RawAnswer> {
  const status = response.statusCode ?? 0
  const { headers } = response
  const onChunk = status === 200 ? plan.onChunk : undefined
  return new Promise((done, fail) => {
    const chunks: Buffer[] = []
    let size = 0
    response.on('data', heard)
    response.once('error', fail)
    response.once('aborted', () => fail(Object.assign(new Error('the answer was cut off'), { code: 'ECONNRESET' })))
    const packed = headers['content-encoding'] === 'gzip'
    const stream = packed ? response.pipe(createGunzip()) : response
    if (packed) stream.once('error', fail)
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (onChunk !== undefined) onChunk(chunk)
      else if (size <= maxBodyBytes) chunks.push(chunk)
      else fail(new Error(`the answer is larger than ${maxBodyBytes / 2 ** 20} MiB`))
    })
    stream.once('end', () => done({ status, headers, body: Buffer.concat(chunks) }))
  })
}
