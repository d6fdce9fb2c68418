import type { Node } from '#model/api/node.ts'
import type { Pod } from '#model/api/pod.ts'
import type { ClusterState, Listing, MissingRead } from '#model/cluster-state.ts'
import type { SchedulerKind, SchedulerKinds } from '#model/kinds.ts'
import { oncePer } from '#model/once-per.ts'
import type { Labels } from '#model/selector.ts'

/** A node and the Pods that occupy it, as the scheduler counts them. */
export interface NodeView {
  readonly name: string
  readonly node: Node
  readonly labels: Labels
  /** Every Pod with this node's name that is not finished, terminating ones too. */
  readonly pods: readonly Pod[]
  /** The same Pods, alike ones together. */
  readonly groups: readonly PodCount[]
}

export interface PodCount {
  readonly group: PodGroup
  readonly count: number
}

/** Pods that no label selector and no anti-affinity of theirs can tell apart. */
export interface PodGroup {
  /** Index of the group: 0, 1, 2, ... within one view. */
  readonly id: number
  readonly namespace: string
  readonly labels: Labels
  readonly terminating: boolean
  /** One of them. */
  readonly pod: Pod
}

export type Found<T> =
  | { readonly kind: 'found'; readonly object: T }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly read: MissingRead }

/** What the plugins see of a cluster: its nodes with their Pods, and every other object by name. */
export interface ClusterView {
  readonly state: ClusterState
  readonly nodes: readonly NodeView[]
  /** Every group of Pods on any node, by id. */
  readonly groups: readonly PodGroup[]
  /** The same object for all views that have the same nodes with the same labels, whatever runs there. */
  readonly layout: object
  list<K extends SchedulerKind>(kind: K): Listing<SchedulerKinds[K]>
  /** Finds an object by name; `namespace` is `''` for cluster-wide kinds. */
  find<K extends SchedulerKind>(kind: K, namespace: string, name: string): Found<SchedulerKinds[K]>
  /** What is missing of a kind, in one namespace or (without it) anywhere; undefined where all of it was read. */
  missing(kind: SchedulerKind, namespace?: string): MissingRead | undefined
  /** The same cluster with one more Pod on a node. */
  withPod(pod: Pod, node: string): ClusterView
  /** The same cluster with this node alone. */
  onlyNode(name: string): ClusterView
}

/** How a view came from another by one more Pod. */
export interface Growth {
  readonly base: ClusterView
  /** The node's place in `ClusterView.nodes`. */
  readonly at: number
  /** What the Pod is one of. */
  readonly group: PodGroup
}

const growths = new WeakMap<ClusterView, Growth>()

/** Hands over how a view came from another, once, so that a long row of views does not stay in memory. */
export function takeGrowth(view: ClusterView): Growth | undefined {
  const growth = growths.get(view)
  growths.delete(view)
  return growth
}

/** The view of a cluster state; made once for each state. */
export const viewOf = oncePer(makeView)

function makeView(state: ClusterState): ClusterView {
  const grouping = new Grouping()
  const podsOf = new Map<string, Pod[]>()
  for (const node of state.lists.nodes.items) podsOf.set(node.metadata.name ?? '', [])
  for (const pod of state.lists.pods.items) {
    if (occupiesNode(pod)) podsOf.get(pod.spec.nodeName ?? '')?.push(pod)
  }
  const nodes = state.lists.nodes.items.map((node): NodeView => {
    const name = node.metadata.name ?? ''
    const pods = podsOf.get(name) ?? []
    return { name, node, labels: node.metadata.labels ?? {}, pods, groups: grouping.count(pods) }
  })
  return assemble(state, nodes, grouping, indexOf(state), {})
}

/** Whether the Pod takes its node's room: it has one and is not finished. */
export function occupiesNode(pod: Pod): boolean {
  return (pod.spec.nodeName ?? '') !== '' && pod.status.phase !== 'Succeeded' && pod.status.phase !== 'Failed'
}

type Find = ClusterView['find']

