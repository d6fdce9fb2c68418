import type { Pod } from '#model/api/pod.ts'
import type { ClusterView, NodeView } from './framework/cluster-view.ts'
import type { Because, Outcome, Reason } from './framework/outcome.ts'
import type { FilterReady, Plugin, PluginName, Prepared } from './framework/plugin.ts'
import type { Rules } from './framework/rules.ts'
import { nomineesFor } from './nominated-pods.ts'
import { profileOf } from './registry.ts'

/** One plugin's rejection. */
export interface PluginBlocker {
  readonly plugin: PluginName
  readonly resolvable: boolean
  readonly reasons: readonly Reason[]
  /** There may be more reasons than these. */
  readonly incomplete?: readonly Because[]
  /** The node was left out by PreFilter's narrowing, before any Filter ran. */
  readonly leftOut?: true
}

/** One plugin that cannot give its verdict. */
export interface PluginUnknown {
  readonly plugin: PluginName
  readonly because: readonly Because[]
}

export interface NodeVerdict {
  readonly node: NodeView
  /** All plugins that reject the node, in the order in which the scheduler would meet them. */
  readonly blockers: readonly PluginBlocker[]
  readonly unknown: readonly PluginUnknown[]
}

/** What kube-scheduler's filter phase says of one Pod in one cluster, every plugin judged on its own. */
export interface PodVerdict {
  /** Rejections of the Pod as a whole, in the scheduler's order; with one, no node is feasible. */
  readonly podBlockers: readonly PluginBlocker[]
  /** Plugins that can say nothing of any node. */
  readonly podUnknown: readonly PluginUnknown[]
  /** In the cluster's order of nodes. */
  readonly nodes: readonly NodeVerdict[]
}

interface Ready {
  readonly plugin: Plugin
  readonly prepared: FilterReady
  /** What rejects the node that was promised to the Pod. */
  readonly rejectedBy?: PluginName
}

const nothing: readonly never[] = Object.freeze([])

/** Runs the default profile's PreFilter and Filter for a Pod on every node. */
export function evaluate(pod: Pod, cluster: ClusterView, rules: Rules): PodVerdict {
  const prepared = profileOf(rules).map((plugin) => ({ plugin, prepared: plugin.prepare(pod, cluster, rules) }))
  const ready = prepared.filter(isReady)
  const nominees = nomineesFor(pod, cluster)
  const shared = new SharedBlockers()
  const noneLeft = noNodeLeft(ready)
  const verdictOf = (node: NodeView, narrowed: readonly Ready[]): NodeVerdict => {
    const alone = judge(node, narrowed, rules, shared)
    const pods = nominees.get(node.name)
    return pods === undefined ? alone : withNominees(alone, pods, pod, cluster, narrowed, rules)
  }
  const promised = promisedFirst(pod, cluster, ready, verdictOf)
  return {
    podBlockers: prepared.flatMap(({ plugin, prepared: one }) => [
      ...blockerOf(plugin.name, one, 'PreFilter'),
      ...(noneLeft?.plugin === plugin.name ? [noneLeft] : []),
    ]),
    podUnknown: prepared.flatMap(({ plugin, prepared: one }) =>
      one.kind === 'unknown' ? [{ plugin: plugin.name, because: one.because }] : [],
    ),
    nodes: cluster.nodes.map((node) =>
      promised !== undefined && node.name === promised.verdict.node.name
        ? promised.verdict
        : verdictOf(node, promised?.ready ?? ready),
    ),
  }
}

/**
 * Nodes that are rejected alike share their blockers, so that whoever goes through a verdict can tell them by identity:
 * a plugin gives the same outcome object for as many nodes as it can.
 */
class SharedBlockers {
  readonly #known = new Map<Outcome, readonly PluginBlocker[]>()
  readonly #joined = new Map<readonly PluginBlocker[], Map<readonly PluginBlocker[], readonly PluginBlocker[]>>()

