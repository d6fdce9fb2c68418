import { spawnSync } from 'node:child_process'
import { describe, expect, test } from '@jest/globals'

describe('docs/components.md', () => {
  test('is what the registry says', () => {
    const run = spawnSync(process.execPath, ['scripts/component-docs.mjs', '--check'], { encoding: 'utf8' })
    expect([run.status, run.stderr]).toEqual([0, ''])
  })
})
