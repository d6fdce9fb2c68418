// Fault runs by hand: npm run test:faults -- --seed 1 --count 2000
import { parseArgs } from 'node:util'
import { everyFailure } from '#test/apiserver/failures.ts'
import { oneFailure, seededRun, startBenches } from './runs.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '2000' },
    each: { type: 'boolean', default: false },
  },
})
const benches = await startBenches()
let failed = 0
let done = 0
const say = (wrongs: readonly string[]): void => {
  done += 1
  if (wrongs.length > 0) failed += 1
  for (const wrong of wrongs) process.stdout.write(`${wrong}\n`)
  if (done % 100 === 0) process.stderr.write(`${done} runs, ${failed} wrong\n`)
}
if (values.each) {
  for (const bench of benches) {
    for (const read of bench.reads) {
      for (const kind of everyFailure) {
        const wrongs = await oneFailure(bench, read, kind)
        say(wrongs.map((wrong) => `${bench.context}: ${read} ${kind}: ${wrong}`))
      }
    }
  }
} else {
  const first = Number(values.seed)
  for (let seed = first; seed < first + Number(values.count); seed += 1) say(await seededRun(benches, seed))
}
process.stdout.write(`${done} runs, ${failed} wrong\n`)
await Promise.all(benches.map((bench) => bench.close()))
process.exitCode = failed > 0 ? 1 : 0
