import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { editDistance } from '#model/edit-distance.ts'

/** The same by the book: every letter held against every other. */
function byTheBook(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  )
  const at = (i: number, j: number) => rows[i]?.[j] ?? Number.POSITIVE_INFINITY
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const least = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + same)
      const row = rows[i]
      if (row !== undefined) row[j] = swapped ? Math.min(least, at(i - 2, j - 2) + 1) : least
    }
  }
  return at(a.length, b.length)
}

describe('the distance of two words', () => {
  test('is counted as by the book, up to the limit', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 })
    fc.assert(
      fc.property(word, word, fc.integer({ min: 0, max: 4 }), (a, b, limit) => {
        expect(editDistance(a, b, limit)).toBe(Math.min(byTheBook(a, b), limit + 1))
      }),
      { numRuns: 2000 },
    )
  })
  test('of two very long ones is known at once', () => {
    const long = 'a'.repeat(250_000)
    expect(editDistance(`${long}bc`, `${long}cb`, 2)).toBe(1)
  })
})
