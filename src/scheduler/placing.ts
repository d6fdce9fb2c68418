import type { Pod } from '#model/api/pod.ts'
import { evaluate, type NodeVerdict } from './evaluate.ts'
import type { ClusterView, NodeView } from './framework/cluster-view.ts'
import type { FilterReady, Plugin, PluginName } from './framework/plugin.ts'
import type { Rules } from './framework/rules.ts'
import { profileOf } from './registry.ts'

/** Plugins whose word on a node can change with a copy on another. All others look at the node's own Pods alone. */
const farSighted: ReadonlySet<PluginName> = new Set([
  'VolumeRestrictions',
  'PodTopologySpread',
  'InterPodAffinity',
  'DynamicResources',
])

/** Of those, the ones that a copy elsewhere may also win over; a node that any other plugin rejects stays rejected. */
const persuadable: ReadonlySet<PluginName> = new Set(['PodTopologySpread', 'InterPodAffinity'])

/**
 * Places copies of one Pod, and judges after each only what it may have changed: its own node by every plugin, the
 * others by those that look beyond a node, and these only until one is found.
 */
export class Placing {
  readonly #pod: Pod
  readonly #rules: Rules
  readonly #near: readonly FilterReady[]
  /** Nodes that are open or may become so, by how many copies they have; in the cluster's order. */
  readonly #candidates: number[][]
  #view: ClusterView
  #far: readonly FilterReady[] | undefined

  constructor(pod: Pod, cluster: ClusterView, rules: Rules) {
    const { podBlockers, podUnknown, nodes } = evaluate(pod, cluster, rules)
    const none = podBlockers.length > 0 || podUnknown.length > 0
    this.#pod = pod
    this.#rules = rules
    this.#view = cluster
    this.#candidates = [none ? [] : nodes.flatMap((verdict, at) => (mayOpen(verdict) ? [at] : []))]
    this.#near = this.#ready((plugin) => !farSighted.has(plugin.name)) ?? []
    this.#far = this.#ready((plugin) => farSighted.has(plugin.name))
  }

  /** Puts a copy on the open node that has the fewest of them, and says which; undefined where none is open. */
  place(copy: Pod): string | undefined {
    for (const [count, places] of this.#candidates.entries()) {
      const index = places.findIndex((at) => this.#isOpen(this.#view.nodes[at]))
      const at = places[index]
      const name = at === undefined ? undefined : this.#view.nodes[at]?.name
      if (at === undefined || name === undefined) continue
      this.#view = this.#view.withPod(copy, name)
      this.#far = this.#ready((plugin) => farSighted.has(plugin.name))
      places.splice(index, 1)
      const node = this.#view.nodes[at]
      if (node !== undefined && passes(node, this.#near)) this.#add(at, count + 1)
      return name
    }
    return undefined
  }

  #add(at: number, count: number): void {
    const places = this.#candidates[count] ?? []
    this.#candidates[count] = places
    const before = places.findLastIndex((other) => other < at)
    places.splice(before + 1, 0, at)
  }

  #isOpen(node: NodeView | undefined): boolean {
    return node !== undefined && this.#far !== undefined && passes(node, this.#far)
  }

  /** Makes plugins ready for the cluster as it is; undefined where one of them lets no node pass. */
  #ready(which: (plugin: Plugin) => boolean): readonly FilterReady[] | undefined {
    const ready: FilterReady[] = []
    for (const plugin of profileOf(this.#rules).filter(which)) {
      const prepared = plugin.prepare(this.#pod, this.#view, this.#rules)
      if (prepared.kind === 'skip') continue
      if (prepared.kind !== 'filter') return undefined
      ready.push(prepared)
    }
    return ready
  }
}

function mayOpen({ blockers, unknown }: NodeVerdict): boolean {
  return [...blockers, ...unknown].every(({ plugin }) => persuadable.has(plugin))
}

function passes(node: NodeView, ready: readonly FilterReady[]): boolean {
  return ready.every(({ only, filter }) => (only === undefined || only.has(node.name)) && filter(node).kind === 'fits')
}
