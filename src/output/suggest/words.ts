import type { Toleration } from '#model/api/pod.ts'
import { safeText } from '#output/safe-text.ts'
import { nameList, paint, type Style, wrap } from '#output/text/style.ts'
import type { Blocker } from '#report/blocked.ts'
import type { Alternative, SuggestedCluster, Suggestion, SuggestReport } from '#report/suggest-report.ts'
import { placeText } from './documents.ts'

/** Where each Pod would have to be patched by itself, this many show how. */
const mostPods = 2

/** What a person reads beside the YAML: what each suggestion reaches, opens and leaves, and what is still to be done. */
export function suggestWords(report: SuggestReport, style: Style): string {
  const many = report.clusters.length > 1
  return report.clusters.map((cluster) => clusterWords(cluster, many, style)).join('\n')
}

function clusterWords(cluster: SuggestedCluster, many: boolean, style: Style): string {
  const head = many ? [`${paint(`Cluster ${safeText(cluster.name)}`, 'strong', style)}\n`] : []
  const parts = cluster.suggestions.map((one) => suggestionWords(one, style))
  if (parts.length === 0) parts.push('Nothing to change: no Pod in scope is kept off by what a change would mend.\n')
  const missing = cluster.incomplete
    .filter(({ reason }) => reason !== 'OddObject')
    .map(({ resource, reason, consequence }) => row('Missing', `${resource} (${reason}): ${consequence}.`, style))
  return [...head, ...parts, ...(missing.length === 0 ? [] : [`${missing.join('\n')}\n`])].join('\n')
}

function suggestionWords(one: Suggestion, style: Style): string {
  const lines = [paint(safeText(title(one)), 'strong', style)]
  const say = (label: string, text: string): void => {
    if (text !== '') lines.push(row(label, text, style))
  }
  say(reachLabel(one), reachText(one))
  if (one.content === '') for (const command of one.apply) say('Do', command)
  say('Opens', opensText(one, style))
  if (one.tolerations.length > 0 && (one.why ?? '') !== '') say('Because', `${one.why}.`)
  for (const step of one.afterwards ?? []) say('Then', step)
  say('Left', leftText(one, style))
  for (const warning of one.warnings) say('Note', warning)
  const patches = one.alternatives.filter(({ target }) => target.kind === 'PodPatch')
  const left = patches.slice(mostPods)
  for (const way of one.alternatives) if (!left.includes(way)) say('Or', alternativeText(way))
  if (left.length > 0)
    say('Or', `${left.length} more Pod${left.length === 1 ? '' : 's'} in the same way, each by itself`)
  for (const other of (one.otherTolerations ?? []).slice(0, 3)) {
    say(
      'Other set',
      `${other.tolerations.map(tolerationText).join(', ')}: opens ${nameList(other.opens, style.wide)}; ${other.reason}`,
    )
  }
  return `${lines.join('\n')}\n`
}

function title({ workloads, target }: Suggestion): string {
  const names = workloads.map(({ kind, name }) => `${kind} ${name}`)
  const who = names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ')
  return target.kind === 'None' ? `${who}: no single setting helps` : `${placeText(target)}: ${who}`
}

function reachLabel({ reach, target }: Suggestion): string {
  if (reach === 'NotReached') return 'Not reached'
  return target.kind === 'None' || target.kind === 'Node' ? 'Because' : 'Reaches'
}

function reachText({ reach, evidence, target }: Suggestion): string {
  if (target.kind === 'None' || target.kind === 'Node') return evidence
  const path = target.path === undefined ? '' : `${target.path}: `
  return `${path}${evidence}${reach === 'NotReached' ? '' : ` (${reach.toLowerCase()})`}`
}

function opensText({ opens, reach }: Suggestion, style: Style): string {
  const { nodes, podsThatFit, podsWanted } = opens
  if (nodes.length === 0) return reach === 'NotReached' ? '' : 'no node'
  return `${nameList(nodes, style.wide)}; ${podsThatFit} of ${podsWanted} waiting Pods fit`
}

function leftText({ stillBlocked, opens, reach }: Suggestion, style: Style): string {
  if (opens.nodes.length === 0 && reach === 'NotReached') return ''
  // Nodes that the Pod is not meant for tell nothing.
  const meant = stillBlocked.filter(({ blockers }) => !blockers.some(isOfAnotherNode))
  const shown = meant.slice(0, 4).map(({ nodes, blockers }) => {
    const why = blockers.flatMap(({ details, reasons }) => details ?? reasons)
    return `${nameList(nodes, style.wide)}: ${why.join(', ')}`
  })
  return `${shown.join('; ')}${meant.length > 4 ? '; ...' : ''}`
}

function isOfAnotherNode({ plugin, details = [] }: Blocker): boolean {
  return plugin === 'NodeName' || details.some((text) => text.startsWith('the Pod is meant for '))
}

function alternativeText({ target, sets, requires, lasts, apply, opens, evidence, reach }: Alternative): string {
  const isPlain = target.kind === 'None' || (target.kind === 'Node' && target.name === undefined)
  const key = target.kind === 'HelmValues' && target.path !== undefined && sets === undefined ? `: ${target.path}` : ''
  const parts = [isPlain ? evidence : `${placeText(target)}${key}`]
  if (sets !== undefined) parts.push(`set ${sets.map(({ path, value }) => `${path}: ${value}`).join(', ')}`)
  if (requires !== null) parts.push(`needs ${requires}`)
  if (lasts !== null) parts.push(`lasts ${lasts}`)
  if (reach !== 'NotReached' && opens.nodes.length > 0) parts.push(`opens ${nameList(opens.nodes, false)}`)
  return `${parts.join('; ')}${apply.length > 0 ? `: ${apply[0]}` : ''}`
}

/** `key=value:Effect`, as kubectl writes taints. */
function tolerationText({ key = '', value, effect = '', operator }: Toleration): string {
  const equal = operator === 'Exists' || value === undefined || value === '' ? '' : `=${value}`
  return `${key}${equal}${effect === '' ? '' : `:${effect}`}`
}

function row(label: string, text: string, { width }: Style): string {
  const indent = ' '.repeat(12)
  return `${label.padEnd(12)}${wrap(safeText(text), width, indent).slice(indent.length)}`
}
