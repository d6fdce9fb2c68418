import { describe, expect, test } from '@jest/globals'
import { placementsOf } from '#components/registry.ts'
import type { Toleration } from '#model/api/pod.ts'
import { line } from './placed.ts'
import { workload } from './recognised.ts'
import { asked } from './workloads.ts'

const system: Toleration = { key: 'CriticalAddonsOnly', operator: 'Equal', value: 'true', effect: 'NoExecute' }
const other: Toleration = { key: 'vendor', operator: 'Equal', value: 'x', effect: 'NoSchedule' }
const chart = (bootstrap: boolean) => ({
  apiVersion: 'helm.cattle.io/v1',
  kind: 'HelmChart',
  metadata: { name: 'traefik', namespace: 'kube-system' },
  spec: { bootstrap },
})

describe('the Jobs of a HelmChart tolerate a fixed list with spec.bootstrap', () => {
  const rows: readonly [rule: string, wanted: readonly Toleration[], isOn: boolean, offered: boolean][] = [
    ['it is offered where that list is enough', [system], false, true],
    ['it is passed over where it is set already', [system], true, false],
    ['it is passed over where the list lacks a taint', [system, other], false, false],
  ]
  for (const [rule, wanted, isOn, offered] of rows) {
    test(rule, () => {
      const [natural, ...others] = placementsOf(asked(workload('k3s/helm-install', { beside: [chart(isOn)] })), wanted)
      expect(natural?.target.kind).toBe('None')
      const found = others.filter(({ sets }) => sets.some(({ path }) => path === 'spec.bootstrap'))
      expect(found.map(({ target }) => line(target))).toEqual(
        offered ? ['CustomResource spec.bootstrap HelmChart.helm.cattle.io/kube-system/traefik'] : [],
      )
      expect(found.every(({ brings, apply }) => brings === true && apply.length === 1)).toBe(true)
    })
  }
})
