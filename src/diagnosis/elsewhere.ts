import type { ClusterState } from '#model/cluster-state.ts'
import type { Elsewhere } from '#report/explain-parts.ts'
import { inScope, isWaiting, type Scope } from './scope.ts'

const mostNamespaces = 10

/** Where Pods wait, for a question about one namespace in which none does. */
export function elsewhereOf(state: ClusterState, scope: Scope): Elsewhere | undefined {
  if (scope.namespace === undefined || scope.named !== undefined) return undefined
  const { namespace, ...anywhere } = scope
  const counts = new Map<string, number>()
  for (const pod of state.lists.pods.items) {
    if (!isWaiting(pod) || !inScope(pod, anywhere) || pod.metadata.namespace === namespace) continue
    if ((pod.spec.nodeName ?? '') !== '') continue
    const place = pod.metadata.namespace ?? ''
    counts.set(place, (counts.get(place) ?? 0) + 1)
  }
  if (counts.size === 0) return undefined
  const namespaces = [...counts]
    .map(([place, pods]) => ({ namespace: place, pods }))
    .sort((a, b) => b.pods - a.pods || (a.namespace < b.namespace ? -1 : 1))
  const pods = namespaces.reduce((sum, one) => sum + one.pods, 0)
  return { pods, namespaces: namespaces.slice(0, mostNamespaces) }
}
