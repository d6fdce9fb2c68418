import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { selects, selectsNode } from '#model/selector.ts'

const key = fc.constantFrom('app', 'tier', 'constructor', '__proto__')
const value = fc.constantFrom('', 'a', 'b', '1', '08', '8')
const labels = fc.dictionary(key, value)
const values = fc.uniqueArray(value, { minLength: 1 })
const operators = fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist')

const expression = (key: string, operator: string, values?: string[]) =>
  values === undefined ? { key, operator } : { key, operator, values }
const matches = (labels: Record<string, string>, ...matchExpressions: ReturnType<typeof expression>[]) =>
  selects({ matchExpressions }, labels)

describe('laws of selectors', () => {
  test('matchLabels says the same as In with one value', () => {
    fc.assert(
      fc.property(labels, key, value, (own, key, value) => {
        const matchLabels = Object.fromEntries([[key, value]])
        expect(selects({ matchLabels }, own)).toBe(matches(own, expression(key, 'In', [value])))
      }),
    )
  })

  test('NotIn is the opposite of In, and DoesNotExist of Exists', () => {
    fc.assert(
      fc.property(labels, key, values, (own, key, values) => {
        expect(matches(own, expression(key, 'NotIn', values))).toBe(!matches(own, expression(key, 'In', values)))
        expect(matches(own, expression(key, 'DoesNotExist'))).toBe(!matches(own, expression(key, 'Exists')))
      }),
    )
  })

  test('In with several values is In with one of them', () => {
    fc.assert(
      fc.property(labels, key, values, (own, key, values) => {
        const any = values.some((value) => matches(own, expression(key, 'In', [value])))
        expect(matches(own, expression(key, 'In', values))).toBe(any)
      }),
    )
  })

  test('requirements are all to be met, in whatever order', () => {
    const requirement = fc
      .tuple(key, operators, values)
      .map(([key, operator, values]) => expression(key, operator, operator.includes('xist') ? undefined : values))
    fc.assert(
      fc.property(labels, requirement, requirement, (own, one, other) => {
        const both = matches(own, one) && matches(own, other)
        expect(matches(own, one, other)).toBe(both)
        expect(matches(own, other, one)).toBe(both)
      }),
    )
  })

  test('no selector takes nothing, an empty one takes everything', () => {
    fc.assert(
      fc.property(labels, (own) => {
        expect(selects(undefined, own)).toBe(false)
        expect(selects({}, own)).toBe(true)
      }),
    )
  })

  test('a number is above or below another, or equal; never two of these', () => {
    const number = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n })
    fc.assert(
      fc.property(number, number, (own, bound) => {
        const node = (operator: string) =>
          selectsNode(
            { nodeSelectorTerms: [{ matchExpressions: [{ key: 'cores', operator, values: [`${bound}`] }] }] },
            { cores: `${own}` },
          )
        expect([node('Gt'), node('Lt')]).toEqual([own > bound, own < bound])
      }),
    )
  })

  test('of several node selector terms one is enough, and one without content is met by no node', () => {
    const term = fc.tuple(key, values).map(([key, values]) => ({ matchExpressions: [expression(key, 'In', values)] }))
    fc.assert(
      fc.property(labels, term, term, (own, one, other) => {
        const meets = (...nodeSelectorTerms: object[]) => selectsNode({ nodeSelectorTerms }, own)
        expect(meets(one, other)).toBe(meets(one) || meets(other))
        expect(meets(one, {})).toBe(meets(one))
      }),
    )
  })
})
