import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { demoClusters } from './cluster.ts'

const command = fileURLToPath(new URL('./run.ts', import.meta.url))

test('the demo shows every Pod that waits, and leaves the terminal with code 0', async () => {
  const { code, stdout, stderr } = await demo()
  expect([code, stderr]).toEqual([0, expect.stringContaining('$ kubectl taintdoctor explain -A --context platform')])
  for (const { objects } of demoClusters(new Date())) {
    const pods = objects.filter(({ kind, spec }) => kind === 'Pod' && !(spec as { nodeName?: string }).nodeName)
    // The CronJob's Job is called after the minute it was made in.
    for (const { metadata } of pods) expect(stdout).toContain(metadata.name.replace(/-\d{8}-\w+$/, ''))
  }
}, 60_000)

function demo(): Promise<{ code: unknown; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [command], { encoding: 'utf8' }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : error.code, stdout, stderr })
    })
  })
}
