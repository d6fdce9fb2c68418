import { setTimeout as sleep } from 'node:timers/promises'
import type { Connection } from './connection.ts'
import { jsonPages } from './page.ts'
import { type ApiResource, resourcePath } from './resource.ts'
import { watch } from './watch.ts'

/** How long is waited between attempts, in milliseconds, doubled each time up to the longest. */
export interface ChangesTiming {
  readonly firstDelayMs: number
  readonly longestDelayMs: number
  /** How long one watch is kept open. */
  readonly seconds: number
}

const usual: ChangesTiming = { firstDelayMs: 500, longestDelayMs: 30_000, seconds: 50 }

/**
 * Tells that something of some kinds changed, not what: who hears it reads again. A watch that ends goes on where it
 * was; after one that expired or failed there may have been anything, so that counts as a change.
 */
export class Changes {
  readonly #connection: Connection
  readonly #timing: ChangesTiming
  readonly #closing = new AbortController()
  readonly #watched = new Set<string>()
  #isDirty = false
  #wake: (() => void) | undefined

  constructor(connection: Connection, timing: ChangesTiming = usual) {
    this.#connection = connection
    this.#timing = timing
  }

  /**
   * Watches a kind from now on, where that is not allowed that of one namespace; resolves when its version is known. A
   * second time for one kind does nothing.
   */
  async watch(resource: ApiResource, otherwise?: string): Promise<void> {
    const key = `${resource.group}/${resource.plural}`
    if (this.#watched.has(key)) return
    this.#watched.add(key)
    let namespace: string | undefined
    let start = await this.#version(resource, undefined)
    if (start === undefined && resource.namespaced && otherwise !== undefined) {
      namespace = otherwise
      start = await this.#version(resource, namespace)
    }
    void this.#keepWatching(resource, namespace, start).catch(() => undefined)
  }

  /** Resolves when there was a change since the last time; at once where there was one already. */
  async next(signal: AbortSignal): Promise<void> {
    if (!this.#isDirty) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
        signal.addEventListener('abort', () => resolve(), { once: true })
      })
    }
    this.#isDirty = false
  }

  close(): void {
    this.#closing.abort(new Error('no longer watched'))
  }

  #changed(): void {
    this.#isDirty = true
    this.#wake?.()
  }

  async #keepWatching(resource: ApiResource, namespace: string | undefined, start: string | undefined): Promise<void> {
    const { signal } = this.#closing
    const { firstDelayMs, longestDelayMs, seconds } = this.#timing
    let version = start
    let delay = firstDelayMs
    while (!signal.aborted) {
      if (version === undefined) {
        await sleep(delay, undefined, { signal })
        delay = Math.min(delay * 2, longestDelayMs)
        version = await this.#version(resource, namespace)
        if (version === undefined) continue
        this.#changed()
      }
      const end = await this.#once({ resource, namespace, resourceVersion: version, seconds })
      if (end === undefined) version = undefined
      else {
        // A server that ends each watch at once is not asked again at once.
        if (end === version) await sleep(firstDelayMs, undefined, { signal })
        version = end
        delay = firstDelayMs
      }
    }
  }

  /** The version that the watch came to; undefined where it has to begin anew. */
  async #once(query: Parameters<typeof watch>[1]): Promise<string | undefined> {
    try {
      const end = await watch(this.#connection, query, () => this.#changed(), this.#closing.signal)
      return end.kind === 'closed' ? end.resourceVersion : undefined
    } catch {
      // Closed by us, which the caller's loop sees; or the server is gone, which it tries again.
      return undefined
    }
  }

  /** The version that the kind's list has now; undefined where it cannot be had. */
  async #version(resource: ApiResource, namespace: string | undefined): Promise<string | undefined> {
    const { signal } = this.#closing
    try {
      const result = await this.#connection.read(`${resourcePath(resource, namespace)}?limit=1`, { signal })
      if (result.failure !== undefined) return undefined
      const decoded = jsonPages.decode(result.body, result.contentType)
      return 'page' in decoded ? decoded.page.resourceVersion : undefined
    } catch {
      // The server is gone, or we are closed.
      return undefined
    }
  }
}
