import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const pages = ['README.md', 'CONTRIBUTING.md', ...markdownIn('docs')].filter((path) => existsSync(join(root, path)))

describe('links within the project lead somewhere', () => {
  for (const page of pages) {
    test(page, () => {
      const broken = linksOf(read(page)).filter((link) => !leads(page, link))
      expect(broken).toEqual([])
    })
  }
})

test('the checker finds a file and an anchor that are not there', () => {
  expect(leads('docs/README.md', 'nowhere.md')).toBe(false)
  expect(leads('docs/README.md', 'components.md#nowhere')).toBe(false)
  expect(leads('docs/systems/fleet.md', '../components.md#fleet')).toBe(true)
})

test('each page of the book is reached from its first', () => {
  const reached = new Set<string>()
  const visit = (page: string): void => {
    if (reached.has(page)) return
    reached.add(page)
    for (const link of linksOf(read(page))) {
      const file = fileOf(page, link)
      if (file.endsWith('.md') && existsSync(join(root, file))) visit(file)
    }
  }
  visit('docs/README.md')
  const lost = markdownIn('docs').filter((page) => !reached.has(page) && !page.startsWith('docs/decisions/'))
  expect(lost).toEqual([])
})

test('the figures of "How it knows" are those of the corpus', () => {
  const counts = new Map<string, number>()
  for (const file of readdirSync(join(root, 'test/conformance/corpus'))) {
    const name = file.replace('.ndjson.gz', '')
    const lines = gunzipSync(readFileSync(join(root, 'test/conformance/corpus', file)))
      .toString('utf8')
      .split('\n')
    const release = /^v\d/.test(name) ? name : 'v1.36.2'
    counts.set(release, (counts.get(release) ?? 0) + lines.filter((line) => line !== '').length)
  }
  const page = read('docs/how-it-knows.md')
  for (const [release, count] of counts) expect(page).toContain(`| ${release} | ${count} |`)
  expect(page).toContain(`All ${[...counts.values()].reduce((sum, count) => sum + count, 0)} `)
})

function markdownIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => join(folder, path))
    .sort()
}

/** The targets of links that stay within the project; what stands in code is none. */
function linksOf(text: string): readonly string[] {
  const prose = text.replaceAll(/^```.*?^```/gms, '').replaceAll(/`[^`\n]*`/g, '')
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
}

function fileOf(page: string, link: string): string {
  const [path = ''] = link.split('#')
  return path === '' ? page : normalize(join(dirname(page), decodeURIComponent(path)))
}

function leads(page: string, link: string): boolean {
  const file = join(root, fileOf(page, link))
  const [, anchor] = link.split('#')
  if (!existsSync(file)) return false
  if (anchor === undefined || statSync(file).isDirectory()) return true
  return anchorsOf(readFileSync(file, 'utf8')).includes(anchor)
}

/** Anchors as GitHub gives them to headings. */
function anchorsOf(text: string): readonly string[] {
  return [...text.replaceAll(/^```.*?^```/gms, '').matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(/\s/g, '-'),
  )
}
