import { LineCounter, parseAllDocuments } from 'yaml'
import { Failure } from '#model/failure.ts'
import { boundedYaml, repeatedKey } from '#model/repeated-key.ts'

/** The values that a text holds: one JSON value, one JSON value a line, or YAML documents. `name` is for errors. */
export function parseObjects(text: string, name: string): readonly unknown[] {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text
  if (body.trim() === '') throw new Failure('SnapshotEmpty', `${name} is empty`)
  const first = body.trimStart()[0]
  return first === '{' || first === '[' ? parseJson(body, name) : parseYaml(body, name)
}

function parseJson(text: string, name: string): readonly unknown[] {
  try {
    return [JSON.parse(text)]
  } catch (error) {
    const lines = text.split('\n').filter((line) => line.trim() !== '')
    if (lines.length > 1 && isJson(lines[0] ?? '')) return parseLines(text, name)
    // `{` may start a YAML flow mapping as well; JSON's own error is the one that helps when it is neither.
    const documents = looksLikeYaml(text) ? parseYaml(text, name) : undefined
    if (documents !== undefined) return documents
    throw jsonFailure(error, text, name)
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function looksLikeYaml(text: string): boolean {
  return /^---\s*$/m.test(text)
}

function parseLines(text: string, name: string): readonly unknown[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return []
    try {
      return [JSON.parse(line)]
    } catch (error) {
      const { column, what } = whereInJson(error, line)
      throw new Failure('SnapshotInvalid', `${name}:${index + 1}:${column}: not JSON: ${what}`, {
        hint: 'each line has to hold one JSON object; the file may be cut off here',
      })
    }
  })
}

function jsonFailure(error: unknown, text: string, name: string): Failure {
  const { line, column, what, atEnd } = whereInJson(error, text)
  return new Failure('SnapshotInvalid', `${name}:${line}:${column}: not JSON: ${what}`, {
    hint: atEnd ? 'the file ends too early: write it again' : 'write the file again, or mend it at that place',
  })
}

function whereInJson(error: unknown, text: string): { line: number; column: number; what: string; atEnd: boolean } {
  const message = error instanceof Error ? error.message : String(error)
  const position = /position (\d+)/.exec(message)
  const at = position === null ? text.length : Number(position[1])
  const before = text.slice(0, at)
  const line = before.split('\n').length
  const column = at - before.lastIndexOf('\n')
  const atEnd = at >= text.trimEnd().length
  return { line, column, atEnd, what: atEnd ? 'unexpected end' : `unexpected ${JSON.stringify(text[at] ?? '')}` }
}

/** A text of opening brackets, a small file, exhausts the parser's stack. */
function readDocuments(text: string, name: string, options: Parameters<typeof parseAllDocuments>[1]) {
  try {
    return parseAllDocuments(text, options)
  } catch (cause) {
    throw new Failure('SnapshotInvalid', `${name}: not YAML that can be read: ${(cause as Error).message}`, { cause })
  }
}

/** Enough for any list of Kubernetes objects, which have no aliases at all. */
const mostAliases = 100

function parseYaml(text: string, name: string): readonly unknown[] {
  const lines = new LineCounter()
  const documents = readDocuments(text, name, { ...boundedYaml, lineCounter: lines, merge: true })
  if (!Array.isArray(documents)) return []
  return documents.flatMap((document) => {
    const [error] = document.errors
    const offset = error?.pos[0] ?? repeatedKey(document.contents)
    if (offset !== undefined) {
      const { line, col } = lines.linePos(offset)
      throw new Failure(
        'SnapshotInvalid',
        `${name}:${line}:${col}: not YAML: ${error?.message ?? 'a key stands there twice'}`,
      )
    }
    try {
      const value: unknown = document.toJS({ maxAliasCount: mostAliases })
      return value === null || value === undefined ? [] : [value]
    } catch (cause) {
      throw new Failure('SnapshotInvalid', `${name}: not YAML that can be read: ${(cause as Error).message}`, { cause })
    }
  })
}
