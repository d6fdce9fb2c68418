import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, parse, parseAllDocuments } from 'yaml'
import { boundedYaml, repeatedKey } from '#model/repeated-key.ts'

/** A values file after the change, or why it could not be made. */
export type EditedValues =
  | { readonly text: string }
  /** `at` is `:line:column` where there is one. */
  | { readonly problem: string; readonly at?: string; readonly hint?: string }

/** Sets in a values file what `content` holds; comments, order and everything else stay as they are. */
export function withValues(text: string, content: string): EditedValues {
  const lines = new LineCounter()
  const documents = parseAllDocuments(text, { ...boundedYaml, lineCounter: lines })
  const list = Array.isArray(documents) ? documents : []
  if (list.length > 1)
    return { problem: 'holds several YAML documents', hint: 'values are one document: split the file' }
  const document = list[0]
  if (document === undefined) return { text: `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${content}` }
  const [error] = document.errors
  const offset = error?.pos[0] ?? repeatedKey(document.contents)
  if (offset !== undefined) {
    const { line, col } = lines.linePos(offset)
    const problem = error === undefined ? 'a key stands there twice' : `is not YAML: ${error.message}`
    return { problem, at: `:${line}:${col}` }
  }
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) {
    return { text: `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${content}` }
  }
  if (!isMap(document.contents)) return { problem: 'does not hold a mapping of values', at: ':1:1' }
  const problem = setAll(document, [], parse(content) as Record<string, unknown>, lines)
  return problem ?? { text: document.toString({ lineWidth: 0, flowCollectionPadding: false }) }
}

function setAll(
  document: Document,
  path: readonly string[],
  values: Record<string, unknown>,
  lines: LineCounter,
): EditedValues | undefined {
  for (const [key, value] of Object.entries(values)) {
    const problem = setOne(document, [...path, key], value, lines)
    if (problem !== undefined) return problem
  }
  return undefined
}

function setOne(
  document: Document,
  at: readonly string[],
  value: unknown,
  lines: LineCounter,
): EditedValues | undefined {
  const standing = document.getIn(at, true)
  const name = at.join('.')
  const wrong = (problem: string): EditedValues => ({ ...placeOf(standing, lines), problem: `${name} ${problem}` })
  if (isAlias(standing)) return wrong('is an alias of another value: write the value out there first')
  if (standing === undefined || standing === null || (isScalar(standing) && standing.value === null)) {
    document.setIn(at, document.createNode(value))
    return undefined
  }
  if (isPlain(value)) {
    if (!isMap(standing)) return wrong(`is no mapping, where ${Object.keys(value).join(', ')} belongs below it`)
    return setAll(document, at, value, lines)
  }
  if (Array.isArray(value)) {
    if (!isSeq(standing)) return wrong('is no list')
    addToList(document, standing, value)
  } else document.setIn(at, value)
  return undefined
}

/** What the list lacks is added at its end; what stands there keeps its place and its comments. */
function addToList(
  document: Document,
  list: { toJSON(): unknown; add(item: unknown): void; flow?: boolean; items: unknown[] },
  entries: readonly unknown[],
): void {
  const there = new Set((list.toJSON() as unknown[]).map(canonical))
  const isEmpty = list.items.length === 0
  for (const entry of entries) if (!there.has(canonical(entry))) list.add(document.createNode(entry))
  if (isEmpty) list.flow = false
}

function canonical(value: unknown): string {
  return isPlain(value)
    ? JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : JSON.stringify(value)
}

function placeOf(node: unknown, lines: LineCounter): { at?: string } {
  const range = (node as { range?: readonly [number, number, number] } | undefined)?.range
  if (range === undefined) return {}
  const { line, col } = lines.linePos(range[0])
  return { at: `:${line}:${col}` }
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
