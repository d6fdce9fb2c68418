/** A flag as completion needs to know it. */
export interface KnownFlag {
  readonly char?: string | undefined
  readonly description?: string | undefined
  /** `boolean` takes no value. */
  readonly type?: string | undefined
  readonly options?: readonly string[] | undefined
  readonly multiple?: boolean | undefined
  readonly hidden?: boolean | undefined
}

export type KnownFlags = Readonly<Record<string, KnownFlag>>

/** What the word at the cursor is. */
export type Asked =
  | { readonly kind: 'argument'; readonly before: readonly string[] }
  | { readonly kind: 'flag' }
  | { readonly kind: 'value'; readonly flag: string }

/** The word at the cursor, and what the words before it say. */
export interface Question {
  readonly asked: Asked
  /** What is typed of it so far; of `--output=js` only `js`, as shells want the answer. */
  readonly prefix: string
  /** The flags that are given before it, by their long names, each with its values. */
  readonly given: ReadonlyMap<string, readonly string[]>
}

/** Reads the words of an unfinished command line; the last one, maybe empty, is the one at the cursor. */
export function completionQuestion(words: readonly string[], flags: KnownFlags): Question {
  const prefix = words.at(-1) ?? ''
  const { given, before, waiting, onlyArguments } = readWords(words.slice(0, -1), flags)
  if (waiting !== undefined) return { asked: { kind: 'value', flag: waiting }, prefix, given }
  if (onlyArguments || !prefix.startsWith('-')) return { asked: { kind: 'argument', before }, prefix, given }
  const { name, value } = flagWord(prefix, flags)
  if (name !== undefined && value !== undefined && takesValue(flags[name])) {
    return { asked: { kind: 'value', flag: name }, prefix: value, given }
  }
  return { asked: { kind: 'flag' }, prefix, given }
}

/** What the finished words say; `waiting` is a flag whose value is still to come. */
function readWords(words: readonly string[], flags: KnownFlags) {
  const given = new Map<string, string[]>()
  const before: string[] = []
  let waiting: string | undefined
  let onlyArguments = false
  for (const word of words) {
    if (waiting !== undefined) {
      give(given, waiting, word)
      waiting = undefined
    } else if (onlyArguments || !word.startsWith('-') || word === '-') before.push(word)
    else if (word === '--') onlyArguments = true
    else {
      const { name, value } = flagWord(word, flags)
      if (name === undefined) continue
      if (value === undefined && takesValue(flags[name])) waiting = name
      else give(given, name, value)
    }
  }
  return { given, before, waiting, onlyArguments }
}

export function takesValue(flag: KnownFlag | undefined): boolean {
  return flag !== undefined && flag.type !== 'boolean'
}

/** `--output=json`, `-ojson`, `-o=json`, `--output`, `-A`; without a name where the flag is not known. */
function flagWord(word: string, flags: KnownFlags): { name?: string; value?: string } {
  const equals = word.indexOf('=')
  if (word.startsWith('--')) {
    const name = equals === -1 ? word.slice(2) : word.slice(2, equals)
    if (!Object.hasOwn(flags, name)) return {}
    return equals === -1 ? { name } : { name, value: word.slice(equals + 1) }
  }
  const found = Object.entries(flags).find(([, { char }]) => char !== undefined && char === word[1])
  if (found === undefined) return {}
  const rest = word.slice(2)
  return rest === '' ? { name: found[0] } : { name: found[0], value: rest.replace(/^=/, '') }
}

function give(given: Map<string, string[]>, name: string, value: string | undefined): void {
  given.set(name, [...(given.get(name) ?? []), ...(value === undefined ? [] : [value])])
}
