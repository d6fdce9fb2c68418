import type { Inquiry } from '#diagnosis/inquiry.ts'
import { leavingFor } from '#diagnosis/waits/leaving.ts'
import { isReady } from '#diagnosis/waits/waiting-clause.ts'
import { few } from '#diagnosis/words.ts'
import type { Pod } from '#model/api/pod.ts'
import type { Wait } from '#report/explain-parts.ts'
import type { Cause } from '#report/explain-report.ts'
import { type Judgement, judged } from './judgement.ts'

/** Pods that a node would take now, and that wait all the same: for a volume, for others to go, for the scheduler. */
export function schedulable(pod: Pod, nodes: readonly string[], waits: readonly Wait[], inquiry: Inquiry): Judgement {
  const nominated = pod.status.nominatedNodeName ?? ''
  if (waits.length > 0) return waitsForVolume(nominated, waits)
  if (nominated !== '') return waitsForRoom(pod, nominated, inquiry)
  const free = `${nodes.length === 1 ? 'Node' : 'Nodes'} ${few(nodes)} would take it now`
  const down = schedulerDown(inquiry)
  if (down !== undefined) {
    const cause: Cause = { code: 'SchedulerNotRunning', summary: down }
    return judged('Schedulable', `${free}, but ${down}.`, { causes: [cause] })
  }
  const condition = pod.status.conditions?.find(({ type }) => type === 'PodScheduled')
  if (condition === undefined) {
    return judged('Schedulable', `${free}; the scheduler has not looked at it yet, or is not running.`, {
      causes: [{ code: 'NotRetriedYet', summary: 'the scheduler has not looked at it yet' }],
    })
  }
  const said = `when it last tried, the scheduler said: ${condition.message ?? condition.reason ?? ''}`
  const again =
    'Something has changed since; it tries again within five minutes, sooner where the change is one it waits for.'
  return judged('Schedulable', `${free}; the scheduler has not tried again since that changed, or is not running.`, {
    causes: [{ code: 'NotRetriedYet', summary: said }],
    notes: [again],
  })
}

function waitsForVolume(node: string, waits: readonly Wait[]): Judgement {
  const many = waits.length > 1
  const where = node === '' ? '' : ` on node ${node}`
  const behind = waits.some(({ waitsFor = [] }) => waitsFor.some(({ kind }) => kind === 'Pod'))
  const volume = many ? 'volumes' : 'volume'
  const answer = behind
    ? `It waits for its ${volume}${where}, and the ${volume} ${many ? 'wait' : 'waits'} for another Pod.`
    : `It waits for its ${volume}${where}: the scheduler has chosen the node, and binds it once the ${volume} ${many ? 'are' : 'is'} there.`
  return judged('Schedulable', answer, { causes: [{ code: 'WaitsForVolume', summary: answer }] })
}

function waitsForRoom(pod: Pod, node: string, inquiry: Inquiry): Judgement {
  const leaving = leavingFor(pod, inquiry)
  if (leaving === undefined) {
    const answer = `It is nominated for node ${node}, which would take it now: the scheduler is binding it, or will try there first.`
    return judged('Schedulable', answer, { causes: [{ code: 'NotRetriedYet', summary: answer }] })
  }
  const { names, isOne } = leaving
  const answer = `Preemption is under way: it is nominated for node ${node}, where ${names} make${isOne ? 's' : ''} room for it and ${isOne ? 'is' : 'are'} ending.`
  return judged('Schedulable', answer, { causes: [{ code: 'WaitsForPreemption', summary: answer }] })
}

/** Whether kube-scheduler runs as a Pod here, and does not. Where it runs otherwise nothing is known. */
function schedulerDown({ state }: Inquiry): string | undefined {
  const ofComponent = (component: string): readonly Pod[] =>
    state.lists.pods.items.filter(
      ({ metadata }) => metadata.namespace === 'kube-system' && metadata.labels?.component === component,
    )
  const pods = ofComponent('kube-scheduler')
  const [first] = pods
  if (first === undefined) {
    const isElsewhere = state.lists.pods.missing !== undefined || ofComponent('kube-apiserver').length === 0
    return isElsewhere
      ? undefined
      : 'kube-scheduler is not running (kube-system has a Pod of kube-apiserver, and none of it)'
  }
  if (pods.some(isReady)) return undefined
  return `kube-scheduler is not running (Pod kube-system/${first.metadata.name ?? ''} is not ready)`
}
