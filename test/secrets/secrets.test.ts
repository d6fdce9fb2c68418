import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type ApiServer, startApiServer } from '#test/apiserver/server.ts'
import { type Ran, runProgram } from '#test/support/run-program.ts'
import { marker, packed, plantedObjects } from './planted.ts'

const folder = mkdtempSync(join(tmpdir(), 'taintdoctor-secrets-'))
const file = join(folder, 'kubeconfig')
const before = process.env['TAINTDOCTOR_DEBUG']
let server: ApiServer

beforeAll(async () => {
  process.env['TAINTDOCTOR_DEBUG'] = '1'
  server = await startApiServer({ objects: plantedObjects, tls: true, token: marker })
  writeFileSync(file, server.kubeconfig())
})
afterAll(async () => {
  if (before === undefined) delete process.env['TAINTDOCTOR_DEBUG']
  else process.env['TAINTDOCTOR_DEBUG'] = before
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

const live = ['--kubeconfig', file]
const debug = { env: { TAINTDOCTOR_DEBUG: '1' } }

describe('a secret comes out nowhere', () => {
  const formats = {
    explain: ['', 'wide', 'json', 'yaml', 'name', 'markdown', 'html'],
    suggest: ['', 'wide', 'json', 'yaml', 'name', 'patch', 'values'],
    snapshot: ['json', 'yaml'],
  }
  for (const [command, outputs] of Object.entries(formats)) {
    for (const output of outputs) {
      test(`${command} -o ${output}`, async () => {
        const args = output === '' ? [] : ['-o', output]
        const ran = await runProgram([command, '-A', ...args, ...live], debug)
        expect([ran.code, ran.stdout.length > 10]).toEqual([0, true])
        expectNone(ran)
      })
    }
  }

  test('explain --check-access', async () => {
    expectNone(await runProgram(['explain', '-A', '--check-access', ...live], debug))
  })

  test('a snapshot in a file, and what is said of it', async () => {
    const to = join(folder, 'cluster.json')
    expectNone(await runProgram(['snapshot', '-A', '--to', to, ...live], debug))
    const { items } = JSON.parse(readFileSync(to, 'utf8'))
    expect(readFileSync(to, 'utf8')).not.toContain(marker)
    expect(readFileSync(to, 'utf8')).not.toContain(packed)
    expect(items.map(({ kind }: { kind: string }) => kind)).not.toContain('Secret')
    expect(items.map(({ kind }: { kind: string }) => kind)).toContain('HelmRelease')
    for (const command of ['explain', 'suggest']) {
      expectNone(await runProgram([command, '-A', '-o', 'json', '--snapshot', to], debug))
    }
  })

  const broken: readonly { readonly title: string; readonly args: readonly string[]; readonly config?: string }[] = [
    { title: 'a token that the server refuses', args: [...live, '--token', `${marker}-wrong`] },
    { title: 'a token with a line break', args: [...live, '--token', `${marker}\nx`] },
    { title: 'a server URL with a password', args: [...live, '-s', `https://user:${marker}@127.0.0.1:1`] },
    {
      title: 'an exec plugin that prints its credential and fails',
      args: [],
      config: user(
        `{exec: {apiVersion: client.authentication.k8s.io/v1, command: sh, args: ["-c", "echo ${marker}; exit 1"], interactiveMode: Never}}`,
      ),
    },
    {
      title: 'an exec plugin whose credential is no JSON',
      args: [],
      config: user(
        `{exec: {apiVersion: client.authentication.k8s.io/v1, command: echo, args: ["${marker}"], interactiveMode: Never}}`,
      ),
    },
    {
      title: 'a client key that is none',
      args: [],
      config: user(`{client-certificate-data: ${packed}, client-key-data: ${packed}}`),
    },
    { title: 'a kubeconfig with a token of the wrong type', args: [], config: user(`{token: [${marker}]}`) },
    { title: 'a kubeconfig that is no YAML', args: [], config: `users: [{token: ${marker}]: }` },
  ]
  for (const { title, args, config } of broken) {
    test(`in the error for ${title}`, async () => {
      const at = join(folder, 'broken')
      if (config !== undefined) writeFileSync(at, config)
      const source = config === undefined ? args : ['--kubeconfig', at, ...args]
      const ran = await runProgram(['explain', '-A', ...source, '--request-timeout', '5s'], debug)
      expect([ran.code, ran.stderr]).toEqual([expect.any(Number), expect.stringMatching(/^error: /)])
      expect(ran.code).toBeGreaterThan(1)
      expectNone(ran)
    }, 20_000)
  }
})

test('nothing was ever sent but reads, and reviews of one’s own rights', async () => {
  const seen = server.requests.map(({ method, verb, path }) =>
    method === 'POST' ? `${verb} ${path}` : `${method} ${verb === '' ? 'get' : verb}`,
  )
  expect(new Set(seen)).toEqual(
    new Set(['GET get', 'GET list', 'create /apis/authorization.k8s.io/v1/selfsubjectaccessreviews']),
  )
})

test('nothing is kept beside the files that were asked for', () => {
  for (const name of readdirSync(folder)) expect(['kubeconfig', 'cluster.json', 'broken']).toContain(name)
  expect(statSync(join(folder, 'cluster.json')).mode & 0o077).toBe(0)
})

function expectNone({ stdout, stderr }: Ran): void {
  const text = `${stdout}\n${stderr}`
  for (const secret of [marker, packed]) {
    const at = text.indexOf(secret)
    expect(at === -1 ? '' : text.slice(Math.max(0, at - 200), at + 80)).toBe('')
  }
}

function user(text: string): string {
  return `{apiVersion: v1, kind: Config, current-context: c, clusters: [{name: c, cluster: {server: "${server?.url ?? 'https://127.0.0.1:1'}", insecure-skip-tls-verify: true}}], contexts: [{name: c, context: {cluster: c, user: u}}], users: [{name: u, user: ${text}}]}`
}
