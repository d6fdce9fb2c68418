import type { BlockedNodes, Blocker, NodesVerdict, ReportedTaint, UnknownVerdict } from '#report/explain-report.ts'
import type { NodeVerdict, PluginBlocker, PluginUnknown } from '#scheduler/evaluate.ts'
import type { Fact } from '#scheduler/framework/fact.ts'
import type { Because, Reason } from '#scheduler/framework/outcome.ts'
import { classifyTaint } from '#taints/classify-taint.ts'
import { detailOf, taintText } from './details.ts'
import { brokenOf, markOf } from './node-health.ts'

/** Puts nodes with the same blockers (the same taints too) together, in a stable order. */
export function nodesVerdict(
  verdicts: readonly NodeVerdict[],
  podIsBlocked: boolean,
  podUnknown: readonly PluginUnknown[],
): NodesVerdict {
  const feasible: string[] = []
  const blocked = new Map<string, NodeVerdict[]>()
  const undetermined = new Map<string, { nodes: string[]; unknown: readonly PluginUnknown[] }>()
  const keys = new Map<readonly PluginBlocker[], string>()
  for (const verdict of verdicts) {
    if (verdict.blockers.length > 0) {
      push(blocked, groupKey(verdict, keys), verdict)
      continue
    }
    if (podIsBlocked) continue
    const unknown = [...podUnknown, ...verdict.unknown]
    if (unknown.length === 0) feasible.push(verdict.node.name)
    else {
      const key = unknownKey(unknown)
      const group = undetermined.get(key)
      if (group === undefined) undetermined.set(key, { nodes: [verdict.node.name], unknown })
      else group.nodes.push(verdict.node.name)
    }
  }
  return {
    total: verdicts.length,
    feasible: feasible.sort(),
    blocked: inOrder([...blocked.values()].map(blockedNodes)),
    undetermined: inOrder(
      [...undetermined.values()].map((group) => ({ nodes: group.nodes.sort(), unknown: reportUnknown(group.unknown) })),
    ),
  }
}

/** As a plugin's rejection stands in the report; `facts` holds that reason's fact for each of the nodes. */
export function reportBlocker(blocker: PluginBlocker, alike: readonly PluginBlocker[] = [blocker]): Blocker {
  const texts = [...new Set(blocker.reasons.map(({ text }) => text))].sort()
  const taints = blocker.reasons.flatMap(({ fact }) => (fact.kind === 'Taints' ? fact.taints.map(reportTaint) : []))
  const details = blocker.reasons.map((_, index) =>
    detailOf(alike.flatMap(({ reasons }) => reasons[index]?.fact ?? [])),
  )
  const report = { plugin: blocker.plugin, reasons: texts, resolvable: blocker.resolvable }
  return taints.length === 0 ? { ...report, details } : { ...report, taints, details }
}

export function reportUnknown(unknown: readonly PluginUnknown[]): readonly UnknownVerdict[] {
  return unknown.map(({ plugin, because }) => ({ plugin, because: because.map(becauseText) }))
}

export function becauseText(because: Because): string {
  switch (because.kind) {
    case 'MissingRead':
      return `${because.read.resource} could not be read (${because.read.reason})`
    case 'Odd':
      return because.problem
    case 'NotComputed':
      return `${because.what} is not computed`
    default:
      return because satisfies never
  }
}

/** A taint as the report says it, with what it means. */
export function reportTaint(taint: { key?: string; value?: string; effect?: string }): ReportedTaint {
  const { class: taintClass, meaning, instead } = classifyTaint(taint)
  const { key = '', value, effect = '' } = taint
  return {
    key,
    ...(value === undefined ? {} : { value }),
    effect,
    class: taintClass,
    meaning,
    ...(instead === undefined ? {} : { instead }),
  }
}

function blockedNodes(alike: readonly NodeVerdict[]): BlockedNodes {
  const [first] = alike
  const nodes = alike.map(({ node }) => node.name).sort()
  const blockers = (first?.blockers ?? []).map((blocker, index) =>
    reportBlocker(
      blocker,
      alike.flatMap((verdict) => verdict.blockers[index] ?? []),
    ),
  )
  const unknown = first?.unknown ?? []
  const mark = markOf(first?.node.node)
  const condition = mark === 'broken' ? conditionOf(alike) : {}
  return {
    nodes,
    blockers,
    ...(mark === undefined ? {} : { mark }),
    ...condition,
    ...(unknown.length === 0 ? {} : { unknown: reportUnknown(unknown) }),
  }
}

function conditionOf(alike: readonly NodeVerdict[]): { condition?: string; since?: string } {
  const broken = alike.flatMap(({ node }) => brokenOf(node.node) ?? [])
  const [first] = broken
  if (first === undefined || broken.some(({ why }) => why !== first.why)) return {}
  const since = broken.flatMap((one) => one.since ?? []).sort()[0]
  return { condition: first.why, ...(since === undefined ? {} : { since }) }
}

function groupKey({ node, blockers, unknown }: NodeVerdict, keys: Map<readonly PluginBlocker[], string>): string {
  const key = `${markOf(node.node) ?? ''} ${blockersKey(blockers, keys)}`
  return unknown.length === 0 ? key : `${key}\n${unknownKey(unknown)}`
}

/** Nodes that are rejected alike share their blockers: the text is made once for them. */
function blockersKey(blockers: readonly PluginBlocker[], keys: Map<readonly PluginBlocker[], string>): string {
  let key = keys.get(blockers)
  if (key === undefined) {
    key = blockers.map(blockerKey).join('\n')
    if (keys.size < 256) keys.set(blockers, key)
  }
  return key
}

function unknownKey(unknown: readonly PluginUnknown[]): string {
  return unknown.map(({ plugin, because }) => `${plugin}: ${because.map(becauseText).join('; ')}`).join('\n')
}

function blockerKey({ plugin, resolvable, reasons }: PluginBlocker): string {
  return `${plugin} ${resolvable} ${reasons.map(reasonKey).join('|')}`
}

function reasonKey({ text, fact }: Reason): string {
  return `${text} ${factKey(fact)}`
}

/** What makes nodes different for a reader; amounts that differ from node to node do not. */
function factKey(fact: Fact): string {
  switch (fact.kind) {
    case 'Taints':
      return fact.taints.map(taintText).join(' ')
    case 'Insufficient':
    case 'TooManyPods':
    case 'VolumeLimit':
      return ''
    case 'HostPort':
      return `${fact.port}/${fact.protocol}`
    case 'DiskInUse':
      return fact.volume
    case 'Skew':
      return `${fact.key} ${fact.value}`
    case 'ExistingAntiAffinity':
      return `${fact.key}`
    case 'PodAntiAffinity':
      return fact.term.topologyKey ?? ''
    default:
      return detailOf([fact])
  }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key)
  if (known === undefined) map.set(key, [value])
  else known.push(value)
}

/** Larger groups first, then by the first node's name. */
function inOrder<T extends { readonly nodes: readonly string[] }>(groups: T[]): T[] {
  return groups.sort((a, b) => b.nodes.length - a.nodes.length || ((a.nodes[0] ?? '') < (b.nodes[0] ?? '') ? -1 : 1))
}
