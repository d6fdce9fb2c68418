import type { Pod } from '#model/api/pod.ts'
import type { CauseCode } from '#model/cause-code.ts'
import type { Cause, DiagnosisState } from '#report/explain-report.ts'
import type { PodVerdict } from '#scheduler/evaluate.ts'
import type { ClusterView } from '#scheduler/framework/cluster-view.ts'
import { unschedulableAnswer } from './answer.ts'
import { becauseText } from './node-groups.ts'

/** What keeps alike Pods waiting, before the nodes are looked at one by one. */
export interface Judgement {
  readonly state: DiagnosisState
  readonly answer: string
  /** Whether kube-scheduler's default profile has a say in it. */
  readonly isJudged: boolean
  readonly causes: readonly Cause[]
  readonly notes: readonly string[]
}

const defaultScheduler = 'default-scheduler'

/** The state of Pods that the scheduler cannot tell apart, and the answer in one sentence. */
export function judgePods(pods: readonly Pod[], verdict: PodVerdict, view: ClusterView): Judgement {
  const [pod] = pods as readonly [Pod, ...Pod[]]
  return beyondScheduler(pod, pods.length) ?? otherScheduler(pod, view) ?? bySchedulerVerdict(pod, verdict, view)
}

function beyondScheduler(pod: Pod, count: number): Judgement | undefined {
  const { spec, status, metadata } = pod
  if (metadata.deletionTimestamp !== undefined) {
    return outside('Terminating', 'Terminating', 'It is being deleted; the scheduler leaves it alone.')
  }
  if ((spec.nodeName ?? '') !== '') {
    const done = status.phase === 'Succeeded' || status.phase === 'Failed'
    const what = count === 1 ? 'It has' : 'They have'
    if (done)
      return outside('Bound', 'AlreadyBound', `It has finished (${status.phase}); there is nothing to schedule.`)
    return outside(
      'Bound',
      'AlreadyBound',
      `${what} a node already (${spec.nodeName}): not a scheduling problem. The kubelet there has not started ${count === 1 ? 'it' : 'them'} yet.`,
    )
  }
  const gates = (spec.schedulingGates ?? []).map(({ name }) => name ?? '')
  if (gates.length > 0) {
    const many = gates.length > 1
    return outside(
      'Gated',
      'SchedulingGated',
      `Scheduling gate${many ? 's' : ''} ${gates.join(', ')} hold${many ? '' : 's'} it back: the scheduler does not look at it until whoever set ${many ? 'them' : 'it'} takes ${many ? 'them' : 'it'} away.`,
    )
  }
  return undefined
}

function outside(state: DiagnosisState, code: CauseCode, answer: string): Judgement {
  return { state, answer, isJudged: false, causes: [{ code, summary: answer }], notes: [] }
}

function otherScheduler(pod: Pod, view: ClusterView): Judgement | undefined {
  const name = pod.spec.schedulerName ?? defaultScheduler
  if (name === defaultScheduler || name === '') return undefined
  const works = view
    .list('pods')
    .items.some((other) => other.spec.schedulerName === name && (other.spec.nodeName ?? '') !== '')
  if (works) {
    const answer = `Scheduler ${name} places it, and what that scheduler decides by is not known.`
    return {
      ...outside('Undetermined', 'Undetermined', answer),
      notes: [`other Pods of scheduler ${name} have a node, so it runs or has run`],
    }
  }
  return outside(
    'NoScheduler',
    'NoScheduler',
    `It asks for scheduler ${name}, and no Pod of that scheduler has a node: none of that name seems to work here.`,
  )
}

function bySchedulerVerdict(pod: Pod, verdict: PodVerdict, view: ClusterView): Judgement {
  const nodesMissing = view.missing('nodes')
  if (nodesMissing !== undefined) {
    const said = pod.status.conditions?.find(({ type }) => type === 'PodScheduled')?.message
    return judged(
      'Undetermined',
      `Nodes could not be read, so which of them is blocked by what is unknown.${said === undefined ? '' : ` What the scheduler says: ${said}`}`,
    )
  }
  if (verdict.podBlockers.length > 0) return judged('Unschedulable', unschedulableAnswer(verdict))
  const open = verdict.nodes.filter(({ blockers }) => blockers.length === 0)
  if (open.length === 0) return judged('Unschedulable', unschedulableAnswer(verdict))
  const certain = verdict.podUnknown.length > 0 ? [] : open.filter(({ unknown }) => unknown.length === 0)
  if (certain.length === 0) {
    const unknown = [...verdict.podUnknown, ...open.flatMap((node) => node.unknown)]
    const because = [
      ...new Set(unknown.flatMap((one) => one.because.map((why) => `${one.plugin}: ${becauseText(why)}`))),
    ]
    return judged('Undetermined', `Whether a node takes it is unknown: ${because.slice(0, 3).join('; ')}.`)
  }
  return judged(
    'Schedulable',
    schedulableAnswer(
      pod,
      certain.map(({ node }) => node.name),
    ),
  )
}

function judged(state: DiagnosisState, answer: string): Judgement {
  return { state, answer, isJudged: true, causes: [], notes: [] }
}

function schedulableAnswer(pod: Pod, nodes: readonly string[]): string {
  const shown = nodes.slice(0, 3).join(', ')
  const free = `${nodes.length === 1 ? 'Node' : 'Nodes'} ${shown}${nodes.length > 3 ? ` and ${nodes.length - 3} more` : ''} would take it now`
  const nominated = pod.status.nominatedNodeName ?? ''
  if (nominated !== '') return `${free}; it is nominated for ${nominated} and waits for room or a volume there.`
  const condition = pod.status.conditions?.find(({ type }) => type === 'PodScheduled')
  if (condition === undefined) return `${free}; the scheduler has not looked at it yet, or is not running.`
  return `${free}; the scheduler has not tried again since that changed, or is not running.`
}
