import type { Plugin } from './framework/plugin.ts'
import type { Rules } from './framework/rules.ts'
import { nodeAffinity } from './plugins/node-affinity.ts'
import { nodeName } from './plugins/node-name.ts'
import { nodePorts } from './plugins/node-ports.ts'
import { nodeResourcesFit } from './plugins/node-resources-fit.ts'
import { nodeUnschedulable } from './plugins/node-unschedulable.ts'
import { taintToleration } from './plugins/taint-toleration.ts'

const profiles = new WeakMap<Rules, readonly Plugin[]>()

/**
 * The filter plugins of kube-scheduler's default profile, in its order.
 * @see apis/config/v1/default_plugins.go getDefaultPlugins (kubernetes v1.36.2)
 */
export function profileOf(rules: Rules): readonly Plugin[] {
  const known = profiles.get(rules)
  if (known !== undefined) return known
  const profile = [nodeUnschedulable, nodeName, taintToleration, nodeAffinity, nodePorts, nodeResourcesFit]
  profiles.set(rules, profile)
  return profile
}
