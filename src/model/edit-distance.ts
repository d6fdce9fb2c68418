/**
 * How many single letters differ (put in, left out, changed, or two neighbours swapped); stops counting above `limit`.
 * Only the letters that stand no more than `limit` places apart are held against each other, so that long texts cost
 * their length and not its square.
 */
export function editDistance(a: string, b: string, limit: number): number {
  const tooFar = limit + 1
  if (Math.abs(a.length - b.length) > limit) return tooFar
  // Rows hold the distances for the places of `b` from `i - limit` on: `row[j - i + limit]` is that of the first i and j.
  let before: readonly number[] = []
  let last: readonly number[] = Array.from({ length: 2 * limit + 1 }, (_, at) => (at < limit ? tooFar : at - limit))
  for (let i = 1; i <= a.length; i++) {
    const row: number[] = []
    for (let at = 0; at <= 2 * limit; at++) {
      const j = i - limit + at
      row.push(
        j < 0 || j > b.length ? tooFar : j === 0 ? Math.min(i, tooFar) : least(a, b, i, j, at, row, last, before),
      )
    }
    if (row.every((distance) => distance > limit)) return tooFar
    before = last
    last = row
  }
  return Math.min(last[b.length - a.length + limit] ?? tooFar, tooFar)

  function least(
    a: string,
    b: string,
    i: number,
    j: number,
    at: number,
    row: readonly number[],
    last: readonly number[],
    before: readonly number[],
  ): number {
    const same = a[i - 1] === b[j - 1] ? 0 : 1
    const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
    return Math.min(
      tooFar,
      (last[at + 1] ?? tooFar) + 1,
      (row[at - 1] ?? tooFar) + 1,
      (last[at] ?? tooFar) + same,
      swapped ? (before[at] ?? tooFar) + 1 : tooFar,
    )
  }
}
