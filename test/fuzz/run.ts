// Fuzzing by hand: npm run fuzz -- TARGET --seconds 3600 [--seed N]; without a target each in turn.
// The seconds are the processor's. Each seed makes a thousand inputs; a seed and --runs 1000 repeat them.
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { targets } from './targets.ts'

const { values, positionals } = parseArgs({
  options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string' }, runs: { type: 'string' } },
  allowPositionals: true,
})
const names = positionals.length > 0 ? positionals : Object.keys(targets)
const first = Number(values.seed ?? Date.now() % 2 ** 30)
for (const name of names) process.exitCode = (await fuzz(name)) ? process.exitCode : 1
process.exit()

/** Whether all held. Goes on with the next seed after a failure, so that one finding does not hide the others. */
async function fuzz(name: string): Promise<boolean> {
  const target = targets[name]
  if (target === undefined) throw new Error(`no target ${name}; there are ${Object.keys(targets).join(', ')}`)
  const begun = processorSeconds()
  const most = Number(values.runs ?? Number.POSITIVE_INFINITY)
  let runs = 0
  let seed = first
  let failures = 0
  while (runs < most && failures < 5 && processorSeconds() - begun < Number(values.seconds)) {
    const found = await fc.check(target, {
      seed,
      numRuns: Math.min(1000, most),
      interruptAfterTimeLimit: 300_000,
      markInterruptAsFailure: false,
    })
    runs += found.numRuns
    if (found.failed) {
      failures += 1
      const { errorInstance: error, counterexample, counterexamplePath } = found
      process.stdout.write(`${name}: FAILED with seed ${seed}, path ${counterexamplePath}\n`)
      process.stdout.write(`${JSON.stringify(counterexample)?.slice(0, 2000)}\n`)
      process.stdout.write(`${String(error instanceof Error ? error.stack : error).slice(0, 2500)}\n`)
    }
    seed += 1
  }
  const spent = Math.round(processorSeconds() - begun)
  process.stdout.write(`${name}: seeds ${first}-${seed - 1}, ${runs} runs, ${spent} s, ${failures} failed\n`)
  return failures === 0
}

function processorSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}
