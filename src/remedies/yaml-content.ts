import { Document, isMap, isSeq, parseDocument, visit } from 'yaml'
import type { Toleration } from '#model/api/pod.ts'
import { escapedInYaml, quoteWhereUnsafe } from '#model/escaped.ts'
import { boundedYaml, repeatedKey } from '#model/repeated-key.ts'

type Value = string | number | boolean | readonly unknown[] | { readonly [key: string]: unknown }

/** One value at a path, as an object: `{ backend: { tolerations: [...] } }`. */
export function nested(path: string, value: Value): Record<string, unknown> {
  const [first = '', ...rest] = splitPath(path)
  return { [first]: rest.length === 0 ? value : nestedIn(rest, value) }
}

function nestedIn([first = '', ...rest]: readonly string[], value: Value): Record<string, unknown> {
  return { [first]: rest.length === 0 ? value : nestedIn(rest, value) }
}

/** `a.b[c.d].e` as its steps; brackets hold a step with dots in it. */
export function splitPath(path: string): readonly string[] {
  return [...path.matchAll(/\[([^\]]*)\]|([^.[\]\s]+)/g)].map(([, bracketed, plain]) => bracketed ?? plain ?? '')
}

/** Puts one object of values into another; lists and scalars of the second win. */
export function merged(
  a: Readonly<Record<string, unknown>>,
  b: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const all: Record<string, unknown> = { ...a }
  for (const [key, value] of Object.entries(b)) {
    const own = all[key]
    all[key] = isPlain(own) && isPlain(value) ? merged(own, value) : value
  }
  return all
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** YAML that parses back to just this value: strings that YAML would read as something else are quoted. */
export function toYaml(value: unknown): string {
  const document = new Document(value, { aliasDuplicateObjects: false, version: '1.1' })
  visit(document, { Scalar: (_, scalar) => quoteWhereUnsafe(scalar) })
  return escapedInYaml(document.toString({ lineWidth: 0 }))
}

/** A toleration with its fields in the order in which people write them. */
export function written({ key, operator, value, effect, tolerationSeconds }: Toleration): Record<string, unknown> {
  return {
    ...(key === undefined ? {} : { key }),
    ...(operator === undefined ? {} : { operator }),
    ...(value === undefined || (value === '' && operator === 'Exists') ? {} : { value }),
    ...(effect === undefined ? {} : { effect }),
    ...(tolerationSeconds === undefined ? {} : { tolerationSeconds }),
  }
}

/**
 * A text of YAML with one list set in it, comments and order kept; undefined where it is no mapping, or where something
 * else than a list stands at the path.
 */
export function withListAt(text: string, path: readonly string[], entries: readonly Toleration[]): string | undefined {
  const document = parseDocument(text, boundedYaml)
  if (document.errors.length > 0 || repeatedKey(document.contents) !== undefined) return undefined
  if (document.contents !== null && !isMap(document.contents)) return undefined
  const standing = document.getIn(path, true)
  if (
    standing !== undefined &&
    standing !== null &&
    !isSeq(standing) &&
    (standing as { value?: unknown }).value !== null
  )
    return undefined
  document.setIn(path, document.createNode(entries.map(written)))
  return document.toString({ lineWidth: 0 })
}
