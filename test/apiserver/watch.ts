import type { ServerResponse } from 'node:http'
import type { RequestInfo } from './request-info.ts'
import { isTrue } from './request-info.ts'
import { groupVersion, type ResourceType } from './resources.ts'
import type { Predicate } from './selectors.ts'
import { failureStatus } from './status.ts'
import type { Change, Store } from './store.ts'
import type { KubeObject } from './types.ts'

/** The open watches of a server. */
export class Watches {
  readonly #open = new Set<Watch>()

  /** Answers a watch: what is there or happened since, then each change until somebody closes it. */
  open(response: ServerResponse, store: Store, type: ResourceType, info: RequestInfo, fits: Predicate): void {
    const watch = new Watch(response, store, type, fits)
    this.#open.add(watch)
    response.on('close', () => {
      watch.stop()
      this.#open.delete(watch)
    })
    watch.start(info)
  }

  get count(): number {
    return this.#open.size
  }

  /** Ends every watch, as a server does that restarts. */
  close(): void {
    for (const watch of this.#open) watch.end()
  }

  /** Tells every watch that its version is too old, and ends it. */
  expire(): void {
    for (const watch of this.#open) watch.expire()
  }

  /** Sends a bookmark to every watch that asked for them. */
  bookmark(): void {
    for (const watch of this.#open) watch.bookmark()
  }
}

class Watch {
  readonly #response: ServerResponse
  readonly #store: Store
  readonly #type: ResourceType
  readonly #fits: Predicate
  #stopListening: (() => void) | undefined
  #timer: NodeJS.Timeout | undefined
  #bookmarks = false

  constructor(response: ServerResponse, store: Store, type: ResourceType, fits: Predicate) {
    this.#response = response
    this.#store = store
    this.#type = type
    this.#fits = fits
  }

  start({ query }: RequestInfo): void {
    this.#response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-cache, private' })
    this.#response.flushHeaders()
    this.#bookmarks = isTrue(query.get('allowWatchBookmarks'))
    const since = query.get('resourceVersion') ?? ''
    if (since !== '' && since !== '0' && Number(since) < this.#store.oldest) {
      this.expire(since)
      return
    }
    if (since === '' || since === '0' || isTrue(query.get('sendInitialEvents')))
      this.#sendAll(isTrue(query.get('sendInitialEvents')))
    else for (const change of this.#store.changesSince(Number(since))) this.#report(change)
    this.#stopListening = this.#store.onChange((change) => this.#report(change))
    const seconds = Number(query.get('timeoutSeconds') ?? 0)
    if (seconds > 0) this.#timer = setTimeout(() => this.#timeOut(), seconds * 1000)
  }

  stop(): void {
    this.#stopListening?.()
    clearTimeout(this.#timer)
  }

  end(): void {
    this.stop()
    this.#response.end()
  }

  expire(since = String(this.#store.oldest - 1)): void {
    const message = `too old resource version: ${since} (${this.#store.revision})`
    this.#send('ERROR', failureStatus(410, message))
    this.end()
  }

  bookmark(annotations?: object): void {
    if (!this.#bookmarks) return
    const metadata = { resourceVersion: String(this.#store.revision), ...(annotations && { annotations }) }
    this.#send('BOOKMARK', { kind: this.#type.kind, apiVersion: groupVersion(this.#type), metadata })
  }

  #timeOut(): void {
    this.bookmark()
    this.end()
  }

  #sendAll(marked: boolean): void {
    for (const object of this.#store.list(this.#type) ?? []) if (this.#fits(object)) this.#send('ADDED', object)
    if (marked) this.bookmark({ 'k8s.io/initial-events-end': 'true' })
  }

  /** To a watch with a selector, an object that leaves the selection is deleted, one that enters it is added. */
  #report(change: Change): void {
    if (change.resource.plural !== this.#type.plural || groupVersion(change.resource) !== groupVersion(this.#type))
      return
    const was = change.before !== undefined && this.#fits(change.before)
    const is = change.type !== 'DELETED' && this.#fits(change.object)
    if (is) this.#send(was ? 'MODIFIED' : 'ADDED', change.object)
    else if (was) this.#send('DELETED', change.object)
  }

  #send(type: string, object: KubeObject | object): void {
    this.#response.write(`${JSON.stringify({ type, object })}\n`)
  }
}
