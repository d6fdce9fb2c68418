import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from '@jest/globals'
import { withServer } from '#test/apiserver/ask.ts'
import { faultClusters } from '#test/faults/cluster.ts'
import { runProgram } from '#test/support/run-program.ts'

const folder = mkdtempSync(join(tmpdir(), 'taintdoctor-steady-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const program = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const questions = [
  ['explain', '-A'],
  ['explain', '-A', '-o', 'json'],
  ['suggest', '-A', '-o', 'yaml'],
  ['snapshot', '-A'],
]

for (const { context, version, objects } of faultClusters()) {
  describe(`the same bytes of cluster ${context}`, () => {
    test('whatever order its objects come in, and whatever the size of a page', async () => {
      const answers: string[][] = []
      for (const [seed, pageLimit] of [
        [0, undefined],
        [1, 1],
        [2, 3],
      ] as const) {
        const shuffled = seed === 0 ? objects : [...objects].sort((a, b) => mixed(a, seed) - mixed(b, seed))
        const limit = pageLimit === undefined ? {} : { pageLimit }
        await withServer({ objects: shuffled, version, context, ...limit }, async (server) => {
          const file = join(folder, `${context}-${seed}`)
          writeFileSync(file, server.kubeconfig())
          const ran: string[] = []
          for (const question of questions) {
            const { stdout } = await runProgram([...question, '--kubeconfig', file])
            ran.push(stdout.replaceAll(server.url, 'URL').replaceAll(file, 'FILE'))
          }
          answers.push(ran)
        })
      }
      const [first, ...others] = answers
      for (const other of others) expect(other).toEqual(first)
    }, 30_000)

    test('in a file, whatever order its objects stand in', async () => {
      const answers: string[] = []
      for (const seed of [0, 1, 2]) {
        const items = seed === 0 ? objects : [...objects].sort((a, b) => mixed(a, seed) - mixed(b, seed))
        const stdin = JSON.stringify({ apiVersion: 'v1', kind: 'List', items })
        answers.push((await runProgram(['explain', '-A', '-o', 'json', '--snapshot', '-'], { stdin })).stdout)
      }
      expect(new Set(answers).size).toBe(1)
    })
  })
}

test('the same bytes in another language and another time zone', async () => {
  const [{ objects } = { objects: [] }] = faultClusters()
  const file = join(folder, 'cluster.json')
  writeFileSync(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }))
  const places = [
    { LC_ALL: 'C', TZ: 'UTC' },
    { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', TZ: 'Pacific/Kiritimati' },
    { LC_ALL: 'ar_EG.UTF-8', TZ: 'America/St_Johns' },
  ]
  const answers = await Promise.all(
    places.map(
      (place) =>
        new Promise((done) =>
          execFile(
            process.execPath,
            [program, 'explain', '-A', '-o', 'json', '--snapshot', file],
            { env: { PATH: process.env['PATH'], ...place } },
            (_, stdout) => done(stdout),
          ),
        ),
    ),
  )
  expect(String(answers[0]).length).toBeGreaterThan(1000)
  expect(new Set(answers).size).toBe(1)
}, 60_000)

/** A number that depends on nothing but the object and the seed. */
function mixed(object: object, seed: number): number {
  let hash = seed
  for (const character of JSON.stringify(object)) hash = (Math.imul(hash, 31) + character.charCodeAt(0)) | 0
  return hash
}
