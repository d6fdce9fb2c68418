import { unschedulableAnswer } from '#diagnosis/answer.ts'
import { nodeNames } from '#diagnosis/cause-summary.ts'
import { detailOf } from '#diagnosis/details.ts'
import { inquiryOf } from '#diagnosis/inquiry.ts'
import { nodesVerdict } from '#diagnosis/node-groups.ts'
import { notesOf } from '#diagnosis/notes/notes.ts'
import { asSentence } from '#diagnosis/words.ts'
import type { Taint } from '#model/api/node.ts'
import { groupBy } from '#model/group-by.ts'
import type { Alternative, Suggestion, SuggestionBody, Target } from '#report/suggest-report.ts'
import type { Change } from '#scheduler/change.ts'
import type { NodeVerdict } from '#scheduler/evaluate.ts'
import type { ClusterView } from '#scheduler/framework/cluster-view.ts'
import type { Rules } from '#scheduler/framework/rules.ts'
import { classifyTaint } from '#taints/classify-taint.ts'
import { exactToleration, taintText } from '#taints/exact-toleration.ts'
import type { Case } from './case.ts'
import { addingTolerations, prove } from './prove.ts'
import { taintsOf } from './toleration-need.ts'

/** More nodes than these are not each named. */
const mostNodes = 5

/** What to do where no toleration is the answer: a node to uncordon or to mend, room to make, a claim to bind. */
export function withoutTolerations(one: Case, view: ClusterView, rules: Rules): Suggestion {
  const ways = nodeWays(one, view, rules)
  const [natural = nothingToTolerate(one, notesFor(one, view, rules)), ...others] = ways
  return {
    component: one.component?.id ?? null,
    workloads: [one.workload],
    ...natural,
    warnings: [...(one.notes ?? []), ...natural.warnings, ...shortages(one.verdict.nodes), ...halfMeasures(one)],
    alternatives: others.slice(0, mostNodes).map((way): Alternative => ({ ...way, requires: null, lasts: null })),
  }
}

/** What explain says beside the causes: where the volume is, which zones there are, what an autoscaler said. */
function notesFor({ pod, byController, verdict }: Case, { state }: ClusterView, rules: Rules): readonly string[] {
  if (byController === true) return []
  return notesOf(pod, verdict, inquiryOf(state, rules)).map(asSentence)
}

/** The nodes that only a cordon or their own trouble keeps closed, the most helpful first; at most a few are tried. */
export function nodeWays(one: Case, view: ClusterView, rules: Rules): readonly SuggestionBody[] {
  if (one.verdict.podBlockers.length > 0) return []
  return one.verdict.nodes
    .filter(isKeptByItself)
    .slice(0, mostNodes)
    .flatMap((node) => wayOf(node, one, view, rules) ?? [])
    .sort((a, b) => b.opens.podsThatFit - a.opens.podsThatFit || rank(a) - rank(b))
}

/** Whether nothing but a cordon and taints stands in the way, and what must not be tolerated goes when the node is mended. */
function isKeptByItself(node: NodeVerdict): boolean {
  return (
    node.blockers.every(({ plugin }) => plugin === 'NodeUnschedulable' || plugin === 'TaintToleration') &&
    taintsOf(node).every((taint) => classifyTaint(taint).class !== 'Platform' || classifyTaint(taint).tolerable)
  )
}

/** An uncordon is one command; mending a node is more. */
function rank({ apply }: SuggestionBody): number {
  return apply.length > 0 ? 0 : 1
}

/** What has to be done to a node that only its cordon or its own trouble keeps closed. */
function wayOf(node: NodeVerdict, one: Case, view: ClusterView, rules: Rules): SuggestionBody | undefined {
  const { name } = node.node
  const isCordoned = node.blockers.some(({ plugin }) => plugin === 'NodeUnschedulable')
  const troubled = taintsOf(node).filter((taint) => !classifyTaint(taint).tolerable)
  const wanted = taintsOf(node).filter((taint) => classifyTaint(taint).tolerable)
  if (!isCordoned && troubled.length === 0) return undefined
  const changes: Change[] = [
    ...(isCordoned ? [{ kind: 'Uncordon', node: name } as const] : []),
    ...troubled.map(
      (taint): Change => ({ kind: 'RemoveTaint', node: name, key: taint.key ?? '', effect: taint.effect ?? '' }),
    ),
    ...(wanted.length === 0 ? [] : [addingTolerations(wanted.map(exactToleration))]),
  ]
  const proof = prove(changes, [one], view, rules)
  if (!proof.opens.includes(name)) return undefined
  return {
    target: { kind: 'Node', name },
    tolerations: [],
    content: '',
    apply: isCordoned ? [`kubectl uncordon ${name}`] : [],
    opens: { nodes: proof.opens, podsThatFit: proof.podsThatFit, podsWanted: proof.podsWanted },
    stillBlocked: proof.stillBlocked,
    reach: 'Proven',
    evidence: evidenceFor(name, isCordoned, troubled, wanted),
    warnings: [
      ...troubled.map(doNotTolerate),
      ...wanted.map(
        (taint) => `Besides, the Pod has to tolerate ${taintText(taint)}: without that ${name} stays closed to it.`,
      ),
    ],
  }
}

