import type { NodeSelector, NodeSelectorTerm } from '#model/api/meta.ts'
import { type Labels, labelOf, selectsNode } from '#model/selector.ts'
import { fits, type Outcome, type Reason, refusedForGood } from '#scheduler/framework/outcome.ts'
import { type Plugin, refusedAsAWhole, skip } from '#scheduler/framework/plugin.ts'

const notMatched = "node(s) didn't match Pod's node affinity/selector"
const conflict = 'pod affinity terms conflict'

/**
 * Refuses a node that the Pod's `nodeSelector` or required node affinity does not match. Terms that name nodes by
 * `matchFields` narrow the search beforehand, as every DaemonSet Pod's do.
 * @see nodeaffinity/node_affinity.go PreFilter, Filter (kubernetes v1.36.2)
 */
export const nodeAffinity: Plugin = {
  name: 'NodeAffinity',
  prepare(pod) {
    const selector = pod.spec.nodeSelector
    const required = pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
    if (selector === undefined && required === undefined) return skip
    const only = nodesNamed(required)
    if (only?.size === 0) return refusedAsAWhole({ text: conflict, fact: affinityFact(required) })
    const wanted = Object.entries(selector ?? {})
    const unlike = refusedForGood({ text: notMatched, fact: affinityFact(required) })
    const lacking = new Map<string, Outcome>()
    const filter = ({ labels, name }: { labels: Labels; name: string }): Outcome => {
      const unmet = wanted.filter(([key, value]) => labelOf(labels, key) !== value)
      if (unmet.length > 0) return selectorOutcome(unmet, lacking)
      return required === undefined || selectsNode(required, labels, name) ? fits : unlike
    }
    return only === undefined ? { kind: 'filter', filter } : { kind: 'filter', only, filter }
  },
}

/** One outcome for all nodes that lack the same labels. */
function selectorOutcome(unmet: readonly (readonly [string, string])[], known: Map<string, Outcome>): Outcome {
  const place = unmet.length === 1 ? (unmet[0]?.[0] ?? '') : unmet.map(([key]) => key).join(' ')
  let outcome = known.get(place)
  if (outcome === undefined) {
    const pairs = unmet.map(([key, value]) => ({ key, value }))
    outcome = refusedForGood({ text: notMatched, fact: { kind: 'NodeSelector', unmet: pairs } })
    known.set(place, outcome)
  }
  return outcome
}

function affinityFact(required: NodeSelector | undefined): Reason['fact'] {
  return { kind: 'NodeAffinity', terms: required?.nodeSelectorTerms ?? [] }
}

/** The nodes that the terms name, where every term names some; undefined where one does not. */
function nodesNamed(required: NodeSelector | undefined): ReadonlySet<string> | undefined {
  const terms = required?.nodeSelectorTerms ?? []
  if (terms.length === 0) return undefined
  const named = new Set<string>()
  for (const term of terms) {
    const names = nodesNamedBy(term)
    if (names === undefined) return undefined
    for (const name of names) named.add(name)
  }
  return named
}

function nodesNamedBy(term: NodeSelectorTerm): ReadonlySet<string> | undefined {
  let names: ReadonlySet<string> | undefined
  for (const { key, operator, values = [] } of term.matchFields ?? []) {
    if (key !== 'metadata.name' || operator !== 'In') continue
    const own: ReadonlySet<string> = new Set(values)
    names = names === undefined ? own : new Set([...names].filter((name) => own.has(name)))
  }
  return names
}
