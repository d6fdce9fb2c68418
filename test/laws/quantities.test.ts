import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { milli, parseQuantity, whole } from '#model/quantity.ts'

const amount = fc.bigInt({ min: 0n, max: 10n ** 9n })
const decimal = fc.constantFrom<[string, number]>(['k', 3], ['M', 6], ['G', 9], ['T', 12])
const binary = fc.constantFrom<[string, bigint]>(['Ki', 2n ** 10n], ['Mi', 2n ** 20n], ['Gi', 2n ** 30n])

describe('laws of quantities', () => {
  test('a decimal suffix says the same as its exponent, and as the zeros written out', () => {
    fc.assert(
      fc.property(amount, decimal, (number, [suffix, power]) => {
        const read = parseQuantity(`${number}${suffix}`)
        expect(read).toBe(parseQuantity(`${number}e${power}`))
        expect(read).toBe(parseQuantity(`${number * 10n ** BigInt(power)}`))
      }),
    )
  })

  test('a binary suffix multiplies by its power of two', () => {
    fc.assert(
      fc.property(amount, binary, (number, [suffix, factor]) => {
        expect(parseQuantity(`${number}${suffix}`)).toBe(parseQuantity(`${number * factor}`))
      }),
    )
  })

  test('thousandths of a unit are its milli', () => {
    fc.assert(fc.property(amount, (number) => expect(milli(parseQuantity(`${number}m`) ?? -1n)).toBe(number)))
  })

  test('rounding goes up, by less than one', () => {
    fc.assert(
      fc.property(amount, (number) => {
        const rounded = whole(parseQuantity(`${number}m`) ?? -1n)
        expect(rounded * 1000n).toBeGreaterThanOrEqual(number)
        expect(rounded * 1000n).toBeLessThan(number + 1000n)
      }),
    )
  })

  test('a larger number of the same unit is a larger amount', () => {
    fc.assert(
      fc.property(amount, amount, fc.constantFrom('', 'm', 'k', 'Ki', 'Gi', 'e3'), (one, other, suffix) => {
        const [a = 0n, b = 0n] = [parseQuantity(`${one}${suffix}`), parseQuantity(`${other}${suffix}`)]
        expect(a < b).toBe(one < other)
      }),
    )
  })
})
