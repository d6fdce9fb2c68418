import type { NodeBuilder, PodBuilder } from '#test/builders/objects.ts'
import { aCluster } from '#test/builders/cluster.ts'
import { viewOf } from '#scheduler/framework/cluster-view.ts'
import type { Plugin } from '#scheduler/framework/plugin.ts'
import { rulesFor } from '#scheduler/profile.ts'
import { parseServerVersion } from '#model/server-version.ts'

export interface Situation {
  readonly pod: PodBuilder
  readonly nodes: readonly NodeBuilder[]
  /** Everything else in the cluster. */
  readonly others?: readonly object[]
  readonly server?: string
}

/**
 * What one plugin says of a Pod on each node, in one word or more: `fits`; the reasons; `left out`; before them all
 * `whole Pod: ...` where PreFilter rejects it.
 */
export function verdictsOf(plugin: Plugin, { pod, nodes, others = [], server }: Situation): Readonly<Record<string, string>> {
  const state = aCluster([...nodes, ...others, pod])
  const rules = rulesFor(server === undefined ? null : (parseServerVersion(server) ?? null))
  const waiting = state.lists.pods.items.at(-1)
  if (waiting === undefined) throw new Error('the situation has no Pod')
  const prepared = plugin.prepare(waiting, viewOf(state), rules)
  const said: Record<string, string> = {}
  if (prepared.kind === 'refused') return { '*': prepared.reasons.map(({ text }) => text).join(', ') }
  if (prepared.kind === 'failed') return { '*': prepared.message }
  if (prepared.kind === 'unknown') return { '*': 'unknown' }
  for (const node of viewOf(state).nodes) {
    if (prepared.kind === 'skip') said[node.name] = 'fits'
    else if (prepared.only !== undefined && !prepared.only.has(node.name)) said[node.name] = 'left out'
    else {
      const outcome = prepared.filter(node)
      said[node.name] =
        outcome.kind === 'refused'
          ? `${outcome.reasons.map(({ text }) => text).join(', ')}${outcome.resolvable ? '' : ' (final)'}`
          : outcome.kind === 'failed'
            ? outcome.message
            : outcome.kind
    }
  }
  return said
}
