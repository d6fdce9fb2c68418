import type { LabelSelector } from '#model/api/meta.ts'
import type { Pod } from '#model/api/pod.ts'
import type { ApiObject, ClusterState } from '#model/cluster-state.ts'
import { objectIndex } from '#model/object-index.ts'
import { oncePer } from '#model/once-per.ts'
import { selects } from '#model/selector.ts'
import { ownerChain } from '#ownership/owner-chain.ts'
import { claimNames } from './claim-names.ts'
import { isUnreachable } from './node-health.ts'

/** Which Pods a question is about. */
export interface Scope {
  /** Absent: all namespaces. */
  readonly namespace?: string
  readonly selector?: LabelSelector
  readonly fields?: readonly FieldRequirement[]
  /** The objects that were named; absent: every Pending Pod. */
  readonly named?: readonly NamedObject[]
}

export interface NamedObject {
  /** Plural with its group where it has one: `pods`, `deployments.apps`. */
  readonly resource: string
  readonly kind: string
  readonly group: string
  readonly name: string
}

/** One part of `--field-selector`: `status.phase!=Running`. */
export interface FieldRequirement {
  readonly field: string
  readonly operator: '=' | '!='
  readonly value: string
}

/** A Pending Pod that no one named: not finished, and phase Pending (or none yet). */
export function isWaiting(pod: Pod): boolean {
  return (pod.status.phase ?? 'Pending') === 'Pending'
}

/** Whether the scheduler still has to find a node for the Pod. */
export function needsNode(pod: Pod): boolean {
  return (
    (pod.spec.nodeName ?? '') === '' &&
    pod.metadata.deletionTimestamp === undefined &&
    pod.status.phase !== 'Succeeded' &&
    pod.status.phase !== 'Failed'
  )
}

export function inScope(pod: Pod, scope: Scope): boolean {
  const { namespace, name } = pod.metadata
  if (scope.namespace !== undefined && namespace !== scope.namespace) return false
  if (scope.selector !== undefined && !selects(scope.selector, pod.metadata.labels ?? {})) return false
  const values: Readonly<Record<string, string>> = {
    'metadata.name': name ?? '',
    'metadata.namespace': namespace ?? '',
    'spec.nodeName': pod.spec.nodeName ?? '',
    'spec.schedulerName': pod.spec.schedulerName ?? '',
    'spec.restartPolicy': pod.spec.restartPolicy ?? '',
    'spec.serviceAccountName': pod.spec.serviceAccountName ?? '',
    'status.phase': pod.status.phase ?? '',
    'status.nominatedNodeName': pod.status.nominatedNodeName ?? '',
  }
  return (scope.fields ?? []).every(({ field, operator, value }) => (operator === '=') === (values[field] === value))
}

/** The raw objects of the state that a name means. */
export function objectsNamed(
  state: ClusterState,
  { group, kind, name }: NamedObject,
  namespace: string | undefined,
): readonly ApiObject[] {
  return objectIndex(state)
    .ofKind(group, kind)
    .filter(
      ({ metadata }) =>
        metadata.name === name &&
        (namespace === undefined || metadata.namespace === undefined || metadata.namespace === namespace),
    )
}

export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/')
  return slash === -1 ? '' : apiVersion.slice(0, slash)
}

/** The Pods that a question is about. */
export function podsInScope(state: ClusterState, scope: Scope): readonly Pod[] {
  const pods = state.lists.pods.items.filter((pod) => inScope(pod, scope))
  if (scope.named === undefined) return pods.filter((pod) => isWaiting(pod) || isStuck(pod, state))
  const names = scope.named
  return pods.filter((pod) =>
    names.some((named) => isMeant(pod, named, state) && (named.resource === 'pods' || !isAtWork(pod, state))),
  )
}

/** Every Pod of a named object, running or not, by owner references. */
export function podsOf(state: ClusterState, named: NamedObject, namespace: string | undefined): readonly Pod[] {
  return state.lists.pods.items.filter(
    (pod) => (namespace === undefined || pod.metadata.namespace === namespace) && isMeant(pod, named, state),
  )
}

/** Of a workload that was asked for, Pods that run are no part of the question: there may be thousands. */
function isAtWork(pod: Pod, state: ClusterState): boolean {
  return !isWaiting(pod) && (pod.spec.nodeName ?? '') !== '' && !isStuck(pod, state)
}

/** A Pod that is being deleted and cannot go, since its node is gone or does not answer. */
function isStuck({ metadata, spec, status }: Pod, state: ClusterState): boolean {
  if (metadata.deletionTimestamp === undefined || (spec.nodeName ?? '') === '') return false
  if (status.phase === 'Succeeded' || status.phase === 'Failed' || state.lists.nodes.missing !== undefined) return false
  return !answeringNodes(state).has(spec.nodeName ?? '')
}

const answeringNodes = oncePer(({ lists }: ClusterState): ReadonlySet<string> => {
  const answering = lists.nodes.items.filter((node) => !isUnreachable(node))
  return new Set(answering.map(({ metadata }) => metadata.name ?? ''))
})

function isMeant(pod: Pod, named: NamedObject, state: ClusterState): boolean {
  if (named.resource === 'pods') return pod.metadata.name === named.name
  if (named.resource === 'nodes') return false
  if (named.resource === 'persistentvolumeclaims') {
    const isFinished = pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed'
    return !isFinished && needsNode(pod) && claimNames(pod).includes(named.name)
  }
  const { owners } = ownerChain({ apiVersion: 'v1', kind: 'Pod', metadata: pod.metadata }, state)
  return owners.some(
    (owner) => owner.kind === named.kind && groupOf(owner.apiVersion) === named.group && owner.name === named.name,
  )
}
