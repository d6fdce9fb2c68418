import { componentOf } from '#components/registry.ts'
import { componentWants } from '#components/wants.ts'
import type { Pod } from '#model/api/pod.ts'
import type { ClusterState } from '#model/cluster-state.ts'
import { objectIndex } from '#model/object-index.ts'
import type { Want } from '#model/want.ts'
import { ownerChain, rootOf } from '#ownership/owner-chain.ts'
import { originOf } from '#ownership/registry.ts'

/** What the known systems among the Pods' makers look up to say where their tolerations are set. */
export function wantsOfComponents(pods: readonly Pod[], state: ClusterState): readonly Want[] {
  const seen = new Set<string>()
  const wants: Want[] = []
  for (const pod of pods) {
    const { namespace = '', name = '', ownerReferences } = pod.metadata
    const maker = `${namespace}/${ownerReferences?.[0]?.uid ?? ownerReferences?.[0]?.name ?? name}`
    if (seen.has(maker)) continue
    seen.add(maker)
    const id = componentIdOf(pod, state)
    if (id !== undefined) wants.push(...componentWants(id, namespace).filter((want) => !isThere(want, state)))
  }
  return wants
}

function componentIdOf(pod: Pod, cluster: ClusterState): string | undefined {
  const object = { ...pod, apiVersion: 'v1', kind: 'Pod' }
  const chain = ownerChain(object, cluster)
  const question = { root: rootOf(object, chain), chain, cluster }
  const origin = originOf(question)
  return componentOf({ ...question, pod, ...(origin === null ? {} : { origin }) })?.id
}

function isThere(want: Want, state: ClusterState): boolean {
  if (want.kind === 'list') return false
  return objectIndex(state).find(want.apiVersion, want.kindName, want.namespace, want.name) !== undefined
}
