import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as after } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import type { Access } from './access.ts'
import { discovery, reviews } from './discovery.ts'
import { type Failures, failureReply } from './failures.ts'
import { list, selection } from './list.ts'
import { representation, represented } from './representation.ts'
import { type RequestInfo, readRequest } from './request-info.ts'
import { qualified, type ResourceType } from './resources.ts'
import {
  failureStatus,
  forbidden,
  json,
  methodNotAllowed,
  noSuchPath,
  noSuchResource,
  notAcceptable,
  notFound,
  plainText,
  unauthorized,
  unsupportedBody,
} from './status.ts'
import { nameKey, type Store } from './store.ts'
import type { Caller, Reply, SeenRequest } from './types.ts'
import { versionInfo } from './version-info.ts'
import type { Watches } from './watch.ts'

/** What the handler works with; the server owns it. */
export interface HandlerParts {
  readonly store: Store
  readonly access: Access
  readonly failures: Failures
  readonly watches: Watches
  readonly requests: SeenRequest[]
  readonly version: string
  readonly pageLimit: number
}

/** Answers requests in kube-apiserver's order: who are you, may you, is there such a thing. */
export class Handler {
  readonly #parts: HandlerParts

  constructor(parts: HandlerParts) {
    this.#parts = parts
  }

  /** `certificateName` is the user that a client certificate names. */
  async handle(request: IncomingMessage, response: ServerResponse, certificateName: string | undefined): Promise<void> {
    try {
      await this.#respond(request, response, certificateName)
    } catch (error) {
      send(request, response, json(500, failureStatus(500, `Internal error occurred: ${error}`)), false)
    }
  }

  async #respond(request: IncomingMessage, response: ServerResponse, certificateName: string | undefined) {
    const info = readRequest(request.method ?? 'GET', request.url ?? '/')
    const body = await bodyOf(request)
    const { access, failures } = this.#parts
    const caller = access.authenticate(request.headers, certificateName)
    const user = caller && (access.impersonated(request.headers) ?? caller)
    this.#note(request, info, body, user)
    const struck = failures.strike(info)
    if (struck?.kind === 'hang') return
    if (struck?.kind === 'slow') await after(struck.ms)
    const failure = struck && failureReply(struck, info, user?.name ?? 'system:anonymous')
    const reply = failure ?? this.#refusal(info, caller, user) ?? this.#answer(request, response, info, body, user)
    if (reply !== 'streaming') {
      failures.handedOut(info, reply)
      send(request, response, reply, struck?.kind === 'cut')
    } else if (struck?.kind === 'cut') {
      response.destroy()
    }
  }

  #note(request: IncomingMessage, info: RequestInfo, body: string, user: Caller | undefined): void {
    const { method, verb, path, query } = info
    const { headers } = request
    const resource = info.resource === '' ? '' : qualified(info)
    this.#parts.requests.push({
      method,
      verb,
      resource,
      path,
      query: Object.fromEntries(query),
      headers,
      user: user?.name ?? null,
      body,
    })
  }

  /** Impersonation is refused in the words of servers before 1.36. */
  #refusal(info: RequestInfo, caller: Caller | undefined, user: Caller | undefined): Reply | undefined {
    const { access } = this.#parts
    if (caller === undefined || user === undefined) return unauthorized()
    const asUser: RequestInfo = {
      ...info,
      verb: 'impersonate',
      group: '',
      resource: 'users',
      namespace: '',
      name: user.name,
      subresource: '',
    }
    if (user !== caller && !access.allows(caller, asUser)) return forbidden(caller.name, asUser)
    return access.allows(user, info) ? undefined : forbidden(user.name, info)
  }

  #answer(
    request: IncomingMessage,
    response: ServerResponse,
    info: RequestInfo,
    body: string,
    user: Caller | undefined,
  ): Reply | 'streaming' {
    const { store, access } = this.#parts
    const accept = request.headers.accept ?? '*/*'
    if (info.resource === '') return this.#answerPath(info, accept, request.headers.host ?? '')
    if (info.verb === 'create' && reviews.some((type) => type.plural === info.resource && type.group === info.group)) {
      if (user === undefined) return unauthorized()
      const written = request.headers['content-type'] ?? 'application/json'
      return /json/.test(written) ? access.review(user, info.resource, body) : unsupportedBody()
    }
    const type = store.find(info.group, info.version, info.resource)
    if (type === undefined)
      return store.resources.some((one) => one.group === info.group) ? noSuchResource() : noSuchPath()
    if (info.method !== 'GET') return methodNotAllowed()
    return this.#read(response, info, type, accept)
  }

  #answerPath(info: RequestInfo, accept: string, host: string): Reply {
    const { store, version } = this.#parts
    if (info.method !== 'GET') return methodNotAllowed()
    if (/^\/(healthz|livez|readyz)$/.test(info.path)) return plainText(200, 'ok')
    if (/^\/version\/?$/.test(info.path)) return json(200, versionInfo(version))
    return discovery(info.path, accept, host, store.resources) ?? noSuchPath()
  }

  #read(response: ServerResponse, info: RequestInfo, type: ResourceType, accept: string): Reply | 'streaming' {
    const { store, watches, pageLimit } = this.#parts
    const wanted = representation(accept)
    if (wanted === undefined) return notAcceptable(['application/json', 'application/json;stream=watch'])
    if (info.verb === 'list') return represented(list(store, type, info, pageLimit), wanted, type)
    if (info.verb === 'watch') {
      const fits = selection(info)
      if (typeof fits !== 'function') return fits
      watches.open(response, store, type, info, fits)
      return 'streaming'
    }
    if (info.subresource !== '' && info.subresource !== 'status') return noSuchResource()
    const key = type.namespaced ? `/${info.namespace}/${info.name}` : `/${info.name}`
    const object = store.list(type)?.find((one) => nameKey(one) === key)
    return object === undefined ? notFound(info) : represented(json(200, object), wanted, type)
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

/** The server packs answers of 128 KiB and more where the client takes gzip. */
const packedFrom = 128 * 1024

function send(request: IncomingMessage, response: ServerResponse, reply: Reply, cut: boolean): void {
  const plain = Buffer.from(reply.body)
  const packed = plain.length >= packedFrom && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))
  const body = packed ? gzipSync(plain, { level: 1 }) : plain
  const packing = packed ? { 'content-encoding': 'gzip', vary: 'Accept-Encoding' } : {}
  response.writeHead(reply.status, {
    'audit-id': randomUUID(),
    ...reply.headers,
    ...packing,
    'content-length': body.length,
  })
  if (!cut) return void response.end(body)
  response.write(body.subarray(0, body.length >> 1), () => response.destroy())
}
