import { nodeNames } from '#diagnosis/cause-summary.ts'
import { causesOf } from '#diagnosis/causes.ts'
import { type Inquiry, whoseIs } from '#diagnosis/inquiry.ts'
import { nodesVerdict } from '#diagnosis/node-groups.ts'
import { ownershipPart } from '#diagnosis/ownership-part.ts'
import type { Pod } from '#model/api/pod.ts'
import type { ApiObject, ClusterState } from '#model/cluster-state.ts'
import type { Diagnosis } from '#report/explain-report.ts'
import type { NodeVerdict } from '#scheduler/evaluate.ts'
import { judgeByPlugins } from '#scheduler/judge-by-plugins.ts'
import { daemonPod } from './template-pod.ts'

/** The DaemonSet controller asks these of a node, whatever else the scheduler would; a cordon is no hindrance to it. */
const asked = ['NodeName', 'TaintToleration', 'NodeAffinity'] as const

/**
 * The nodes that a DaemonSet has no Pod on, and why its controller makes none: undefined where it has one everywhere.
 * @see pkg/controller/daemon/daemon_controller.go NodeShouldRunDaemonPod, predicates (kubernetes v1.36.2)
 */
export function passedOverDiagnosis(daemonSet: ApiObject, inquiry: Inquiry): Diagnosis | undefined {
  if (inquiry.view.missing('nodes') !== undefined) return undefined
  const pod = daemonPod(daemonSet)
  const covered = coveredNodes(daemonSet, inquiry.state)
  const verdicts = judgeByPlugins(pod, inquiry.view, inquiry.rules, asked).filter(({ node }) => !covered.has(node.name))
  const passed = verdicts.filter(({ blockers }) => blockers.length > 0)
  const lacking = verdicts.filter(({ blockers }) => blockers.length === 0).map(({ node }) => node.name)
  if (verdicts.length === 0) return undefined
  const total = inquiry.state.lists.nodes.items.length
  const byNodes = { podBlockers: [], podUnknown: [], nodes: verdicts }
  return {
    pods: [],
    state: 'NotCreated',
    answer: answerOf(daemonSet, passed, lacking, total, covered.size),
    message: null,
    schedulerMessage: null,
    ...ownershipPart(whoseIs(daemonSet, inquiry.state), daemonSet),
    podBlockers: [],
    nodes: { ...nodesVerdict(verdicts, false, []), total },
    causes: [
      ...(passed.length === 0
        ? []
        : [
            {
              code: 'PassedOver',
              summary: `Its controller makes no Pod for ${nodeNames(passed.map(({ node }) => node.name).sort())}.`,
            },
          ]),
      ...causesOf(pod, byNodes),
    ],
    remedies: [],
    notes: notesOf(daemonSet, passed, lacking, inquiry),
  }
}

function answerOf(
  { metadata }: ApiObject,
  passed: readonly NodeVerdict[],
  lacking: readonly string[],
  total: number,
  covered: number,
): string {
  const name = `DaemonSet ${metadata.name ?? ''}`
  const tainted = passed.filter(({ blockers }) => blockers.some(({ plugin }) => plugin === 'TaintToleration')).length
  const why =
    tainted === passed.length
      ? `${tainted === 1 ? 'it has' : 'they have'} a taint it does not tolerate`
      : tainted === 0
        ? `${passed.length === 1 ? 'it is' : 'they are'} not among the nodes it selects`
        : `${tainted} have a taint it does not tolerate, ${passed.length - tainted} are not among those it selects`
  const over = `${name} has a Pod on ${covered} of ${total} nodes. It passes over ${passed.length}: ${why}.`
  const want = `${name} should have a Pod on ${nodeNames(lacking)}, and has none there.`
  if (passed.length === 0) return want
  return lacking.length === 0 ? over : `${over} ${want}`
}

function notesOf(
  daemonSet: ApiObject,
  passed: readonly NodeVerdict[],
  lacking: readonly string[],
  { events }: Inquiry,
): readonly string[] {
  const { namespace = '', name = '' } = daemonSet.metadata
  const said = events.about('DaemonSet', namespace, name).findLast(({ reason }) => reason === 'FailedCreate')
  return [
    ...(passed.length > 0
      ? ['the nodes that it passes over do not count as wanted, so its status looks healthy, and no event is written']
      : []),
    ...(lacking.length > 0 && said !== undefined ? [`what its controller says: ${said.message}`] : []),
    ...(lacking.length > 0 && said === undefined
      ? ['either this has just changed, or its controller does not run']
      : []),
  ]
}

/** The nodes that Pods of the DaemonSet run on, or are meant for. */
export function coveredNodes({ metadata }: ApiObject, state: ClusterState): ReadonlySet<string> {
  const own = state.lists.pods.items.filter(
    (pod) =>
      pod.metadata.namespace === metadata.namespace &&
      pod.metadata.deletionTimestamp === undefined &&
      pod.metadata.ownerReferences?.some(
        ({ kind, uid, name, controller }) =>
          controller === true &&
          kind === 'DaemonSet' &&
          (uid === undefined || metadata.uid === undefined ? name === metadata.name : uid === metadata.uid),
      ) === true,
  )
  return new Set(own.flatMap(nodeOf))
}

function nodeOf({ spec }: Pod): readonly string[] {
  if ((spec.nodeName ?? '') !== '') return [spec.nodeName ?? '']
  const terms = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? []
  return terms.flatMap(({ matchFields = [] }) =>
    matchFields.flatMap(({ key, values = [] }) => (key === 'metadata.name' ? values : [])),
  )
}
