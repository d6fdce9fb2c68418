import { isRecord } from './raw-object.ts'

/**
 * How package `yaml` is asked to read what strangers wrote: what it says of an error costs the length of its line for
 * each error, and its search for repeated keys the square of a mapping's keys. Where a repeated key matters, ask
 * `repeatedKey`.
 */
export const boundedYaml = { logLevel: 'silent', uniqueKeys: false, prettyErrors: false } as const

/**
 * Where a mapping of a parsed YAML document names a key twice: the key's offset in the text; undefined where none does.
 * Looks at each key once. Takes the nodes of package `yaml`.
 */
export function repeatedKey(contents: unknown): number | undefined {
  const open: unknown[] = [contents]
  while (open.length > 0) {
    const seen = new Set<unknown>()
    for (const item of itemsOf(open.pop())) {
      if (!isPair(item)) {
        open.push(item)
        continue
      }
      const { value, range } = isRecord(item.key) ? item.key : {}
      if (seen.has(value)) return Array.isArray(range) ? Number(range[0]) : 0
      // Keys that are no scalars have no value; and several maps may be merged into one.
      if (value !== undefined && value !== '<<') seen.add(value)
      open.push(item.key, item.value)
    }
  }
  return undefined
}

function itemsOf(node: unknown): readonly unknown[] {
  return isRecord(node) && Array.isArray(node.items) ? node.items : []
}

function isPair(item: unknown): item is { readonly key: unknown; readonly value: unknown } {
  return isRecord(item) && 'key' in item
}
