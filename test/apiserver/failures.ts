import type { RequestInfo } from './request-info.ts'
import { qualified } from './resources.ts'
import { expiredContinue, failureStatus, forbidden, json, noSuchResource, plainText, unauthorized } from './status.ts'
import type { Reply } from './types.ts'

/**
 * What goes wrong: a status; `cut`: the connection breaks in the middle of the body; `slow`: the answer comes after
 * `ms`; `garbage`: 200 with a body that is no JSON; `hang`: no answer at all.
 */
export type FailureKind = 401 | 403 | 404 | 410 | 429 | 500 | 503 | 'cut' | 'slow' | 'garbage' | 'hang'

/** All kinds, as the random mode draws from them. */
export const everyFailure: readonly FailureKind[] = [
  401,
  403,
  404,
  410,
  429,
  500,
  503,
  'cut',
  'slow',
  'garbage',
  'hang',
]

/** One failure: which requests it strikes, how often, and how. */
export interface FailureRule {
  /** A pattern on path and query, or a resource: `pods`, `deployments.apps`. */
  readonly match: RegExp | string
  readonly with: FailureKind
  readonly verb?: string
  /** Only the first such request, or only that page of a list (the first page is 1). Absent: every one. */
  readonly on?: 'first' | `page ${number}`
  /** How often it strikes; for ever where it is absent. */
  readonly times?: number
  /** Seconds of `Retry-After` with 429 and 503; 1 where it is absent. */
  readonly retryAfter?: number
  /** Milliseconds of `slow`; 300 where it is absent. */
  readonly ms?: number
}

/** Failures drawn by chance, the same for the same seed. */
export interface RandomFailures {
  readonly seed: number
  /** The share of requests that fail: 0 to 1. */
  readonly rate: number
  readonly kinds?: readonly FailureKind[]
  /** Seconds of `Retry-After` with 429 and 503; 1 where it is absent. */
  readonly retryAfter?: number
}

/** A failure that struck a request. */
export interface Struck {
  readonly kind: FailureKind
  readonly retryAfter: number
  readonly ms: number
}

/** The failures a test asked for, and how often each has struck. */
export class Failures {
  #rules: { rule: FailureRule; left: number }[] = []
  #random: RandomFailures | undefined
  readonly #occurrences = new Map<string, number>()
  readonly #pages = new Map<string, number>()

  add(...rules: readonly FailureRule[]): void {
    for (const rule of rules) {
      this.#rules.push({ rule, left: rule.times ?? (rule.on === 'first' ? 1 : Number.POSITIVE_INFINITY) })
    }
  }

  /** From now on requests for resources fail at random: the same seed fails the same requests, in whatever order they come. */
  atRandom(random: RandomFailures | undefined): void {
    this.#random = random
    this.#occurrences.clear()
  }

  clear(): void {
    this.#rules = []
    this.#random = undefined
  }

  /** Remembers which page of its list a continue token leads to. */
  handedOut(info: RequestInfo, reply: Reply): void {
    if (info.verb !== 'list' || reply.status !== 200) return
    const token = /"continue":"([^"]+)"/.exec(reply.body.slice(0, 1000))?.[1]
    if (token !== undefined) this.#pages.set(token, this.#pageOf(info) + 1)
  }

  strike(info: RequestInfo): Struck | undefined {
    const hit = this.#rules.find(({ rule, left }) => left > 0 && this.#matches(rule, info))
    if (hit === undefined) return this.#byChance(info)
    hit.left -= 1
    return { kind: hit.rule.with, retryAfter: hit.rule.retryAfter ?? 1, ms: hit.rule.ms ?? 300 }
  }

  #matches(rule: FailureRule, info: RequestInfo): boolean {
    const url = `${info.path}?${info.query}`
    const named = typeof rule.match === 'string' ? qualified(info) === rule.match : rule.match.test(url)
    const onPage = rule.on === undefined || rule.on === 'first' || rule.on === `page ${this.#pageOf(info)}`
    return named && onPage && (rule.verb === undefined || rule.verb === info.verb)
  }

  #pageOf(info: RequestInfo): number {
    const token = info.query.get('continue')
    return token === null ? 1 : (this.#pages.get(token) ?? 2)
  }

  #byChance(info: RequestInfo): Struck | undefined {
    if (this.#random === undefined || info.resource === '') return undefined
    const { seed, rate, kinds = everyFailure, retryAfter = 1 } = this.#random
    const request = `${info.method} ${info.path} ${withoutToken(info.query)} ${this.#pageOf(info)}`
    const nth = (this.#occurrences.get(request) ?? 0) + 1
    this.#occurrences.set(request, nth)
    const chance = spread(`${seed} ${nth} ${request}`)
    const kind = kinds[Math.floor(spread(`${seed} ${nth} kind ${request}`) * kinds.length)]
    return chance < rate && kind !== undefined ? { kind, retryAfter, ms: 50 } : undefined
  }
}

/** What a status failure answers; undefined for failures of the connection. */
export function failureReply(struck: Struck, info: RequestInfo, user: string): Reply | undefined {
  const retry = (reply: Reply): Reply => ({
    ...reply,
    headers: { ...reply.headers, 'retry-after': String(struck.retryAfter) },
  })
  if (struck.kind === 401) return unauthorized()
  if (struck.kind === 403) return forbidden(user, info)
  if (struck.kind === 404) return noSuchResource()
  if (struck.kind === 410) return json(410, failureStatus(410, expiredContinue))
  if (struck.kind === 429) return retry(plainText(429, 'Too many requests, please try again later.\n'))
  if (struck.kind === 500)
    return json(500, failureStatus(500, 'Internal error occurred: etcdserver: request timed out'))
  if (struck.kind === 503) {
    return retry(json(503, failureStatus(503, 'the server is currently unable to handle the request')))
  }
  if (struck.kind === 'garbage') return { ...json(200, '<html><body>Sign in to continue</body></html>') }
  return undefined
}

/** Continue tokens hold revisions, which differ from run to run: the page's number stands for them. */
function withoutToken(query: URLSearchParams): string {
  const plain = new URLSearchParams(query)
  plain.delete('continue')
  return plain.toString()
}

/** A number from 0 to 1 for a text, evenly spread (FNV-1a and a final mix). */
function spread(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
}
