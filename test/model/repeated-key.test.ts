import { describe, expect, test } from '@jest/globals'
import { parseDocument } from 'yaml'
import { repeatedKey } from '#model/repeated-key.ts'

function offsetIn(text: string): number | undefined {
  return repeatedKey(parseDocument(text, { uniqueKeys: false, merge: true }).contents)
}

describe('a key that stands in a mapping twice', () => {
  const titled: readonly (readonly [string, string, number | undefined])[] = [
    ['is found where it stands the second time', 'a: 1\nb: 2\na: 3\n', 10],
    ['is found in mappings in lists', '- a: 1\n- b:\n    - c: 1\n      c: 2\n', 29],
    ['is none in two mappings', '- a: 1\n- a: 1\n', undefined],
    ['is none for two merged maps', 'x: &x {a: 1}\ny: {<<: *x, <<: *x}\n', undefined],
    ['is none in a text without mappings', 'a', undefined],
    ['is none in an empty text', '', undefined],
  ]
  test.each(titled)('%s', (_title, text, offset) => {
    expect(offsetIn(text)).toBe(offset)
  })
  test('is looked for among a hundred thousand keys at once', () => {
    expect(offsetIn(`${Array.from({ length: 100_000 }, (_, at) => `k${at}:`).join('\n')}\nk0:`)).toBeGreaterThan(0)
  })
})
