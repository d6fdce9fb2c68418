import Table from 'cli-table3'
import { cut, safeText } from '#output/safe-text.ts'
import { type Style, wrap } from '#output/text/style.ts'

/** A row of two cells; the right one may have several lines. */
export interface Row {
  readonly left: string
  readonly right: readonly string[]
}

/** The left column is never wider than this; what is longer gets a line of its own. */
const widestLeft = 30
const gap = '   '
const margin = '  '

/** No word that Kubernetes takes is longer; the table's work grows with the square of a word's length. */
const longWord = /\S{500,}/g

function shortened(text: string): string {
  return text.replaceAll(longWord, (word) => cut(word, 500))
}

/** Two columns below their heads, all within the width. What comes from a cluster is made safe here. */
export function columns(head: readonly [string, string], rows: readonly Row[], { width }: Style): string {
  const safe = rows.map(({ left, right }) => ({
    left: shortened(safeText(left)),
    right: right.map((line) => shortened(safeText(line))),
  }))
  const short = safe.filter(({ left }) => left.length <= widestLeft)
  const wide = short.reduce((most, { left }) => Math.max(most, left.length), head[0].length)
  const room = width - margin.length - wide - gap.length
  const lines: Line[] = [[head[0].padEnd(wide), head[1]]]
  for (const { left, right } of safe) {
    const [first = '', ...rest] = right.flatMap((line) => hanging(line, room).split('\n'))
    if (left.length <= wide) lines.push([left.padEnd(wide), first])
    else {
      for (const content of wrap(left, width - margin.length, '').split('\n')) lines.push([{ content, colSpan: 2 }])
      lines.push([' '.repeat(wide), first])
    }
    for (const line of rest) lines.push([' '.repeat(wide), line])
  }
  const tables: string[] = []
  for (let at = 0; at < lines.length; at += mostRows) tables.push(tableOf(lines.slice(at, at + mostRows)))
  return tables
    .join('\n')
    .split('\n')
    .map((line) => `${margin}${line}`.trimEnd())
    .join('\n')
}

type Line = [left: string, right: string] | [whole: { readonly content: string; readonly colSpan: 2 }]

/** A table's work grows with the square of its rows: long ones are made of several. The left cells have one width. */
const mostRows = 200

function tableOf(lines: readonly Line[]): string {
  const table = new Table({ style: plain, chars: noLines })
  table.push(...lines)
  return table.toString()
}

/**
 * Cells come wrapped, so that the table cuts none: a node's name is what one copies. Each line is a row of its own, for
 * the table's work grows with the cube of the lines of a cell.
 */
const plain = { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true }
const noLines = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: gap,
}

/** Wraps a line so that what runs over stands a little further in. */
function hanging(line: string, width: number): string {
  const [first = '', ...rest] = wrap(line, width, '').split('\n')
  return rest.length === 0 ? first : `${first}\n${wrap(rest.join(' '), width, '  ')}`
}
