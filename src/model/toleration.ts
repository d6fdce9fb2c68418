import type { Taint } from './api/node.ts'
import type { Toleration } from './api/pod.ts'

/** The effects that keep a Pod off a node; `PreferNoSchedule` only makes the node less wanted. */
export function keepsPodsOff(taint: Taint): boolean {
  return taint.effect === 'NoSchedule' || taint.effect === 'NoExecute'
}

/**
 * Whether one toleration tolerates one taint. `tolerationSeconds` plays no part in scheduling.
 * `Gt` and `Lt` count as unknown operators, which tolerate nothing: the gate
 * TaintTolerationComparisonOperators is off by default in every release up to 1.36.
 * @see component-helpers/scheduling/corev1/helpers.go, api/core/v1/toleration.go ToleratesTaint (kubernetes v1.36.2)
 */
export function tolerates(toleration: Toleration, taint: Taint): boolean {
  if ((toleration.effect ?? '') !== '' && toleration.effect !== taint.effect) return false
  if ((toleration.key ?? '') !== '' && toleration.key !== taint.key) return false
  switch (toleration.operator ?? '') {
    case '':
    case 'Equal':
      return (toleration.value ?? '') === (taint.value ?? '')
    case 'Exists':
      return true
    default:
      return false
  }
}

export function isTolerated(taint: Taint, tolerations: readonly Toleration[] = []): boolean {
  return tolerations.some((toleration) => tolerates(toleration, taint))
}

/** The taints that keep a Pod with these tolerations off the node, in the node's own order. */
export function untoleratedTaints(taints: readonly Taint[] = [], tolerations: readonly Toleration[] = []): Taint[] {
  return taints.filter((taint) => keepsPodsOff(taint) && !isTolerated(taint, tolerations))
}
