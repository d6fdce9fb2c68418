import type { LabelSelector } from '#model/api/meta.ts'
import { labelOf } from '#model/selector.ts'
import { type ClusterView, type NodeView, type PodGroup, takeGrowth } from './cluster-view.ts'

/** Where Pods of one group run. */
export interface Place {
  /** The node as it was when the last Pod of the group came; what else runs there may have changed. */
  readonly node: NodeView
  /** The node's place in `ClusterView.nodes`. */
  readonly at: number
  readonly count: number
}

/** The running Pods of a cluster the other way round, so that a selector is asked once for each group and of few groups. */
export interface PodIndex {
  /** What runs anywhere, by namespace. */
  readonly namespaces: ReadonlyMap<string, NamespaceIndex>
  /** The nodes a group runs on. */
  placesOf(group: PodGroup): readonly Place[]
  /** The same object for all indexes that hold the same Pods with anti-affinity. */
  readonly carriers: object
  /** The index with one Pod more. */
  grown(node: NodeView, at: number, group: PodGroup): PodIndex
}

/** The groups of one namespace that run anywhere. */
export interface NamespaceIndex {
  readonly groups: readonly PodGroup[]
  /** Those of them that require anti-affinity. */
  readonly carrying: readonly PodGroup[]
  /** All groups that the selector may match, and some it does not. */
  candidates(selector: LabelSelector | undefined): readonly PodGroup[]
}

const indexes = new WeakMap<ClusterView, PodIndex>()

/** The index of a view; made once for each view, and from the one before where a Pod was added to it. */
export function podIndexOf(view: ClusterView): PodIndex {
  const known = indexes.get(view)
  if (known !== undefined) return known
  const index = grownIndex(view) ?? makeIndex(view)
  indexes.set(view, index)
  return index
}

function grownIndex(view: ClusterView): PodIndex | undefined {
  const growth = takeGrowth(view)
  const base = growth === undefined ? undefined : indexes.get(growth.base)
  const node = growth === undefined ? undefined : view.nodes[growth.at]
  if (growth === undefined || base === undefined || node === undefined) return undefined
  return base.grown(node, growth.at, growth.group)
}

function makeIndex(view: ClusterView): PodIndex {
  const namespaces = new Map<string, PodGroup[]>()
  const places: Place[][] = []
  view.nodes.forEach((node, at) => {
    for (const { group, count } of node.groups) {
      const known = places[group.id]
      if (known !== undefined) {
        known.push({ node, at, count })
        continue
      }
      places[group.id] = [{ node, at, count }]
      const groups = namespaces.get(group.namespace)
      if (groups === undefined) namespaces.set(group.namespace, [group])
      else groups.push(group)
    }
  })
  const indexed = new Map([...namespaces].map(([namespace, groups]) => [namespace, namespaceIndex(groups)]))
  return indexFrom(indexed, places, {})
}

type Places = readonly (readonly Place[] | undefined)[]

function indexFrom(namespaces: ReadonlyMap<string, NamespaceIndex>, places: Places, carriers: object): PodIndex {
  return {
    namespaces,
    placesOf: (group) => places[group.id] ?? [],
    carriers,
    grown(node, at, group) {
      const before = places[group.id] ?? []
      const own = before.findIndex((place) => place.at === at)
      const place = { node, at, count: (before[own]?.count ?? 0) + 1 }
      const changed = places.slice()
      changed[group.id] = own === -1 ? [...before, place] : before.with(own, place)
      const known = before.length > 0
      return indexFrom(
        known ? namespaces : withGroup(namespaces, group),
        changed,
        group.pod.spec.affinity?.podAntiAffinity === undefined ? carriers : {},
      )
    },
  }
}

function withGroup(
  namespaces: ReadonlyMap<string, NamespaceIndex>,
  group: PodGroup,
): ReadonlyMap<string, NamespaceIndex> {
  const groups = [...(namespaces.get(group.namespace)?.groups ?? []), group]
  return new Map([...namespaces, [group.namespace, namespaceIndex(groups)]])
}

function namespaceIndex(groups: readonly PodGroup[]): NamespaceIndex {
  const byKey = new Map<string, ReadonlyMap<string, readonly PodGroup[]>>()
  const valuesOf = (key: string): ReadonlyMap<string, readonly PodGroup[]> => {
    let values = byKey.get(key)
    if (values === undefined) {
      values = byValue(groups, key)
      byKey.set(key, values)
    }
    return values
  }
  const carrying = groups.filter(({ pod }) => pod.spec.affinity?.podAntiAffinity !== undefined)
  return {
    groups,
    carrying,
    candidates(selector) {
      if (selector === undefined) return []
      const wanted = wantedLabel(selector)
      if (wanted === undefined) return groups
      const values = valuesOf(wanted.key)
      const [only, ...others] = wanted.values
      if (only !== undefined && others.length === 0) return values.get(only) ?? []
      return [...new Set(wanted.values)].flatMap((value) => values.get(value) ?? [])
    },
  }
}

function byValue(groups: readonly PodGroup[], key: string): ReadonlyMap<string, readonly PodGroup[]> {
  const values = new Map<string, PodGroup[]>()
  for (const group of groups) {
    const value = labelOf(group.labels, key)
    if (value === undefined) continue
    const known = values.get(value)
    if (known === undefined) values.set(value, [group])
    else known.push(group)
  }
  return values
}

/** A label that everything the selector matches carries, with one of these values. */
function wantedLabel(selector: LabelSelector): { key: string; values: readonly string[] } | undefined {
  for (const [key, value] of Object.entries(selector.matchLabels ?? {})) return { key, values: [value] }
  const listed = selector.matchExpressions?.find(({ operator }) => operator === 'In')
  return listed === undefined ? undefined : { key: listed.key ?? '', values: listed.values ?? [] }
}
