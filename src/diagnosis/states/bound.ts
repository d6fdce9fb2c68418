import { evictedAtOnce, evictionOf, madeAgain } from '#diagnosis/eviction.ts'
import type { Inquiry } from '#diagnosis/inquiry.ts'
import { brokenOf } from '#diagnosis/node-health.ts'
import { controllerOf } from '#model/api/meta.ts'
import type { Pod } from '#model/api/pod.ts'
import { textAt, valueAt } from '#model/raw-object.ts'
import { tolerates } from '#model/toleration.ts'
import type { Cause } from '#report/explain-report.ts'
import { classifyTaint } from '#taints/classify-taint.ts'
import { taintText } from '#taints/exact-toleration.ts'
import { type Judgement, outside, pick } from './judgement.ts'

/** Pods that have a node; undefined for those that have none. */
export function bound(pods: readonly [Pod, ...Pod[]], inquiry: Inquiry): Judgement | undefined {
  const [pod] = pods
  const { spec, status } = pod
  const node = spec.nodeName ?? ''
  if (status.phase === 'Succeeded' || status.phase === 'Failed') {
    const on = node === '' ? '' : ` on node ${node}`
    return outside('Bound', 'AlreadyBound', `It has finished${on} (${status.phase}); there is nothing to schedule.`)
  }
  if (node === '') return undefined
  const loop = evictionLoop(pod, inquiry)
  if (loop !== undefined)
    return outside('Bound', 'NoExecuteLoop', loop, {
      notes: [...pinnedBy(pod, inquiry), ...nodeNotes(pod, inquiry)],
    })
  const count = pods.length
  if (status.phase === 'Running') {
    const where = `${pick(count, 'It runs', 'They run')} on node ${node}: there is nothing to schedule.`
    return outside('Bound', 'AlreadyBound', where, { notes: nodeNotes(pod, inquiry) })
  }
  const why = notStarted(pod, inquiry)
  const answer = `${pick(count, 'It has', 'They have')} a node already (${node}): not a scheduling problem. The kubelet there has not started ${pick(count, 'it', 'them')} yet${why === undefined ? '' : `: ${why}`}.`
  const causes: readonly Cause[] = why === undefined ? [] : [{ code: 'NotStarted', summary: why }]
  return outside('Bound', 'AlreadyBound', answer, {
    causes,
    notes: [...pinnedBy(pod, inquiry), ...nodeNotes(pod, inquiry)],
  })
}

/** A Pod that the taint-eviction controller takes away, and that its owner makes again. */
function evictionLoop(pod: Pod, inquiry: Inquiry): string | undefined {
  const node = pod.spec.nodeName ?? ''
  const eviction = evictionOf(pod, inquiry.nodeNamed(node))
  if (eviction === undefined) return undefined
  if (controllerOf(pod.metadata)?.kind === 'DaemonSet') return undefined
  if (eviction.afterSeconds === 0) return `Node ${node} ${evictedAtOnce(pod, eviction)}.`
  const evicted = inquiry.events.about('Pod', pod.metadata.namespace ?? '', pod.metadata.name ?? '')
  const isLoop = evicted.some(({ reason }) => reason === 'TaintManagerEviction') || ownSiblingsEvicted(pod, inquiry)
  if (!isLoop) return undefined
  const taints = eviction.taints.map(taintText).join(', ')
  return `It tolerates taint ${taints} of node ${node} for ${eviction.afterSeconds} seconds only (tolerationSeconds): the scheduler may put it there, then it is evicted${madeAgain(pod)}.`
}

/** Whether Pods of the same owner, gone by now, were evicted: they are called as the owner, with an ending. */
function ownSiblingsEvicted({ metadata }: Pod, { events }: Inquiry): boolean {
  const owner = controllerOf(metadata)
  if (owner?.name === undefined) return false
  const prefix = `${owner.name}-`
  return events
    .ofReason('TaintManagerEviction')
    .some(({ namespace, name }) => namespace === metadata.namespace && name.startsWith(prefix))
}

/** Reasons of the kubelet and of the attach controller that say why a Pod does not start. */
const telling: ReadonlySet<string> = new Set([
  'FailedMount',
  'FailedAttachVolume',
  'FailedMapVolume',
  'FailedCreatePodSandBox',
  'FailedPodSandBoxStatus',
  'NetworkNotReady',
  'ErrImagePull',
  'Failed',
  'BackOff',
  'InspectFailed',
  'OutOfcpu',
  'OutOfmemory',
  'NodeAffinity',
  'UnexpectedAdmissionError',
])

function notStarted({ metadata, spec }: Pod, inquiry: Inquiry): string | undefined {
  const broken = brokenOf(inquiry.nodeNamed(spec.nodeName ?? ''))
  if (broken !== undefined) return `node ${spec.nodeName} is ${broken.why}`
  if (inquiry.view.missing('nodes') === undefined && inquiry.nodeNamed(spec.nodeName ?? '') === undefined)
    return `node ${spec.nodeName} does not exist`
  const said = inquiry.events
    .about('Pod', metadata.namespace ?? '', metadata.name ?? '')
    .findLast(({ reason, type }) => type !== 'Normal' && telling.has(reason))
  return said === undefined ? undefined : `${said.reason}: ${said.message.trim().replace(/\.$/, '')}`
}

/** Whether the Pod was made for its node, past the scheduler. */
function pinnedBy(pod: Pod, inquiry: Inquiry): readonly string[] {
  const { chain } = inquiry.whoseOf(pod)
  const template = chain.owners.find(({ object }) => templateNode(object) !== undefined)
  if (template !== undefined) {
    return [
      `the template of ${template.kind} ${template.name} sets spec.nodeName: ${templateNode(template.object)}, which goes past the scheduler`,
    ]
  }
  const node = inquiry.nodeNamed(pod.spec.nodeName ?? '')
  const barred = (node?.spec.taints ?? []).filter(
    (taint) => taint.effect === 'NoExecute' && !(pod.spec.tolerations ?? []).some((one) => tolerates(one, taint)),
  )
  if (barred.length === 0) return []
  return [
    'the scheduler would not have put it there: spec.nodeName was set by who made it, or the taint is newer than the Pod',
  ]
}

function templateNode(object: unknown): string | undefined {
  return (
    textAt(valueAt(object, 'spec', 'template', 'spec'), 'nodeName') ??
    textAt(valueAt(object, 'spec', 'jobTemplate', 'spec', 'template', 'spec'), 'nodeName')
  )
}

/** Taints of the node that mean that it is leaving, and that the Pod tolerates all the same. */
function nodeNotes(pod: Pod, inquiry: Inquiry): readonly string[] {
  const node = inquiry.nodeNamed(pod.spec.nodeName ?? '')
  const owner = controllerOf(pod.metadata)
  if (node === undefined || owner?.kind === 'DaemonSet' || owner?.kind === 'Node') return []
  return (node.spec.taints ?? []).flatMap((taint) => {
    if (taint.effect !== 'NoSchedule' || classifyTaint(taint).class !== 'Lifecycle') return []
    const by = (pod.spec.tolerations ?? []).find((one) => tolerates(one, taint))
    if (by === undefined) return []
    const cordon = taint.key === 'node.kubernetes.io/unschedulable'
    const what = cordon
      ? `node ${node.metadata.name} is cordoned, and the Pod tolerates that (${taintText(taint)}): while it comes back there, draining the node does not end`
      : `the Pod tolerates ${taintText(taint)} of node ${node.metadata.name}: ${classifyTaint(taint).meaning}`
    return [what]
  })
}