function assemble(
  state: ClusterState,
  nodes: readonly NodeView[],
  grouping: Grouping,
  find: Find,
  layout: object,
): ClusterView {
  const missing: ClusterView['missing'] = (kind, namespace) => {
    const listing = state.lists[kind]
    if (listing.missing === undefined) return undefined
    return namespace !== undefined && listing.readNamespaces?.includes(namespace) ? undefined : listing.missing
  }
  const view: ClusterView = {
    state,
    nodes,
    groups: grouping.groups,
    layout,
    list: (kind) => state.lists[kind],
    find,
    missing,
    withPod(pod, name) {
      const at = nodes.findIndex((node) => node.name === name)
      const node = nodes[at]
      if (node === undefined) return view
      const placed: Pod = { ...pod, spec: { ...pod.spec, nodeName: name } }
      const { group, groups } = grouping.oneMore(placed, node.groups)
      const changed = nodes.with(at, { ...node, pods: [...node.pods, placed], groups })
      const grown = assemble(state, changed, grouping, find, layout)
      growths.set(grown, { base: view, at, group })
      return grown
    },
    onlyNode(name) {
      const own = nodes.filter((node) => node.name === name)
      return assemble(state, own, grouping, find, {})
    },
  }
  return view
}

function indexOf(state: ClusterState): Find {
  const indexes = new Map<SchedulerKind, ReadonlyMap<string, unknown>>()
  return <K extends SchedulerKind>(kind: K, namespace: string, name: string): Found<SchedulerKinds[K]> => {
    const listing: Listing<SchedulerKinds[K]> = state.lists[kind]
    let index = indexes.get(kind) as ReadonlyMap<string, SchedulerKinds[K]> | undefined
    if (index === undefined) {
      index = new Map(
        listing.items.map((item) => [`${item.metadata.namespace ?? ''}/${item.metadata.name ?? ''}`, item]),
      )
      indexes.set(kind, index)
    }
    const object = index.get(`${namespace}/${name}`)
    if (object !== undefined) return { kind: 'found', object }
    if (listing.missing === undefined || listing.readNamespaces?.includes(namespace)) return { kind: 'absent' }
    return { kind: 'unknown', read: listing.missing }
  }
}

/** Puts Pods that selectors cannot tell apart into one group. */
class Grouping {
  readonly groups: PodGroup[] = []
  readonly #known = new Map<string, PodGroup>()
  readonly #texts = new WeakMap<object, string>()

  count(pods: readonly Pod[]): readonly PodCount[] {
    const counts = new Map<PodGroup, number>()
    for (const pod of pods) {
      const group = this.#groupOf(pod)
      counts.set(group, (counts.get(group) ?? 0) + 1)
    }
    return [...counts].map(([group, count]) => ({ group, count }))
  }

  /** The counts with one Pod more, and its group. */
  oneMore(pod: Pod, counts: readonly PodCount[]): { group: PodGroup; groups: readonly PodCount[] } {
    const group = this.#groupOf(pod)
    const at = counts.findIndex((one) => one.group === group)
    const count = (counts[at]?.count ?? 0) + 1
    return { group, groups: at === -1 ? [...counts, { group, count }] : counts.with(at, { group, count }) }
  }

  #groupOf(pod: Pod): PodGroup {
    const namespace = pod.metadata.namespace ?? ''
    const terminating = pod.metadata.deletionTimestamp !== undefined
    const antiAffinity = pod.spec.affinity?.podAntiAffinity
    const key = `${namespace} ${terminating} ${this.#text(pod.metadata.labels)} ${this.#text(antiAffinity)}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const group: PodGroup = { id: this.groups.length, namespace, labels: pod.metadata.labels ?? {}, terminating, pod }
    this.groups.push(group)
    this.#known.set(key, group)
    return group
  }

  #text(part: object | undefined): string {
    if (part === undefined) return ''
    const known = this.#texts.get(part)
    if (known !== undefined) return known
    const text = JSON.stringify(part)
    this.#texts.set(part, text)
    return text
  }
}
