import type { MissingRead } from '#model/cluster-state.ts'
import { selects } from '#model/selector.ts'
import type { ClusterView } from '#scheduler/framework/cluster-view.ts'
import type { Rules } from '#scheduler/framework/rules.ts'
import { selectsEveryNamespace, type Term } from './term.ts'

/** The missing reads that might show a Pod which all of these terms of the incoming Pod match. */
export function unreadPods(terms: readonly Term[], cluster: ClusterView, rules: Rules): readonly MissingRead[] {
  if (terms.some(({ selector }) => selector === undefined)) return []
  const nodes = cluster.missing('nodes')
  const pods = unreadPodList(terms, cluster, rules)
  return [nodes, pods].filter((read): read is MissingRead => read !== undefined)
}

function unreadPodList(terms: readonly Term[], cluster: ClusterView, rules: Rules): MissingRead | undefined {
  const read = cluster.missing('pods')
  if (read === undefined) return undefined
  const spans = terms.map((term) => namespacesOf(term, cluster, rules)).filter((span) => span !== undefined)
  const [first, ...others] = spans
  if (first === undefined) return read
  for (const namespace of first) {
    const missing = cluster.missing('pods', namespace)
    if (missing !== undefined && others.every((span) => span.has(namespace))) return missing
  }
  return undefined
}

/** All namespaces the term looks at; undefined where that is every one, or cannot be told. */
function namespacesOf(term: Term, cluster: ClusterView, rules: Rules): ReadonlySet<string> | undefined {
  const { namespaceSelector } = term
  if (namespaceSelector === undefined) return term.namespaces
  if (selectsEveryNamespace(term) || cluster.missing('namespaces') !== undefined) return undefined
  if (rules.negativeNamespaceSelectorMatchesAll && selects(namespaceSelector)) return undefined
  const selected = cluster
    .list('namespaces')
    .items.filter(({ metadata }) => selects(namespaceSelector, metadata.labels))
    .map(({ metadata }) => metadata.name ?? '')
  return new Set([...term.namespaces, ...selected])
}
