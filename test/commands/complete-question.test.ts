import { describe, expect, test } from '@jest/globals'
import { completionQuestion, type KnownFlags } from '#commands/complete-question.ts'

const flags: KnownFlags = {
  namespace: { char: 'n', type: 'option' },
  'all-namespaces': { char: 'A', type: 'boolean' },
  output: { char: 'o', type: 'option' },
  context: { type: 'option', multiple: true },
}

const argument = (...before: string[]) => ({ kind: 'argument', before })
const value = (flag: string) => ({ kind: 'value', flag })

const rows: [title: string, words: string[], asked: object, prefix: string][] = [
  ['an empty line asks for an argument', [''], argument(), ''],
  ['no word at all is an empty one', [], argument(), ''],
  ['finished words stand before', ['explain', 'deploy', 'we'], argument('explain', 'deploy'), 'we'],
  ['a dash asks for a flag', ['explain', '--na'], { kind: 'flag' }, '--na'],
  ['after a flag that takes a value comes the value', ['explain', '-n', 'ku'], value('namespace'), 'ku'],
  ['the value may begin with a dash', ['explain', '--output', '-'], value('output'), '-'],
  ['behind = only the value is typed', ['explain', '--output=js'], value('output'), 'js'],
  ['a short flag has its value at once', ['explain', '-oj'], value('output'), 'j'],
  ['or behind =', ['explain', '-o=j'], value('output'), 'j'],
  ['a flag alone is still being typed', ['explain', '-n'], { kind: 'flag' }, '-n'],
  ['a flag without a value takes none', ['explain', '-A', 'x'], argument('explain'), 'x'],
  ['a value is no argument', ['-n', 'explain', 'x'], argument(), 'x'],
  ['after -- all are arguments', ['explain', '--', '-n', '--x'], argument('explain', '-n'), '--x'],
  ['an unknown flag is passed over', ['explain', '--what', 'x', ''], argument('explain', 'x'), ''],
]

describe('the word at the cursor', () => {
  for (const [title, words, asked, prefix] of rows) {
    test(title, () => {
      expect(completionQuestion(words, flags)).toMatchObject({ asked, prefix })
    })
  }

  test('flags before it are kept with their values', () => {
    const { given } = completionQuestion(['-n=a', '--context', 'b', '--context=c', '-A', 'explain', ''], flags)
    expect(Object.fromEntries(given)).toEqual({ namespace: ['a'], context: ['b', 'c'], 'all-namespaces': [] })
  })
})
