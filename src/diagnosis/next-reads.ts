import type { Pod } from '#model/api/pod.ts'
import type { ClusterState } from '#model/cluster-state.ts'
import type { SchedulerKind } from '#model/kinds.ts'
import type { ServerVersion } from '#model/server-version.ts'
import { type Want, wantKey } from '#model/want.ts'
import { wantedReads } from '#ownership/wanted-reads.ts'
import { kindsNeeded } from '#scheduler/kinds-needed.ts'
import { rulesFor } from '#scheduler/profile.ts'
import { inScope, isWaiting, type NamedObject, podsInScope, type Scope } from './scope.ts'

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
  const candidates = candidatePods(state, scope)
  const inQuestion = podsInScope(state, scope)
  const objects = candidates.map(({ metadata }) => ({ apiVersion: 'v1', kind: 'Pod', metadata }))
  return {
    kinds: kindsNeeded(inQuestion, state.lists.pods.items, rules).filter((kind) => !kinds.has(kind)),
    wants: [...namedWants(scope), ...wantedReads(objects, state, asked)].filter((want) => !asked.has(wantKey(want))),
    pods: namedPods(state, scope).filter(({ namespace, name }) => !asked.has(podKey(namespace, name))),
  }
}

/** The Pods whose owners matter: those in question, and where a workload is named those that might be its. */
function candidatePods(state: ClusterState, scope: Scope): readonly Pod[] {
  if (scope.named === undefined || scope.named.every(({ resource }) => resource === 'pods'))
    return podsInScope(state, scope)
  return state.lists.pods.items.filter(
    (pod) => inScope(pod, scope) && (isWaiting(pod) || (pod.spec.nodeName ?? '') === ''),
  )
}

const versions: Readonly<Record<string, string>> = { '': 'v1', apps: 'apps/v1', batch: 'batch/v1' }

function namedWants({ named = [], namespace }: Scope): readonly Want[] {
  if (namespace === undefined) return []
  return named.filter(isWorkload).map(({ kind, group, name }) => ({
    kind: 'object',
    apiVersion: versions[group] ?? `${group}/v1`,
    kindName: kind,
    namespace,
    name,
  }))
}

function isWorkload({ resource }: NamedObject): boolean {
  return resource !== 'pods' && resource !== 'nodes' && resource !== 'persistentvolumeclaims'
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
