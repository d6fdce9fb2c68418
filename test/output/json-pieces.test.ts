import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { jsonPieces, renderJson } from '#output/json.ts'

test('written in pieces, any report is the same bytes as written at once', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 7 })), (report) => {
      expect([...jsonPieces(report)].join('')).toBe(renderJson(report))
    }),
  )
})

test('what is not set is left out, and text keeps its line breaks', () => {
  const report = { clusters: [{ name: 'a\nb', left: undefined, diagnoses: [{ pods: [] }, { 'über\u2028': 1 }] }, {}] }
  expect([...jsonPieces(report)].join('')).toBe(renderJson(report))
})

test('each diagnosis is a piece of its own', () => {
  const longest = Math.max(
    ...[...jsonPieces({ clusters: [{ diagnoses: [wide, wide, wide] }] })].map(({ length }) => length),
  )
  expect(longest).toBeLessThan(2 * JSON.stringify(wide, null, 2).length)
})

const wide = { nodes: Array.from({ length: 100 }, (_, index) => `node-${index}`) }
