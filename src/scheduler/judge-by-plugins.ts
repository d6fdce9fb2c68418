import type { Pod } from '#model/api/pod.ts'
import type { NodeVerdict, PluginBlocker } from './evaluate.ts'
import type { ClusterView } from './framework/cluster-view.ts'
import type { PluginName } from './framework/plugin.ts'
import type { Rules } from './framework/rules.ts'
import { profileOf } from './registry.ts'

/**
 * What some of the plugins say of a Pod on every node, each judged on its own; what a plugin cannot judge is no
 * rejection. For those who borrow rules of the scheduler, as the DaemonSet controller does.
 */
export function judgeByPlugins(
  pod: Pod,
  cluster: ClusterView,
  rules: Rules,
  names: readonly PluginName[],
): readonly NodeVerdict[] {
  const prepared = profileOf(rules)
    .filter(({ name }) => names.includes(name))
    .flatMap((plugin) => {
      const one = plugin.prepare(pod, cluster, rules)
      return one.kind === 'filter' ? [{ name: plugin.name, filter: one }] : []
    })
  return cluster.nodes.map((node) => ({
    node,
    unknown: [],
    blockers: prepared.flatMap(({ name, filter }): PluginBlocker[] => {
      if (filter.only !== undefined && !filter.only.has(node.name)) return [leftOut(name, filter.only)]
      const outcome = filter.filter(node)
      if (outcome.kind !== 'refused') return []
      return [{ plugin: name, resolvable: outcome.resolvable, reasons: outcome.reasons }]
    }),
  }))
}

function leftOut(plugin: PluginName, only: ReadonlySet<string>): PluginBlocker {
  const fact = { kind: 'OtherNodesOnly', nodes: [...only].sort() } as const
  return { plugin, resolvable: false, reasons: [{ text: `node(s) didn't satisfy plugin(s) [${plugin}]`, fact }] }
}
