import fc from 'fast-check'
import { targets } from '#test/fuzz/targets.ts'
const r = await fc.check(targets['snapshot']!, { seed: 154209249, path: '525:1', numRuns: 1, endOnFailure: true })
console.log(r.failed, String(r.errorInstance).slice(0,300))
const t = performance.now()
const r2 = await fc.check(targets['snapshot']!, { seed: 7, interruptAfterTimeLimit: 60_000, numRuns: 100000, markInterruptAsFailure: false })
console.log(r2.numRuns, r2.failed, String(r2.errorInstance).slice(0,1500), r2.counterexamplePath)
