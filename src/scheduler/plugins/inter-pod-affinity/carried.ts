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

const known = new WeakMap<object, CarriedTerms>()

/** The anti-affinity terms of a cluster's running Pods; made once for all views that have the same of them. */
export function carriedIn(cluster: ClusterView, rules: Rules): CarriedTerms {
  const { carriers } = podIndexOf(cluster)
  const before = known.get(carriers)
  if (before !== undefined) return before
  // The rules only choose the words of an error; which terms can be parsed is the same in every release.
  const terms = gather(cluster, rules)
  known.set(carriers, terms)
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
  const all = new Map<string, Carried>()
  for (const { carrying } of index.namespaces.values()) {
    for (const group of carrying) {
      for (const keyed of termsOf(group, rules)) addPlaces(entryFor(keyed, all), group, index)
    }
  }
  return sorted(all.values())
}

/** A term, and a text that is the same for the same terms. */
interface KeyedTerm {
  readonly term: Term
  readonly text: string
}

/** By the list of terms as it was read, which alike Pods share; then by namespace. */
const parsed = new WeakMap<object, Map<string, readonly KeyedTerm[]>>()

function termsOf({ pod, namespace }: PodGroup, rules: Rules): readonly KeyedTerm[] {
  const raw = pod.spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? none
  let byNamespace = parsed.get(raw)
  if (byNamespace === undefined) {
    byNamespace = new Map()
    parsed.set(raw, byNamespace)
  }
  let terms = byNamespace.get(namespace)
  if (terms === undefined) {
    terms = antiAffinityOf(pod, rules).map((term) => ({ term, text: JSON.stringify([...term.namespaces, term.raw]) }))
    byNamespace.set(namespace, terms)
  }
  return terms
}

const none: readonly never[] = Object.freeze([])

function addPlaces(carried: Carried, group: PodGroup, index: PodIndex): void {
  carried.groups.push(group)
  for (const { node } of index.placesOf(group)) {
    const value = labelOf(node.labels, carried.term.key)
    if (value !== undefined) carried.values.add(value)
  }
}

function entryFor({ term, text }: KeyedTerm, all: Map<string, Carried>): Carried {
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
