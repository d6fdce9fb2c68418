import { fleetWorkloads } from './rows/fleet.ts'
import { otherWorkloads } from './rows/others.ts'
import { rancherWorkloads } from './rows/rancher.ts'
import type { Known, Told } from './workloads.ts'

/** Every component id, each by a workload built from what is known of it. */
export const recognised: readonly Known[] = [...fleetWorkloads, ...rancherWorkloads, ...otherWorkloads]

/** The first workload of this id in the table of recognition, with other facts. */
export function workload(id: string, more: Partial<Told> = {}): Told {
  const told = recognised.find(([known]) => known === id)?.[1]
  if (told === undefined) throw new Error(`no workload of ${id}`)
  return { ...told, ...more }
}
