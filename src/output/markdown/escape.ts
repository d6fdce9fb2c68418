import { safeText } from '#output/safe-text.ts'

/**
 * A text as Markdown that GitHub and GitLab show as just that text: no markup, no table cell of its own, no link, no
 * mention, no reference to an issue. A word that could be any of these becomes code, where all of them are asleep.
 * For use after a word of ours on the line: what is markup only at its beginning is let through.
 */
export function escaped(text: string): string {
  return safeText(text).split(' ').map(word).join(' ')
}

function word(text: string): string {
  if (!special.test(text)) return text
  const [lead = ''] = /^["'(]*/.exec(text) ?? []
  let end = text.length
  while (end > lead.length && closing.has(text[end - 1] ?? '')) end -= 1
  const core = text.slice(lead.length, end)
  const quoted = core !== '' && !/[`|]/.test(core) ? `\`${core}\`` : backslashed(core)
  return `${lead}${quoted}${text.slice(end)}`
}

/** Marks that end a word and are not part of it. */
const closing = new Set(')"\',.;:?')

/** What may mean more than itself inside a line; `_` does so only at the edge of a word, `:` in addresses and emoji. */
const special = /[\\`*{[\]<|~#$]|(?<![\dA-Za-z])_|_(?![\dA-Za-z])|[@!%&^](?=[\w[#-])|:(?=\/\/|[a-z+_-][\w+-]*:)|www\./i

/** For words with backticks or table bars in them, which code cannot hold everywhere. */
function backslashed(text: string): string {
  return (
    text
      .replaceAll(/[!-/:-@[-`{-~]/g, '\\$&')
      // The services look for mentions and addresses after the backslashes are gone; an empty comment parts the sign from its word.
      .replaceAll(/\\[@#!$%&~^:](?=[\w-]|\\\/)|www(?=\\\.)/gi, '$&<!-- -->')
  )
}

/** A block of text between fences that nothing in it can close, shown letter by letter. */
export function fenced(language: string, text: string): string {
  const lines = text.replace(/\n$/, '').split('\n').map(safeText)
  const longest = (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2)
  const fence = '`'.repeat(longest + 1)
  return [`${fence}${language}`, ...lines, fence].join('\n')
}

/** A table of cells that are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
