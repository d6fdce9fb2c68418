import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { wholeRole } from '#commands/check-access-role.ts'
import { yamlText } from '#output/yaml.ts'
import { withServer } from '#test/apiserver/ask.ts'
import { type ApiServer, startApiServer } from '#test/apiserver/server.ts'
import type { AccessRule, ApiUser } from '#test/apiserver/types.ts'
import { aNode } from '#test/builders/objects.ts'
import { faultClusters } from '#test/faults/cluster.ts'
import { type Ran, runProgram } from '#test/support/run-program.ts'
import { checkRow } from './check-row.ts'
import { type Rights, type Rule, rightsObjects, rightsRows } from './rows.ts'

const namespace = 'shop'
const users: readonly ApiUser[] = rightsRows.map((row, at) => ({ name: `user-${at}`, rules: accessRules(row) }))
const folder = mkdtempSync(join(tmpdir(), 'taintdoctor-rights-'))
const file = join(folder, 'kubeconfig')
let server: ApiServer
let admin: Ran

beforeAll(async () => {
  server = await startApiServer({ objects: objects(), tls: true, token: 'admin', users })
  writeFileSync(file, server.kubeconfig())
  admin = await explain('-o', 'json')
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('the answer of somebody', () => {
  for (const [at, row] of rightsRows.entries()) {
    test(`${row.who}`, async () => {
      const as = ['--as', `user-${at}`]
      checkRow(row, await explain('-o', 'json', ...as), await explain(...as), admin)
    })
  }
})

describe('explain --check-access', () => {
  for (const [at, row] of rightsRows.entries()) {
    test(`names what the answer lacks to somebody ${row.who}, and the roles that give it`, async () => {
      const { code, stdout } = await explain('--check-access', '-o', 'json', '--as', `user-${at}`)
      const [{ reads, roles }] = JSON.parse(stdout).clusters
      const lacking = reads.filter(({ allowed }: { allowed: boolean }) => !allowed)
      const named = lacking.map(({ resource }: { resource: string }) => resource)
      expect(code).toBe(0)
      expect(named).toEqual(expect.arrayContaining([...row.lacks]))
      expect(roles.length > 0).toBe(lacking.length > 0)
      const given = roles.flatMap(({ rules }: { rules: Rule[] }) => rules.flatMap(({ resources }) => resources))
      for (const name of named) expect(given).toContain(name.split('.')[0])
    })
  }

  test('says in one line that nothing lacks', async () => {
    const { stdout } = await explain('--check-access', '--as', 'user-0')
    expect(stdout).toBe('You may read all that answers about namespace shop need.\n')
  })
})

test('the shipped ClusterRole allows nothing but get and list', () => {
  const { rules } = wholeRole() as { rules: Rule[] }
  expect(new Set(rules.flatMap(({ verbs }) => verbs))).toEqual(new Set(['get', 'list']))
  expect(rules.flatMap(({ resources, apiGroups }) => [...resources, ...apiGroups])).not.toContain('*')
})

test('the shipped ClusterRole suffices for every read on the clusters of the fault runs', async () => {
  for (const { objects: others, version } of faultClusters()) {
    const user = { name: 'reader', rules: accessRules({ cluster: (wholeRole() as { rules: Rule[] }).rules }) }
    await withServer({ objects: others, version, tls: true, token: 'admin', users: [user] }, async (other) => {
      writeFileSync(join(folder, 'other'), other.kubeconfig())
      const ask = (...args: string[]): Promise<Ran> =>
        runProgram([...args, '-A', '-o', 'json', '--kubeconfig', join(folder, 'other'), '--as', 'reader'])
      for (const command of ['explain', 'suggest', 'snapshot']) {
        const { code, stderr } = await ask(command)
        expect([code, stderr]).toEqual([0, expect.not.stringMatching(/forbidden/i)])
      }
      expect(JSON.parse((await ask('explain')).stdout).clusters[0].incomplete).toEqual([])
    })
  }
})

function explain(...args: readonly string[]): Promise<Ran> {
  return runProgram(['explain', '-n', namespace, '--kubeconfig', file, ...args])
}

function objects(): readonly object[] {
  return [
    aNode('n1').labelled({ run: 'here' }).tainted('team=a:NoSchedule'),
    aNode('n2').labelled({ run: 'here' }).tainted('team=b:NoSchedule'),
    ...rightsObjects(namespace, 'here'),
  ]
}

function accessRules({ cluster = [], namespaced = [] }: Rights): readonly AccessRule[] {
  return [...cluster.map((rule) => accessRule(rule)), ...namespaced.map((rule) => ({ ...accessRule(rule), namespace }))]
}

function accessRule({ apiGroups, resources, verbs, resourceNames }: Rule): AccessRule {
  const named = apiGroups.flatMap((group) => resources.map((one) => (group === '' ? one : `${one}.${group}`)))
  return { verbs, resources: named, ...(resourceNames === undefined ? {} : { names: resourceNames }) }
}

test('docs/rights.md holds the ClusterRole as it is', () => {
  const page = readFileSync(new URL('../../docs/rights.md', import.meta.url), 'utf8')
  expect(page).toContain(`\`\`\`yaml\n${yamlText(wholeRole())}\`\`\``)
})
