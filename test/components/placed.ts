import { describe, expect, test } from '@jest/globals'
import type { Placement, PlacementTarget } from '#components/component.ts'
import { placementsOf } from '#components/registry.ts'
import { asked, deployment, infra, type Told } from './workloads.ts'

export const fleetNs = 'cattle-fleet-system'
export const byFleet = (version: string, more: Partial<Told> = {}): Partial<Told> => ({
  origin: { name: 'fleet', namespace: fleetNs, chart: 'fleet', chartVersion: version },
  images: [`rancher/fleet:v${version.replace(/^.*\+up/, '')}`],
  ...more,
})

export const rancherServer = deployment('cattle-system', 'rancher', 'rancher/rancher:v2.11.1')
export const k3sNode = (annotations: object = {}, kubeletVersion = 'v1.32.3+k3s1') => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'n1', annotations },
  status: { nodeInfo: { kubeletVersion } },
})

/** A workload, its natural place in one line, and whether that reaches it. */
export type Row = readonly [rule: string, told: Told, natural: string, reach: string, says?: RegExp]

/** A target in one line: kind, path, and what holds it. */
export function line({ kind, path = '', release: held, resource, namespace, name }: PlacementTarget): string {
  return [kind, path, held ?? [resource, namespace, name].filter((part) => part !== undefined).join('/')]
    .filter((part) => part !== '')
    .join(' ')
}

const reachOf = ({ reach }: Placement) =>
  reach.kind === 'NotReached' ? ['NotReached', ...reach.mendedIn].join(' ') : reach.kind
const words = (place: Placement) => [place.evidence, ...place.warnings, ...place.afterwards].join('\n')

/** One test a row: the natural place of a workload that lacks `dedicated=infra:NoSchedule`. */
export function checkPlaces(system: string, rows: readonly Row[]): void {
  describe(`places of ${system}`, () => {
    for (const [rule, told, natural, reach, says] of rows) {
      test(rule, () => {
        const [first] = placementsOf(asked(told), [infra])
        expect(first === undefined ? undefined : [line(first.target), reachOf(first)]).toEqual([natural, reach])
        if (says !== undefined && first !== undefined) expect(words(first)).toMatch(says)
      })
    }
  })
}
