import type { ApiObject } from '#model/cluster-state.ts'

/** How the body of a page becomes objects. Another wire format is another decoder. */
export interface PageDecoder<Page> {
  /** The `Accept` header it wants. */
  readonly accept: string
  /** What it takes where the server refuses `accept` (406). */
  readonly acceptInstead?: string
  /** The continue token, found without decoding the page; undefined where there is none or it does not show. */
  peek(body: Buffer, contentType: string): string | undefined
  /** The page and its continue token; `problem` says why it is no list. */
  decode(body: Buffer, contentType: string): { readonly page: Page; readonly next: string | undefined } | PageProblem
}

export interface PageProblem {
  readonly problem: string
}

/** A page of a list in JSON. */
export interface JsonPage {
  /** Each with the `apiVersion` and `kind` that lists leave out of their items. */
  readonly items: readonly ApiObject[]
  readonly resourceVersion: string | undefined
}

/** Lists as JSON. */
export const jsonPages: PageDecoder<JsonPage> = {
  accept: 'application/json',
  peek(body) {
    // A server writes the list's own metadata before the items; where it does not, the token shows in decoding.
    const head = body.subarray(0, 8192).toString('latin1')
    const items = head.indexOf('"items"')
    const found = /^\s*\{[^{}]*"metadata"\s*:\s*\{[^{}]*"continue"\s*:\s*"([A-Za-z0-9+/=_-]+)"/.exec(
      items === -1 ? head : head.slice(0, items),
    )
    return found?.[1]
  },
  decode(body, contentType) {
    let value: unknown
    try {
      value = JSON.parse(body.toString('utf8'))
    } catch {
      const type = contentType === '' ? 'no content type' : contentType
      return { problem: `the server answered with something else than JSON (${type}): is it a Kubernetes API server?` }
    }
    const { apiVersion = 'v1', kind = '', metadata, items } = (value ?? {}) as Partial<Record<string, unknown>>
    // Go writes an empty list of some kinds as null.
    if (!Array.isArray(items) && items !== null)
      return { problem: 'the server answered with something else than a list' }
    const { continue: next, resourceVersion } = (metadata ?? {}) as Partial<Record<string, unknown>>
    const itemKind = String(kind).replace(/List$/, '')
    const page = {
      items: (items ?? []).map((item) => ({ apiVersion: String(apiVersion), kind: itemKind, ...item })) as ApiObject[],
      resourceVersion: typeof resourceVersion === 'string' ? resourceVersion : undefined,
    }
    return { page, next: typeof next === 'string' ? next : undefined }
  },
}
