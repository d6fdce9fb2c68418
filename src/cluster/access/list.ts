import type { ApiObject, MissingRead } from '#model/cluster-state.ts'
import type { Connection } from './connection.ts'
import type { ApiFailure } from './failure.ts'
import { type JsonPage, jsonPages, type PageDecoder } from './page.ts'
import { type ApiResource, missingRead, resourcePath } from './resource.ts'

/** What to list and how. */
export interface ListQuery {
  readonly resource: ApiResource
  /** Absent is all namespaces. */
  readonly namespace?: string | undefined
  readonly labelSelector?: string | undefined
  readonly fieldSelector?: string | undefined
  /** Objects a page; 0 asks for all at once. 500 where it is left out. */
  readonly limit?: number | undefined
  /** `0` takes what the server has at hand, maybe seconds old; such servers may give all in one page. */
  readonly resourceVersion?: string | undefined
  readonly resourceVersionMatch?: 'NotOlderThan' | 'Exact' | undefined
  readonly gzip?: boolean | undefined
  readonly signal?: AbortSignal | undefined
}

/** Where the pages of a list go. */
export interface ListSink<Page> {
  page(page: Page): void
  /** The server has forgotten the list half way: what came so far is void, the list begins again. */
  restart(): void
}

/**
 * Reads a list page by page; while one page is decoded the next is on its way. Resolves to what is missing, undefined
 * where all came. With something missing, the pages given are a true part of the list. Rejects with a ConnectionError
 * where the cluster cannot be read at all, and with the reason of `signal` when that strikes.
 */
export async function list<Page = JsonPage>(
  connection: Connection,
  query: ListQuery,
  sink: ListSink<Page>,
  decoder: PageDecoder<Page> = jsonPages as unknown as PageDecoder<Page>,
): Promise<MissingRead | undefined> {
  const fail = (failure: ReadFailure) => missingRead(query.resource, failure, query.namespace)
  let asking: Asking = { token: undefined, accept: decoder.accept, restarted: false }
  let underway = ask(connection, query, undefined, asking.accept)
  /** The tokens that were asked for: a server that gives one again would be asked for ever. */
  const asked = new Set<string>()
  for (;;) {
    const result = await underway
    if (result.failure !== undefined) {
      const again = afterFailure(result.failure, asking, decoder.acceptInstead)
      if (again === undefined) return fail(result.failure)
      if (again.token === undefined) {
        sink.restart()
        asked.clear()
      }
      asking = again
      underway = ask(connection, query, asking.token, asking.accept)
      continue
    }
    const { accept } = asking
    const early = tokenAhead(decoder.peek(result.body, result.contentType), asked)
    if (early !== undefined) {
      underway = ask(connection, query, early, accept)
      // It is awaited after the decoding; a rejection until then is not an unhandled one.
      underway.catch(() => undefined)
    }
    const decoded = decoder.decode(result.body, result.contentType)
    if ('problem' in decoded) return fail({ reason: 'Invalid', message: decoded.problem })
    sink.page(decoded.page)
    const next = decoded.next ?? ''
    if (next === '') return undefined
    if (asked.has(next)) return fail(samePage)
    asked.add(next)
    if (next !== early) underway = ask(connection, query, next, accept)
    asking = { ...asking, token: next }
  }
}

const samePage = { reason: 'Invalid', message: 'the server gives the same page again and again' } as const

/** The token of a page that can be asked for before this one is decoded. */
function tokenAhead(early: string | undefined, asked: ReadonlySet<string>): string | undefined {
  return early !== undefined && asked.has(early) ? undefined : early
}

type ReadFailure = Parameters<typeof missingRead>[1]

/** Where in the list the reader is, and how it asks. */
interface Asking {
  readonly token: string | undefined
  readonly accept: string
  /** The list began again once already. */
  readonly restarted: boolean
}

/** How to go on after a failure: in another format where this one is refused, once more from the start where the list expired. */
function afterFailure(
  { status, reason }: ReadFailure & { readonly status?: number | undefined },
  asking: Asking,
  acceptInstead: string | undefined,
): Asking | undefined {
  if (status === 406 && acceptInstead !== undefined && acceptInstead !== asking.accept) {
    return { ...asking, accept: acceptInstead }
  }
  const mayRestart = reason === 'Expired' && asking.token !== undefined && !asking.restarted
  return mayRestart ? { ...asking, token: undefined, restarted: true } : undefined
}

function ask(connection: Connection, query: ListQuery, token: string | undefined, accept: string) {
  const { limit = 500, labelSelector, fieldSelector, resourceVersion, resourceVersionMatch, gzip, signal } = query
  const words = new URLSearchParams()
  if (labelSelector) words.set('labelSelector', labelSelector)
  if (fieldSelector) words.set('fieldSelector', fieldSelector)
  if (limit > 0) words.set('limit', String(limit))
  if (token !== undefined) words.set('continue', token)
  // A continued list is bound to the version it began with; the server refuses another one.
  else if (resourceVersion !== undefined) {
    words.set('resourceVersion', resourceVersion)
    if (resourceVersionMatch !== undefined) words.set('resourceVersionMatch', resourceVersionMatch)
  }
  const path = resourcePath(query.resource, query.namespace)
  return connection.read(words.size === 0 ? path : `${path}?${words}`, { accept, gzip, signal })
}

/** An object, or why there is none. */
export type GetResult = { readonly object: ApiObject; readonly missing?: undefined } | { readonly missing: MissingRead }

/** Reads one object as JSON. `missing.reason` is `NotFound` where there is none of that name. */
export async function get(
  connection: Connection,
  resource: ApiResource,
  namespace: string | undefined,
  name: string,
  signal?: AbortSignal,
): Promise<GetResult> {
  const where = resource.namespaced ? namespace : undefined
  const fail = (failure: Parameters<typeof missingRead>[1]) => ({
    missing: missingRead(resource, failure, where, name),
  })
  const result = await connection.read(resourcePath(resource, where, name), { signal })
  if (result.failure !== undefined) return fail(certain(result.failure, name))
  try {
    const object: unknown = JSON.parse(result.body.toString('utf8'))
    if (isObject(object)) return { object }
  } catch {
    // Said below, in the same words as for JSON that is no object.
  }
  return fail({ reason: 'Invalid', message: `the server answered with something else than a ${resource.kind}` })
}

/** A server says of an object that is not there its name; without it, it is the path that something did not know. */
function certain(failure: ApiFailure, name: string): ApiFailure {
  const isObject = failure.reason !== 'NotFound' || failure.message.includes(name)
  return isObject ? failure : { ...failure, reason: 'Invalid' }
}

function isObject(value: unknown): value is ApiObject {
  if (typeof value !== 'object' || value === null) return false
  const { apiVersion, kind, metadata } = value as Partial<Record<string, unknown>>
  return typeof apiVersion === 'string' && typeof kind === 'string' && typeof metadata === 'object' && metadata !== null
}
