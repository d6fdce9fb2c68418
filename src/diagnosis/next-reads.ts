import { componentWants } from '#components/wants.ts'
import { controllerOf } from '#model/api/meta.ts'
import type { Pod } from '#model/api/pod.ts'
import type { ClusterState } from '#model/cluster-state.ts'
import type { SchedulerKind } from '#model/kinds.ts'
import { oncePer } from '#model/once-per.ts'
import type { OwnedObject } from '#model/raw-object.ts'
import type { ServerVersion } from '#model/server-version.ts'
import { type Want, wantKey } from '#model/want.ts'
import { wantedReads } from '#ownership/wanted-reads.ts'
import { kindsNeeded } from '#scheduler/kinds-needed.ts'
import { rulesFor } from '#scheduler/profile.ts'
import { type Inquiry, inquiryOf } from './inquiry.ts'
import { wantsOfComponents } from './reads/component-wants.ts'
import { eventWants } from './reads/event-wants.ts'
import { isWorkload, namedWants } from './reads/named-wants.ts'
import { deviceWants, namespaceWants } from './reads/note-wants.ts'
import { refusalWants, refusedObjects } from './reads/refusal-wants.ts'
import { selectorWants, webhookWants } from './reads/selector-wants.ts'
import { inScope, isWaiting, needsNode, podsInScope, type Scope } from './scope.ts'
import { type Behind, behind, podsBehind } from './waits/pods-behind.ts'

/** What has to be read next to answer the question; nothing where all is there. */
export interface NextReads {
  readonly kinds: readonly SchedulerKind[]
  readonly wants: readonly Want[]
  /** Pods that were named and are not among those read so far. */
  readonly pods: readonly { readonly namespace: string; readonly name: string }[]
}

export interface ReadSoFar {
  readonly state: ClusterState
  /** The scheduler's kinds that were asked for. */
  readonly kinds: ReadonlySet<SchedulerKind>
  /** The keys of the wants that were asked for. */
  readonly asked: ReadonlySet<string>
}

/** Decides what the question still needs. Pure: the reader asks again with what it brought, until nothing is wanted. */
export function nextReads(scope: Scope, { state, kinds, asked }: ReadSoFar, version?: ServerVersion): NextReads {
  const rules = rulesFor(version ?? state.version)
  const inquiry = inquiryOf(state, rules)
  const inQuestion = podsInQuestion(state, scope)
  const behindOf = oncePer((pod: Pod) => behind(pod, inquiry))
  const found = inQuestion.map(behindOf)
  const judged = [...new Set([...inQuestion, ...found.flatMap(({ ends }) => ends)])]
  const needed = [...kindsNeeded(judged, state.lists.pods.items, rules), ...claimKinds(scope)]
  const missing = needed.filter((kind) => !kinds.has(kind))
  const pods = namedPods(state, scope).filter(({ namespace, name }) => !asked.has(podKey(namespace, name)))
  const isListed = needed.includes('namespaces') || kinds.has('namespaces') || pods.length > 0
  const wants = [
    ...namedWants(scope, inquiry),
    ...eventWants(inQuestion, scope, inquiry),
    ...refusalWants(scope.namespace, inquiry),
    ...selectorWants(inQuestion, inquiry),
    ...webhookWants(inQuestion, inquiry),
    ...namespaceWants(judged, inquiry, isListed),
    ...deviceWants(inQuestion, inquiry),
    ...wantsOfComponents(judged, state),
    ...found.flatMap(({ gone }) =>
      gone.flatMap(({ component = '', namespace }) => componentWants(component, namespace)),
    ),
    ...wantedReads(ownedObjects(scope, behindOf, inquiry), state, asked),
  ]
  const byKey = new Map(wants.map((want) => [wantKey(want), want]))
  return {
    kinds: [...new Set(missing)],
    wants: [...byKey].filter(([key]) => !asked.has(key)).map(([, want]) => want),
    pods,
  }
}

/** The Pods that the answer speaks of; where a node was named, all that might be kept off it. */
function podsInQuestion(state: ClusterState, scope: Scope): readonly Pod[] {
  const own = podsInScope(state, scope)
  const byNode = (scope.named ?? []).some(({ resource }) => resource === 'nodes')
  return byNode ? [...new Set([...own, ...state.lists.pods.items.filter(needsNode)])] : own
}

function claimKinds({ named = [] }: Scope): readonly SchedulerKind[] {
  return named.some(({ resource }) => resource === 'persistentvolumeclaims')
    ? ['persistentvolumeclaims', 'persistentvolumes', 'storageclasses']
    : []
}

/** The objects whose owners matter: the Pods in question, those that they wait for, and what was refused Pods. */
function ownedObjects(scope: Scope, behindOf: (pod: Pod) => Behind, inquiry: Inquiry): readonly OwnedObject[] {
  const candidates = candidatePods(inquiry.state, scope)
  const pods = [...new Set([...candidates, ...podsBehind(candidates.map(behindOf), inquiry)])]
  return [...pods.map(({ metadata }) => ({ apiVersion: 'v1', kind: 'Pod', metadata })), ...refusedObjects(inquiry)]
}

/** The Pods whose owners matter: those in question, and where a workload is named those that might be its. */
function candidatePods(state: ClusterState, scope: Scope): readonly Pod[] {
  const workloads = (scope.named ?? []).filter(isWorkload)
  if (workloads.length === 0) return podsInQuestion(state, scope)
  const mayBe = ({ metadata }: Pod): boolean => {
    const owner = controllerOf(metadata)?.name ?? ''
    return workloads.some(({ name }) => owner.startsWith(name))
  }
  return state.lists.pods.items.filter(
    (pod) => inScope(pod, scope) && (isWaiting(pod) || (pod.spec.nodeName ?? '') === '' || mayBe(pod)),
  )
}

function namedPods(
  state: ClusterState,
  { named = [], namespace }: Scope,
): readonly { namespace: string; name: string }[] {
  if (namespace === undefined) return []
  const there = new Set(
    state.lists.pods.items
      .filter(({ metadata }) => metadata.namespace === namespace)
      .map(({ metadata }) => metadata.name),
  )
  return named
    .filter(({ resource, name }) => resource === 'pods' && !there.has(name))
    .map(({ name }) => ({ namespace, name }))
}

export function podKey(namespace: string, name: string): string {
  return `pod ${namespace}/${name}`
}
