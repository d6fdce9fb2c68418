import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { isTolerated, tolerates, untoleratedTaints } from '#model/toleration.ts'

const key = fc.constantFrom('a', 'b', 'example.com/c')
const value = fc.constantFrom('', 'x', '5')
const effect = fc.constantFrom('NoSchedule', 'NoExecute', 'PreferNoSchedule')
const taint = fc.record({ key, value, effect })
const toleration = fc.record(
  { key, operator: fc.constantFrom('Equal', 'Exists', 'Gt'), value, effect, tolerationSeconds: fc.constant(0) },
  { requiredKeys: [] },
)

describe('laws of taints and tolerations', () => {
  test('a toleration without key and with Exists tolerates everything of its effect', () => {
    fc.assert(
      fc.property(taint, effect, (taint, effect) => {
        expect(tolerates({ operator: 'Exists' }, taint)).toBe(true)
        expect(tolerates({ operator: 'Exists', effect }, taint)).toBe(taint.effect === effect)
      }),
    )
  })

  test('what Equal tolerates, Exists tolerates too', () => {
    fc.assert(
      fc.property(taint, toleration, (taint, { value: _value, ...rest }) => {
        const equal = tolerates({ ...rest, operator: 'Equal', value: taint.value }, taint)
        if (equal) expect(tolerates({ ...rest, operator: 'Exists' }, taint)).toBe(true)
      }),
    )
  })

  test('a toleration without effect tolerates what it does with any effect', () => {
    fc.assert(
      fc.property(taint, toleration, (taint, toleration) => {
        const { effect: _effect, ...anyEffect } = toleration
        if (tolerates(toleration, taint)) expect(tolerates(anyEffect, taint)).toBe(true)
      }),
    )
  })

  test('tolerationSeconds changes nothing', () => {
    fc.assert(
      fc.property(taint, toleration, (taint, toleration) => {
        expect(tolerates({ ...toleration, tolerationSeconds: 300 }, taint)).toBe(tolerates(toleration, taint))
      }),
    )
  })

  test('more tolerations leave no more taints untolerated, and PreferNoSchedule none ever', () => {
    fc.assert(
      fc.property(fc.array(taint), fc.array(toleration), toleration, (taints, tolerations, one) => {
        const before = untoleratedTaints(taints, tolerations)
        const after = untoleratedTaints(taints, [...tolerations, one])
        expect(before).toEqual(expect.arrayContaining(after))
        expect(before.every(({ effect }) => effect !== 'PreferNoSchedule')).toBe(true)
        expect(before.every((taint) => !isTolerated(taint, tolerations))).toBe(true)
      }),
    )
  })
})
