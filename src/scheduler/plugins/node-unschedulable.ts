import { isTolerated } from '#model/toleration.ts'
import { fits, refusedForGood } from '#scheduler/framework/outcome.ts'
import type { Plugin } from '#scheduler/framework/plugin.ts'

const cordoned = refusedForGood({ text: 'node(s) were unschedulable', fact: { kind: 'Cordoned' } })

/** What a cordon counts as: the taint that the node lifecycle controller adds, whether it is there or not. */
const cordonTaint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }

/**
 * Refuses a cordoned node (`spec.unschedulable`), unless the Pod tolerates the cordon's taint.
 * @see nodeunschedulable/node_unschedulable.go Filter (kubernetes v1.36.2)
 */
export const nodeUnschedulable: Plugin = {
  name: 'NodeUnschedulable',
  prepare(pod) {
    const goesAnywhere = isTolerated(cordonTaint, pod.spec.tolerations)
    if (goesAnywhere) return { kind: 'skip' }
    return { kind: 'filter', filter: ({ node }) => (node.spec.unschedulable === true ? cordoned : fits) }
  },
}
