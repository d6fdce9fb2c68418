import type { Pod } from '#model/api/pod.ts'
import type { MissingRead } from '#model/cluster-state.ts'
import { labelOf } from '#model/selector.ts'
import type { ClusterView } from '#scheduler/framework/cluster-view.ts'
import { podIndexOf } from '#scheduler/framework/pod-index.ts'
import type { Rules } from '#scheduler/framework/rules.ts'
import { every, incomingLooksAt, type Match, type Term, takes } from './term.ts'
import { unreadPods } from './unread.ts'

/** Where running Pods stand that terms of the incoming Pod match. */
export interface Matched {
  /** By topology key, then by value: true where a Pod matches, else the read that would tell. */
  readonly pairs: ReadonlyMap<string, ReadonlyMap<string, true | MissingRead>>
  /** Reads that might show more Pods, anywhere. */
  readonly unread: readonly MissingRead[]
}

/**
 * Finds the running Pods that match all of the terms at once; terminating ones count.
 * @see interpodaffinity/filtering.go getIncomingAffinityAntiAffinityCounts (kubernetes v1.36.2)
 */
export function matchedBy(terms: readonly Term[], cluster: ClusterView, rules: Rules): Matched {
  const pairs = new Map<string, Map<string, true | MissingRead>>()
  if (terms.length === 0) return { pairs, unread: [] }
  const keys = [...new Set(terms.map(({ key }) => key))]
  const index = podIndexOf(cluster)
  for (const [namespace, known] of index.namespaces) {
    const looksAt = every(terms.map((term) => incomingLooksAt(term, namespace, cluster, rules)))
    if (looksAt === false) continue
    for (const group of known.candidates(terms[0]?.selector)) {
      if (!terms.every((term) => takes(term, group.labels))) continue
      for (const { node } of index.placesOf(group)) {
        for (const key of keys) addPair(pairs, key, labelOf(node.labels, key), looksAt)
      }
    }
  }
  return { pairs, unread: unreadPods(terms, cluster, rules) }
}

function addPair(
  pairs: Map<string, Map<string, true | MissingRead>>,
  key: string,
  value: string | undefined,
  match: true | MissingRead,
): void {
  if (value === undefined) return
  let values = pairs.get(key)
  if (values === undefined) {
    values = new Map()
    pairs.set(key, values)
  }
  if (values.get(value) !== true) values.set(value, match)
}

/** Whether the Pod matches all of its own terms, as the first of its kind must. */
export function matchesItself(pod: Pod, terms: readonly Term[], cluster: ClusterView, rules: Rules): Match {
  const namespace = pod.metadata.namespace ?? ''
  if (!terms.every((term) => takes(term, pod.metadata.labels ?? {}))) return false
  return every(terms.map((term) => incomingLooksAt(term, namespace, cluster, rules)))
}
