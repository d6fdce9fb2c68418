import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { main } from '#commands/program.ts'
import { type ApiServer, startApiServer } from '#test/apiserver/server.ts'
import { aNode, aPod } from '#test/builders/objects.ts'

const plain = (object: object): object => JSON.parse(JSON.stringify(object))
const waiting = [
  plain(aNode('n1').tainted('dedicated=infra:NoSchedule')),
  plain(aPod('web')),
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } },
]

interface Run {
  readonly server: ApiServer
  out(): string
  words(): string
  readonly code: Promise<number>
}

/** Runs `explain --watch` against a server of its own. */
async function watching(args: readonly string[], act: (run: Run) => Promise<void>, isTTY = false): Promise<void> {
  const server = await startApiServer({ objects: waiting })
  const folder = mkdtempSync(join(tmpdir(), 'watch-'))
  const kubeconfig = join(folder, 'kubeconfig')
  writeFileSync(kubeconfig, server.kubeconfig())
  let [out, words] = ['', '']
  const code = main(['explain', '--watch', '-n', 'default', '--kubeconfig', kubeconfig, ...args], {
    stdin: new PassThrough(),
    stdout: { isTTY, columns: 80, write: (text) => (out += text) },
    stderr: { write: (text) => (words += text) },
    env: {},
    now: Date.now,
  })
  try {
    await act({ server, out: () => out, words: () => words, code })
  } finally {
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(5)
}

/** What the scheduler would do once the taint is gone. */
function free(server: ApiServer): void {
  server.update(plain(aNode('n1')), plain(aPod('web').on('n1')))
}

test(
  'it ends with 0 when nothing waits any more, and says what freed the Pod',
  () =>
    watching([], async ({ server, out, code }) => {
      await until(() => out().includes('1 Pod waits') && server.watches.count >= 2)
      free(server)
      expect(await code).toBe(0)
      expect(out()).toContain('default/web: on node n1 now; gone is: taint dedicated=infra:NoSchedule')
    }),
  30_000,
)

test(
  'with -o json each line is a report, and no line repeats the last',
  () =>
    watching(['-o', 'json'], async ({ server, out, words, code }) => {
      await until(() => out().includes('\n') && server.watches.count >= 2)
      server.update(plain(aNode('n1').tainted('dedicated=infra:NoSchedule').labelled({ changed: 'yes' })))
      free(server)
      expect(await code).toBe(0)
      const reports = out()
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line))
      expect(reports.map(({ kind, clusters }) => [kind, clusters[0].diagnoses.length])).toEqual([
        ['ExplainReport', 1],
        ['ExplainReport', 0],
      ])
      expect(words()).toContain('default/web: on node n1 now')
    }),
  30_000,
)

test(
  'it survives watches that end, versions that expire and a server that fails for a while',
  () =>
    watching([], async ({ server, out, words, code }) => {
      await until(() => out().includes('1 Pod waits') && server.watches.count >= 2)
      server.compact()
      server.watches.expire()
      server.fail({ match: /\/api\/v1\/pods\?.*fieldSelector/, with: 500, times: 6 })
      await until(() => words().includes('trying again'))
      server.heal()
      free(server)
      expect(await code).toBe(0)
      expect(words().match(/trying again/g)).toHaveLength(1)
    }),
  60_000,
)

test(
  'on a terminal it draws over what was there',
  () =>
    watching(
      [],
      async ({ server, out, code }) => {
        await until(() => out().includes('1 Pod waits') && server.watches.count >= 2)
        free(server)
        expect(await code).toBe(0)
        expect(out().startsWith('\u001b[H\u001b[2J')).toBe(true)
      },
      true,
    ),
  30_000,
)

const wrong: readonly [args: readonly string[], said: string][] = [
  [['-o', 'yaml'], '--watch cannot write yaml'],
  [['--snapshot', 'x.json'], '--watch and --snapshot exclude each other'],
]
for (const [args, said] of wrong) {
  test(`${args.join(' ')} with --watch is a wrong command line`, () =>
    watching(args, async ({ words, code }) => {
      expect([await code, words()]).toEqual([2, expect.stringContaining(said)])
    }))
}