function evidenceFor(name: string, isCordoned: boolean, troubled: readonly Taint[], wanted: readonly Taint[]): string {
  const reasons = [
    ...(isCordoned ? ['it is cordoned'] : []),
    ...troubled.map((taint) => `it has taint ${taintText(taint)} (${classifyTaint(taint).meaning})`),
    ...wanted.map((taint) => `the Pod does not tolerate ${taintText(taint)}`),
  ]
  return `only this keeps the Pod off ${name}: ${reasons.join(', and ')}`
}

function doNotTolerate(taint: Taint): string {
  const { instead } = classifyTaint(taint)
  return `Do not tolerate ${taintText(taint)}${instead === undefined ? '' : `: ${instead}`}.`
}

/** There is no single step: what stands in the way is said. */
function nothingToTolerate({ verdict, count }: Case, notes: readonly string[]): SuggestionBody {
  const target: Target = { kind: 'None' }
  const { blocked } = nodesVerdict(verdict.nodes, verdict.podBlockers.length > 0, verdict.podUnknown)
  return {
    target,
    tolerations: [],
    content: '',
    apply: [],
    opens: { nodes: [], podsThatFit: 0, podsWanted: count },
    stillBlocked: blocked,
    reach: 'Unknown',
    evidence: `no toleration helps: ${unschedulableAnswer(verdict)}`,
    warnings: [
      ...verdict.podBlockers.flatMap(({ reasons }) => reasons.map(({ fact }) => `${detailOf([fact])}.`)),
      ...intolerable(verdict.nodes),
      ...notes,
    ],
  }
}

/** What is to be done about the taints that must not be tolerated, each once. */
function intolerable(nodes: readonly NodeVerdict[]): readonly string[] {
  const taints = new Map(nodes.flatMap((node) => taintsOf(node)).map((taint) => [taintText(taint), taint]))
  return [...taints.values()].filter((taint) => !classifyTaint(taint).tolerable).map(doNotTolerate)
}

/** Room that is lacking, in numbers, on the nodes that would take the Pod otherwise. */
function shortages(nodes: readonly NodeVerdict[]): readonly string[] {
  return nodes
    .filter(({ blockers }) => blockers.length === 1 && blockers[0]?.plugin === 'NodeResourcesFit')
    .slice(0, mostNodes)
    .map(({ node, blockers }) => {
      const facts = (blockers[0]?.reasons ?? []).map(({ fact }) => fact)
      const absent = facts.some((fact) => fact.kind === 'Insufficient' && fact.allocatable === 0n)
      const full = facts.some((fact) => fact.kind === 'TooManyPods')
      const todo = absent
        ? 'what is to offer it there does not'
        : full
          ? "end Pods there, or raise its kubelet's maxPods"
          : 'free room there, or request less'
      return `${node.name}: ${facts.map((fact) => detailOf([fact])).join('; ')}: ${todo}.`
    })
}

/** Tolerations that come to mind and are not enough, with what then still stands in the way. */
function halfMeasures({ verdict, pod }: Case): readonly string[] {
  const found = verdict.nodes
    .filter((node) => taintsOf(node).some((taint) => classifyTaint(taint).tolerable) && node.blockers.length > 1)
    .map((node) => {
      const taints = taintsOf(node).filter((taint) => classifyTaint(taint).tolerable)
      const rest = node.blockers.filter(({ plugin }) => plugin !== 'TaintToleration')
      const tolerating = taints
        .map(exactToleration)
        .map(({ key = '', value }) => (value === undefined ? key : `${key}=${value}`))
        .join(', ')
      const left = rest.flatMap(({ reasons }) => reasons.map(({ fact }) => detailOf([fact]))).join('; ')
      return { node: node.node.name, tolerating, left }
    })
  return [...groupBy(found, ({ tolerating, left }) => `${tolerating}: ${left}`).values()]
    .slice(0, mostNodes)
    .flatMap((alike) => {
      const [first] = alike
      if (first === undefined) return []
      const nodes = nodeNames(alike.map(({ node }) => node))
      return `Tolerating ${first.tolerating} does not open ${nodes} for ${pod.metadata.name ?? 'the Pod'}. Besides: ${first.left}.`
    })
}
