import type { RequestInfo } from './request-info.ts'
import { groupVersion, qualified, type ResourceType } from './resources.ts'
import { fieldPredicate, labelPredicate, type Predicate, SelectorError } from './selectors.ts'
import { badRequest, expiredContinue, failureStatus, json } from './status.ts'
import { nameKey, type Store } from './store.ts'
import type { KubeObject, Reply } from './types.ts'

/** Where a list goes on: the revision it began at (-1: whatever is there now) and the key it stopped at. */
interface ContinueToken {
  readonly rv: number
  readonly start: string
}

interface Page {
  readonly items: readonly KubeObject[]
  readonly revision: number
  readonly next?: string
  readonly remaining?: number
}

/** Answers a list: one page of it, and where the next one begins. `pageLimit` makes pages smaller than asked for. */
export function list(store: Store, type: ResourceType, info: RequestInfo, pageLimit: number): Reply {
  const { query } = info
  const token = query.get('continue') ?? ''
  const version = query.get('resourceVersion') ?? ''
  if (token !== '' && version !== '' && version !== '0') {
    return badRequest('specifying resource version is not allowed when using continue')
  }
  const from = token === '' ? undefined : readToken(token)
  if (token !== '' && from === undefined) return badRequest('invalid continue token: continue key is not valid')
  const revision = from === undefined || from.rv < 0 ? store.revision : from.rv
  const wanted = Number(version)
  if (wanted > store.revision) return tooLargeVersion(wanted, store.revision)
  const objects = store.list(type, revision)
  if (objects === undefined) return expired(from as ContinueToken)
  const chosen = selection(info)
  if (typeof chosen !== 'function') return chosen
  // The watch cache answers resourceVersion=0, and knows no pages.
  const asked = version === '0' && token === '' ? 0 : Number(query.get('limit') ?? 0)
  const page = cut(objects, chosen, info.namespace, from, asked === 0 ? 0 : Math.min(asked, pageLimit))
  const counted = query.get('labelSelector') || query.get('fieldSelector') ? {} : { remaining: page.left }
  return listReply(type, {
    items: page.items,
    revision,
    ...(page.next === undefined ? {} : { next: writeToken(revision, page.next), ...counted }),
  })
}

const everything: Predicate = () => true

/** What a request's selectors and namespace let through; a refusal where a selector cannot be read. */
export function selection(info: RequestInfo): Predicate | Reply {
  try {
    const { namespace, query } = info
    const [labels, fields] = [query.get('labelSelector') ?? '', query.get('fieldSelector') ?? '']
    const parts = [
      ...(namespace === '' ? [] : [(object: KubeObject) => object.metadata.namespace === namespace]),
      ...(labels === '' ? [] : [labelPredicate(labels)]),
      ...(fields === '' ? [] : [fieldPredicate(fields, qualified(info))]),
    ]
    return parts.length === 0 ? everything : (object) => parts.every((part) => part(object))
  } catch (error) {
    if (error instanceof SelectorError) return badRequest(error.message)
    throw error
  }
}

/** Cuts the page out; keys of a list in one namespace begin below it, as the real server's do. */
function cut(
  objects: readonly KubeObject[],
  fits: Predicate,
  namespace: string,
  from: ContinueToken | undefined,
  limit: number,
) {
  const prefix = namespace === '' ? '' : `/${namespace}`
  const items: KubeObject[] = []
  let at = from === undefined ? 0 : firstFrom(objects, prefix + from.start)
  for (; at < objects.length && (limit === 0 || items.length < limit); at += 1) {
    const object = objects[at] as KubeObject
    if (fits(object)) items.push(object)
  }
  const left = fits === everything ? objects.length - at : objects.slice(at).filter(fits).length
  const last = items.at(-1)
  const next = left > 0 && last !== undefined ? `${nameKey(last).slice(prefix.length)}\0` : undefined
  return { items, left, next }
}

/** Where in the sorted list the first key stands that is not before `key`. */
function firstFrom(objects: readonly KubeObject[], key: string): number {
  let [low, high] = [0, objects.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (nameKey(objects[middle] as KubeObject) < key) low = middle + 1
    else high = middle
  }
  return low
}

function listReply(type: ResourceType, page: Page): Reply {
  const metadata = {
    resourceVersion: String(page.revision),
    ...(page.next === undefined ? {} : { continue: page.next }),
    ...(page.remaining === undefined ? {} : { remainingItemCount: page.remaining }),
  }
  const head = { kind: `${type.kind}List`, apiVersion: groupVersion(type), metadata }
  const items = page.items.map((object) => (type.custom ? JSON.stringify(object) : withoutKind(object)))
  return json(200, `${JSON.stringify(head).slice(0, -1)},"items":[${items.join(',')}]}`)
}

const bodies = new WeakMap<KubeObject, string>()

function withoutKind(object: KubeObject): string {
  const known = bodies.get(object)
  if (known !== undefined) return known
  const { apiVersion: _, kind: __, ...rest } = object
  const body = JSON.stringify(rest)
  bodies.set(object, body)
  return body
}

function writeToken(rv: number, start: string): string {
  return Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv, start })).toString('base64url')
}

function readToken(token: string): ContinueToken | undefined {
  try {
    const { v, rv, start } = JSON.parse(Buffer.from(token, 'base64').toString())
    return v === 'meta.k8s.io/v1' && typeof rv === 'number' && typeof start === 'string' ? { rv, start } : undefined
  } catch {
    return undefined
  }
}

/** 410, with a token that goes on from the same place in whatever is there now. */
function expired(from: ContinueToken): Reply {
  const metadata = { continue: writeToken(-1, from.start) }
  return json(410, failureStatus(410, expiredContinue, undefined, metadata))
}

function tooLargeVersion(wanted: number, current: number): Reply {
  const causes = [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }]
  const message = `Timeout: Too large resource version: ${wanted}, current: ${current}`
  return json(504, failureStatus(504, message, { causes, retryAfterSeconds: 1 }))
}
