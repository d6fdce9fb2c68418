/**
 * What a terminal or a reader could take for something else than text: control characters, line and paragraph
 * separators, marks that turn the reading direction, characters without width, halves of pairs. Line breaks and tabs
 * are not among them.
 */
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]/gu
const isPlain = /^[\x20-\x7e\n\t]*$/
const notPlain = /[^\x20-\x7e\n\t]+/gu
const layout = new Set(['\n', '\t'])

/** Whether a text holds anything that has to be written as an escape. */
export function needsEscape(text: string): boolean {
  if (isPlain.test(text)) return false
  for (const [character] of text.matchAll(unsafe)) if (!layout.has(character)) return true
  return false
}

/** JSON text with such characters written as escapes: the value is the same. Outside of strings JSON has none of them. */
export function escapedInJson(json: string): string {
  if (isPlain.test(json)) return json
  // Large reports are nearly all plain: only what is not is looked at closely.
  return json.replaceAll(notPlain, (run) => run.replaceAll(unsafe, utf16))
}

/** YAML text in which all strings with such characters stand in double quotes, with them written as escapes. */
export function escapedInYaml(yaml: string): string {
  if (isPlain.test(yaml)) return yaml
  return yaml.replaceAll(unsafe, (character) => {
    if (layout.has(character)) return character
    const code = character.codePointAt(0) ?? 0
    return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : hex(code)
  })
}

/** Marks a YAML scalar to be written in double quotes where its text needs escapes, or is one line with a tab in it. */
export function quoteWhereUnsafe(scalar: { value?: unknown; type?: string }): void {
  const { value } = scalar
  if (typeof value !== 'string') return
  if (needsEscape(value) || (value.includes('\t') && !value.includes('\n'))) scalar.type = 'QUOTE_DOUBLE'
}

function utf16(character: string): string {
  return Array.from({ length: character.length }, (_, at) => hex(character.charCodeAt(at))).join('')
}

function hex(code: number): string {
  return `\\u${code.toString(16).padStart(4, '0')}`
}
