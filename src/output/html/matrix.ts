import { blockedLines, blockerText, nameOf, undeterminedLines } from '#output/diagnosis-words.ts'
import { cut } from '#output/safe-text.ts'
import { nameList } from '#output/text/style.ts'
import type { Diagnosis } from '#report/explain-report.ts'
import type { TaintGroup } from '#report/taint-map.ts'
import { html, type Markup, nothing } from './markup.ts'

/** The most cells of one table; more would make the page heavy. */
const mostCells = 6000
const mostColumns = 20

/** A group of like nodes; `name` is what stands over its column. */
interface Column {
  readonly name: string
  readonly taints: string
  readonly nodes: readonly string[]
}

/** From so many rows on a cell has no more than its first words; the row's card has the rest. */
const mostRowsWithDetails = 150

/** Diagnoses against groups of like nodes: each cell says what blocks first, and on demand all the rest. */
export function matrix(
  diagnoses: readonly Diagnosis[],
  groups: readonly TaintGroup[],
  prefix: string,
  cluster: string,
): Markup {
  const shown = diagnoses.filter(({ nodes }) => nodes.total > 0)
  if (shown.length === 0 || groups.length === 0) return nothing
  const columns = columnsOf(groups, Math.max(4, Math.min(mostColumns, Math.floor(mostCells / shown.length))))
  const hasWhole = shown.some(({ podBlockers }) => podBlockers.length > 0)
  const heads = columns.map(
    ({ name, taints }) => html`<th scope="col">${name}<br><span class="dim">${taints}</span></th>`,
  )
  const isDense = shown.length > mostRowsWithDetails
  const rows = diagnoses.flatMap((diagnosis, index) =>
    diagnosis.nodes.total === 0 ? [] : [rowOf(diagnosis, columns, hasWhole, `${prefix}${index}`, isDense)],
  )
  return html`<div class="scroll" role="region" aria-label="Diagnoses by groups of like nodes, cluster ${cluster}" tabindex="0"><table class="matrix">
<thead><tr><th scope="col">Pods</th>${hasWhole ? html`<th scope="col">whatever the node</th>` : nothing}${heads}</tr></thead>
<tbody>${rows}</tbody></table></div>`
}

function columnsOf(groups: readonly TaintGroup[], most: number): readonly Column[] {
  const some = groups.length <= most ? groups : groups.slice(0, most - 1)
  const rest = groups.slice(some.length).flatMap(({ nodes }) => nodes)
  const columns = some.map(({ nodes, taints }) => ({
    name: nameList(nodes, false),
    taints: taints.length === 0 ? 'no taint' : cut(taints.join(', '), 80),
    nodes,
  }))
  return rest.length === 0
    ? columns
    : [...columns, { name: `${rest.length} more nodes`, taints: 'other taints', nodes: rest }]
}

function rowOf(
  diagnosis: Diagnosis,
  columns: readonly Column[],
  hasWhole: boolean,
  id: string,
  isDense: boolean,
): Markup {
  const { namespace, kind = '', name } = nameOf(diagnosis)
  const parts = partsByNode(diagnosis)
  const whole = diagnosis.podBlockers.map(blockerText)
  const first = whole[0] ?? ''
  return html`<tr data-of="${id}"><th scope="row"><a href="#${id}">${cut(`${kind} ${name}`.trim(), 60)}</a><br><span class="dim">${namespace}</span></th>${
    hasWhole ? (first === '' ? html`<td>-</td>` : html`<td class="b">${cut(first, 90)}</td>`) : nothing
  }${columns.map(({ nodes }) => cell(nodes, parts, isDense))}</tr>
`
}

/** What is said of some nodes: how it looks, and all lines of it. */
interface Part {
  readonly look: 'f' | 'b' | 'u' | ''
  readonly lines: readonly string[]
}

const fits: Part = { look: 'f', lines: ['fits'] }
const onlyWhole: Part = { look: '', lines: ['nothing else'] }

function partsByNode({ nodes, podBlockers }: Diagnosis): { of(node: string): Part } {
  const parts = new Map<string, Part>()
  for (const node of nodes.feasible) parts.set(node, fits)
  for (const group of nodes.blocked) {
    const part: Part = { look: 'b', lines: blockedLines(group) }
    for (const node of group.nodes) parts.set(node, part)
  }
  for (const group of nodes.undetermined) {
    const part: Part = { look: 'u', lines: undeterminedLines(group) }
    for (const node of group.nodes) parts.set(node, part)
  }
  const otherwise: Part = podBlockers.length > 0 ? onlyWhole : { look: '', lines: ['not looked at'] }
  return { of: (node) => parts.get(node) ?? otherwise }
}

function cell(nodes: readonly string[], parts: { of(node: string): Part }, isDense: boolean): Markup {
  const counts = new Map<Part, string[]>()
  for (const node of nodes) {
    const part = parts.of(node)
    const known = counts.get(part)
    if (known === undefined) counts.set(part, [node])
    else known.push(node)
  }
  const sorted = [...counts].sort(([a, m], [b, n]) => Number(b === fits) - Number(a === fits) || n.length - m.length)
  const [head] = sorted
  if (head === undefined) return html`<td></td>`
  const [{ look, lines }, some] = head
  const share = sorted.length === 1 ? '' : ` on ${some.length} of ${nodes.length}`
  const words = `${cut(lines[0] ?? '', isDense ? 44 : 80)}${share}`
  if (isDense || (sorted.length === 1 && lines.length < 2)) return html`<td class="${look}">${words}</td>`
  const more = sorted.slice(0, 4).map(([part, names]) => {
    const where = sorted.length === 1 ? '' : `${names.length} node${names.length === 1 ? '' : 's'}: `
    return html`<li>${where}${cut(part.lines.join('; then '), 240)}</li>`
  })
  const others = sorted.length > 4 ? html`<li>and ${sorted.length - 4} more ways</li>` : nothing
  return html`<td class="${look}"><details><summary>${words}</summary><ul>${more}${others}</ul></details></td>`
}
