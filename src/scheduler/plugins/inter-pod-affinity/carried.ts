import { labelOf } from '#model/selector.ts'
import type { ClusterView, NodeView, PodGroup } from '#scheduler/framework/cluster-view.ts'
import { type PodIndex, podIndexOf } from '#scheduler/framework/pod-index.ts'
import type { Rules } from '#scheduler/framework/rules.ts'
import { antiAffinityOf, type Term } from './term.ts'

/** A required anti-affinity term that running Pods carry, and where they stand. */
export interface Carried {
  readonly term: Term
  readonly groups: PodGroup[]
  /** Values of the term's topology key on the nodes of these Pods. */
  readonly values: Set<string>
}

/** Every anti-affinity term there is, alike ones once. */
export interface CarriedTerms {
  /** Terms that name their namespaces, under each of these. */
  readonly byNamespace: ReadonlyMap<string, readonly Carried[]>
  /** Terms that select namespaces by label, maybe besides naming some. */
  readonly elsewhere: readonly Carried[]
}

const known = new WeakMap<ClusterView, CarriedTerms>()

/** The anti-affinity terms of a cluster's running Pods; made once for each view. */
export function carriedIn(cluster: ClusterView, rules: Rules): CarriedTerms {
  const before = known.get(cluster)
  if (before !== undefined) return before
  // The rules only choose the words of an error; which terms can be parsed is the same in every release.
  const terms = gather(cluster, rules)
  known.set(cluster, terms)
  return terms
}

/** Who carries a term: a node and the group of its Pods that does. */
export interface Bearer {
  readonly node: NodeView
  readonly group: PodGroup
}

const bearers = new WeakMap<Carried, ReadonlyMap<string, readonly Bearer[]>>()

/** Who carries the term in a domain; sorted out for all domains when first asked. */
export function bearersIn(carried: Carried, value: string, cluster: ClusterView): readonly Bearer[] {
  let byValue = bearers.get(carried)
  if (byValue === undefined) {
    byValue = bearersByValue(carried, podIndexOf(cluster))
    bearers.set(carried, byValue)
  }
  return byValue.get(value) ?? []
}

function bearersByValue({ term, groups }: Carried, index: PodIndex): ReadonlyMap<string, readonly Bearer[]> {
  const byValue = new Map<string, Bearer[]>()
  for (const group of groups) {
    for (const { node } of index.placesOf(group)) {
      const value = labelOf(node.labels, term.key)
      if (value === undefined) continue
      const known = byValue.get(value)
      if (known === undefined) byValue.set(value, [{ node, group }])
      else known.push({ node, group })
    }
  }
  return byValue
}

function gather(cluster: ClusterView, rules: Rules): CarriedTerms {
  const index = podIndexOf(cluster)
  const single = new Map<string, Carried>()
  const lists = new Map<string, readonly Carried[]>()
  for (const [namespace, { groups }] of index.namespaces) {
    for (const group of groups) {
      const terms = group.pod.spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []
      if (terms.length === 0) continue
      const text = `${namespace} ${JSON.stringify(terms)}`
      let list = lists.get(text)
      if (list === undefined) {
        list = antiAffinityOf(group.pod, rules).map((term) => entryFor(term, single))
        lists.set(text, list)
      }
      for (const carried of list) addPlaces(carried, group, index)
    }
  }
  return sorted(single.values())
}

function addPlaces(carried: Carried, group: PodGroup, index: PodIndex): void {
  carried.groups.push(group)
  for (const { node } of index.placesOf(group)) {
    const value = labelOf(node.labels, carried.term.key)
    if (value !== undefined) carried.values.add(value)
  }
}

function entryFor(term: Term, all: Map<string, Carried>): Carried {
  const text = JSON.stringify([...term.namespaces, term.raw])
  let carried = all.get(text)
  if (carried === undefined) {
    carried = { term, groups: [], values: new Set() }
    all.set(text, carried)
  }
  return carried
}

function sorted(all: Iterable<Carried>): CarriedTerms {
  const byNamespace = new Map<string, Carried[]>()
  const elsewhere: Carried[] = []
  for (const carried of all) {
    if (carried.term.namespaceSelector !== undefined) elsewhere.push(carried)
    else {
      for (const namespace of carried.term.namespaces) {
        const list = byNamespace.get(namespace)
        if (list === undefined) byNamespace.set(namespace, [carried])
        else list.push(carried)
      }
    }
  }
  return { byNamespace, elsewhere }
}
