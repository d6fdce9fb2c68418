import { safeText } from '#output/safe-text.ts'

/** HTML that is ours. A string never is: it becomes text. */
export interface Markup {
  readonly markup: string
}

type Part = string | number | Markup | readonly Markup[]

/** A template of HTML. Strings and numbers put into it become text, in elements and in quoted attributes alike. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let markup = strings[0] ?? ''
  for (const [index, part] of parts.entries()) markup += written(part) + (strings[index + 1] ?? '')
  return { markup }
}

export const nothing: Markup = { markup: '' }

/** Pieces side by side, with one between each two. */
export function joined(pieces: readonly Markup[], between: Markup): readonly Markup[] {
  return pieces.flatMap((piece, index) => (index === 0 ? [piece] : [between, piece]))
}

function written(part: Part): string {
  if (typeof part === 'number') return String(part)
  if (typeof part === 'string') return asText(part)
  return 'markup' in part ? part.markup : part.map(({ markup }) => markup).join('')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Line breaks stay; all else that is not to be seen is written out. */
function asText(text: string): string {
  const safe = text.includes('\n') ? text.split('\n').map(safeText).join('\n') : safeText(text)
  return safe.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '')
}
