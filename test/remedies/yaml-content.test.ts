import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parse } from 'yaml'
import { nested, splitPath, toYaml, withListAt, written } from '#remedies/yaml-content.ts'

describe('the YAML that is printed', () => {
  test('parses back to exactly what was meant, in YAML 1.1 as in 1.2', () => {
    const tricky = fc.constantFrom(
      'true',
      'yes',
      'off',
      'null',
      '~',
      '1e3',
      '0x1F',
      '010',
      '1_000',
      '12:30:45',
      'a: b',
      '- a',
      '#x',
      '',
      ' a',
      'é',
      'a\nb',
      '!x',
      '&a',
      '*a',
      '%x',
      '@x',
      '`x',
      '{}',
      '[]',
      '"',
      "'",
    )
    const text = fc.oneof(tricky, fc.string(), fc.string({ unit: 'grapheme', maxLength: 253 }))
    const toleration = fc.record({
      key: text,
      operator: fc.constantFrom('Equal', 'Exists'),
      value: text,
      effect: fc.constantFrom('NoSchedule', 'NoExecute'),
    })
    fc.assert(
      fc.property(fc.array(toleration, { maxLength: 4 }), (list) => {
        const value = nested('a.tolerations', list.map(written))
        const yaml = toYaml(value)
        expect(parse(yaml)).toEqual(value)
        expect(parse(yaml, { version: '1.1' })).toEqual(value)
      }),
    )
  })

  const paths: readonly (readonly [string, readonly string[]])[] = [
    ['tolerations', ['tolerations']],
    ['backend.tolerations', ['backend', 'tolerations']],
    ['data[helperPod.yaml] spec.tolerations', ['data', 'helperPod.yaml', 'spec', 'tolerations']],
    ['metadata.annotations[a.b/c]', ['metadata', 'annotations', 'a.b/c']],
  ]
  for (const [path, steps] of paths)
    test(`${path} is ${steps.length} steps`, () => expect(splitPath(path)).toEqual(steps))

  test('YAML inside a ConfigMap keeps its comments when a list is set in it', () => {
    const text = '# the helper\nspec:\n  containers: [] # none\n'
    expect(withListAt(text, ['spec', 'tolerations'], [{ key: 'a', operator: 'Exists' }])).toBe(
      '# the helper\nspec:\n  containers: [] # none\n  tolerations:\n    - key: a\n      operator: Exists\n',
    )
  })
  test('and is left alone where something else than a list stands there', () => {
    expect(withListAt('spec:\n  tolerations: all\n', ['spec', 'tolerations'], [])).toBeUndefined()
    expect(withListAt('- a\n', ['spec'], [])).toBeUndefined()
  })
})
