import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { FailureKind } from '#test/apiserver/failures.ts'
import { type Bench, oneFailure, seededRun, startBenches } from './runs.ts'

/** Those that are not sent again, so that the usual tests stay quick; `npm run test:faults -- --each` takes all. */
const quick: readonly FailureKind[] = [403, 404, 'garbage']

let benches: readonly Bench[] = []
beforeAll(async () => {
  benches = await startBenches()
}, 30_000)
afterAll(() => Promise.all(benches.map((bench) => bench.close())))

describe('with one kind of read failing, the answer is right, or says what is missing, or there is none', () => {
  for (const kind of quick) {
    test(`${kind}`, async () => {
      const wrongs: string[] = []
      for (const bench of benches) {
        for (const read of bench.reads) {
          const found = await oneFailure(bench, read, kind)
          wrongs.push(...found.map((wrong) => `${bench.context}: ${read}: ${wrong}`))
        }
      }
      expect(wrongs).toEqual([])
    }, 60_000)
  }

  test('every other failure, of nodes, Pods, claims and Secrets', async () => {
    const others: readonly FailureKind[] = [401, 410, 429, 500, 503, 'cut', 'slow', 'hang']
    const wrongs: string[] = []
    for (const bench of benches) {
      for (const read of bench.reads.filter((one) => /(nodes|pods|claims|secrets)$/.test(one))) {
        for (const kind of others) {
          const found = await oneFailure(bench, read, kind)
          wrongs.push(...found.map((wrong) => `${bench.context}: ${read} ${kind}: ${wrong}`))
        }
      }
    }
    expect(wrongs).toEqual([])
  }, 120_000)
})

test('with reads failing at random, no answer is wrong', async () => {
  const wrongs: string[] = []
  for (let seed = 1; seed <= 60; seed += 1) wrongs.push(...(await seededRun(benches, seed)))
  expect(wrongs).toEqual([])
}, 120_000)
