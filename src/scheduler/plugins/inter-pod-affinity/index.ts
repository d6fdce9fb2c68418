import type { Pod } from '#model/api/pod.ts'
import type { MissingRead } from '#model/cluster-state.ts'
import { labelOf } from '#model/selector.ts'
import type { ClusterView, NodeView } from '#scheduler/framework/cluster-view.ts'
import {
  type Because,
  fits,
  type Outcome,
  type Refused,
  refused,
  refusedForGood,
} from '#scheduler/framework/outcome.ts'
import { type Plugin, refusedAsAWhole, skip } from '#scheduler/framework/plugin.ts'
import type { Rules } from '#scheduler/framework/rules.ts'
import { type Existing, existingAgainst } from './existing.ts'
import { type Matched, matchedBy, matchesItself } from './incoming.ts'
import { type Match, requiredTerms, type Term } from './term.ts'

/**
 * Refuses a node that lies away from Pods the Pod must be near, or near Pods it must keep away from, or near Pods
 * that must keep away from it.
 * @see interpodaffinity/filtering.go PreFilter, Filter (kubernetes v1.36.2)
 */
export const interPodAffinity: Plugin = {
  name: 'InterPodAffinity',
  prepare(pod, cluster, rules) {
    const terms = requiredTerms(pod, rules)
    if (terms.kind === 'failed') {
      return refusedAsAWhole({ text: terms.message, fact: { kind: 'Error', message: terms.message } })
    }
    const existing = existingAgainst(pod, cluster, rules)
    const { affinity, antiAffinity } = terms
    if (affinity.length === 0 && antiAffinity.length === 0 && existing.keys.length === 0) {
      if (existing.unread.length === 0) return skip
    }
    const near = affinityCheck(pod, affinity, cluster, rules)
    const away = antiAffinity.map((term): Away => ({ term, matched: matchedBy([term], cluster, rules) }))
    return {
      kind: 'filter',
      filter: (node) => firstOf(near(node), checkAntiAffinity(node, away), checkExisting(node, existing)),
    }
  },
}

/** What one of the three checks says: nothing where it passes, the missing reads where nobody can tell. */
type Check = Refused | readonly MissingRead[] | undefined

/** The first refusal stands, and is said to be incomplete behind a check that nobody can make. */
function firstOf(...checks: readonly Check[]): Outcome {
  const reads = new Set<MissingRead>()
  for (const check of checks) {
    if (check === undefined) continue
    if ('kind' in check) return reads.size === 0 ? check : { ...check, incomplete: because(reads) }
    for (const read of check) reads.add(read)
  }
  return reads.size === 0 ? fits : { kind: 'unknown', because: because(reads) }
}

function because(reads: Iterable<MissingRead>): readonly Because[] {
  return [...reads].map((read): Because => ({ kind: 'MissingRead', read }))
}

/**
 * Every term's domain must hold a Pod that matches all terms; where no domain anywhere does, the Pod may be the first
 * of its kind.
 * @see interpodaffinity/filtering.go satisfyPodAffinity (kubernetes v1.36.2)
 */
function affinityCheck(
  pod: Pod,
  terms: readonly Term[],
  cluster: ClusterView,
  rules: Rules,
): (node: NodeView) => Check {
  if (terms.length === 0) return () => undefined
  const matched = matchedBy(terms, cluster, rules)
  const first = asFirst(matched, matchesItself(pod, terms, cluster, rules))
  return (node) => {
    const unlabelled = terms.find(({ key }) => labelOf(node.labels, key) === undefined)
    if (unlabelled !== undefined) return notNear(unlabelled)
    const matches = terms.map(({ key }) => matched.pairs.get(key)?.get(labelOf(node.labels, key) ?? ''))
    const away = terms[matches.indexOf(undefined)]
    if (away === undefined) return unlessEmpty(matches.filter((match) => match !== true && match !== undefined))
    if (typeof first !== 'boolean') return [first, ...matched.unread]
    if (matched.unread.length > 0) return matched.unread
    return first ? undefined : notNear(away)
  }
}

function unlessEmpty(reads: readonly MissingRead[]): Check {
  return reads.length === 0 ? undefined : reads
}

/** Whether the Pod passes as the first of its kind, by what was read. */
function asFirst({ pairs }: Matched, itself: Match): Match {
  let unsure: Match = itself
  for (const values of pairs.values()) {
    for (const match of values.values()) {
      if (match === true || itself === false) return false
      unsure = match
    }
  }
  return unsure
}

function notNear({ raw }: Term): Refused {
  return refusedForGood({ text: "node(s) didn't match pod affinity rules", fact: { kind: 'PodAffinity', term: raw } })
}

interface Away {
  readonly term: Term
  readonly matched: Matched
}

/** @see interpodaffinity/filtering.go satisfyPodAntiAffinity (kubernetes v1.36.2) */
function checkAntiAffinity(node: NodeView, away: readonly Away[]): Check {
  const reads: MissingRead[] = []
  for (const { term, matched } of away) {
    const value = labelOf(node.labels, term.key)
    if (value === undefined) continue
    const match = matched.pairs.get(term.key)?.get(value)
    if (match === true) {
      const fact = { kind: 'PodAntiAffinity', term: term.raw, value } as const
      return refused({ text: "node(s) didn't match pod anti-affinity rules", fact })
    }
    if (match !== undefined) reads.push(match)
    reads.push(...matched.unread)
  }
  return unlessEmpty(reads)
}

/** @see interpodaffinity/filtering.go satisfyExistingPodsAntiAffinity (kubernetes v1.36.2) */
function checkExisting(node: NodeView, existing: Existing): Check {
  const reads: MissingRead[] = []
  for (const { key, taken, maybe, unread } of existing.keys) {
    const value = labelOf(node.labels, key)
    if (value === undefined) continue
    if (taken.has(value)) return keptAway(key, value, existing)
    if (unread !== undefined && maybe.has(value)) reads.push(unread)
  }
  // A node without any label lies in no domain.
  if (Object.keys(node.labels).length > 0) reads.push(...existing.unread)
  return unlessEmpty(reads)
}

function keptAway(key: string, value: string, existing: Existing): Refused {
  let names: readonly string[] | undefined
  const fact = {
    kind: 'ExistingAntiAffinity',
    key,
    value,
    /** Looked for only where somebody asks: most refusals are counted and never shown. */
    get pods(): readonly string[] {
      names ??= existing.podsIn(key, value)
      return names
    },
  } as const
  return refused({ text: "node(s) didn't satisfy existing pods anti-affinity rules", fact })
}
