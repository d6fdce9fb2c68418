import { safeText } from '#output/safe-text.ts'
import { type Style, wrap } from '#output/text/style.ts'

/** A row of two cells; the right one may have several lines. */
export interface Row {
  readonly left: string
  readonly right: readonly string[]
}

/** The left column is never wider than this; what is longer gets a line of its own. */
const widestLeft = 30

/** Two columns below their heads, all within the width. What comes from a cluster is made safe here. */
export function columns(head: readonly [string, string], rows: readonly Row[], { width }: Style): string {
  const safe = rows.map(({ left, right }) => ({ left: safeText(left), right: right.map(safeText) }))
  const short = safe.filter(({ left }) => left.length <= widestLeft)
  const wide = Math.max(head[0].length, ...short.map(({ left }) => left.length))
  const lines = safe.map(({ left, right }) => row(left, right, wide, width))
  return [`  ${head[0].padEnd(wide)}   ${head[1]}`, ...lines].join('\n')
}

function row(left: string, right: readonly string[], wide: number, width: number): string {
  const indent = ' '.repeat(wide + 5)
  const cell = right.map((line) => hanging(line, width, indent)).join('\n')
  if (left.length > wide) return `${wrap(left, width, '  ')}\n${cell}`
  return `  ${left.padEnd(wide)}   ${cell.slice(indent.length)}`
}

/** Wraps a line so that what runs over stands a little further in. */
function hanging(line: string, width: number, indent: string): string {
  const [first = '', ...rest] = wrap(line, width, indent).split('\n')
  if (rest.length === 0) return first
  const again = rest.map((one) => one.slice(indent.length)).join(' ')
  return `${first}\n${wrap(again, width, `${indent}  `)}`
}