  of(plugin: PluginName, outcome: Outcome): readonly PluginBlocker[] {
    const known = this.#known.get(outcome)
    if (known !== undefined) return known
    const made = blockerOf(plugin, outcome, 'Filter')
    // An outcome of one node's own is not worth remembering, and they are many.
    if (this.#known.size < mostShared) this.#known.set(outcome, made)
    return made
  }

  joined(first: readonly PluginBlocker[] | undefined, then: readonly PluginBlocker[]): readonly PluginBlocker[] {
    if (first === undefined) return then
    let after = this.#joined.get(first)
    const known = after?.get(then)
    if (known !== undefined) return known
    const made = [...first, ...then]
    if (this.#joined.size >= mostShared || (after?.size ?? 0) >= mostShared) return made
    if (after === undefined) {
      after = new Map()
      this.#joined.set(first, after)
    }
    after.set(then, made)
    return made
  }
}

const mostShared = 256

/**
 * The node promised to the Pod is tried first, also where PreFilter leaves it out; the plugin that rejects it is then
 * named with those that leave the others out.
 * @see schedule_one.go findNodesThatFitPod, evaluateNominatedNode (kubernetes v1.36.2)
 */
function promisedFirst(
  pod: Pod,
  cluster: ClusterView,
  ready: readonly Ready[],
  verdictOf: (node: NodeView, ready: readonly Ready[]) => NodeVerdict,
): { readonly verdict: NodeVerdict; readonly ready: readonly Ready[] } | undefined {
  const name = pod.status.nominatedNodeName ?? ''
  if (name === '' || !ready.some(({ prepared }) => prepared.only !== undefined)) return undefined
  const node = cluster.nodes.find((one) => one.name === name)
  if (node === undefined) return undefined
  const all = ready.map((one) => ({ ...one, prepared: lookingEverywhere(one.prepared) }))
  const verdict = verdictOf(node, all)
  const rejectedBy = verdict.blockers[0]?.plugin
  return { verdict, ready: rejectedBy === undefined ? ready : ready.map((one) => ({ ...one, rejectedBy })) }
}

function lookingEverywhere({ kind, filter }: FilterReady): FilterReady {
  return { kind, filter }
}

function isReady(one: { plugin: Plugin; prepared: Prepared }): one is Ready {
  return one.prepared.kind === 'filter'
}

function judge(node: NodeView, ready: readonly Ready[], rules: Rules, shared: SharedBlockers): NodeVerdict {
  let leftOut: PluginBlocker[] | undefined
  let blockers: readonly PluginBlocker[] | undefined
  let unknown: PluginUnknown[] | undefined
  for (const { plugin, prepared, rejectedBy } of ready) {
    if (prepared.only !== undefined && !prepared.only.has(node.name)) {
      leftOut = [...(leftOut ?? []), leftOutBy(plugin.name, prepared.only, rejectedBy, rules)]
      continue
    }
    const outcome = prepared.filter(node)
    if (outcome.kind === 'fits') continue
    if (outcome.kind === 'unknown') unknown = [...(unknown ?? []), { plugin: plugin.name, because: outcome.because }]
    else blockers = shared.joined(blockers, shared.of(plugin.name, outcome))
  }
  return {
    node,
    blockers: leftOut === undefined ? (blockers ?? nothing) : [...leftOut, ...(blockers ?? [])],
    unknown: unknown ?? nothing,
  }
}

const leftOutKnown = new WeakMap<ReadonlySet<string>, PluginBlocker>()

/** Up to 1.31 the scheduler has no words for such a node. */
function leftOutBy(
  plugin: PluginName,
  only: ReadonlySet<string>,
  rejectedBy: PluginName | undefined,
  rules: Rules,
): PluginBlocker {
  const known = leftOutKnown.get(only)
  if (known !== undefined) return known
  const names = [...new Set([plugin, rejectedBy ?? plugin])].sort().join(' ')
  const text = rules.leftOutNodesAreNamed ? `node(s) didn't satisfy plugin(s) [${names}]` : '(excluded by PreFilter)'
  const fact = { kind: 'OtherNodesOnly', nodes: [...only].sort() } as const
  const blocker: PluginBlocker = { plugin, resolvable: false, reasons: [{ text, fact }], leftOut: true }
  leftOutKnown.set(only, blocker)
  return blocker
}

/**
 * The Pod as a whole is refused where the nodes that PreFilters leave have none in common.
 * @see framework/runtime/framework.go RunPreFilterPlugins (kubernetes v1.36.2)
 */
function noNodeLeft(ready: readonly Ready[]): PluginBlocker | undefined {
  let left: ReadonlySet<string> | undefined
  const names: PluginName[] = []
  for (const { plugin, prepared } of ready) {
    const { only } = prepared
    if (only === undefined) continue
    left = left === undefined ? only : new Set([...left].filter((name) => only.has(name)))
    names.push(plugin.name)
    if (left.size > 0) continue
    const listed = `plugin(s) [${[...names].sort().join(' ')}] simultaneously`
    const text = `node(s) didn't satisfy ${names.length === 1 ? `plugin ${plugin.name}` : listed}`
    return { plugin: plugin.name, resolvable: false, reasons: [{ text, fact: { kind: 'OtherNodesOnly', nodes: [] } }] }
  }
  return undefined
}

function blockerOf(plugin: PluginName, outcome: Outcome | Prepared, step: 'PreFilter' | 'Filter'): PluginBlocker[] {
  if (outcome.kind === 'failed') {
    const running = step === 'Filter' ? `running "${plugin}" filter plugin` : `running PreFilter plugin "${plugin}"`
    const text = `${running}: ${outcome.message}`
    return [{ plugin, resolvable: true, reasons: [{ text, fact: { kind: 'Error', message: outcome.message } }] }]
  }
  if (outcome.kind !== 'refused') return []
  const { resolvable, reasons, incomplete } = outcome
  return [incomplete === undefined ? { plugin, resolvable, reasons } : { plugin, resolvable, reasons, incomplete }]
}

/**
 * The node must take the Pod with the nominated Pods there, and without them. A plugin that the Pod alone did not
 * concern stays out of it, whatever the nominated Pods bring.
 */
function withNominees(
  alone: NodeVerdict,
  nominees: readonly Pod[],
  pod: Pod,
  cluster: ClusterView,
  concerned: readonly Ready[],
  rules: Rules,
): NodeVerdict {
  const { name } = alone.node
  const busier = nominees.reduce((view, nominee) => view.withPod(nominee, name), cluster)
  const node = busier.nodes.find((one) => one.name === name)
  if (node === undefined) return alone
  const ready = concerned.flatMap(({ plugin, prepared: before, rejectedBy }): Ready[] => {
    const prepared = plugin.prepare(pod, busier, rules)
    if (prepared.kind !== 'filter') return []
    const rest = rejectedBy === undefined ? {} : { rejectedBy }
    return [{ plugin, prepared: before.only === undefined ? lookingEverywhere(prepared) : prepared, ...rest }]
  })
  const together = judge(node, ready, rules, new SharedBlockers())
  const named = new Set([...together.blockers, ...together.unknown].map((one) => one.plugin))
  return {
    node: alone.node,
    blockers: [...together.blockers, ...alone.blockers.filter((one) => !named.has(one.plugin))],
    unknown: [...together.unknown, ...alone.unknown.filter((one) => !named.has(one.plugin))],
  }
}
