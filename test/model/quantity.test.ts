import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { milli, parseQuantity, whole } from '#model/quantity.ts'

const rows: readonly (readonly [string, bigint | undefined])[] = [
  ['1', 1_000_000_000n],
  ['0', 0n],
  ['1.', 1_000_000_000n],
  ['.5', 500_000_000n],
  ['500m', 500_000_000n],
  ['1k', 1_000_000_000_000n],
  ['1Ki', 1_024_000_000_000n],
  ['1.5Gi', 1_610_612_736_000_000_000n],
  ['1e3', 1_000_000_000_000n],
  ['1E-3', 1_000_000n],
  ['1E', 10n ** 27n],
  ['12e', undefined],
  ['1K', undefined],
  ['', undefined],
  ['Gi', undefined],
  ['1 Gi', undefined],
  ['0x10', undefined],
  ['-1', -1_000_000_000n],
  ['0.1n', 1n],
  ['-0.1n', -1n],
  ['16Ei', (2n ** 63n - 1n) * 1_000_000_000n],
]

describe('quantities', () => {
  for (const [text, amount] of rows)
    test(`"${text}" is ${amount ?? 'none'}`, () => expect(parseQuantity(text)).toBe(amount))

  test('0.1Ki is 103 bytes, 1100u of a CPU are 2 thousandths: rests are rounded up', () => {
    expect(whole(parseQuantity('0.1Ki') ?? 0n)).toBe(103n)
    expect(milli(parseQuantity('1100u') ?? 0n)).toBe(2n)
  })
  test('a whole number with a suffix is that number times the suffix', () => {
    const suffixes = { m: 10n ** 6n, '': 10n ** 9n, k: 10n ** 12n, Mi: 2n ** 20n * 10n ** 9n }
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 12n),
        fc.constantFrom(...(Object.keys(suffixes) as (keyof typeof suffixes)[])),
        (number, suffix) => {
          expect(parseQuantity(`${number}${suffix}`)).toBe(number * suffixes[suffix])
        },
      ),
    )
  })
  test('no text makes it throw', () => {
    fc.assert(fc.property(fc.string(), (text) => expect(() => parseQuantity(text)).not.toThrow()))
  })
})
