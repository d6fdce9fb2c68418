import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { toString as textOf } from 'mdast-util-to-string'
import { gfm } from 'micromark-extension-gfm'
import { escaped, fenced } from '#output/markdown/escape.ts'
import { explainMarkdown } from '#output/markdown/explain.ts'
import { suggestMarkdown } from '#output/markdown/suggest.ts'
import { safeText } from '#output/safe-text.ts'
import { anExplainReport, aSuggestReport, nasty, nastyWords, type Words } from './hostile.ts'

const style = { width: 80, color: false, now: Date.parse('2026-11-23T12:00:00Z'), wide: true, namespaces: true }
const renders: readonly [string, (say: Words) => string][] = [
  ['explain', (say) => explainMarkdown(anExplainReport(say), style)],
  ['suggest', (say) => suggestMarkdown(aSuggestReport(say), style)],
]

for (const [name, render] of renders) {
  describe(name, () => {
    test('whatever the names are, the blocks stay what they are with plain names', () => {
      const plain = blocks(parse(render((label) => label)))
      fc.assert(fc.property(nasty, (text) => expect(blocks(parse(render(() => text)))).toEqual(plain)))
    })

    test('no text of a cluster becomes a link, an image, emphasis or HTML', () => {
      fc.assert(
        fc.property(nasty, (text) => {
          const kinds = new Set(inlines(parse(render(() => text))))
          for (const kind of kinds) expect(['text', 'inlineCode', 'strong', 'html']).toContain(kind)
        }),
      )
    })

    test('everything that is said stands there in letters', () => {
      fc.assert(
        fc.property(nasty, (text) => {
          const found = squeezed(textOf(parse(render(() => text)), { includeHtml: false }))
          expect(found).toContain(squeezed(safeText(text)))
        }),
      )
    })

    test('each nasty word alone too', () => {
      const plain = blocks(parse(render((label) => label)))
      for (const word of nastyWords) expect(blocks(parse(render(() => word)))).toEqual(plain)
    })
  })
}

const rows: readonly [title: string, given: string, written: string][] = [
  [
    'a plain word stays plain',
    'node-role.kubernetes.io/control-plane:NoSchedule',
    'node-role.kubernetes.io/control-plane:NoSchedule',
  ],
  ['a word that mentions somebody becomes code', 'ask @ops, now', 'ask `@ops`, now'],
  ['a word with a reference becomes code', 'see (rancher/fleet#3180).', 'see (`rancher/fleet#3180`).'],
  ['one with a table bar is written with backslashes', 'a|b', 'a\\|b'],
  ['a sign before a word is parted from it where code cannot be', '`@ops', '\\`\\@<!-- -->ops'],
]
for (const [title, given, written] of rows) test(title, () => expect(escaped(given)).toBe(written))

test('a fence is longer than any in the text', () => {
  expect(fenced('yaml', 'a: |\n  ````\n')).toBe('`````yaml\na: |\n  ````\n`````')
})

interface Tree {
  readonly type: string
  readonly value?: string
  readonly children?: readonly Tree[]
}

function parse(text: string): Tree {
  return fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }) as Tree
}

const inline = new Set(['heading', 'paragraph', 'tableCell', 'strong'])

/** The blocks of a tree, without what is inside of lines. */
function blocks({ type, children = [] }: Tree): unknown {
  return inline.has(type) ? type : [type, ...children.map(blocks)]
}

/** The kinds of what is inside of lines; the empty comments and line breaks of ours are no HTML of a cluster's. */
function inlines(tree: Tree): readonly string[] {
  const { type, value = '', children = [] } = tree
  if (type === 'html') return /^(?:<br>|<!-- -->)$/.test(value) ? [] : [`html ${value}`]
  const isBlock = /^(?:root|heading|paragraph|list|listItem|table|tableRow|tableCell|code)$/.test(type)
  return [...(isBlock ? [] : [type]), ...children.flatMap(inlines)]
}

function squeezed(text: string): string {
  return text.replaceAll(/\s+/g, '')
}
