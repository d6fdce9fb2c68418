import { oncePer } from '#model/once-per.ts'
import type { Plugin } from './framework/plugin.ts'
import type { Rules } from './framework/rules.ts'
import { dynamicResources } from './plugins/dynamic-resources/index.ts'
import { azureDiskLimits, ebsLimits, gcePdLimits } from './plugins/in-tree-volume-limits/index.ts'
import { interPodAffinity } from './plugins/inter-pod-affinity/index.ts'
import { nodeAffinity } from './plugins/node-affinity.ts'
import { nodeDeclaredFeatures } from './plugins/node-declared-features.ts'
import { nodeName } from './plugins/node-name.ts'
import { nodePorts } from './plugins/node-ports.ts'
import { nodeResourcesFit } from './plugins/node-resources-fit.ts'
import { nodeUnschedulable } from './plugins/node-unschedulable.ts'
import { nodeVolumeLimits } from './plugins/node-volume-limits/index.ts'
import { podTopologySpread } from './plugins/pod-topology-spread/index.ts'
import { taintToleration } from './plugins/taint-toleration.ts'
import { volumeBinding } from './plugins/volume-binding/index.ts'
import { volumeRestrictions } from './plugins/volume-restrictions.ts'
import { volumeZone } from './plugins/volume-zone.ts'

/**
 * The filter plugins of kube-scheduler's default profile, in its order.
 * @see apis/config/v1/default_plugins.go getDefaultPlugins (kubernetes v1.36.2)
 */
export const profileOf = oncePer((rules: Rules): readonly Plugin[] => {
  const when = (isOn: boolean, ...plugins: readonly Plugin[]): readonly Plugin[] => (isOn ? plugins : [])
  return [
    nodeUnschedulable,
    nodeName,
    taintToleration,
    nodeAffinity,
    nodePorts,
    nodeResourcesFit,
    volumeRestrictions,
    ...when(rules.inTreeVolumeLimits, ebsLimits, gcePdLimits),
    nodeVolumeLimits,
    ...when(rules.inTreeVolumeLimits, azureDiskLimits),
    volumeBinding,
    volumeZone,
    podTopologySpread,
    interPodAffinity,
    ...when(rules.dynamicResources, dynamicResources),
    ...when(rules.declaredFeatures, nodeDeclaredFeatures),
  ]
})
