import { runtimeOverhead } from './containers.ts'
import { addDevices } from './devices.ts'
import { addNodes } from './nodes.ts'
import { addPods } from './pods.ts'
import { addStorage } from './volumes.ts'
import { type Focus, focuses, type Item, World } from './world.ts'

export interface GeneratedCluster {
  readonly id: string
  readonly items: readonly Item[]
}

/** A random cluster as an API server would hold it; the same seed and focus give the same one. */
export function generateCluster(seed: number, focus: Focus | 'mix'): GeneratedCluster {
  const world = new World(seed, focus)
  addNodes(world)
  world.add({
    apiVersion: 'node.k8s.io/v1',
    kind: 'RuntimeClass',
    metadata: { name: 'heavy' },
    handler: 'heavy',
    overhead: { podFixed: runtimeOverhead },
  })
  addStorage(world)
  addDevices(world)
  addPods(world)
  return { id: `${focus}-${seed}`, items: world.items }
}

/** What the n-th cluster of a run leans on where nothing is asked for: each in turn, every other one a mixture. */
export function focusOf(index: number): Focus | 'mix' {
  return index % 2 === 1 ? 'mix' : (focuses[(index / 2) % focuses.length] ?? 'mix')
}
