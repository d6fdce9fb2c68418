import type { Taint } from '#model/api/node.ts'
import { untoleratedTaints } from '#model/toleration.ts'
import { fits, type Refused, refusedForGood } from '#scheduler/framework/outcome.ts'
import type { Plugin } from '#scheduler/framework/plugin.ts'

/**
 * Refuses a node with a `NoSchedule` or `NoExecute` taint that the Pod does not tolerate. Up to 1.34.1 the scheduler
 * named the first such taint, since then it names none; the fact holds them all.
 * @see tainttoleration/taint_toleration.go Filter (kubernetes v1.36.2)
 */
export const taintToleration: Plugin = {
  name: 'TaintToleration',
  prepare(pod, _cluster, rules) {
    const tolerations = pod.spec.tolerations ?? []
    const known = new WeakMap<readonly Taint[], Refused | typeof fits>()
    return {
      kind: 'filter',
      filter({ node }) {
        const taints = node.spec.taints
        if (taints === undefined || taints.length === 0) return fits
        let outcome = known.get(taints)
        if (outcome === undefined) {
          const untolerated = untoleratedTaints(taints, tolerations)
          const [first] = untolerated
          outcome =
            first === undefined
              ? fits
              : refusedForGood({
                  text: reason(first, rules.taintIsNamed),
                  fact: { kind: 'Taints', taints: untolerated },
                })
          known.set(taints, outcome)
        }
        return outcome
      },
    }
  },
}

function reason(first: Taint, isNamed: boolean): string {
  return isNamed
    ? `node(s) had untolerated taint {${first.key ?? ''}: ${first.value ?? ''}}`
    : 'node(s) had untolerated taint(s)'
}
