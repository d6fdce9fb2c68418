import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'

/** What came to Node after 20, on which the bundle has to run; the type check knows only the newest. */
const newer =
  /\b(Map|Object)\.groupBy\(|Promise\.(withResolvers|try)\(|Array\.fromAsync\(|RegExp\.escape\(|\.(values|keys|entries)\(\)\s*\.(map|filter|some|every|find|toArray|flatMap|take|drop)\(|import\.meta\.(dirname|filename)/

test('the program uses nothing that Node 20 does not have', () => {
  const files = readdirSync('src', { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.name.endsWith('.ts'),
  )
  const found = files
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => newer.test(readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')))
  expect(files.length).toBeGreaterThan(100)
  expect(found).toEqual([])
})
