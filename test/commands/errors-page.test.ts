import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

/** The members of a union of strings, as the source writes it. */
function membersOf(path: string, type: string): readonly string[] {
  const [, body = ''] = new RegExp(`type ${type} =\\n((?: +(?:\\||/\\*\\*).*\\n)+)`).exec(read(path)) ?? []
  return [...body.matchAll(/\| '(\w+)'/g)].map(([, name = '']) => name)
}

test('docs/errors.md has one row for each code, and none for what is no code', () => {
  const codes = [
    ...membersOf('src/model/failure.ts', 'FailureCode'),
    ...membersOf('src/cluster/access/connection-error.ts', 'ConnectionErrorCode'),
  ]
  const rows = [...read('docs/errors.md').matchAll(/^\| `(\w+)` \| [23] \|/gm)].map(([, code = '']) => code)
  expect(codes.length).toBeGreaterThan(20)
  expect([...rows].sort()).toEqual([...codes].sort())
})
