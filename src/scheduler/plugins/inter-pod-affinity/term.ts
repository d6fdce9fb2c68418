import type { LabelSelector } from '#model/api/meta.ts'
import type { Pod, PodAffinityTerm } from '#model/api/pod.ts'
import type { MissingRead } from '#model/cluster-state.ts'
import { type Labels, selects } from '#model/selector.ts'
import type { ClusterView } from '#scheduler/framework/cluster-view.ts'
import type { Rules } from '#scheduler/framework/rules.ts'
import { selectorError } from '#scheduler/framework/selector-error.ts'

/** A required term of a Pod's affinity or anti-affinity. */
export interface Term {
  readonly raw: PodAffinityTerm
  readonly key: string
  readonly selector: LabelSelector | undefined
  /** The namespaces named; the owner's own where the term says nothing of namespaces. */
  readonly namespaces: ReadonlySet<string>
  readonly namespaceSelector: LabelSelector | undefined
}

/** Whether something matches; a missing read where that hangs on what could not be read. */
export type Match = boolean | MissingRead

export type Terms =
  | { readonly kind: 'parsed'; readonly affinity: readonly Term[]; readonly antiAffinity: readonly Term[] }
  | { readonly kind: 'failed'; readonly message: string }

/**
 * The required terms of a Pod that is to be scheduled.
 * @see kubernetes/pkg/scheduler/framework/types.go PodInfo.Update (kubernetes v1.36.2)
 */
export function requiredTerms(pod: Pod, rules: Rules): Terms {
  const { podAffinity, podAntiAffinity } = pod.spec.affinity ?? {}
  const affinity = podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []
  const antiAffinity = podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []
  const errors = [
    ['requiredAffinityTerms', termsError(affinity, rules)],
    ['requiredAntiAffinityTerms', termsError(antiAffinity, rules)],
  ].flatMap(([field, error]) => (error === undefined ? [] : [`${field}: ${error}`]))
  if (errors.length > 0) {
    const all = errors.join(', ')
    return { kind: 'failed', message: `parsing pod: ${errors.length > 1 ? `[${all}]` : all}` }
  }
  const namespace = pod.metadata.namespace ?? ''
  const parse = (raw: PodAffinityTerm): Term => parseTerm(raw, namespace)
  return { kind: 'parsed', affinity: affinity.map(parse), antiAffinity: antiAffinity.map(parse) }
}

/** The required anti-affinity terms of a running Pod. One that cannot be parsed takes the others with it. */
export function antiAffinityOf(pod: Pod, rules: Rules): readonly Term[] {
  const terms = pod.spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []
  if (terms.length === 0 || termsError(terms, rules) !== undefined) return []
  return terms.map((raw) => parseTerm(raw, pod.metadata.namespace ?? ''))
}

function termsError(terms: readonly PodAffinityTerm[], rules: Rules): string | undefined {
  for (const { labelSelector, namespaceSelector } of terms) {
    const error = selectorError(labelSelector, rules) ?? selectorError(namespaceSelector, rules)
    if (error !== undefined) return error
  }
  return undefined
}

function parseTerm(raw: PodAffinityTerm, namespace: string): Term {
  const { namespaces = [], namespaceSelector } = raw
  const own = namespaces.length === 0 && namespaceSelector === undefined
  return {
    raw,
    key: raw.topologyKey ?? '',
    selector: raw.labelSelector,
    namespaces: new Set(own ? [namespace] : namespaces),
    namespaceSelector,
  }
}

/** Whether a term's selector selects every namespace, whatever its labels are and whether it exists as an object. */
export function selectsEveryNamespace({ namespaceSelector }: Term): boolean {
  if (namespaceSelector === undefined) return false
  const { matchLabels = {}, matchExpressions = [] } = namespaceSelector
  return Object.keys(matchLabels).length === 0 && matchExpressions.length === 0
}

/**
 * Whether a term of the Pod that is to be scheduled looks at a namespace. Since 1.34 its namespaceSelector is also
 * held against no labels at all, which one of `NotIn` and `DoesNotExist` alone matches: such a term looks everywhere.
 * @see interpodaffinity/plugin.go mergeAffinityTermNamespacesIfNotEmpty (kubernetes v1.36.2)
 */
export function incomingLooksAt(term: Term, namespace: string, cluster: ClusterView, rules: Rules): Match {
  if (term.namespaces.has(namespace)) return true
  if (term.namespaceSelector === undefined) return false
  if (selectsEveryNamespace(term)) return true
  if (rules.negativeNamespaceSelectorMatchesAll && selects(term.namespaceSelector)) return true
  const found = cluster.find('namespaces', '', namespace)
  if (found.kind === 'unknown') return found.read
  return found.kind === 'found' && selects(term.namespaceSelector, found.object.metadata.labels)
}

/**
 * Whether a running Pod's term looks at the namespace of the Pod that is to be scheduled; one that does not exist
 * counts as without labels.
 * @see interpodaffinity/plugin.go GetNamespaceLabelsSnapshot (kubernetes v1.36.2)
 */
export function existingLooksAt(term: Term, namespace: string, cluster: ClusterView): Match {
  if (term.namespaces.has(namespace)) return true
  if (term.namespaceSelector === undefined) return false
  if (selectsEveryNamespace(term)) return true
  const found = cluster.find('namespaces', '', namespace)
  if (found.kind === 'unknown') return found.read
  return selects(term.namespaceSelector, found.kind === 'found' ? found.object.metadata.labels : undefined)
}

/** Whether every one of them matches: one that does not outweighs those nobody knows. */
export function every(matches: readonly Match[]): Match {
  if (matches.includes(false)) return false
  return matches.find((match) => match !== true) ?? true
}

/** Whether the term takes Pods with these labels, of a namespace it looks at. */
export function takes(term: Term, labels: Labels): boolean {
  return selects(term.selector, labels)
}
