import { describe, expect, test } from '@jest/globals'
import { ran } from './control-plane.ts'

/** A control plane that may be wiped: another one than the other tests'. */
const kubeconfig = process.env.DIFFERENTIAL_KUBECONFIG
const testLive = kubeconfig === undefined ? test.skip : test

describe('random clusters on a real control plane', () => {
  testLive(
    'ten of them are judged as kube-scheduler does',
    () => {
      const env = { ...process.env, KUBECONFIG: kubeconfig }
      const { code, stdout } = ran(
        process.execPath,
        ['test/differential/run.ts', '--count', '10', '--no-shrink'],
        '',
        env,
      )
      expect(stdout).toContain(' 0 clusters that differ')
      expect(code).toBe(0)
    },
    300_000,
  )
})
