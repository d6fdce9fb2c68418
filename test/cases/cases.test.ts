import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { runProgram } from '#test/support/run-program.ts'

/**
 * Each folder is a cluster and the answer for people and for machines; a new folder is a new test.
 * `command.txt` holds the words after `explain`, `-A` where there is none. `node scripts/update-golden.mjs` writes the
 * answers anew.
 */
const folder = join('test', 'cases')
const isUpdate = process.env.UPDATE_GOLDEN === '1'
const cases = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())

describe('the answer to a cluster is the one that was written down', () => {
  for (const { name } of cases) {
    const place = join(folder, name)
    const cluster = ['cluster.yaml', 'cluster.json'].map((file) => join(place, file)).find(existsSync) ?? ''
    const command = join(place, 'command.txt')
    const words = existsSync(command) ? readFileSync(command, 'utf8').trim().split(/\s+/) : ['-A']
    for (const [file, format] of [
      ['expected.txt', []],
      ['expected.json', ['-o', 'json']],
    ] as const) {
      test(`${name}: ${file}`, async () => {
        const ran = await runProgram(['explain', ...words, ...format, '--snapshot', cluster], { columns: 80 })
        expect(ran.stderr).toBe('')
        const golden = join(place, file)
        if (isUpdate) writeFileSync(golden, ran.stdout)
        expect(ran.stdout).toBe(existsSync(golden) ? readFileSync(golden, 'utf8') : `no ${golden} yet`)
      })
    }
    test(`${name}: no line is wider than 80 columns, but for one long word`, async () => {
      const { stdout } = await runProgram(['explain', ...words, '--snapshot', cluster], { columns: 80 })
      const wide = stdout.split('\n').filter((line) => line.length > 80 && line.trim().includes(' '))
      expect(wide).toEqual([])
    })
  }
})
