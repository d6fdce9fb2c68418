import type { ResourceList } from '#model/api/meta.ts'
import type { Node } from '#model/api/node.ts'
import type { Pod, Toleration } from '#model/api/pod.ts'
import type { PersistentVolume } from '#model/api/storage.ts'
import type { ClusterState } from '#model/cluster-state.ts'

/** Something a person could change. Applied to a cluster and a Pod it gives another cluster and another Pod. */
export type Change =
  | { readonly kind: 'AddTolerations'; readonly tolerations: readonly Toleration[] }
  | { readonly kind: 'RemoveTaint'; readonly node: string; readonly key: string; readonly effect: string }
  | { readonly kind: 'Uncordon'; readonly node: string }
  | { readonly kind: 'LabelNode'; readonly node: string; readonly key: string; readonly value: string }
  /** Sets requests of one container (the first where none is named); what is not named stays. */
  | { readonly kind: 'SetRequests'; readonly container?: string; readonly requests: ResourceList }
  /** The claim is bound to this volume, which is there from now on. */
  | {
      readonly kind: 'BindClaim'
      readonly namespace: string
      readonly claim: string
      readonly volume: PersistentVolume
    }

/** The Pod and the cluster as they would be with the changes made, in order; the given ones stay as they are. */
export function withChanges(
  changes: readonly Change[],
  pod: Pod,
  state: ClusterState,
): { pod: Pod; state: ClusterState } {
  let changed = { pod, state }
  for (const change of changes) changed = withChange(change, changed.pod, changed.state)
  return changed
}

function withChange(change: Change, pod: Pod, state: ClusterState): { pod: Pod; state: ClusterState } {
  switch (change.kind) {
    case 'AddTolerations': {
      const tolerations = [...(pod.spec.tolerations ?? []), ...change.tolerations]
      return { state, pod: { ...pod, spec: { ...pod.spec, tolerations } } }
    }
    case 'SetRequests':
      return { state, pod: withRequests(pod, change.container, change.requests) }
    case 'RemoveTaint':
      return {
        pod,
        state: withNode(state, change.node, (node) => {
          const left = (node.spec.taints ?? []).filter(
            ({ key, effect }) => key !== change.key || effect !== change.effect,
          )
          return { ...node, spec: { ...node.spec, taints: left } }
        }),
      }
    case 'Uncordon':
      return { pod, state: withNode(state, change.node, uncordoned) }
    case 'LabelNode':
      return {
        pod,
        state: withNode(state, change.node, (node) => {
          const labels = { ...node.metadata.labels, [change.key]: change.value }
          return { ...node, metadata: { ...node.metadata, labels } }
        }),
      }
    case 'BindClaim':
      return { pod, state: withClaimBound(state, change.namespace, change.claim, change.volume) }
    default:
      return change satisfies never
  }
}

/** A cordon comes with a taint that the node lifecycle controller adds and takes away with it. */
function uncordoned(node: Node): Node {
  const taints = (node.spec.taints ?? []).filter(({ key }) => key !== 'node.kubernetes.io/unschedulable')
  return { ...node, spec: { ...node.spec, unschedulable: false, taints } }
}

function withRequests(pod: Pod, name: string | undefined, requests: ResourceList): Pod {
  const containers = pod.spec.containers ?? []
  const at = name === undefined ? 0 : containers.findIndex((container) => container.name === name)
  const changed = containers.map((container, index) =>
    index === at
      ? {
          ...container,
          resources: { ...container.resources, requests: { ...container.resources?.requests, ...requests } },
        }
      : container,
  )
  return { ...pod, spec: { ...pod.spec, containers: changed } }
}

function withNode(state: ClusterState, name: string, change: (node: Node) => Node): ClusterState {
  const { nodes } = state.lists
  const items = nodes.items.map((node) => (node.metadata.name === name ? change(node) : node))
  return { ...state, lists: { ...state.lists, nodes: { ...nodes, items } } }
}

function withClaimBound(state: ClusterState, namespace: string, name: string, volume: PersistentVolume): ClusterState {
  const { persistentvolumeclaims: claims, persistentvolumes: volumes } = state.lists
  const volumeName = volume.metadata.name ?? ''
  const items = claims.items.map((claim) => {
    if (claim.metadata.namespace !== namespace || claim.metadata.name !== name) return claim
    const annotations = { ...claim.metadata.annotations, 'pv.kubernetes.io/bind-completed': 'yes' }
    return {
      metadata: { ...claim.metadata, annotations },
      spec: { ...claim.spec, volumeName },
      status: { ...claim.status, phase: 'Bound' },
    }
  })
  const others = volumes.items.filter(({ metadata }) => metadata.name !== volumeName)
  return {
    ...state,
    lists: {
      ...state.lists,
      persistentvolumeclaims: { ...claims, items },
      persistentvolumes: { ...volumes, items: [...others, volume] },
    },
  }
}
