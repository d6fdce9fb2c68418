import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { commands, main } from '#commands/program.ts'
import { kubeconfig } from '#test/apiserver/kubeconfig.ts'
import { type ApiServer, startApiServer } from '#test/apiserver/server.ts'

const namespace = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })
const pod = (name: string, phase: string, of = 'shop') => ({
  ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: of } },
  ...{ spec: { containers: [] }, status: { phase } },
})
const deployment = (name: string) => ({
  ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace: 'shop' } },
})

const objects = [
  ...[namespace('shop'), namespace('kube-system')],
  ...[pod('web-1', 'Pending'), pod('web-2', 'Running'), pod('db-0', 'Pending'), pod('dns', 'Pending', 'kube-system')],
  ...[deployment('web'), deployment('worker')],
  { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1' } },
]

describe('completion', () => {
  const folder = mkdtempSync(join(tmpdir(), 'taintdoctor-complete-'))
  const config = join(folder, 'kubeconfig')
  let server: ApiServer

  beforeAll(async () => {
    server = await startApiServer({
      objects,
      users: [{ name: 'guest', token: 'guest', rules: [] }],
      tls: true,
      token: 'admin',
    })
    const away = { context: 'away', server: 'https://127.0.0.1:9', namespace: 'elsewhere' }
    const shop = { ...server.access(), namespace: 'shop' }
    writeFileSync(config, kubeconfig(shop, away, { ...server.access('guest'), context: 'guest', namespace: 'mine' }))
  })
  afterAll(async () => {
    await server.close()
    rmSync(folder, { recursive: true })
  })

  const rows: [title: string, line: string, words: string[], directive: number][] = [
    ['commands come first', '', [...Object.keys(commands), 'help'], 4],
    ['commands that begin so', 'exp', ['explain'], 4],
    ['help takes a command', 'help exp', ['explain'], 4],
    ['help takes no second one', 'help explain ', [], 4],
    ['flags of the command', 'explain --exit', ['--exit-code'], 4],
    ['not those of another command', 'version --exit', [], 4],
    ['a flag is given once', 'explain --output json --outp', [], 4],
    ['but where it may be repeated', 'explain --context a --contex', ['--context'], 4],
    ['output formats of explain', 'explain -o wi', ['wide'], 4],
    ['output formats behind =', 'explain --output=n', ['name'], 4],
    ['output formats of version', 'version -o ', ['json'], 4],
    ['contexts', 'explain --context ', ['away', 'guest', 'test'], 4],
    ['clusters', 'explain --cluster a', ['away'], 4],
    ['namespaces', 'explain -n ', ['kube-system', 'shop'], 4],
    ['namespaces, flags before the command', '-n k', ['kube-system'], 4],
    ['Pending Pods of the context, then types', 'explain d', ['db-0', 'deploy/', 'ds/'], 4],
    ['Pending Pods of a namespace', 'explain -n kube-system dn', ['dns'], 4],
    ['Pending Pods of all', 'explain -A d', ['db-0', 'dns', 'deploy/', 'ds/'], 4],
    ['a Pod is named once', 'explain db-0 db', [], 4],
    ['types go on without a space', 'explain deployment', ['deployment/'], 6],
    ['names of a type', 'explain deploy/', ['deploy/web', 'deploy/worker'], 4],
    ['of a type with its group', 'explain deployments.apps/wo', ['deployments.apps/worker'], 4],
    ['names after a type', 'explain deploy wo', ['worker'], 4],
    ['nodes', 'explain node/', ['node/n1'], 4],
    ['an unknown type has no names', 'explain thing/', [], 4],
    ['files', 'explain --snapshot ', [], 0],
    ['the kubeconfig is a file', 'explain --kubeconfig=', [], 0],
    ['no Pods of a cluster where a snapshot is asked', 'explain --snapshot a.json w', [], 4],
    ['the file of a snapshot', 'snapshot --to ', [], 0],
    ['snapshot takes no name', 'snapshot ', [], 4],
    ['version takes no word', 'version ', [], 4],
    ['types stand without the cluster', 'explain --context away deplo', ['deploy/'], 6],
    ['without the cluster, the namespaces of the contexts', 'explain --context away -n e', ['elsewhere'], 4],
    ['the same where they may not be listed', 'explain --context guest -n m', ['mine'], 4],
    ['no names without rights', 'explain --context guest deploy/', [], 4],
    ['no context of that name', 'explain --context none deploy/', [], 4],
  ]
  for (const [title, line, words, directive] of rows) {
    test(`${title}: ${line}|`, async () => {
      const { code, out, err } = await run(line.split(' '), config)
      expect({ code, err }).toEqual({ code: 0, err: '' })
      const lines = out.split('\n')
      expect(lines.slice(0, -2).map((one) => one.split('\t')[0])).toEqual(words)
      expect(lines.slice(-2)).toEqual([`:${directive}`, ''])
    })
  }

  test('only names are read, and Pods only where they are Pending', async () => {
    const before = server.requests.length
    await run(['explain', ''], config)
    const [request, ...more] = server.requests.slice(before)
    expect(more).toEqual([])
    expect(JSON.stringify(request)).toContain('status.phase')
    expect(JSON.stringify(request)).toContain('/namespaces/shop/pods')
  })

  test('nothing is said without a kubeconfig', async () => {
    const { code, out, err } = await run(['explain', '--context', ''], join(folder, 'none'))
    expect({ code, out, err }).toEqual({ code: 0, out: ':4\n', err: '' })
  })
})

/** The program's answer with that kubeconfig. */
async function run(words: readonly string[], config: string): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', '']
  const before = process.env.KUBECONFIG
  process.env.KUBECONFIG = config
  try {
    const code = await main(['__complete', ...words], {
      stdin: Readable.from([]),
      stdout: { write: (text) => (out += text) },
      stderr: { write: (text) => (err += text) },
      env: {},
      now: Date.now,
    })
    return { code, out, err }
  } finally {
    if (before === undefined) delete process.env.KUBECONFIG
    else process.env.KUBECONFIG = before
  }
}
