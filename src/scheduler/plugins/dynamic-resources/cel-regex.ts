import { RE2JS } from 're2js'

/** A pattern of `matches()` made ready. */
export interface CelPattern {
  /** What making it ready takes, in places of the program that it becomes. */
  readonly size: number
  test(value: string): boolean
}

/** Longer ones could become programs of millions of places. */
const longest = 256

const known = new Map<string, CelPattern | undefined>()

/**
 * Reads a pattern as Go's regexp does, which CEL asks: RE2's syntax, and time that grows with the value's length times
 * the pattern's size, whatever they are. Undefined where it is none, or longer than we read.
 */
export function celPattern(pattern: string): CelPattern | undefined {
  if (pattern.length > longest) return undefined
  if (known.has(pattern)) return known.get(pattern)
  const made = make(pattern)
  if (known.size > 1000) known.clear()
  known.set(pattern, made)
  return made
}

function make(pattern: string): CelPattern | undefined {
  try {
    const compiled = RE2JS.compile(pattern)
    return { size: compiled.programSize(), test: (value) => compiled.test(value) }
  } catch {
    // Not swallowed: the caller says of which pattern it knows nothing.
    return undefined
  }
}
