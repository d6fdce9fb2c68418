import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type ApiServer, startApiServer } from '#test/apiserver/server.ts'
import { demoClusters } from '#test/demo/cluster.ts'

const program = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const [demo] = demoClusters(new Date('2026-08-01T12:00:00Z'))
const folder = mkdtempSync(join(tmpdir(), 'taintdoctor-process-'))
let server: ApiServer
beforeAll(async () => {
  const { objects = [], version = 'v1.36.2' } = demo ?? {}
  server = await startApiServer({ objects, version })
  writeFileSync(join(folder, 'kubeconfig'), server.kubeconfig())
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

const kubeconfig = () => ['--kubeconfig', join(folder, 'kubeconfig')]

describe('a signal ends the program at once and quietly', () => {
  const rows = [
    { signal: 'SIGINT', args: ['explain', '-A'] },
    { signal: 'SIGTERM', args: ['explain', '-A'] },
    { signal: 'SIGINT', args: ['snapshot', '-A', '--to', join(folder, 'never.json')] },
  ] as const
  for (const { signal, args } of rows) {
    test(`${signal} while ${args[0]} waits for the server`, async () => {
      server.fail({ match: 'pods', with: 'hang' })
      const child = start([...args, ...kubeconfig()])
      const output = collect(child)
      const before = server.requests.length
      while (!server.requests.slice(before).some(({ resource }) => resource === 'pods')) await pause()
      child.kill(signal)
      const [code, by] = await once(child, 'exit')
      server.heal()
      // A shell says 128 and the signal's number for a program that a signal ended.
      expect([code, by]).toEqual([null, signal])
      expect(await output).toEqual({ stdout: '', stderr: '' })
      expect(readdirSync(folder)).toEqual(['kubeconfig'])
    }, 30_000)
  }
})

describe('a closed pipe ends the program quietly', () => {
  for (const format of [[], ['-o', 'json'], ['-o', 'yaml']]) {
    test(`explain ${format.join(' ')} | head -c 1`, async () => {
      const words = ['explain', '-A', ...format, ...kubeconfig()].map((word) => `'${word}'`).join(' ')
      const pipe = `set -o pipefail; '${process.execPath}' '${program}' ${words} | head -c 1`
      const child = spawn('bash', ['-c', pipe], { stdio: ['ignore', 'pipe', 'pipe'] })
      const output = collect(child)
      const [code] = await once(child, 'exit')
      expect([code, (await output).stderr]).toEqual([0, ''])
    }, 30_000)
  }
})

test('standard output on a full disk is an error in words', async () => {
  const child = shell(`'${process.execPath}' '${program}' version > /dev/full`)
  const output = collect(child)
  const [code] = await once(child, 'exit')
  const { stderr } = await output
  expect([code, stderr]).toEqual([3, expect.stringMatching(/^error: standard output cannot be written: .*\n$/)])
}, 30_000)

test('where a snapshot cannot be written whole, the old file stays whole and nothing else is left', async () => {
  const place = mkdtempSync(join(folder, 'full-'))
  const file = join(place, 'cluster.json')
  writeFileSync(file, 'the old one')
  const words = ['snapshot', '-A', '--to', file, ...kubeconfig()].map((word) => `'${word}'`).join(' ')
  // No file may grow beyond 8 KiB: what the kernel says then is what a full disk says, at a later place.
  const child = shell(`ulimit -f 8; exec '${process.execPath}' '${program}' ${words}`)
  const output = collect(child)
  const [code] = await once(child, 'exit')
  const { stdout, stderr } = await output
  expect([code, stdout]).toEqual([3, ''])
  expect(stderr).toMatch(/^error: .*cluster\.json could not be written: the file would be larger than is allowed\n/)
  expect(readFileSync(file, 'utf8')).toBe('the old one')
  expect(readdirSync(place)).toEqual(['cluster.json'])
}, 30_000)

function start(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
}

function shell(command: string): ChildProcess {
  return spawn('bash', ['-c', command], { stdio: ['ignore', 'pipe', 'pipe'] })
}

async function collect(child: ChildProcess): Promise<{ stdout: string; stderr: string }> {
  const parts = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      parts[name] += text
    })
  }
  await once(child, 'close')
  return parts
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 10))
}
