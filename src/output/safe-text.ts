/**
 * Every string that came from a cluster passes here before a terminal sees it: what would move the cursor, change
 * colours, break the line or turn the reading direction is written out instead.
 */
export function safeText(text: string): string {
  return isPlain.test(text) ? text : text.replaceAll(unsafe, written)
}

const isPlain = /^[\x20-\x7e]*$/

/** Control characters, line and paragraph separators, bidirectional controls, zero-width and other format characters, lone surrogates. */
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]/gu

function written(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (character === '\n') return '\\n'
  if (character === '\t') return '\\t'
  if (character === '\r') return '\\r'
  return `\\u{${code.toString(16)}}`
}

/** Cuts a text to a number of characters, with a sign that it was cut. */
export function cut(text: string, most: number): string {
  const characters = [...text]
  return characters.length <= most ? text : `${characters.slice(0, Math.max(most - 1, 0)).join('')}…`
}
