/**
 * Pieces of text that are not known stand in rendered text as one character each, of Unicode's private use area: which
 * one says why it is not known.
 */
const first = 0xe000
const last = 0xf8fe

/** Stands behind an unknown piece that may have been whole lines, where the template ate the line break before it. */
export const linesMark = '\uF8FF'

/** Stands for a text of the values that a snapshot left out. */
export const leftOut = markOf(0)

/** Why pieces of text, or values, are not known; each as a clause that names the place. */
export class Marks {
  private readonly reasons: string[] = ['a text of the values was left out of the snapshot']

  /** The number of a reason. */
  note(because: string): number {
    const known = this.reasons.indexOf(because)
    if (known !== -1) return known
    if (this.reasons.length > last - first) return last - first
    this.reasons.push(because)
    return this.reasons.length - 1
  }

  /** Why lines may be hidden in a text; undefined where none are. */
  hiddenLines(text: string): string | undefined {
    const at = text.indexOf(linesMark)
    return at < 1 ? undefined : this.reasonIn(text[at - 1] ?? '')
  }

  /** Why the first unknown piece of a text is not known; undefined where all is known. */
  reasonIn(text: string): string | undefined {
    const found = [...text].find(isMark)
    return found === undefined ? undefined : (this.reasons[found.charCodeAt(0) - first] ?? 'it could not be followed')
  }
}

/** The character that stands for an unknown piece. */
export function markOf(note: number): string {
  return String.fromCharCode(first + note)
}

/** Whether a character stands for an unknown piece. */
export function isMark(char: string): boolean {
  const code = char.charCodeAt(0)
  return (code >= first && code <= last) || char === linesMark
}

const any = /[\uE000-\uF8FF]/

/** Whether nothing of a text is known. */
export function isAllMarks(text: string): boolean {
  return !/[^\uE000-\uF8FF]/.test(text)
}

/** Whether a text holds an unknown piece. */
export function hasMark(text: string): boolean {
  return any.test(text)
}
