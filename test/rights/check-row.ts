import { expect } from '@jest/globals'
import type { ExplainReport } from '#report/explain-report.ts'
import { wrongsOf } from '#test/faults/oracle.ts'
import type { Ran } from '#test/support/run-program.ts'
import type { RightsRow } from './rows.ts'

/** Holds a user's answers, as JSON and as text, against the administrator's. */
export function checkRow({ lacks, undetermined, says = [], error }: RightsRow, json: Ran, text: Ran, admin: Ran): void {
  expect(wrongsOf(json, admin)).toEqual([])
  if (error !== undefined) {
    expect([json.code, json.stdout, text.code, text.stdout]).toEqual([3, '', 3, ''])
    expect(text.stderr).toMatch(error)
    return
  }
  const [mine] = (JSON.parse(json.stdout) as ExplainReport).clusters
  const [right] = (JSON.parse(admin.stdout) as ExplainReport).clusters
  const missing = mine?.incomplete ?? []
  expect([...new Set(missing.map(({ resource }) => resource))].sort()).toEqual(lacks)
  for (const read of missing)
    expect(read).toMatchObject({ reason: 'Forbidden', consequence: expect.stringMatching(/\w/) })
  const states = (cluster: typeof mine): Record<string, string> =>
    Object.fromEntries(
      (cluster?.diagnoses ?? []).flatMap(({ pods, state }) => pods.map(({ name }): [string, string] => [name, state])),
    )
  const expected = Object.fromEntries(
    Object.entries(states(right)).map(([name, state]) => [name, undetermined.includes(name) ? 'Undetermined' : state]),
  )
  expect(states(mine)).toEqual(expected)
  for (const { state, message, pods } of mine?.diagnoses ?? []) {
    if (state === 'Undetermined') expect([pods[0]?.name, message]).toEqual([pods[0]?.name, null])
  }
  for (const word of says) expect(text.stdout).toContain(word)
}
