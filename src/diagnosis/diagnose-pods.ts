import type { Pod } from '#model/api/pod.ts'
import type { Wait } from '#report/explain-parts.ts'
import type { Cause, Diagnosis } from '#report/explain-report.ts'
import { messageOf } from '#scheduler/message.ts'
import { causesOf } from './causes.ts'
import type { Inquiry } from './inquiry.ts'
import { nodesVerdict, reportBlocker } from './node-groups.ts'
import { notesOf } from './notes/notes.ts'
import { overlapsOf } from './overlap.ts'
import { ownershipPart } from './ownership-part.ts'
import type { PodClass } from './pod-class.ts'
import { judgePods } from './pod-state.ts'
import { settingBehind, settingCause } from './settings.ts'
import { endsOf, volumeWaits } from './waits/claim.ts'
import { heldBy } from './waits/held.ts'
import { isLeftOver } from './waits/left-over.ts'

/** The diagnosis of Pods that the scheduler cannot tell apart: what keeps them, whose they are, what hangs on them. */
export function diagnosePods({ pods }: PodClass, inquiry: Inquiry): Diagnosis {
  const [pod] = pods as readonly [Pod, ...Pod[]]
  const verdict = inquiry.verdictOf(pod)
  const isPlaced = (pod.spec.nodeName ?? '') !== ''
  const waits = isPlaced ? [] : volumeWaits(pod, inquiry)
  const { state, answer, notes, causes, isJudged } = judgePods(
    pods as readonly [Pod, ...Pod[]],
    verdict,
    waits,
    inquiry,
  )
  const leftOver = !isPlaced && isLeftOver(pod, inquiry)
  const held = isPlaced || leftOver ? [] : heldBy(pod, inquiry)
  const overlaps = overlapsOf(pod, inquiry)
  return {
    pods: pods.map(({ metadata }) => ({
      namespace: metadata.namespace ?? '',
      name: metadata.name ?? '',
      uid: metadata.uid ?? null,
      createdAt: metadata.creationTimestamp ?? null,
    })),
    state,
    answer,
    message: isJudged && (state === 'Unschedulable' || state === 'Undetermined') ? messageFor(pod, inquiry) : null,
    schedulerMessage: schedulerMessage(pod),
    ...ownershipPart(inquiry.whoseOf(pod)),
    podBlockers: isJudged ? verdict.podBlockers.map((blocker) => reportBlocker(blocker)) : [],
    nodes: isJudged
      ? nodesVerdict(verdict.nodes, verdict.podBlockers.length > 0, verdict.podUnknown)
      : { total: verdict.nodes.length, feasible: [], blocked: [], undetermined: [] },
    causes: isJudged ? [...causes, ...causesOf(pod, verdict), ...settingCauses(pod, waits, leftOver, inquiry)] : causes,
    ...(waits.length === 0 ? {} : { waitsFor: waits }),
    ...(held.length === 0 ? {} : { holdsUp: held }),
    ...(overlaps.length === 0 ? {} : { overlaps }),
    remedies: [],
    notes: [...notes, ...(isJudged ? notesOf(pod, verdict, inquiry) : [])],
  }
}

const leftOverCause: Cause = {
  code: 'LeftOver',
  summary:
    'No claim waits for this helper Pod any more: it is left over, and may be deleted. Letting it run helps nobody.',
}

/** Why the settings do not help; for a Pod that waits for another, those of the other. */
function settingCauses(pod: Pod, waits: readonly Wait[], leftOver: boolean, inquiry: Inquiry): readonly Cause[] {
  if (leftOver) return [leftOverCause]
  if (inquiry.view.missing('nodes') !== undefined) return []
  const own = settingCause(pod, inquiry)
  const behind = endsOf(waits).flatMap(({ kind, namespace = '', name }): readonly Cause[] => {
    const found = kind === 'Pod' ? inquiry.view.find('pods', namespace, name) : undefined
    if (found?.kind !== 'found') return []
    const cause = settingBehind(pod, found.object, inquiry)
    return cause === undefined ? [] : [{ ...cause, of: { kind, namespace, name } }]
  })
  return [...(own === undefined ? [] : [own]), ...behind]
}

function messageFor(pod: Pod, { view, rules, verdictOf }: Inquiry): string | null {
  return view.missing('nodes') === undefined ? messageOf(verdictOf(pod), rules) : null
}

function schedulerMessage(pod: Pod): string | null {
  const condition = pod.status.conditions?.find(({ type }) => type === 'PodScheduled')
  return condition?.status === 'False' ? (condition.message ?? null) : null
}
