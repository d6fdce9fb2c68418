import type { NodeSelector } from '#model/api/meta.ts'
import { type Labels, labelOf } from '#model/selector.ts'

/** One label of which a node must have one of these values. */
export interface Pin {
  readonly key: string
  readonly values: readonly string[]
}

/** Finds what may suit a node by one label each: a cluster can have as many local volumes as nodes, or more. */
export class LabelIndex<T> {
  readonly #loose: Ranked<T>[] = []
  readonly #pinned = new Map<string, Map<string, Ranked<T>[]>>()
  #size = 0

  /** Adds an item that suits only nodes with one of the pins; without `pins`, any node. Order is kept. */
  add(item: T, pins: readonly Pin[] | undefined): void {
    const ranked = { item, rank: this.#size++ }
    if (pins === undefined) this.#loose.push(ranked)
    for (const { key, values } of pins ?? []) {
      const byValue = this.#pinned.get(key) ?? new Map<string, Ranked<T>[]>()
      this.#pinned.set(key, byValue)
      for (const value of new Set(values)) {
        const items = byValue.get(value)
        if (items === undefined) byValue.set(value, [ranked])
        else items.push(ranked)
      }
    }
  }

  /** The first item, in the order they were added, that suits a node with these labels. */
  first(labels: Labels, suits: (item: T) => boolean): T | undefined {
    let best = firstOf(this.#loose, suits, Number.POSITIVE_INFINITY)
    for (const [key, byValue] of this.#pinned) {
      const items = byValue.get(labelOf(labels, key) ?? absent)
      if (items !== undefined) best = firstOf(items, suits, best?.rank ?? Number.POSITIVE_INFINITY) ?? best
    }
    return best?.item
  }
}

/** No label has this value. */
const absent = ' '

function firstOf<T>(items: readonly Ranked<T>[], suits: (item: T) => boolean, below: number): Ranked<T> | undefined {
  for (const one of items) {
    if (one.rank >= below) return undefined
    if (suits(one.item)) return one
  }
  return undefined
}

interface Ranked<T> {
  readonly item: T
  readonly rank: number
}

/** One pin for each term of a node selector; undefined where a term has no list of values, and so may suit any node. */
export function pinsOf(selector: NodeSelector | undefined): readonly Pin[] | undefined {
  if (selector === undefined) return undefined
  const pins: Pin[] = []
  for (const { matchExpressions = [] } of selector.nodeSelectorTerms ?? []) {
    const listed = matchExpressions.find(({ operator }) => operator === 'In')
    if (listed === undefined) return undefined
    pins.push({ key: listed.key ?? '', values: listed.values ?? [] })
  }
  return pins
}
