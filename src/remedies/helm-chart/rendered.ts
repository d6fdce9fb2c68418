import { parseDocument } from 'yaml'
import type { HelmObject } from '#model/helm-release.ts'
import { isRecord, textAt, valueAt } from '#model/raw-object.ts'
import { boundedYaml } from '#model/repeated-key.ts'
import type { Rendering } from './render.ts'
import { hasMark, isMark } from './template/marks.ts'

/** What a rendered text says of the tolerations of one workload. */
export type Tolerates =
  /** The text holds no such workload. */
  | { readonly kind: 'Absent' }
  /** It may, but that cannot be told. */
  | { readonly kind: 'Open'; readonly because: string }
  /** What stands there; `open` says why there may be more. */
  | { readonly kind: 'Found'; readonly entries: readonly unknown[]; readonly open?: string }

/** Looks up a workload of the manifest in what its template renders to. */
export function tolerationsIn({ text, marks }: Rendering, wanted: HelmObject): Tolerates {
  const documents = text.split(/^---/m).filter((part) => mayBe(part, wanted))
  const parsed = documents.map((part) => ({ part, value: readYaml(part) }))
  const unreadable = parsed.find(({ value }) => typeof value === 'string')?.value
  const found = parsed.filter(({ value }) => isRecord(value) && is(value, wanted))
  const [only] = found
  if (found.length > 1) return { kind: 'Open', because: `more than one ${wanted.kind ?? 'object'} may be meant` }
  if (only !== undefined) {
    const tolerates = entriesOf(only.value, wanted.kind ?? '', marks)
    const hidden = tolerates.entries.length === 0 ? marks.hiddenLines(only.part) : undefined
    return tolerates.open === undefined && hidden !== undefined ? { ...tolerates, open: hidden } : tolerates
  }
  if (typeof unreadable === 'string') {
    const because = documents.map((part) => marks.reasonIn(part)).find((reason) => reason !== undefined)
    return { kind: 'Open', because: because ?? unreadable }
  }
  // Where whole documents are unknown, ours may be among them.
  const open = text.split('\n').find((line) => hasMark(line) && withoutMarks(line).trim() === '')
  return open === undefined ? { kind: 'Absent' } : { kind: 'Open', because: marks.reasonIn(open) ?? '' }
}

const maxDocument = 1024 * 1024

/** Saves the reading of documents that are plainly another kind, or where no name is, or may be, the wanted one. */
function mayBe(part: string, { kind, name = '' }: HelmObject): boolean {
  if (part.trim() === '' || part.length > maxDocument) return false
  const said = /^["']?kind["']?:[ \t]*(\S+)/m.exec(part)?.[1]
  if (said !== undefined && !hasMark(said) && said.replace(/["']/g, '') !== kind) return false
  if (part.includes(name) || part.includes('\\')) return true
  return part.split('\n').some((line) => hasMark(line) && (line.includes('name') || withoutMarks(line).trim() === ''))
}

/** A line that is unknown as a whole may be any keys: it becomes a key of that name, so that the rest can be read. */
function readYaml(part: string): unknown {
  let count = 0
  const text = part
    .split('\n')
    .map((line) =>
      hasMark(line) && withoutMarks(line).trim() === ''
        ? `${/^\s*/.exec(line)?.[0] ?? ''}"${line.trim()}${count++}": 0`
        : line,
    )
    .join('\n')
  try {
    const document = parseDocument(text, boundedYaml)
    if (document.errors.length > 0) return 'what it renders is not YAML'
    return document.toJS({ maxAliasCount: 100 })
  } catch {
    return 'what it renders is not YAML'
  }
}

function withoutMarks(text: string): string {
  return [...text].filter((char) => !isMark(char)).join('')
}

function is(document: Readonly<Record<string, unknown>>, { kind, name }: HelmObject): boolean {
  return fits(textAt(document, 'kind'), kind) && fits(textAt(document, 'metadata', 'name'), name)
}

/** Whether a text may be this one: what is unknown of it may be anything. */
function fits(text: string | undefined, wanted: string | undefined): boolean {
  if (text === undefined || wanted === undefined) return text === wanted
  if (!hasMark(text)) return text === wanted
  // Piece by piece, from left to right: no pattern that a text could make slow.
  const pieces = [...text]
    .map((char) => (isMark(char) ? '\0' : char))
    .join('')
    .split(/\0+/)
  const [head = '', ...rest] = pieces
  const tail = rest.pop() ?? ''
  if (!wanted.startsWith(head) || !wanted.endsWith(tail)) return false
  let at = head.length
  for (const piece of rest) {
    const found = wanted.indexOf(piece, at)
    if (found === -1) return false
    at = found + piece.length
  }
  return at <= wanted.length - tail.length
}

function entriesOf(document: unknown, kind: string, marks: Rendering['marks']): Extract<Tolerates, { kind: 'Found' }> {
  let here = document
  for (const step of podSpecPath(kind)) {
    const open = openIn(here, marks) ?? (typeof here === 'string' ? marks.reasonIn(here) : undefined)
    const next = valueAt(here, step)
    if (next === undefined && open !== undefined) return { kind: 'Found', entries: [], open }
    here = next
  }
  const open = openIn(here, marks) ?? (typeof here === 'string' ? marks.reasonIn(here) : undefined)
  const list = valueAt(here, 'tolerations')
  const inside = list === undefined ? undefined : marks.reasonIn(JSON.stringify(list))
  const entries = Array.isArray(list) ? list.filter(isRecord) : []
  const because = inside ?? (entries.length === 0 ? open : undefined)
  return because === undefined ? { kind: 'Found', entries } : { kind: 'Found', entries, open: because }
}

/** Why a map may hold other keys than it shows. */
function openIn(value: unknown, marks: Rendering['marks']): string | undefined {
  if (!isRecord(value)) return undefined
  const open = Object.keys(value).find((key) => hasMark(key))
  return open === undefined ? undefined : marks.reasonIn(open)
}

function podSpecPath(kind: string): readonly string[] {
  if (kind === 'Pod') return ['spec']
  return kind === 'CronJob' ? ['spec', 'jobTemplate', 'spec', 'template', 'spec'] : ['spec', 'template', 'spec']
}
