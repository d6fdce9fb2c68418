import { labelOf } from '#model/selector.ts'
import type { ClusterView } from './cluster-view.ts'

/** The domains that one label makes of a cluster's nodes, numbered. */
export interface Topology {
  /** How many different values the label has. */
  readonly size: number
  /** The number of a value; undefined where no node has it. */
  idOf(value: string): number | undefined
  /** The domain of each node of `ClusterView.nodes`; -1 where it lacks the label. */
  readonly domainOf: Int32Array
}

const topologies = new WeakMap<object, Map<string, Topology>>()

/** The domains of a topology key; made once for each layout of nodes and key. */
export function topologyOf(view: ClusterView, key: string): Topology {
  let byKey = topologies.get(view.layout)
  if (byKey === undefined) {
    byKey = new Map()
    topologies.set(view.layout, byKey)
  }
  let topology = byKey.get(key)
  if (topology === undefined) {
    topology = makeTopology(view, key)
    byKey.set(key, topology)
  }
  return topology
}

function makeTopology(view: ClusterView, key: string): Topology {
  const ids = new Map<string, number>()
  const domainOf = new Int32Array(view.nodes.length).fill(-1)
  view.nodes.forEach(({ labels }, at) => {
    const value = labelOf(labels, key)
    if (value === undefined) return
    const id = ids.get(value) ?? ids.size
    ids.set(value, id)
    domainOf[at] = id
  })
  return { size: ids.size, idOf: (value) => ids.get(value), domainOf }
}
