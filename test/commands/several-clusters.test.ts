import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { kubeconfig } from '#test/apiserver/kubeconfig.ts'
import { type ApiServer, startApiServer } from '#test/apiserver/server.ts'
import { nodes, pods } from '#test/benchmark/objects.ts'
import { runProgram } from '#test/support/run-program.ts'

const size = { nodes: 3, assigned: 2, pending: 1, kinds: 1 }
const objects = [...nodes(size), ...pods(size)]
const folder = mkdtempSync(join(tmpdir(), 'taintdoctor-several-'))
const file = join(folder, 'config')
const dead = { context: 'dead', server: 'http://127.0.0.1:1' }
const servers: ApiServer[] = []

beforeAll(async () => {
  for (const context of ['one', 'two', 'hangs']) servers.push(await startApiServer({ objects, context }))
  servers[2]?.fail({ match: /./, with: 'hang' })
  writeFileSync(file, kubeconfig(...servers.map((server) => server.access()), dead))
  writeFileSync(`${file}-dead`, kubeconfig(dead, { ...dead, context: 'dead too' }))
  writeFileSync(`${file}-none`, kubeconfig())
})
afterAll(async () => {
  for (const server of servers) await server.close()
  rmSync(folder, { recursive: true, force: true })
})

const explain = (config: string, ...words: string[]) =>
  runProgram(['explain', '-A', '--kubeconfig', config, '--request-timeout', '1s', ...words])

interface Shown {
  readonly name: string
  readonly nodeCount: number | null
  readonly diagnoses: readonly { readonly state: string }[]
  readonly incomplete: readonly { readonly resource: string; readonly reason: string }[]
}

async function report(...words: string[]): Promise<readonly Shown[]> {
  const { stdout, code } = await explain(file, '-o', 'json', ...words)
  expect(code).toBe(0)
  return (JSON.parse(stdout) as { clusters: Shown[] }).clusters
}

describe('several clusters in one run', () => {
  test('stand in the order of the flags, each with its own answer', async () => {
    const clusters = await report('--context', 'two', '--context', 'one')
    expect(clusters.map(({ name, diagnoses }) => [name, diagnoses.map(({ state }) => state)])).toEqual([
      ['two', ['Unschedulable']],
      ['one', ['Unschedulable']],
    ])
  })

  test('a context that is named twice is read once', async () => {
    expect((await report('--context', 'one', '--context', 'one')).map(({ name }) => name)).toEqual(['one'])
  })

  test('one that is dead and one that hangs are reported, and do not hold up the others', async () => {
    const clusters = await report('--all-contexts')
    const shown = clusters.map(({ name, nodeCount, diagnoses, incomplete }) => ({
      name,
      nodeCount,
      diagnoses: diagnoses.length,
      missing: incomplete.filter(({ resource }) => resource === 'cluster').map(({ reason }) => reason),
    }))
    expect(shown).toEqual([
      { name: 'one', nodeCount: 3, diagnoses: 1, missing: [] },
      { name: 'two', nodeCount: 3, diagnoses: 1, missing: [] },
      { name: 'hangs', nodeCount: null, diagnoses: 0, missing: ['Timeout'] },
      { name: 'dead', nodeCount: null, diagnoses: 0, missing: ['Unreachable'] },
    ])
  })

  test('the text says which could not be read, and why', async () => {
    const { stdout, code } = await explain(file, '--context', 'one', '--context', 'dead')
    expect(code).toBe(0)
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'Cluster dead It could not be read, so nothing is known of it: http://127.0.0.1:1',
    )
  })

  test('where none can be read, that is a failure that names each', async () => {
    const { stdout, stderr, code } = await explain(`${file}-dead`, '--all-contexts')
    expect([code, stdout]).toEqual([3, ''])
    expect(stderr).toContain('none of the 2 clusters could be read\ndead: http://127.0.0.1:1')
    expect(stderr).toContain('\ndead too: ')
  })

  test('--context and --all-contexts exclude each other', async () => {
    expect((await explain(file, '--all-contexts', '--context', 'one')).code).toBe(2)
  })

  test('a kubeconfig without contexts is said to be one', async () => {
    const { stderr, code } = await explain(`${file}-none`, '--all-contexts')
    expect(code).toBe(3)
    expect(stderr).toContain('holds no contexts')
  })
})
