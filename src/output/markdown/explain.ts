import {
  blockedLines,
  blockerText,
  fullName,
  headLines,
  nameOf,
  originText,
  ownerText,
  standing,
  tally,
  undeterminedLines,
  waitLines,
} from '#output/diagnosis-words.ts'
import { nameList, type Style } from '#output/text/style.ts'
import type { Diagnosis, ExplainedCluster, ExplainReport } from '#report/explain-report.ts'
import { escaped, fenced, table } from './escape.ts'

/** The explain report as Markdown for a ticket: the answer first, then for each diagnosis its nodes, owner and causes. */
export function explainMarkdown(report: ExplainReport, style: Style): string {
  return `${report.clusters.map((cluster) => clusterPart(cluster, style)).join('\n\n')}\n`
}

function clusterPart(cluster: ExplainedCluster, style: Style): string {
  const { name, version, judgedAs, nodeCount, diagnoses } = cluster
  const about = [
    version ?? `judged as ${judgedAs}`,
    nodeCount === null ? 'nodes not read' : `${nodeCount} node${nodeCount === 1 ? '' : 's'}`,
  ]
  const lines = headLines(cluster).map((line) => `- ${escaped(line)}`)
  return [
    `## ${tally(cluster)}`,
    `Cluster ${escaped(name)}, ${escaped(about.join(', '))}.`,
    ...(lines.length === 0 ? [] : [lines.join('\n')]),
    ...diagnoses.map((diagnosis) => diagnosisPart(diagnosis, style)),
  ].join('\n\n')
}

function diagnosisPart(diagnosis: Diagnosis, style: Style): string {
  const title = `${fullName(nameOf(diagnosis))}: ${standing(diagnosis, style.now)}`
  const parts = [`### ${escaped(title)}`, `**${escaped(diagnosis.answer)}**`]
  const nodes = nodeTable(diagnosis, style)
  if (nodes !== '') parts.push(nodes)
  const facts = factLines(diagnosis)
  if (facts.length > 0) parts.push(facts.join('\n'))
  const said = diagnosis.message ?? diagnosis.schedulerMessage
  if (said !== null) parts.push('What kube-scheduler says of it:', fenced('text', said))
  return parts.join('\n\n')
}

function nodeTable({ nodes, podBlockers }: Diagnosis, { wide }: Style): string {
  const rows = [
    ...podBlockers.map((blocker) => ['all', escaped(blockerText(blocker))]),
    ...(nodes.feasible.length === 0 ? [] : [[escaped(nameList(nodes.feasible, wide)), 'nothing: it fits there']]),
    ...nodes.blocked.map((group) => [
      `${escaped(nameList(group.nodes, wide))}${group.mark === undefined ? '' : ` (${group.mark})`}`,
      blockedLines(group).map(escaped).join('<br>then '),
    ]),
    ...nodes.undetermined.map((group) => [
      escaped(nameList(group.nodes, wide)),
      undeterminedLines(group).map(escaped).join('<br>'),
    ]),
  ]
  return rows.length === 0 ? '' : table(['Nodes', 'Blocked by'], rows)
}

function factLines(diagnosis: Diagnosis): readonly string[] {
  const owner = ownerText(diagnosis)
  const { origin, causes, waitsFor = [], holdsUp = [], notes } = diagnosis
  return [
    ...(owner === '' ? [] : [`- Owner: ${escaped(owner)}`]),
    ...(origin === null ? [] : [`- From: ${escaped(originText(origin))}`]),
    ...waitLines(waitsFor).map(({ depth, text }) => `${'  '.repeat(depth)}- Waits for ${escaped(text)}`),
    ...holdsUp.map(({ why }) => `- Holds up: ${escaped(why)}`),
    ...causes.flatMap(({ code, summary, nodes }) =>
      nodes === undefined ? `- Cause \`${code}\`: ${escaped(summary)}` : [],
    ),
    ...pageLine(causes.map(({ code }) => code)),
    ...notes.map((note) => `- Note: ${escaped(note)}`),
  ]
}

/** Where more is said of the causes; codes are ours, and plain words. */
function pageLine(codes: readonly string[]): readonly string[] {
  if (codes.length === 0) return []
  const each = [...new Set(codes)].map((code) => `\`kubectl taintdoctor explain --code ${code}\``)
  return [`- More: ${each.join(', ')}`]
}
