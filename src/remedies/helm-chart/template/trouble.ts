/** A template that cannot be followed: why, as a clause. Thrown inside this folder only; `followed` makes a value of it. */
export class Unfollowable extends Error {}

/** What `work` gives, or why the template could not be followed. */
export function followed<T>(work: () => T): T | { readonly problem: string } {
  try {
    return work()
  } catch (error) {
    if (error instanceof Unfollowable) return { problem: error.message }
    // A text, a list or a recursion of the template's own making that no longer fits.
    if (error instanceof RangeError) return { problem: 'what it makes grows without end' }
    throw error
  }
}
