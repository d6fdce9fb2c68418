import type { ClusterView, NodeView } from '#scheduler/framework/cluster-view.ts'
import { failed, fits, type Outcome, type Reason, refusedForGood } from '#scheduler/framework/outcome.ts'
import type { Rules } from '#scheduler/framework/rules.ts'
import { type BoundClaim, checkBound } from './bound.ts'
import { checkDelayed, type DelayedClaims } from './delayed.ts'

/**
 * The Filter: what bound claims and claims to bind say of a node, together. An error outweighs any refusal.
 * @see volumebinding/binder.go FindPodVolumes (kubernetes v1.36.2)
 */
export function judgeNode(
  bound: readonly BoundClaim[],
  delayed: DelayedClaims,
  cluster: ClusterView,
  rules: Rules,
): (node: NodeView) => Outcome {
  return (node) => {
    const reached = checkBound(bound, node, cluster, rules)
    if (reached.error !== undefined) return failed(reached.error)
    const found = checkDelayed(delayed, node)
    if (found.error !== undefined) return failed(found.error)
    const said = [reached.elsewhere, found.reason, reached.lost]
    const reasons = said.filter((reason): reason is Reason => reason !== undefined)
    const because = [...reached.because, ...found.because]
    if (reasons.length === 0) return because.length === 0 ? fits : { kind: 'unknown', because }
    const refusal = refusedForGood(...reasons)
    return because.length === 0 ? refusal : { ...refusal, incomplete: because }
  }
}
