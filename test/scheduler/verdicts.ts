import { parseServerVersion } from '#model/server-version.ts'
import { viewOf } from '#scheduler/framework/cluster-view.ts'
import type { Outcome } from '#scheduler/framework/outcome.ts'
import type { Plugin } from '#scheduler/framework/plugin.ts'
import { rulesFor } from '#scheduler/profile.ts'
import { aCluster } from '#test/builders/cluster.ts'
import type { NodeBuilder, PodBuilder } from '#test/builders/objects.ts'

export interface Situation {
  readonly pod: PodBuilder
  readonly nodes: readonly NodeBuilder[]
  /** Everything else in the cluster. */
  readonly others?: readonly object[]
  readonly server?: string
}

/**
 * What one plugin says of a Pod on each node: `fits`, `left out`, or the reasons, with `(final)` where preemption cannot
 * help. Under `*` stands what PreFilter says of the Pod as a whole.
 */
export function verdictsOf(plugin: Plugin, situation: Situation): Readonly<Record<string, string>> {
  const { pod, nodes, others = [], server } = situation
  const state = aCluster([...nodes, ...others, pod])
  const { name, namespace } = pod.metadata
  const waiting = state.lists.pods.items.find(
    ({ metadata }) => metadata.name === name && metadata.namespace === namespace,
  )
  if (waiting === undefined) throw new Error('the situation has no Pod')
  const version = server === undefined ? null : (parseServerVersion(server) ?? null)
  const view = viewOf(state)
  const prepared = plugin.prepare(waiting, view, rulesFor(version))
  if (prepared.kind === 'skip') return Object.fromEntries(view.nodes.map((node) => [node.name, 'fits']))
  if (prepared.kind !== 'filter') return { '*': words({ ...prepared, resolvable: true } as Outcome) }
  return Object.fromEntries(
    view.nodes.map((node) => {
      const isLeftOut = prepared.only?.has(node.name) === false
      return [node.name, isLeftOut ? 'left out' : words(prepared.filter(node))]
    }),
  )
}

function words(outcome: Outcome): string {
  if (outcome.kind === 'failed') return outcome.message
  if (outcome.kind !== 'refused') return outcome.kind
  return `${outcome.reasons.map(({ text }) => text).join(', ')}${outcome.resolvable ? '' : ' (final)'}`
}
