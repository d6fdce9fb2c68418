/**
 * Makes equal parts of different objects one part in memory: the Pods of one template share their labels, their
 * containers and their tolerations. What is handed in must never be changed afterwards.
 */
export class Interner {
  readonly #texts = new Map<string, string>()
  readonly #parts = new Map<number, object[]>()
  /** The hash of what `#share` returned last. */
  #hash = 0

  /** The part itself, or the equal one that came first. */
  share<T>(part: T): T {
    return this.#share(part) as T
  }

  text(text: string | undefined): string | undefined {
    if (text === undefined) return undefined
    const known = this.#texts.get(text)
    if (known !== undefined) return known
    if (this.#texts.size >= mostTexts) this.#texts.clear()
    this.#texts.set(text, text)
    return text
  }

  #share(part: unknown): unknown {
    if (typeof part === 'string') {
      this.#hash = textHash(part)
      return part.length > longestText ? part : this.text(part)
    }
    if (typeof part !== 'object' || part === null) {
      this.#hash = typeof part === 'number' ? part | 0 : part === true ? 17 : 19
      return part
    }
    return Array.isArray(part) ? this.#shareList(part) : this.#shareFields(part as Record<string, unknown>)
  }

  #shareList(list: unknown[]): object {
    let hash = list.length + 101
    for (let at = 0; at < list.length; at++) {
      list[at] = this.#share(list[at])
      hash = Math.imul(hash ^ this.#hash, 0x01000193) ^ (hash >>> 15)
    }
    return this.#known(hash, list, sameItems as (a: object, b: object) => boolean)
  }

  #shareFields(fields: Record<string, unknown>): object {
    let hash = 7
    for (const name in fields) {
      const value = fields[name]
      const shared = this.#share(value)
      if (shared !== value) setField(fields, name, shared)
      hash = Math.imul(hash ^ this.#hash ^ name.length, 0x01000193) ^ (hash >>> 15)
    }
    return this.#known(hash, fields, sameFields as (a: object, b: object) => boolean)
  }

  /** The parts of a part are shared already, so that comparing them is comparing references. */
  #known(hash: number, part: object, same: (a: object, b: object) => boolean): object {
    this.#hash = hash
    const alike = this.#parts.get(hash)
    if (alike === undefined) {
      this.#parts.set(hash, [part])
      return part
    }
    for (const one of alike) if (Array.isArray(one) === Array.isArray(part) && same(one, part)) return one
    if (alike.length < mostAlike) alike.push(part)
    return part
  }
}

const mostTexts = 200_000
const longestText = 256
const mostAlike = 16

function textHash(text: string): number {
  const { length } = text
  let hash = length
  const step = length > 64 ? length >>> 5 : 1
  for (let at = 0; at < length; at += step) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false
  return true
}

/** The same fields in the same order. */
function sameFields(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean {
  const names = Object.keys(a)
  const others = Object.keys(b)
  if (names.length !== others.length) return false
  for (let at = 0; at < names.length; at++) {
    const name = names[at] as string
    if (name !== others[at] || a[name] !== b[name]) return false
  }
  return true
}

function setField(fields: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__')
    Object.defineProperty(fields, name, { value, enumerable: true, writable: true, configurable: true })
  else fields[name] = value
}
