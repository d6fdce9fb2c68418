import { blockerText } from '#output/diagnosis-words.ts'
import { age, nameList, type Style } from '#output/text/style.ts'
import type { BlockedNodes, Blocker, Diagnosis, UndeterminedNodes } from '#report/explain-report.ts'
import { columns, type Row } from './columns.ts'

/** Which nodes are blocked by what; empty where there is nothing to show. */
export function nodeTable({ nodes, podBlockers, state }: Diagnosis, style: Style): string {
  const besides = podBlockers.length > 0
  const rows: Row[] = [
    ...blockedGroups(nodes.blocked, style).map((group) => ({
      left: nodesCell(group, style),
      right: blockedLines(group, besides, style),
    })),
    ...nodes.undetermined.map((group) => ({ left: nameList(group.nodes, style.wide), right: unknownLines(group) })),
  ]
  if (rows.length === 0) return ''
  const fits = state === 'NotCreated' ? 'nothing: it should have its Pod there' : 'nothing: it fits there'
  const open = nodes.feasible.length === 0 ? [] : [{ left: nameList(nodes.feasible, style.wide), right: [fits] }]
  const shown = style.wide ? rows : rows.slice(0, mostGroups)
  const rest = rows.length - shown.length
  const more = rest === 0 ? [] : [{ left: '…', right: [`and ${rest} more kinds of nodes; -o wide shows all`] }]
  return columns(['NODES', 'BLOCKED BY'], [...open, ...shown, ...more], style)
}

const mostGroups = 12

const leftOut = /^node\(s\) didn't satisfy plugin\(s\)/

/** Nodes that a Pod is not meant for are one row, the last: what else they would say does not matter. */
function blockedGroups(blocked: readonly BlockedNodes[], { wide }: Style): readonly BlockedNodes[] {
  if (wide) return blocked
  const isOther = ({ blockers }: BlockedNodes): boolean =>
    blockers[0]?.reasons.some((text) => leftOut.test(text)) === true
  const others = blocked.filter(isOther)
  const [first] = others
  if (first === undefined || others.length === blocked.length) return blocked
  const nodes = others.flatMap((group) => group.nodes).sort()
  return [...blocked.filter((group) => !isOther(group)), { nodes, blockers: first.blockers.slice(0, 1) }]
}

function nodesCell({ nodes, mark }: BlockedNodes, style: Style): string {
  return `${mark === undefined ? '' : `(${mark}) `}${nameList(nodes, style.wide)}`
}

function blockedLines(group: BlockedNodes, besides: boolean, style: Style): readonly string[] {
  const { unknown = [] } = group
  const blockers = withoutCordonTaint(group, style)
  const texts = blockers.map((blocker) => conditionText(blocker, group, style) ?? blockerText(blocker))
  return [
    ...texts.map((text, index) => (index > 0 ? `then ${text}` : besides ? `besides: ${text}` : text)),
    ...unknown.map(({ plugin, because }) => `unknown: ${plugin}: ${because.join('; ')}`),
  ]
}

/** A cordon brings its taint with it: told once. */
function withoutCordonTaint({ blockers, mark }: BlockedNodes, { wide }: Style): readonly Blocker[] {
  if (wide || mark !== 'cordoned' || blockers[0]?.plugin !== 'NodeUnschedulable') return blockers
  return blockers.flatMap((blocker) => {
    const { taints, details: _details, ...rest } = blocker
    if (taints === undefined) return [blocker]
    const left = taints.filter(({ key }) => key !== 'node.kubernetes.io/unschedulable')
    const text = left.map(({ key, value, effect }) => `${key}${value === undefined ? '' : `=${value}`}:${effect}`)
    return left.length === 0 ? [] : [{ ...rest, taints: left, details: [`taint ${text.join(', ')}`] }]
  })
}

/** A taint that stands for the node's condition is told as that condition. */
function conditionText(
  { taints = [] }: Blocker,
  { condition, since }: BlockedNodes,
  { now }: Style,
): string | undefined {
  const ofCondition = taints.filter((taint) => taint.class === 'NodeCondition')
  if (condition === undefined || ofCondition.length === 0) return undefined
  const long = age(since ?? null, now)
  const others = taints.filter((taint) => taint.class !== 'NodeCondition')
  const also = others.map(({ key, value, effect }) => `taint ${key}${value === undefined ? '' : `=${value}`}:${effect}`)
  const told = long === '' ? condition : condition.replace(/^([^:]+)/, `$1 for ${long}`)
  return [`${told} (taint ${[...new Set(ofCondition.map(({ key }) => key))].join(', ')})`, ...also].join('; ')
}

function unknownLines({ unknown }: UndeterminedNodes): readonly string[] {
  return unknown.map(({ plugin, because }) => `unknown: ${plugin}: ${because.join('; ')}`)
}
