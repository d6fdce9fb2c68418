/**
 * How many single letters differ (put in, left out, changed, or two neighbours swapped); stops counting above `limit`.
 * Only the letters that stand no more than `limit` places apart are held against each other, so that long texts cost
 * their length and not its square.
 */
export function editDistance(a: string, b: string, limit: number): number {
  const tooFar = limit + 1
  if (Math.abs(a.length - b.length) > limit) return tooFar
  const from = (row: readonly number[], at: number) => row[at] ?? tooFar
  // A row is for one place of `a`; its middle is the same place of `b`. Outside of `b` nothing is near.
  const width = 2 * limit + 1
  let before: readonly number[] = []
  let last: readonly number[] = Array.from({ length: width }, (_, at) => (at < limit ? tooFar : at - limit))
  for (let i = 1; i <= a.length; i++) {
    const row: number[] = []
    for (let at = 0; at < width; at++) {
      const j = i - limit + at
      const isSwapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const least = Math.min(
        tooFar,
        from(last, at) + (a[i - 1] === b[j - 1] ? 0 : 1),
        from(last, at + 1) + 1,
        from(row, at - 1) + 1,
        isSwapped ? from(before, at) + 1 : tooFar,
      )
      row.push(j < 0 || j > b.length ? tooFar : least)
    }
    if (row.every((distance) => distance > limit)) return tooFar
    before = last
    last = row
  }
  return from(last, b.length - a.length + limit)
}
