import type { Connection } from './connection.ts'
import type { ApiFailure } from './failure.ts'
import { type ApiResource, resourcePath } from './resource.ts'

/** What to watch, and from where on. */
export interface WatchQuery {
  readonly resource: ApiResource
  /** Absent is all namespaces. */
  readonly namespace?: string | undefined
  readonly fieldSelector?: string | undefined
  /** The version of the list that went before. */
  readonly resourceVersion: string
  /** After so many seconds the server ends the watch by itself, so that a silent connection is not taken for a dead one. */
  readonly seconds: number
}

/** How a watch ended; with `closed` it may go on from the version it came to. */
export type WatchEnd =
  | { readonly kind: 'closed'; readonly resourceVersion: string }
  | { readonly kind: 'expired' }
  | { readonly kind: 'failed'; readonly failure: ApiFailure }

/**
 * Watches one kind until the server ends it or `signal` strikes, and calls for each change; bookmarks only move the
 * version. Rejects with the reason of `signal`, and with a ConnectionError where the server was never reached.
 */
export async function watch(
  connection: Connection,
  query: WatchQuery,
  onChange: () => void,
  signal?: AbortSignal,
): Promise<WatchEnd> {
  const words = new URLSearchParams({
    watch: 'true',
    allowWatchBookmarks: 'true',
    resourceVersion: query.resourceVersion,
    timeoutSeconds: String(query.seconds),
  })
  if (query.fieldSelector) words.set('fieldSelector', query.fieldSelector)
  const decoder = new TextDecoder()
  let rest = ''
  let version = query.resourceVersion
  let trouble: WatchEnd | undefined
  const take = (line: string): void => {
    const event = eventOf(line)
    if (event === undefined) return
    if (event.type === 'ERROR') trouble = event.code === 410 ? { kind: 'expired' } : failed(event.message)
    else {
      version = event.resourceVersion ?? version
      if (event.type !== 'BOOKMARK') onChange()
    }
  }
  const result = await connection.read(`${resourcePath(query.resource, query.namespace)}?${words}`, {
    gzip: false,
    signal,
    onChunk: (chunk) => {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) take(line)
    },
  })
  if (trouble !== undefined) return trouble
  if (result.failure === undefined) return { kind: 'closed', resourceVersion: version }
  return result.failure.reason === 'Expired' ? { kind: 'expired' } : { kind: 'failed', failure: result.failure }
}

function failed(message: string): WatchEnd {
  return { kind: 'failed', failure: { reason: 'ServerError', message } }
}

interface WatchEvent {
  readonly type: string
  readonly resourceVersion: string | undefined
  readonly code: number | undefined
  readonly message: string
}

/** A line of the stream; undefined for one that is none, as a proxy may cut one off. */
function eventOf(line: string): WatchEvent | undefined {
  try {
    const { type, object = {} } = JSON.parse(line)
    const { metadata = {}, code, message } = object
    const { resourceVersion } = metadata
    return {
      type: String(type),
      resourceVersion: typeof resourceVersion === 'string' ? resourceVersion : undefined,
      code: typeof code === 'number' ? code : undefined,
      message: String(message),
    }
  } catch {
    return undefined
  }
}
