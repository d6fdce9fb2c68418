import { detailOf } from '#diagnosis/details.ts'
import { evictionOf } from '#diagnosis/eviction.ts'
import type { Inquiry } from '#diagnosis/inquiry.ts'
import type { Pod } from '#model/api/pod.ts'
import { groupBy } from '#model/group-by.ts'
import type { NodeVerdict } from '#scheduler/evaluate.ts'
import type { Fact } from '#scheduler/framework/fact.ts'
import { taintText } from '#taints/exact-toleration.ts'

/** How a Pod that another thing waits for stands, as a short clause: `Pending: taint a=b:NoSchedule on n1`. */
export function waitingClause(pod: Pod, inquiry: Inquiry): string {
  const { spec, status, metadata } = pod
  const nodeName = spec.nodeName ?? ''
  if (nodeName !== '') {
    const eviction = evictionOf(pod, inquiry.nodeNamed(nodeName))
    if (eviction?.afterSeconds === 0) {
      const taints = eviction.taints.map(taintText).join(', ')
      return `evicted: node ${nodeName}, which it is put on without the scheduler, has taint ${taints}`
    }
    if (metadata.deletionTimestamp !== undefined) return `Terminating on ${nodeName}`
    return `${status.phase ?? 'Pending'} on ${nodeName}${isReady(pod) ? '' : ', not ready'}`
  }
  if (metadata.deletionTimestamp !== undefined) return 'Terminating'
  if ((spec.schedulingGates ?? []).length > 0) return 'Pending: held back by a scheduling gate'
  return `Pending: ${blockedClause(pod, inquiry)}`
}

export function isReady(pod: Pod): boolean {
  return pod.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') === true
}

function blockedClause(pod: Pod, inquiry: Inquiry): string {
  if (inquiry.view.missing('nodes') !== undefined) return 'why is unknown, since nodes could not be read'
  const { podBlockers, nodes } = inquiry.verdictOf(pod)
  const whole = podBlockers.flatMap(({ reasons }) => reasons.map(({ fact }) => detailOf([fact])))
  if (whole.length > 0) return [...new Set(whole)].join(', ')
  if (nodes.length === 0) return 'the cluster has no nodes'
  const open = nodes.find(({ blockers, unknown }) => blockers.length === 0 && unknown.length === 0)
  if (open !== undefined) return `node ${open.node.name} would take it now`
  const meant = nodes.filter((verdict) => !isMeantForOthers(verdict))
  return groups(meant.length > 0 ? meant : nodes)
}

const selecting: ReadonlySet<Fact['kind']> = new Set([
  'NodeSelector',
  'NodeAffinity',
  'OtherNodesOnly',
  'OtherNodeNamed',
])

/** A node that the Pod does not ask for says nothing of why it waits. */
function isMeantForOthers({ blockers }: NodeVerdict): boolean {
  return blockers.some(({ reasons }) => reasons.some(({ fact }) => selecting.has(fact.kind)))
}

function groups(nodes: readonly NodeVerdict[]): string {
  const byText = groupBy(nodes, ({ blockers }) =>
    blockers.flatMap(({ reasons }) => reasons.map(({ fact }) => detailOf([fact]))).join(' and '),
  )
  const parts = [...byText]
    .filter(([text]) => text !== '')
    .sort((a, b) => b[1].length - a[1].length)
    .map(
      ([text, alike]) =>
        `${text} on ${alike.length <= 2 ? alike.map(({ node }) => node.name).join(', ') : `${alike.length} nodes`}`,
    )
  const rest = parts.length > 2 ? `; and more on ${parts.length - 2} other kinds of nodes` : ''
  return parts.length === 0 ? 'why is unknown' : `${parts.slice(0, 2).join('; ')}${rest}`
}
