import { missingText } from '#output/diagnosis-words.ts'
import { placeText } from '#output/suggest/documents.ts'
import { nameList, type Style } from '#output/text/style.ts'
import type {
  Alternative,
  SuggestedCluster,
  Suggestion,
  SuggestionBody,
  SuggestReport,
} from '#report/suggest-report.ts'
import { escaped, fenced, table } from './escape.ts'

/** The suggest report as Markdown for a ticket: for each place the YAML, what it opens, and what is left to do. */
export function suggestMarkdown(report: SuggestReport, style: Style): string {
  return `${report.clusters.map((cluster) => clusterPart(cluster, style)).join('\n\n')}\n`
}

function clusterPart({ name, suggestions, incomplete }: SuggestedCluster, style: Style): string {
  const count = suggestions.length
  const parts = [
    count === 0 ? '## Nothing to change' : `## ${count} place${count === 1 ? '' : 's'} to look at`,
    `Cluster ${escaped(name)}. Each node that stands under "opens" was computed with the change made.`,
  ]
  const missing = incomplete.map((one) => `- Missing: ${escaped(missingText(one))}`)
  if (missing.length > 0) parts.push(missing.join('\n'))
  return [...parts, ...suggestions.map((one) => suggestionPart(one, style))].join('\n\n')
}

function suggestionPart(one: Suggestion, style: Style): string {
  const who = one.workloads.map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`).join(', ')
  const title = one.target.kind === 'None' ? 'no single setting helps' : placeText(one.target)
  const parts = [`### ${escaped(title)}`, `For ${escaped(who)}.`, bodyTable(one, style)]
  parts.push(...pasted(one))
  const lines = [
    ...(one.afterwards ?? []).map((step) => `- Then: ${escaped(step)}`),
    ...one.warnings.map((warning) => `- Note: ${escaped(warning)}`),
  ]
  if (lines.length > 0) parts.push(lines.join('\n'))
  // Where the natural place takes nothing, what works now is shown whole; else a line is enough.
  const [best, ...rest] = one.alternatives
  const whole = one.content === '' && best !== undefined && best.content !== ''
  if (whole) parts.push(`What works now: ${alternativeText(best)}`, ...pasted(best))
  const others = whole ? rest : one.alternatives
  if (others.length > 0) parts.push(others.map((way) => `- Or: ${alternativeText(way)}`).join('\n'))
  return parts.join('\n\n')
}

function bodyTable({ opens, stillBlocked, reach, evidence, target }: SuggestionBody, { wide }: Style): string {
  const left = stillBlocked.map(
    ({ nodes, blockers }) =>
      `${nameList(nodes, wide)}: ${blockers.flatMap(({ details, reasons }) => details ?? reasons).join(', ')}`,
  )
  return table(
    ['', ''],
    [
      ['Opens', escaped(opens.nodes.length === 0 ? 'no node' : nameList(opens.nodes, wide))],
      ['Fit then', `${opens.podsThatFit} of ${opens.podsWanted} waiting`],
      ...(left.length === 0 ? [] : [['Still closed', left.map(escaped).join('<br>')]]),
      ...(target.path === undefined ? [] : [['Path', escaped(target.path)]]),
      [reach === 'NotReached' ? 'Not reached' : 'Reaches', escaped(`${evidence} (${reach})`)],
    ],
  )
}

function pasted({ content, apply }: SuggestionBody): readonly string[] {
  return [
    ...(content === '' ? [] : [fenced('yaml', content)]),
    ...(apply.length === 0 ? [] : [fenced('sh', apply.join('\n'))]),
  ]
}

function alternativeText({ target, evidence, requires, lasts, opens }: Alternative): string {
  const parts = [target.kind === 'None' ? evidence : placeText(target)]
  if (requires !== null) parts.push(`needs ${requires}`)
  if (lasts !== null) parts.push(`lasts ${lasts}`)
  if (opens.nodes.length > 0) parts.push(`opens ${nameList(opens.nodes, false)}`)
  return escaped(parts.join('; '))
}
