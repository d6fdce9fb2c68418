import { escapedInJson } from '#model/escaped.ts'

/** The report as indented JSON, with a line break at the end; what a terminal could take for commands is escaped. */
export function renderJson(report: unknown): string {
  return `${escapedInJson(JSON.stringify(report, null, 2))}\n`
}

/**
 * The same text in pieces, to be written one after the other: a report on a large cluster is never one string. Each
 * diagnosis, or suggestion, is a piece.
 */
export function* jsonPieces(report: unknown): Generator<string> {
  yield* pieces(report, '', depthOfDiagnoses)
  yield '\n'
}

/** `clusters`, its items, their `diagnoses`, and the items of those. */
const depthOfDiagnoses = 4

function* pieces(value: unknown, indent: string, depth: number): Generator<string> {
  if (depth === 0 || typeof value !== 'object' || value === null || 'toJSON' in value) {
    const text = escapedInJson(JSON.stringify(value, null, 2) ?? 'null')
    yield indent === '' ? text : text.replaceAll('\n', `\n${indent}`)
    return
  }
  const isList = Array.isArray(value)
  const entries = isList ? value.entries() : Object.entries(value).filter(([, item]) => item !== undefined)
  let before = isList ? '[' : '{'
  let isEmpty = true
  for (const [name, item] of entries) {
    yield `${before}\n${indent}  ${isList ? '' : `${escapedInJson(JSON.stringify(name))}: `}`
    yield* pieces(item, `${indent}  `, depth - 1)
    before = ','
    isEmpty = false
  }
  const end = isList ? ']' : '}'
  yield isEmpty ? `${before}${end}` : `\n${indent}${end}`
}
