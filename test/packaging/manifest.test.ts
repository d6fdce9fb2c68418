import { spawnSync } from 'node:child_process'
import { expect, test } from '@jest/globals'

test('plugin.yaml is what npm run manifest writes, but for the sums of the archives', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/manifest.mjs', '--verify'], { encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
})
