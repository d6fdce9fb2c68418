import { diagnose } from '#diagnosis/diagnose.ts'
import type { Pod } from '#model/api/pod.ts'
import type { ClusterState } from '#model/cluster-state.ts'
import type { Diagnosis } from '#report/explain-report.ts'
import { evaluate } from '#scheduler/evaluate.ts'
import { viewOf } from '#scheduler/framework/cluster-view.ts'
import { rulesFor } from '#scheduler/profile.ts'
import type { Item } from './generate/world.ts'

/** Where the scheduler and we part. */
export interface Difference {
  /** `namespace/name` */
  readonly pod: string
  readonly scheduler: string
  readonly ours: string
}

export interface Compared {
  readonly differences: readonly Difference[]
  readonly placed: number
  readonly compared: number
}

/** Holds what the scheduler did with the waiting Pods against our verdicts on the cluster as it is now. */
export function differences(state: ClusterState, waiting: readonly Item[]): Compared {
  const report = diagnose(state, {})
  const found: Difference[] = []
  let placed = 0
  let compared = 0
  for (const { metadata } of waiting) {
    const pod = state.lists.pods.items.find(
      (one) => one.metadata.name === metadata.name && one.metadata.namespace === metadata.namespace,
    )
    if (pod === undefined) continue
    const name = `${metadata.namespace}/${metadata.name}`
    const diagnosis = report.diagnoses.find(({ pods }) =>
      pods.some((one) => one.name === metadata.name && one.namespace === metadata.namespace),
    )
    if ((pod.spec.nodeName ?? '') !== '') {
      placed++
      const ours = whyNotThere(pod, state)
      if (ours !== undefined) found.push({ pod: name, scheduler: `placed on ${pod.spec.nodeName}`, ours })
      continue
    }
    // What it was promised stands there only since the scheduler has looked at it.
    if ((pod.status.nominatedNodeName ?? '') !== '') continue
    const condition = pod.status.conditions?.find(({ type }) => type === 'PodScheduled')
    if (condition?.message === undefined) continue
    compared++
    const ours = sayOf(diagnosis)
    if (!agree(condition, diagnosis, ours)) found.push({ pod: name, scheduler: condition.message, ours })
  }
  return { differences: found, placed, compared }
}

function sayOf(diagnosis: Diagnosis | undefined): string {
  return diagnosis?.message ?? `${diagnosis?.state}: ${diagnosis?.nodes.feasible.join(', ')}`
}

/** What may stand behind the first sentence: the result of trying to preempt. */
const preemption =
  /^(| not found| (no new claims to deallocate, |still not schedulable, )?preemption: .*| (deallocation|deletion) of ResourceClaim completed.*)$/s

function agree(
  condition: { reason?: string; message?: string },
  diagnosis: Diagnosis | undefined,
  ours: string,
): boolean {
  const { reason, message = '' } = condition
  // Whether a chosen node can be bound is beyond the filters.
  if (message.startsWith('running PreBind plugin')) return diagnosis?.state === 'Schedulable'
  if (reason === 'SchedulerError')
    return errorsOf(diagnosis).some((text) => message.startsWith(text) || message.endsWith(text))
  return message.startsWith(ours) && preemption.test(message.slice(ours.length))
}

function errorsOf(diagnosis: Diagnosis | undefined): readonly string[] {
  const blockers = [
    ...(diagnosis?.podBlockers ?? []),
    ...(diagnosis?.nodes.blocked ?? []).flatMap((group) => group.blockers),
  ]
  return blockers.flatMap(({ reasons }) => reasons).filter((text) => text.startsWith('running '))
}

/** What would have kept a placed Pod off its node, with all others as they are now, and with those placed before it only. */
function whyNotThere(pod: Pod, state: ClusterState): string | undefined {
  const all = blockersOn(pod, state, (other) => other !== pod)
  if (all === '') return undefined
  const since = placedAt(pod)
  const earlier = blockersOn(pod, state, (other) => other !== pod && placedAt(other) < since)
  return earlier === '' ? undefined : earlier
}

function blockersOn(pod: Pod, state: ClusterState, counts: (other: Pod) => boolean): string {
  const { nodeName = '', ...spec } = pod.spec
  const again: Pod = { ...pod, spec, status: { phase: 'Pending' } }
  const pods = { ...state.lists.pods, items: state.lists.pods.items.filter(counts) }
  const rules = rulesFor(state.version)
  const { nodes } = evaluate(again, viewOf({ ...state, lists: { ...state.lists, pods } }), rules)
  // A claim that is allocated for the Pod by now looks different from one that was free.
  const blockers = nodes
    .find(({ node }) => node.name === nodeName)
    ?.blockers.filter(({ plugin }) => plugin !== 'DynamicResources')
  return (blockers ?? [])
    .map(({ plugin, reasons }) => `${plugin}: ${reasons.map(({ text }) => text).join(', ')}`)
    .join('; ')
}

/** When the scheduler placed it; Pods that were made with a node come first. */
function placedAt({ status }: Pod): string {
  return status.conditions?.find(({ type }) => type === 'PodScheduled')?.lastTransitionTime ?? ''
}
