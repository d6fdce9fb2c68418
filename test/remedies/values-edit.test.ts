import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parse } from 'yaml'
import { withValues } from '#remedies/values-edit.ts'

const entry = '- key: dedicated\n    operator: Equal\n    value: infra\n    effect: NoSchedule\n'
const content = `tolerations:\n  ${entry}`

describe('a person’s own values file', () => {
  test('keeps its comments, its order and everything else', () => {
    const text = '# ours\nreplicas: 2 # two\nbackend:\n  image: x\n'
    expect(withValues(text, content)).toEqual({ text: `${text}${content}` })
  })
  test('a list gets what it lacks at its end, once', () => {
    const text = 'tolerations:\n  # the spot nodes\n  - key: spot\n    operator: Exists\nreplicas: 1\n'
    const once = withValues(text, content)
    expect(once).toEqual({
      text: `tolerations:\n  # the spot nodes\n  - key: spot\n    operator: Exists\n  ${entry}replicas: 1\n`,
    })
    expect('text' in once && withValues(once.text, content)).toEqual(once)
  })
  test('an empty list in brackets becomes one that can be read', () => {
    expect(withValues('tolerations: []\n', content)).toEqual({ text: content })
  })
  test('a value below a path that is not there yet is added', () => {
    expect(withValues('backend:\n  image: x\n', `backend:\n  tolerations:\n    - key: a\n`)).toEqual({
      text: 'backend:\n  image: x\n  tolerations:\n    - key: a\n',
    })
  })
  test('an empty file is the content', () => {
    expect(withValues('', content)).toEqual({ text: content })
    expect(withValues('# nothing yet\n', content)).toEqual({ text: `# nothing yet\n${content}` })
  })

  const refused: readonly (readonly [string, string, string])[] = [
    ['no YAML', 'a: [1\nb: 2\n', 'is not YAML'],
    ['a key twice', 'a: 1\na: 2\n', 'twice'],
    ['another type at the path', 'tolerations: all\n', 'no list'],
    ['an alias there', 'x: &x\n  - key: a\ntolerations: *x\n', 'alias'],
    ['several documents', 'a: 1\n---\nb: 2\n', 'several'],
    ['no mapping', '- a\n', 'mapping'],
  ]
  for (const [what, text, words] of refused) {
    test(`with ${what} it is left alone, and said why`, () => {
      const answer = withValues(text, content)
      expect('problem' in answer ? answer.problem : '').toContain(words)
    })
  }

  test('what is set reads back as it was meant, and the rest as it was', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), fc.oneof(fc.string(), fc.integer(), fc.boolean())),
        (own) => {
          const { tolerations: _, ...rest } = own
          const answer = withValues(JSON.stringify(rest), content)
          expect('text' in answer && parse(answer.text)).toEqual({ ...rest, ...parse(content) })
        },
      ),
    )
  })
})
