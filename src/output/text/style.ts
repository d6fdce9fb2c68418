/** What a text is rendered for. */
export interface Style {
  /** Columns of the terminal. */
  readonly width: number
  readonly color: boolean
  /** Milliseconds since 1970, for ages. */
  readonly now: number
  /** Everything, where the usual form shortens. */
  readonly wide: boolean
  /** Whether names carry their namespace. */
  readonly namespaces: boolean
  /** Flags that name the cluster that was read, for commands to paste: `--context x`. Absent for the current context. */
  readonly source?: readonly string[]
}

export type Tone = 'bad' | 'good' | 'warn' | 'quiet' | 'strong'

const codes: { readonly [T in Tone]: number } = { bad: 31, good: 32, warn: 33, quiet: 2, strong: 1 }

/** Colours a text that is already safe. */
export function paint(text: string, tone: Tone, { color }: Style): string {
  return color ? `\u001b[${codes[tone]}m${text}\u001b[0m` : text
}

/** Breaks a text at spaces so that each line, behind its indent, fits the width; one long word stays whole. */
export function wrap(text: string, width: number, indent: string): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  lines.push(line)
  return lines.map((one) => `${indent}${one}`).join('\n')
}

/** An age as kubectl writes it: `45s`, `14m`, `5h`, `3d`. Empty where the time is not known. */
export function age(since: string | null, now: number): string {
  const start = since === null ? Number.NaN : Date.parse(since)
  if (Number.isNaN(start)) return ''
  const seconds = Math.max(0, Math.floor((now - start) / 1000))
  if (seconds < 120) return `${seconds}s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 120) return `${minutes}m`
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? `${hours}h` : `${Math.floor(hours / 24)}d`
}

/** Names in one short phrase: all of a few, the first and the last of many. */
export function nameList(names: readonly string[], wide: boolean): string {
  if (wide || names.length <= 3) return names.join(', ')
  return `${names[0]} … ${names.at(-1)} (${names.length})`
}
