import { fits, refusedForGood } from '#scheduler/framework/outcome.ts'
import { type Plugin, skip } from '#scheduler/framework/plugin.ts'

/**
 * Refuses every node but the one the Pod names. A Pod with a node never waits for the scheduler,
 * so this speaks only of Pods that are thought of, not of Pending ones.
 * @see nodename/node_name.go Filter (kubernetes v1.36.2)
 */
export const nodeName: Plugin = {
  name: 'NodeName',
  prepare(pod) {
    const wanted = pod.spec.nodeName ?? ''
    if (wanted === '') return skip
    const other = refusedForGood({
      text: "node(s) didn't match the requested node name",
      fact: { kind: 'OtherNodeNamed', wanted },
    })
    return { kind: 'filter', filter: (node) => (node.name === wanted ? fits : other) }
  },
}
