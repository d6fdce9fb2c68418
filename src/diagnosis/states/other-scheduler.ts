import type { Inquiry } from '#diagnosis/inquiry.ts'
import { isReady } from '#diagnosis/waits/waiting-clause.ts'
import type { Pod } from '#model/api/pod.ts'
import { type Judgement, outside } from './judgement.ts'

const defaultScheduler = 'default-scheduler'

/** Pods that ask for a scheduler of another name; undefined for the default one. */
export function otherScheduler(pod: Pod, { view, events }: Inquiry): Judgement | undefined {
  const name = pod.spec.schedulerName ?? defaultScheduler
  if (name === defaultScheduler || name === '') return undefined
  const pods = view.list('pods').items
  const placed = pods.filter((other) => other.spec.schedulerName === name && (other.spec.nodeName ?? '') !== '').length
  const said = events
    .about('Pod', pod.metadata.namespace ?? '', pod.metadata.name ?? '')
    .findLast(({ component }) => component === name)
  const refused = pod.status.conditions?.find(({ type, status }) => type === 'PodScheduled' && status === 'False')
  const words = said?.message ?? refused?.message ?? ''
  if (placed > 0 || words !== '') {
    const answer = `Scheduler ${name} places it, and what that scheduler decides by is not known.`
    const works =
      placed > 0
        ? `scheduler ${name} works, or has worked: ${placed} of its Pods ${placed === 1 ? 'has' : 'have'} a node`
        : `scheduler ${name} has looked at it`
    const notes = words === '' ? [works] : [works, `what ${name} says: ${words.replace(/(?<!\.)\.+$/, '')}`]
    return outside('Undetermined', 'Undetermined', answer, { notes })
  }
  const answer = `It asks for scheduler ${name}, and no Pod of that scheduler has a node: none of that name seems to work here.`
  const like = pods.filter(({ metadata }) => metadata.name?.startsWith(`${name}-`) === true || metadata.name === name)
  const notes = like.slice(0, 2).map((other) => {
    const where = `${other.metadata.namespace ?? ''}/${other.metadata.name ?? ''}`
    return isReady(other) || other.status.phase === 'Running'
      ? `Pod ${where} runs and may be that scheduler: see its log and whether its account has the rights of system:kube-scheduler and system:volume-scheduler`
      : `Pod ${where} may be that scheduler, and it is ${other.status.phase ?? 'Pending'}`
  })
  return outside('NoScheduler', 'NoScheduler', answer, { notes })
}
