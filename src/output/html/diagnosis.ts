import {
  blockedLines,
  blockerText,
  fullName,
  nameOf,
  originText,
  ownerText,
  standing,
  undeterminedLines,
  waitLines,
} from '#output/diagnosis-words.ts'
import { cut } from '#output/safe-text.ts'
import { nameList } from '#output/text/style.ts'
import type { Diagnosis } from '#report/explain-report.ts'
import { html, joined, type Markup, nothing } from './markup.ts'

/** The most names of Pods that a card lists. */
const mostPods = 20

export const looks: { readonly [S in Diagnosis['state']]: 'b' | 'f' | 'u' } = {
  Unschedulable: 'b',
  Schedulable: 'f',
  Gated: 'u',
  Bound: 'f',
  Terminating: 'u',
  NoScheduler: 'b',
  NotCreated: 'b',
  Undetermined: 'u',
}

/** Cards with room for sentences as long as this name the last node of a group too. */
const wide = 200

/** How much a card says: less on a page with many of them. */
export interface Limits {
  /** Groups of nodes. */
  readonly rows: number
  /** Characters of a sentence. */
  readonly text: number
}

/** A card: the answer, and on demand the nodes, the owner, what it waits for and what the scheduler wrote. */
export function diagnosisCard(
  diagnosis: Diagnosis,
  id: string,
  change: string | undefined,
  now: number,
  limits: Limits,
): Markup {
  const { state, answer, causes, waitsFor = [] } = diagnosis
  const named = nameOf(diagnosis)
  const waits = waitLines(waitsFor)
  const codes = [...new Set(causes.map(({ code }) => code))].join(' ')
  return html`<article id="${id}" class="s-${looks[state]}" data-n="${named.namespace}" data-c="${codes}">
<div class="head"><h3>${fullName(named)}</h3><span class="chip ${looks[state]}">${standing(diagnosis, now)}</span></div>
<p>${answer}</p>
${waits.length === 0 ? nothing : html`<ul>${waits.map(({ depth, text }) => html`<li>${'↳ '.repeat(depth)}${text}</li>`)}</ul>`}${change === undefined ? nothing : html`<p><a href="#${change}">What to change</a></p>`}<details><summary>Nodes, owner and causes</summary>
${nodeTable(diagnosis, limits)}<dl>${facts(diagnosis, limits)}</dl>
${said(diagnosis)}</details>
</article>
`
}

function nodeTable({ nodes, podBlockers }: Diagnosis, limits: Limits): Markup {
  const rows = [
    ...podBlockers.map((blocker) => row('whatever the node', [blockerText(blocker)], limits)),
    ...(nodes.feasible.length === 0
      ? []
      : [row(someNodes(nodes.feasible, limits), ['nothing: it fits there'], limits)]),
    ...nodes.blocked.map((group) => {
      const mark = group.mark === undefined ? '' : ` (${group.mark})`
      return row(`${someNodes(group.nodes, limits)}${mark}`, blockedLines(group), limits)
    }),
    ...nodes.undetermined.map((group) => row(someNodes(group.nodes, limits), undeterminedLines(group), limits)),
  ]
  if (rows.length === 0) return nothing
  const more = rows.length - limits.rows
  const rest = more > 0 ? html`<tr><th scope="row">others</th><td>${more} more groups of nodes</td></tr>` : nothing
  return html`<table class="stack"><thead><tr><th scope="col">Nodes</th><th scope="col">Blocked by</th></tr></thead><tbody>${rows.slice(0, limits.rows)}${rest}</tbody></table>
`
}

function row(nodes: string, lines: readonly string[], { text }: Limits): Markup {
  const cells = lines.map((line, index) => html`${index === 0 ? '' : 'then '}${cut(line, text)}`)
  return html`<tr><th scope="row">${nodes}</th><td>${joined(cells, html`<br>`)}</td></tr>`
}

/** Nodes in a few words; on a page with many cards by one of them. */
function someNodes(names: readonly string[], { text }: Limits): string {
  if (text >= wide || names.length < 2) return nameList(names, false)
  return `${names[0]} and ${names.length - 1} more`
}

function facts(diagnosis: Diagnosis, limits: Limits): readonly Markup[] {
  const { pods, origin, causes, notes, holdsUp = [] } = diagnosis
  const owner = ownerText(diagnosis)
  const names = pods.slice(0, mostPods).map(({ name }) => name)
  const more = pods.length - names.length
  return [
    ...(pods.length > 1 ? [fact('Pods', `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`)] : []),
    ...(owner === '' ? [] : [fact('Owner', owner)]),
    ...(origin === null ? [] : [fact('From', originText(origin))]),
    ...holdsUp.map(({ why }) => fact('Holds up', why)),
    ...causes.map(({ code, summary }) => fact(code, cut(summary, limits.text))),
    ...notes.map((note) => fact('Note', cut(note, limits.text))),
  ]
}

function fact(label: string, text: string): Markup {
  return html`<dt>${label}</dt><dd>${text}</dd>`
}

function said({ message, schedulerMessage }: Diagnosis): Markup {
  const text = message ?? schedulerMessage
  return text === null
    ? nothing
    : html`<p class="dim">kube-scheduler: ${text}</p>
`
}
