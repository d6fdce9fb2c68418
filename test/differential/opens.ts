import { parse } from 'yaml'
import { suggest } from '#remedies/suggest.ts'
import type { SuggestionBody } from '#report/suggest-report.ts'
import { aCluster } from '#test/builders/cluster.ts'
import type { ApiClient } from './api-client.ts'
import type { Item } from './generate/world.ts'
import { pause } from './live-cluster.ts'
import { provision } from './provisioner.ts'

/** What came of a patch that was suggested. */
export interface Held {
  readonly pod: string
  readonly opens: readonly string[]
  /** Where the scheduler put the Pod; undefined where it left it. */
  readonly node: string | undefined
}

/**
 * Gives one waiting Pod the tolerations that are suggested for it and says where the real scheduler puts it. One only:
 * the next would find another cluster. Undefined where no toleration is suggested.
 */
export async function holdOpens(api: ApiClient, state: readonly Item[], version: string): Promise<Held | undefined> {
  const { suggestions } = suggest(aCluster(state, { serverVersion: version }), {})
  const patch = suggestions
    .flatMap((one): readonly SuggestionBody[] => [one, ...one.alternatives])
    .find(({ target, opens, content }) => target.kind === 'PodPatch' && opens.nodes.length > 0 && content !== '')
  if (patch === undefined) return undefined
  const { namespace = '', name = '' } = patch.target
  const pod = state.find(
    ({ kind, metadata }) => kind === 'Pod' && metadata.namespace === namespace && metadata.name === name,
  )
  if (pod === undefined) throw new Error(`suggested for a Pod that is not there: ${namespace}/${name}`)
  await api.patch(pod, parse(patch.content) as object)
  return { pod: `${namespace}/${name}`, opens: patch.opens.nodes, node: await placeOf(api, pod) }
}

async function placeOf(api: ApiClient, { metadata }: Item): Promise<string | undefined> {
  for (let turn = 0; turn < 40; turn++) {
    await pause(250)
    await provision(api)
    const pods = await api.list('v1', 'Pod')
    const now = pods.find((one) => one.metadata.namespace === metadata.namespace && one.metadata.name === metadata.name)
    const { nodeName } = (now?.spec ?? {}) as { nodeName?: string }
    if (nodeName !== undefined) return nodeName
  }
  return undefined
}

export function isTrue({ opens, node }: Held): boolean {
  return node !== undefined && opens.includes(node)
}
