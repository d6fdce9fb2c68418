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
import { type Plugin, skip } from '#scheduler/framework/plugin.ts'
import { type Constraint, hardConstraints } from './constraint.ts'
import { countDomains, type Domains } from './domains.ts'

const notMatched = "node(s) didn't match pod topology spread constraints"

/**
 * Refuses a node where one more Pod would make its zone, host or other domain hold too many more of the Pod's kind
 * than the emptiest one does.
 * @see podtopologyspread/filtering.go PreFilter, Filter (kubernetes v1.36.2)
 */
export const podTopologySpread: Plugin = {
  name: 'PodTopologySpread',
  prepare(pod, cluster, rules) {
    const parsed = hardConstraints(pod, rules)
    if (parsed.kind === 'failed') return parsed
    const { constraints } = parsed
    if (constraints.length === 0) return skip
    const domains = countDomains(pod, constraints, cluster, rules)
    const unread = unreadFor(pod, cluster)
    const rows = constraints.flatMap((constraint, index): Row[] => {
      const counted = domains[index]
      return counted === undefined ? [] : [{ constraint, domains: counted }]
    })
    return { kind: 'filter', filter: (node) => judge(node, rows, unread) }
  },
}

interface Row {
  readonly constraint: Constraint
  readonly domains: Domains
}

/** What could not be read of what is counted. */
interface Unread {
  readonly nodes: boolean
  readonly pods: boolean
  readonly because: readonly Because[]
}

function unreadFor(pod: Pod, cluster: ClusterView): Unread {
  const nodes = cluster.missing('nodes')
  const pods = cluster.missing('pods', pod.metadata.namespace ?? '')
  const reads = [nodes, pods].filter((read): read is MissingRead => read !== undefined)
  const because = reads.map((read): Because => ({ kind: 'MissingRead', read }))
  return { nodes: nodes !== undefined, pods: pods !== undefined, because }
}

/** The first constraint that fails speaks for the node. */
function judge(node: NodeView, rows: readonly Row[], unread: Unread): Outcome {
  let unsure = false
  for (const { constraint, domains } of rows) {
    const value = labelOf(node.labels, constraint.key)
    if (value === undefined) return afterUnsure(missingLabel(constraint.key), unsure, unread)
    const verdict = verdictFor(value, constraint, domains, unread)
    if (verdict === 'refused') return afterUnsure(tooMany(value, constraint, domains), unsure, unread)
    if (verdict === 'unknown') unsure = true
  }
  return unsure ? { kind: 'unknown', because: unread.because } : fits
}

/** A refusal stays certain behind a constraint nobody can judge, but the reported one may be that other. */
function afterUnsure(outcome: Refused, unsure: boolean, unread: Unread): Refused {
  return unsure ? { ...outcome, incomplete: unread.because } : outcome
}

function missingLabel(key: string): Refused {
  return refusedForGood({ text: `${notMatched} (missing required label)`, fact: { kind: 'NoTopologyLabel', key } })
}

function tooMany(value: string, { key, maxSkew }: Constraint, { countOf, least }: Domains): Refused {
  const count = countOf(value) ?? 0
  return refused({ text: notMatched, fact: { kind: 'Skew', key, value, count, least, maxSkew } })
}

function verdictFor(
  value: string,
  constraint: Constraint,
  domains: Domains,
  unread: Unread,
): 'fits' | 'refused' | 'unknown' {
  const count = domains.countOf(value)
  const fitting = (count ?? 0) + constraint.self - domains.least <= constraint.maxSkew
  const known = fitting ? 'fits' : 'refused'
  if (!constraint.countsPods || (!unread.nodes && !unread.pods)) return known
  if (unread.nodes) return 'unknown'
  // The nodes, and so the domains, are known; what was not read can only make counts larger.
  const outside = count === undefined
  const alone = !outside && domains.size === 1
  if (outside && (fitting || domains.tooFew)) return known
  if (alone && !domains.tooFew) return known
  return domains.tooFew && !fitting ? 'refused' : 'unknown'
}
