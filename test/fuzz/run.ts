// Fuzzing by hand: npm run fuzz -- TARGET --seconds 3600 [--seed N]; without a target each in turn.
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { targets } from './targets.ts'

const { values, positionals } = parseArgs({
  options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string' } },
  allowPositionals: true,
})
const names = positionals.length > 0 ? positionals : Object.keys(targets)
for (const name of names) {
  const target = targets[name]
  if (target === undefined) throw new Error(`no target ${name}; there are ${Object.keys(targets).join(', ')}`)
  const seed = Number(values.seed ?? Date.now() % 2 ** 31)
  const found = await fc.check(target, {
    seed,
    numRuns: Number.POSITIVE_INFINITY,
    interruptAfterTimeLimit: Number(values.seconds) * 1000,
    markInterruptAsFailure: false,
  })
  process.stdout.write(`${name}: seed ${seed}, ${found.numRuns} runs${found.failed ? ', FAILED' : ''}\n`)
  if (found.failed) {
    process.stdout.write(`path ${found.counterexamplePath}\n${JSON.stringify(found.counterexample)?.slice(0, 2000)}\n`)
    process.stdout.write(
      `${String(found.errorInstance instanceof Error ? found.errorInstance.stack : found.errorInstance).slice(0, 2500)}\n`,
    )
    process.exitCode = 1
  }
}
process.exit()
