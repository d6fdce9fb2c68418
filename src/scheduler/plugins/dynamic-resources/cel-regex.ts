import { RE2JS } from 're2js'
import { oncePerText } from '#model/once-per.ts'

/** A pattern of `matches()` made ready. */
export interface CelPattern {
  /** What making it ready takes, in places of the program that it becomes. */
  readonly size: number
  test(value: string): boolean
}

/** Longer ones could become programs of millions of places. */
const longest = 256

/**
 * Reads a pattern as Go's regexp does, which CEL asks: RE2's syntax, and time that grows with the value's length times
 * the pattern's size, whatever they are. Undefined where it is none, or longer than we read.
 */
export function celPattern(pattern: string): CelPattern | undefined {
  return pattern.length > longest ? undefined : read(pattern)
}

const read = oncePerText((pattern): CelPattern | undefined => {
  try {
    const compiled = RE2JS.compile(pattern)
    return { size: compiled.programSize(), test: (value) => compiled.test(value) }
  } catch {
    // Not swallowed: the caller says of which pattern it knows nothing.
    return undefined
  }
}, 1000)
