import type { Pod } from '#model/api/pod.ts'
import { labelOf, selectsNode } from '#model/selector.ts'
import { isTolerated, keepsPodsOff } from '#model/toleration.ts'
import type { NodeView } from '#scheduler/framework/cluster-view.ts'

/**
 * Whether the Pod's node selector and required node affinity match the node, as `nodeAffinityPolicy: Honor` asks.
 * @see component-helpers/scheduling/corev1/nodeaffinity/nodeaffinity.go RequiredNodeAffinity.Match (kubernetes v1.36.2)
 */
export function matchesNode({ spec }: Pod, { labels, name }: NodeView): boolean {
  const selector = spec.nodeSelector
  for (const key in selector) {
    if (Object.hasOwn(selector, key) && labelOf(labels, key) !== selector[key]) return false
  }
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  return required === undefined || selectsNode(required, labels, name)
}

/**
 * Whether the Pod tolerates every taint that keeps Pods off the node, as `nodeTaintsPolicy: Honor` asks. Being
 * cordoned is no taint.
 * @see podtopologyspread/common.go matchNodeInclusionPolicies (kubernetes v1.36.2)
 */
export function toleratesNode({ spec }: Pod, { node }: NodeView): boolean {
  return (node.spec.taints ?? []).every((taint) => !keepsPodsOff(taint) || isTolerated(taint, spec.tolerations))
}
