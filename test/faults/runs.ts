import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { everyFailure, type FailureKind, type FailureRule } from '#test/apiserver/failures.ts'
import { type ApiServer, startApiServer } from '#test/apiserver/server.ts'
import { type Ran, runProgram } from '#test/support/run-program.ts'
import { faultClusters } from './cluster.ts'
import { wrongsOf } from './oracle.ts'

/** Milliseconds that one read may take; what takes longer counts as failed. */
const patience = 150
/** The rounds of reading, times what each may take, and as much again for a busy machine. */
const longest = 20_000

const commands = ['explain', 'suggest'] as const
type Command = (typeof commands)[number]

/** A cluster of the fault runs, with its server and its answers when nothing fails. */
export interface Bench {
  readonly context: string
  readonly server: ApiServer
  readonly healthy: Readonly<Record<Command, Ran>>
  /** Every read that the commands make, as `verb resource`, and what matches its requests. */
  readonly reads: readonly string[]
  run(command: Command, format?: readonly string[]): Promise<Ran>
  close(): Promise<void>
}

/** Starts a server for each cluster, and asks it once in good health. */
export async function startBenches(): Promise<readonly Bench[]> {
  return Promise.all(faultClusters().map(startBench))
}

async function startBench(cluster: ReturnType<typeof faultClusters>[number]): Promise<Bench> {
  const { objects, version, context } = cluster
  const server = await startApiServer({ objects, version, context })
  const folder = mkdtempSync(join(tmpdir(), 'taintdoctor-faults-'))
  const file = join(folder, 'kubeconfig')
  writeFileSync(file, server.kubeconfig())
  const ask = (command: string, timeout: string, format: readonly string[]): Promise<Ran> =>
    runProgram([command, '-A', ...format, '--kubeconfig', file, '--request-timeout', timeout])
  const healthy = { explain: await ask('explain', '30s', json), suggest: await ask('suggest', '30s', json) }
  const seen = server.requests
    .filter(({ resource }) => resource !== '')
    .map(({ verb, resource }) => `${verb} ${resource}`)
  return {
    context,
    server,
    healthy,
    reads: [...new Set(seen)].sort(),
    run: (command, format = json) => ask(command, `${patience}ms`, format),
    async close() {
      await server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const json = ['-o', 'json']

/** What is wrong with a run in which every read of a kind fails in one way. */
export async function oneFailure(bench: Bench, read: string, kind: FailureKind): Promise<readonly string[]> {
  const [verb = '', resource = ''] = read.split(' ')
  const rule: FailureRule = { match: resource, verb, with: kind, retryAfter: 0, ms: 50 }
  bench.server.fail(rule)
  try {
    return await judged(bench, 'explain')
  } finally {
    bench.server.heal()
  }
}

/** What is wrong with a run in which reads fail at random; the same seed is the same run. */
export async function seededRun(benches: readonly Bench[], seed: number): Promise<readonly string[]> {
  const bench = benches[seed % benches.length] as Bench
  const command = commands[Math.floor(seed / benches.length) % commands.length] as Command
  const rate = [0.03, 0.1, 0.25, 0.6][Math.floor(seed / 8) % 4] ?? 0.1
  bench.server.failAtRandom({ seed, rate, retryAfter: 0, kinds: everyFailure })
  try {
    const wrongs = await judged(bench, command)
    return wrongs.map((wrong) => `seed ${seed}, ${command} on ${bench.context}: ${wrong}`)
  } finally {
    bench.server.heal()
  }
}

async function judged(bench: Bench, command: Command): Promise<readonly string[]> {
  const begun = performance.now()
  const ran = await bench.run(command)
  const took = performance.now() - begun
  const wrongs = wrongsOf(ran, bench.healthy[command])
  return took > longest ? [...wrongs, `it took ${Math.round(took)} ms`] : wrongs
}
