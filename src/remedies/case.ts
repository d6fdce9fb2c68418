import type { Component, ComponentQuestion, Placement } from '#components/component.ts'
import { toleratedByValues } from '#components/lookup.ts'
import { noPlace } from '#components/placements.ts'
import { componentOf } from '#components/registry.ts'
import { needsNode } from '#diagnosis/scope.ts'
import type { Pod, Toleration } from '#model/api/pod.ts'
import type { ClusterState } from '#model/cluster-state.ts'
import { ownerChain, rootOf } from '#ownership/owner-chain.ts'
import { originOf } from '#ownership/registry.ts'
import type { SuggestedWorkload } from '#report/suggest-report.ts'
import { evaluate, type PodVerdict } from '#scheduler/evaluate.ts'
import type { ClusterView } from '#scheduler/framework/cluster-view.ts'
import type { Rules } from '#scheduler/framework/rules.ts'
import { classifyTaint } from '#taints/classify-taint.ts'
import { exactToleration } from '#taints/exact-toleration.ts'
import type { TolerationsAnswer } from '#taints/smallest-tolerations.ts'
import { placesFor } from './places.ts'
import { readYaml } from './read-yaml.ts'
import { evictingTaints, tolerationNeed } from './toleration-need.ts'

/** Pods of one kind that no node takes, with all that is known about mending it. */
export interface Case {
  /** A Pod of the kind; for a DaemonSet that passes nodes over, what its controller would make. */
  readonly pod: Pod
  readonly count: number
  readonly byController?: true
  readonly verdict: PodVerdict
  readonly component: Component | undefined
  readonly question: ComponentQuestion
  readonly workload: SuggestedWorkload
  readonly need: TolerationsAnswer
  readonly tolerations: readonly Toleration[]
  /** The natural place first; empty where no toleration is the answer. */
  readonly places: readonly Placement[]
  /** What is to be known beside, each as a sentence: who waits for these Pods. */
  readonly notes?: readonly string[]
}

/** What alike Pods lack, and where it is set; undefined where nothing keeps them off. */
export function caseOf(pods: readonly Pod[], view: ClusterView, rules: Rules): Case | undefined {
  const [pod] = pods
  if (pod === undefined) return undefined
  if (view.missing('nodes') !== undefined) return undefined
  const verdict = evaluate(pod, view, rules)
  if (needsNode(pod) && !isRefused(pod, verdict)) return undefined
  const question = questionOf(pod, view.state)
  const need = needsNode(pod)
    ? tolerationNeed({ pod, count: pods.length, meant: toleratedByValues(question) }, verdict, view, rules)
    : evictionNeed(pod, view)
  if (need === undefined) return undefined
  const tolerations = need.best?.tolerations ?? []
  return {
    pod,
    count: pods.length,
    verdict,
    component: componentOf(question),
    question,
    workload: workloadOf(question, pod, pods.length),
    need,
    tolerations,
    places: tolerations.length === 0 ? [] : usable(placesFor(question, tolerations), pod),
  }
}

/** A Pod that is being deleted is past patching: what makes the next one is what counts, where there is such a place. */
function usable(places: readonly Placement[], { metadata }: Pod): readonly Placement[] {
  if (metadata.deletionTimestamp === undefined) return places
  const lasting = places.filter(({ target }) => target.kind !== 'PodPatch')
  if (lasting.length > 0) return lasting
  const tooLate = 'the Pod is being deleted already, and the one after it is made without the toleration again'
  return places.map(({ afterwards, warnings }) => noPlace(tooLate, { afterwards, warnings }))
}

/** Whether it is the scheduler that waits for it, and no node takes it. */
function isRefused({ spec }: Pod, { podBlockers, nodes }: PodVerdict): boolean {
  const isOurs = (spec.schedulerName ?? 'default-scheduler') === 'default-scheduler'
  if (!isOurs || (spec.schedulingGates ?? []).length > 0) return false
  return podBlockers.length > 0 || nodes.every(({ blockers }) => blockers.length > 0)
}

/** A Pod that has a node is thrown out of it by NoExecute taints that it does not tolerate, again and again. */
function evictionNeed(pod: Pod, view: ClusterView): TolerationsAnswer | undefined {
  const node = view.nodes.find(({ name }) => name === pod.spec.nodeName)
  const taints = evictingTaints(pod, node?.node.spec.taints ?? []).filter((taint) => classifyTaint(taint).tolerable)
  if (taints.length === 0) return undefined
  const reason = `without ${taints.length === 1 ? 'it' : 'them'} node ${pod.spec.nodeName ?? ''} throws the Pod out again`
  const best = { tolerations: taints.map(exactToleration), taints, nodes: [], podsThatFit: 0, reason, warnings: [] }
  return { best, others: [], toMend: [], exact: true }
}

function questionOf(pod: Pod, cluster: ClusterState): ComponentQuestion {
  const object = { ...pod, apiVersion: 'v1', kind: 'Pod' }
  const chain = ownerChain(object, cluster)
  const question = { root: rootOf(object, chain), chain, cluster }
  const origin = originOf(question)
  return { ...question, pod, readYaml, ...(origin === null ? {} : { origin }) }
}

/** The root of the owner chain, or the Pod itself. */
function workloadOf({ chain }: ComponentQuestion, { metadata }: Pod, pods: number): SuggestedWorkload {
  const root = chain.owners.at(-1)
  const namespace = metadata.namespace ?? ''
  return root === undefined
    ? { kind: 'Pod', namespace, name: metadata.name ?? '', pods }
    : { kind: root.kind, namespace: root.namespace ?? namespace, name: root.name, pods }
}
