import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { type ApiServer, startApiServer } from '#test/apiserver/server.ts'
import { demoClusters } from '#test/demo/cluster.ts'
import { runProgram } from '#test/support/run-program.ts'

const now = new Date('2026-08-01T12:00:00Z')
const folder = mkdtempSync(join(tmpdir(), 'taintdoctor-snapshot-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What may be asked of each of the demo's clusters. */
const questions: Readonly<Record<string, readonly (readonly string[])[]>> = {
  platform: [
    ['-A'],
    ['-n', 'cattle-fleet-system'],
    ['-n', 'fleetdm'],
    ['job/fleet-cleanup-clusterregistrations', '-n', 'cattle-fleet-system'],
    ['-A', '-l', 'app.kubernetes.io/name=nothing'],
  ],
  edge: [['-A'], ['-n', 'cattle-system'], ['deploy/cattle-cluster-agent', '-n', 'cattle-system']],
  lab: [['-A'], ['sts/postgres', '-n', 'shop'], ['postgres-0', '-n', 'shop'], ['-n', 'nowhere']],
}

for (const { context, version, objects } of demoClusters(now)) {
  describe(`a snapshot of the demo's cluster ${context}`, () => {
    let server: ApiServer
    let live: readonly string[]
    const file = join(folder, `${context}.json`)

    beforeAll(async () => {
      server = await startApiServer({ objects, version, context })
      writeFileSync(join(folder, context), server.kubeconfig())
      live = ['--kubeconfig', join(folder, context)]
      const { code } = await runProgram(['snapshot', '-A', '--to', file, ...live])
      expect(code).toBe(0)
    })
    afterAll(() => server.close())

    for (const question of questions[context] ?? []) {
      for (const command of ['explain', 'suggest']) {
        test(`answers "${command} ${question.join(' ')}" as the cluster does`, async () => {
          for (const format of [[], ['-o', 'json']]) {
            const expected = await runProgram([command, ...question, ...format, ...live])
            const found = await runProgram([command, ...question, ...format, '--snapshot', file])
            expect(found.code).toBe(expected.code)
            // Of commands to go on with, the one on a snapshot names it.
            const said = (text: string): string =>
              text
                .replaceAll(file, context)
                .replace(/\\\n/g, ' ')
                .replace(/\s+/g, ' ')
                .replaceAll(` --snapshot ${context}`, '')
            expect(said(found.stdout)).toBe(said(expected.stdout))
            expect(said(found.stderr)).toBe(said(expected.stderr))
          }
        })
      }
    }

    test('is the same in YAML, through a pipe, and taken twice', async () => {
      const json = await runProgram(['snapshot', '-A', ...live])
      const yaml = await runProgram(['snapshot', '-A', '-o', 'yaml', ...live])
      expect(JSON.parse(json.stdout)).toEqual(JSON.parse(readFileSync(file, 'utf8')))
      expect(parse(yaml.stdout)).toEqual(JSON.parse(json.stdout))
      expect((await runProgram(['snapshot', '-A', ...live])).stdout).toBe(json.stdout)
    })

    test('is a List with its head first, for its owner alone, and nothing else is left in the folder', () => {
      const { kind, apiVersion, items } = JSON.parse(readFileSync(file, 'utf8'))
      expect([apiVersion, kind]).toEqual(['v1', 'List'])
      expect(items[0]).toMatchObject({
        kind: 'Snapshot',
        server: { version, url: server.url },
        namespace: null,
      })
      expect(items[0].missing.filter(({ reason }: { reason: string }) => reason !== 'NotFound')).toEqual([])
      expect(items[0].read).toEqual(expect.arrayContaining(['nodes', 'pods', 'storageclasses.storage.k8s.io']))
      expect(statSync(file).mode & 0o777).toBe(0o600)
      expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
    })
  })
}
