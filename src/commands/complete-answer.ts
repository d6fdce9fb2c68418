/** What the shell is told to do with the words, as numbers that are added up; kubectl passes them on. */
export const directive = { files: 0, noSpace: 2, noFiles: 4 } as const

/** A word that could stand at the cursor. */
export interface Candidate {
  readonly word: string
  readonly description?: string | undefined
}

export interface Answer {
  readonly candidates: readonly Candidate[]
  readonly directive: number
}

/** Nothing to offer, and no file either. */
export const nothing: Answer = { candidates: [], directive: directive.noFiles }

/** The words that begin with what is typed, without those that would break the line-by-line answer. */
export function answer(candidates: readonly Candidate[], prefix: string): Answer {
  const fitting = candidates.filter(({ word }) => word.startsWith(prefix) && !controls.test(word))
  // After `deploy/` the name follows at once.
  const goesOn = fitting.length > 0 && fitting.every(({ word }) => word.endsWith('/'))
  return { candidates: fitting, directive: directive.noFiles + (goesOn ? directive.noSpace : 0) }
}

/** One `word<TAB>description` a line, and `:` with the directive last: what kubectl reads. */
export function answerText({ candidates, directive: number }: Answer): string {
  const lines = candidates.map(({ word, description }) => {
    const [first = ''] = (description ?? '').split('\n')
    return first === '' ? word : `${word}\t${first.replaceAll('\t', ' ')}`
  })
  return [...lines, `:${number}`, ''].join('\n')
}

const controls = /\p{Cc}/u
