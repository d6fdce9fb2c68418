import type { Pod } from '#model/api/pod.ts'
import type { MissingRead } from '#model/cluster-state.ts'
import type { ClusterView, NodeView, PodGroup } from '#scheduler/framework/cluster-view.ts'
import type { PodName } from '#scheduler/framework/fact.ts'
import type { Rules } from '#scheduler/framework/rules.ts'
import { bearersIn, type Carried, carriedIn } from './carried.ts'
import { existingLooksAt, takes } from './term.ts'

/** The anti-affinity of running Pods against one incoming Pod. */
export interface Existing {
  /** Topology keys of matching terms, sorted. */
  readonly keys: readonly ExistingKey[]
  /** Reads that might show more Pods with such terms. */
  readonly unread: readonly MissingRead[]
  /** At most three of the Pods that keep the incoming one out of a domain. */
  podsIn(key: string, value: string): readonly PodName[]
}

export interface ExistingKey {
  readonly key: string
  /** Values whose nodes are taken for certain. */
  readonly taken: ReadonlySet<string>
  /** Values whose nodes may be taken; `unread` tells what would show it. */
  readonly maybe: ReadonlySet<string>
  readonly unread: MissingRead | undefined
}

/**
 * Finds the running Pods whose anti-affinity is against the incoming Pod; terminating ones count.
 * @see interpodaffinity/filtering.go getExistingAntiAffinityCounts (kubernetes v1.36.2)
 */
export function existingAgainst(pod: Pod, cluster: ClusterView, rules: Rules): Existing {
  const namespace = pod.metadata.namespace ?? ''
  const labels = pod.metadata.labels ?? {}
  const sure: Carried[] = []
  const unsure: Carried[] = []
  let namespaceRead: MissingRead | undefined
  const { byNamespace, elsewhere } = carriedIn(cluster, rules)
  for (const carried of [...(byNamespace.get(namespace) ?? []), ...elsewhere]) {
    if (!takes(carried.term, labels)) continue
    const looksAt = existingLooksAt(carried.term, namespace, cluster)
    if (looksAt === true) sure.push(carried)
    else if (looksAt !== false) {
      unsure.push(carried)
      namespaceRead = looksAt
    }
  }
  const taken = valuesByKey(sure)
  const maybe = valuesByKey(unsure)
  const keys = [...new Set([...taken.keys(), ...maybe.keys()])].sort().map(
    (key): ExistingKey => ({
      key,
      taken: taken.get(key) ?? nothing,
      maybe: maybe.get(key) ?? nothing,
      unread: namespaceRead,
    }),
  )
  const unread = [cluster.missing('nodes'), cluster.missing('pods')].filter((read) => read !== undefined)
  return { keys, unread, podsIn: (key, value) => podsIn(sure, key, value, cluster) }
}

const nothing: ReadonlySet<string> = new Set()

function valuesByKey(all: readonly Carried[]): ReadonlyMap<string, ReadonlySet<string>> {
  const byKey = new Map<string, ReadonlySet<string>>()
  const own = new Map<string, Set<string>>()
  for (const { term, values } of all) {
    if (values.size === 0) continue
    const { key } = term
    const known = byKey.get(key)
    if (known === undefined) {
      byKey.set(key, values)
      continue
    }
    const union = own.get(key) ?? new Set(known)
    for (const value of values) union.add(value)
    own.set(key, union)
    byKey.set(key, union)
  }
  return byKey
}

function podsIn(all: readonly Carried[], key: string, value: string, cluster: ClusterView): readonly PodName[] {
  const names = new Set<PodName>()
  for (const carried of all) {
    if (carried.term.key !== key) continue
    for (const { node, group } of bearersIn(carried, value, cluster)) {
      addNames(names, node, group)
      if (names.size >= 3) return [...names]
    }
  }
  return [...names]
}

/** Adds the node's Pods that carry the group's terms; their labels play no part in that. */
function addNames(names: Set<PodName>, node: NodeView, group: PodGroup): void {
  for (const { metadata, spec } of node.pods) {
    if (names.size >= 3) return
    if (metadata.namespace !== group.pod.metadata.namespace) continue
    if (!same(spec.affinity?.podAntiAffinity, group.pod.spec.affinity?.podAntiAffinity)) continue
    names.add(`${metadata.namespace ?? ''}/${metadata.name ?? ''}`)
  }
}

function same(one: object | undefined, other: object | undefined): boolean {
  return one === other || (one !== undefined && JSON.stringify(one) === JSON.stringify(other))
}
