import type { PodSpec } from '#model/api/pod.ts'
import { fits, refusedForGood } from '#scheduler/framework/outcome.ts'
import { type Plugin, skip } from '#scheduler/framework/plugin.ts'

/**
 * Refuses a node whose kubelet does not declare a feature that the Pod cannot run without.
 * @see nodedeclaredfeatures/nodedeclaredfeatures.go PreFilter, Filter (kubernetes v1.36.2)
 */
export const nodeDeclaredFeatures: Plugin = {
  name: 'NodeDeclaredFeatures',
  prepare(pod, _cluster, rules) {
    const required = rules.declaredFeatures ? requiredFeatures(pod.spec) : []
    if (required.length === 0) return skip
    return {
      kind: 'filter',
      filter({ node }) {
        const declared = node.status.declaredFeatures ?? []
        const missing = required.filter((feature) => !declared.includes(feature))
        if (missing.length === 0) return fits
        const text = "node(s) didn't match Pod's required features"
        return refusedForGood({ text, fact: { kind: 'DeclaredFeatures', missing } })
      },
    }
  },
}

/**
 * The features that scheduling asks for, sorted. The others that kubelets declare concern changes of running Pods.
 * @see component-helpers/nodedeclaredfeatures/features InferForScheduling (kubernetes v1.36.2)
 */
function requiredFeatures(spec: PodSpec): string[] {
  const required: string[] = []
  if (restartsAllContainers(spec)) required.push('RestartAllContainersOnContainerExits')
  if (spec.hostNetwork === true && spec.hostUsers === false) required.push('UserNamespacesHostNetworkSupport')
  return required
}

function restartsAllContainers({ containers = [], initContainers = [] }: PodSpec): boolean {
  return [...containers, ...initContainers].some((container) =>
    (container.restartPolicyRules ?? []).some((rule) => rule.action === 'RestartAllContainers'),
  )
}
