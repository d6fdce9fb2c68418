import type { Pod } from '#model/api/pod.ts'
import { oncePer } from '#model/once-per.ts'
import type { ClusterView } from './framework/cluster-view.ts'

/**
 * Pods that wait for room made for them on a node, by node. Those of equal or higher priority count there as if they
 * were running already.
 * @see framework/runtime/framework.go RunFilterPluginsWithNominatedPods (kubernetes v1.36.2)
 */
export function nomineesFor(pod: Pod, cluster: ClusterView): ReadonlyMap<string, readonly Pod[]> {
  const nominees = new Map<string, Pod[]>()
  for (const other of nominatedAmong(cluster.list('pods').items)) {
    if (other === pod || other.metadata.uid === pod.metadata.uid) continue
    if ((other.spec.priority ?? 0) < (pod.spec.priority ?? 0)) continue
    const node = other.status.nominatedNodeName ?? ''
    nominees.set(node, [...(nominees.get(node) ?? []), other])
  }
  return nominees
}

const nominatedAmong = oncePer((pods: readonly Pod[]) =>
  pods.filter(
    (pod) =>
      (pod.status.nominatedNodeName ?? '') !== '' &&
      (pod.spec.nodeName ?? '') === '' &&
      pod.metadata.deletionTimestamp === undefined &&
      pod.status.phase !== 'Succeeded' &&
      pod.status.phase !== 'Failed',
  ),
)
