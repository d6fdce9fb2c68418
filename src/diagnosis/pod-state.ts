import type { Pod } from '#model/api/pod.ts'
import type { Wait } from '#report/explain-parts.ts'
import type { PodVerdict } from '#scheduler/evaluate.ts'
import { unschedulableAnswer } from './answer.ts'
import type { Inquiry } from './inquiry.ts'
import { becauseText } from './node-groups.ts'
import { bound } from './states/bound.ts'
import { gated } from './states/gated.ts'
import { type Judgement, judged } from './states/judgement.ts'
import { otherScheduler } from './states/other-scheduler.ts'
import { schedulable } from './states/schedulable.ts'
import { terminating } from './states/terminating.ts'

/** The state of Pods that the scheduler cannot tell apart, and the answer in one sentence. */
export function judgePods(
  pods: readonly [Pod, ...Pod[]],
  verdict: PodVerdict,
  waits: readonly Wait[],
  inquiry: Inquiry,
): Judgement {
  const [pod] = pods
  return (
    terminating(pod, inquiry) ??
    bound(pods, inquiry) ??
    gated(pod, inquiry) ??
    otherScheduler(pod, inquiry) ??
    bySchedulerVerdict(pod, verdict, waits, inquiry)
  )
}

function bySchedulerVerdict(pod: Pod, verdict: PodVerdict, waits: readonly Wait[], inquiry: Inquiry): Judgement {
  if (inquiry.view.missing('nodes') !== undefined) return withoutNodes(pod)
  if (verdict.podBlockers.length > 0) return judged('Unschedulable', unschedulableAnswer(verdict, waits))
  const open = verdict.nodes.filter(({ blockers }) => blockers.length === 0)
  if (open.length === 0) return judged('Unschedulable', unschedulableAnswer(verdict, waits))
  const certain = verdict.podUnknown.length > 0 ? [] : open.filter(({ unknown }) => unknown.length === 0)
  if (certain.length > 0)
    return schedulable(
      pod,
      certain.map(({ node }) => node.name),
      waits,
      inquiry,
    )
  const unknown = [...verdict.podUnknown, ...open.flatMap((node) => node.unknown)]
  const because = [...new Set(unknown.flatMap((one) => one.because.map((why) => `${one.plugin}: ${becauseText(why)}`)))]
  return judged('Undetermined', `Whether a node takes it is unknown: ${because.slice(0, 3).join('; ')}.`)
}

/** Who may not list nodes still gets what the scheduler wrote. */
function withoutNodes(pod: Pod): Judgement {
  const said = pod.status.conditions?.find(({ type, status }) => type === 'PodScheduled' && status === 'False')?.message
  const count = /^0\/(\d+) nodes/.exec(said ?? '')?.[1]
  const which =
    count === undefined ? 'which node' : count === '1' ? 'what blocks the only node' : `which of the ${count} nodes`
  const unknown = count === '1' ? `${which} is unknown` : `${which} is blocked by what is unknown`
  const words = said === undefined ? '' : ` What the scheduler says: ${said}`
  return judged('Undetermined', `Nodes could not be read, so ${unknown}.${words}`, {
    notes: ['to know more: `list` on nodes, and on Pods in all namespaces'],
  })
}
