import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { pageCodes, renderBlockerPage } from '#output/blocker-page.ts'

const root = new URL('../..', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')

/** The union as it is written, since a type leaves nothing behind to look at. */
const union = [...read('src/model/cause-code.ts').matchAll(/^ {2}\| '(\w+)'/gm)].map(([, code = '']) => code).sort()

test('each cause code has a page, and each page a cause code', () => {
  const pages = readdirSync(new URL('docs/blockers/', root)).filter((file) => file !== 'README.md')
  expect(pages.map((file) => file.replace(/\.md$/, '')).sort()).toEqual(union)
})

test('the program has the pages as they are, and the list names them all', () => {
  const script = fileURLToPath(new URL('scripts/blockers-pages.mjs', root))
  expect(execFileSync(process.execPath, [script, '--check'], { encoding: 'utf8' })).toBe('')
  expect([...pageCodes].sort()).toEqual(union)
})

test('a page says what it is, how to see it, what helps and what does not', () => {
  for (const code of union) {
    const page = read(`docs/blockers/${code}.md`)
    expect(page.split('\n').slice(0, 3)).toEqual([`# ${code}`, '', expect.stringMatching(/^\*\*[A-Z].*\.\*\*$/)])
    const heads = [...page.matchAll(/^## (.*)$/gm)].map(([, head]) => head)
    expect(heads).toEqual(['See it with kubectl', 'What helps', 'What only seems to help'])
    const [, commands = ''] = /```sh\n(.*?)```/s.exec(page) ?? []
    expect(commands).toMatch(/^(?:(?:kubectl|helm) .*\n)+$/)
    for (const [, list = ''] of page.matchAll(/^## What .*\n\n((?:.+\n)+)/gm)) expect(list).toMatch(/^(?:- .*\n)+$/)
  }
})

test('no page recommends what a page must not: each command only reads', () => {
  for (const code of union) {
    const [, commands = ''] = /```sh\n(.*?)```/s.exec(read(`docs/blockers/${code}.md`)) ?? []
    expect(commands).not.toMatch(
      /^kubectl (?:-n \S+ )?(?:delete|apply|patch|edit|taint|label|cordon|uncordon|scale)\b/m,
    )
  }
})

test('in a terminal of 80 columns only commands and sentences without a space are wider', () => {
  const style = { width: 80, color: false, now: 0, wide: false, namespaces: false }
  for (const code of union) {
    const lines = renderBlockerPage(code, style)?.split('\n') ?? []
    for (const line of lines) if (!line.startsWith('  ') && line.length > 80) expect(line.trim()).not.toContain(' ')
  }
  expect(renderBlockerPage('NoSuchCode', style)).toBeUndefined()
  expect(renderBlockerPage('constructor', style)).toBeUndefined()
})
