import { componentOf } from '#components/registry.ts'
import type { Pod } from '#model/api/pod.ts'
import type { ApiObject, ClusterState } from '#model/cluster-state.ts'
import type { ServerVersion } from '#model/server-version.ts'
import type { Origin } from '#ownership/origin.ts'
import { ownerChain, rootOf } from '#ownership/owner-chain.ts'
import { originOf } from '#ownership/registry.ts'
import type { ClusterHead, Diagnosis, ExplainedCluster, OriginRef, OwnerRef } from '#report/explain-report.ts'
import { evaluate, type PodVerdict } from '#scheduler/evaluate.ts'
import { type ClusterView, viewOf } from '#scheduler/framework/cluster-view.ts'
import type { Rules } from '#scheduler/framework/rules.ts'
import { messageOf } from '#scheduler/message.ts'
import { newestKnownMinor, oldestKnownMinor, rulesFor } from '#scheduler/profile.ts'
import { causesOf } from './causes.ts'
import { incompleteOf } from './incomplete.ts'
import { nodesVerdict, reportBlocker } from './node-groups.ts'
import { type PodClass, podClasses } from './pod-class.ts'
import { judgePods } from './pod-state.ts'
import { podsInScope, type Scope } from './scope.ts'

export interface DiagnoseOptions {
  /** Judge as this server would, whatever the cluster says of itself. */
  readonly version?: ServerVersion
}

/** Why the Pods in scope wait: one diagnosis for all that the scheduler cannot tell apart. */
export function diagnose(state: ClusterState, scope: Scope, options: DiagnoseOptions = {}): ExplainedCluster {
  const version = options.version ?? state.version
  const rules = rulesFor(version)
  const view = viewOf(state)
  const pods = podsInScope(state, scope)
  const diagnoses = podClasses(pods, state.lists.pods.items).map((alike) => diagnoseClass(alike, view, rules))
  return { ...headOf(state, version, rules), diagnoses }
}

/** What is said of a cluster before the answer. */
export function headOf(state: ClusterState, version: ServerVersion | null, rules: Rules): ClusterHead {
  const { nodes } = state.lists
  return {
    name: state.name,
    server: state.server,
    version: version?.text ?? null,
    judgedAs: `v1.${rules.minor}`,
    nodeCount: nodes.missing === undefined ? nodes.items.length : null,
    incomplete: incompleteOf(state),
    notes: versionNotes(version),
  }
}

function versionNotes(version: ServerVersion | null): readonly string[] {
  if (version === null) return [`the server's version is not known: judged as v1.${newestKnownMinor}`]
  if (version.major > 1 || version.minor > newestKnownMinor) {
    return [`${version.text} is newer than what is known: judged as v1.${newestKnownMinor}`]
  }
  if (version.minor < oldestKnownMinor) {
    return [`${version.text} is older than what is known: judged as v1.${oldestKnownMinor}`]
  }
  return []
}

function diagnoseClass({ pods }: PodClass, view: ClusterView, rules: Rules): Diagnosis {
  const [pod] = pods as readonly [Pod, ...Pod[]]
  const verdict = evaluate(pod, view, rules)
  const { state, answer, notes, causes, isJudged } = judgePods(pods, verdict, view)
  const object = asObject(pod)
  const chain = ownerChain(object, view.state)
  const question = { root: rootOf(object, chain), chain, cluster: view.state }
  const origin = originOf(question)
  const component = componentOf({ ...question, pod, ...(origin === null ? {} : { origin }) })
  return {
    pods: pods.map(({ metadata }) => ({
      namespace: metadata.namespace ?? '',
      name: metadata.name ?? '',
      uid: metadata.uid ?? null,
      createdAt: metadata.creationTimestamp ?? null,
    })),
    state,
    answer,
    message:
      isJudged && (state === 'Unschedulable' || state === 'Undetermined') ? safeMessage(verdict, view, rules) : null,
    schedulerMessage: schedulerMessage(pod),
    owners: chain.owners.map(({ object: _object, ...owner }): OwnerRef => owner),
    ...(chain.end === undefined ? {} : { ownersEnd: endText(chain.end) }),
    origin: origin === null ? null : originRef(origin),
    component: component?.id ?? null,
    ...(component?.version === undefined ? {} : { componentVersion: component.version.source }),
    podBlockers: isJudged ? verdict.podBlockers.map((blocker) => reportBlocker(blocker)) : [],
    nodes: isJudged
      ? nodesVerdict(verdict.nodes, verdict.podBlockers.length > 0, verdict.podUnknown)
      : { total: verdict.nodes.length, feasible: [], blocked: [], undetermined: [] },
    causes: isJudged ? [...causes, ...causesOf(verdict)] : causes,
    remedies: [],
    notes,
  }
}

function safeMessage(verdict: PodVerdict, view: ClusterView, rules: Rules): string | null {
  return view.missing('nodes') === undefined ? messageOf(verdict, rules) : null
}

function schedulerMessage(pod: Pod): string | null {
  const condition = pod.status.conditions?.find(({ type }) => type === 'PodScheduled')
  return condition?.status === 'False' ? (condition.message ?? null) : null
}

function asObject(pod: Pod): ApiObject {
  return { ...pod, apiVersion: 'v1', kind: 'Pod' }
}

function originRef(origin: Origin): OriginRef {
  return { ...origin }
}

function endText(end: NonNullable<ReturnType<typeof ownerChain>['end']>): string {
  switch (end.kind) {
    case 'Deleted':
      return 'the last owner no longer exists'
    case 'OtherUid':
      return 'the last owner was deleted and made again since'
    case 'Unreadable':
      return `the last owner could not be read: ${end.message}`
    case 'Circle':
      return 'the owner references form a circle'
    case 'OtherNamespace':
      return 'the next owner is in another namespace, which Kubernetes does not follow'
    default:
      return end satisfies never
  }
}
