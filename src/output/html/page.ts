import { fullName, headLines, nameOf, podCount, tally } from '#output/diagnosis-words.ts'
import type { Diagnosis, ExplainedCluster, ExplainReport } from '#report/explain-report.ts'
import type { SuggestReport } from '#report/suggest-report.ts'
import type { TaintMap } from '#report/taint-map.ts'
import { causesPart } from './causes.ts'
import { changeFor, changes } from './changes.ts'
import { diagnosisCard } from './diagnosis.ts'
import { html, type Markup, nothing } from './markup.ts'
import { matrix } from './matrix.ts'
import { script, scriptHash } from './script.ts'
import { style, styleHash } from './style.ts'
import { taintsPart } from './taints.ts'

/** What the page is made of; the lists run in parallel, a cluster each. */
export interface PageInput {
  readonly explain: ExplainReport
  readonly suggest: SuggestReport
  readonly taints: readonly TaintMap[]
  /** Milliseconds since 1970. */
  readonly now: number
}

/** Diagnoses beyond these are listed by name and answer only: a page of many thousand cards does not open. */
const mostCards = 1000

/** One file with all in it: no network, readable without its script. */
export function renderPage(input: PageInput): string {
  const { explain, now } = input
  const { clusters } = explain
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${styleHash}'`,
    `script-src 'sha256-${scriptHash}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  const [only] = clusters
  const title =
    clusters.length === 1 && only !== undefined
      ? tally(only)
      : `${podsWaiting(clusters)} in ${clusters.length} clusters`
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="referrer" content="no-referrer"><title>What waits, and why: ${clusters.map(({ name }) => name).join(', ')}</title><style>${{ markup: style }}</style></head>
<body><a class="skip" href="#main">To the answers</a>
<header><h1>${title}</h1><p class="dim">Computed from what the cluster held at ${new Date(now).toISOString().slice(0, 16).replace('T', ' ')} UTC, as kube-scheduler's own filters judge it.</p></header>
<main id="main">${filterBar(clusters)}${clusters.map((cluster, index) => clusterPart(cluster, index, input))}</main>
<footer>kubectl taintdoctor. The meaning of each cause: <code>kubectl taintdoctor explain --code CODE</code></footer>
<script>${{ markup: script }}</script></body></html>
`.markup
}

function filterBar(clusters: readonly ExplainedCluster[]): Markup {
  const all = clusters.flatMap(({ diagnoses }) => diagnoses)
  if (all.length === 0) return nothing
  const spaces = [...new Set(all.map((one) => nameOf(one).namespace))].filter((name) => name !== '').sort()
  const codes = [...new Set(all.flatMap(({ causes }) => causes.map(({ code }) => code)))].sort()
  const options = (values: readonly string[]): readonly Markup[] =>
    values.map((value) => html`<option value="${value}">${value}</option>`)
  return html`<div class="bar" id="bar" role="search" aria-label="Diagnoses" hidden>
<label for="text">Search<input id="text" type="search" autocomplete="off"></label>
<label for="space">Namespace<select id="space"><option value="">all</option>${options(spaces)}</select></label>
<label for="cause">Cause<select id="cause"><option value="">all</option>${options(codes)}</select></label>
<span id="said" class="dim" role="status"></span></div>
`
}

function clusterPart(cluster: ExplainedCluster, index: number, { explain, suggest, taints, now }: PageInput): Markup {
  const { name, version, judgedAs, nodeCount, diagnoses } = cluster
  const many = explain.clusters.length > 1
  const [cards, ways] = [`d${index}-`, `s${index}-`]
  const suggestions = suggest.clusters[index]?.suggestions ?? []
  const map = taints[index] ?? { groups: [], taints: [] }
  const about = [version ?? `judged as ${judgedAs}`, nodeCount === null ? 'nodes not read' : `${nodeCount} nodes`]
  const shown = diagnoses.slice(0, mostCards)
  const limits = shown.length > 150 ? { rows: 3, text: 110 } : { rows: 20, text: 400 }
  const card = (diagnosis: Diagnosis, at: number): Markup => {
    const change = changeFor(diagnosis, suggestions)
    return diagnosisCard(diagnosis, `${cards}${at}`, change === -1 ? undefined : `${ways}${change}`, now, limits)
  }
  const lines = headLines(cluster)
  return html`<section aria-label="Cluster ${name}, the ${index + 1}. of this page">${many ? html`<h2 class="cluster">Cluster ${name}</h2><p>${tally(cluster)}</p>` : nothing}<p class="dim">${many ? '' : `Cluster ${name}, `}${about.join(', ')}.</p>
${lines.length === 0 ? nothing : html`<ul>${lines.slice(0, 20).map((text) => html`<li>${text}</li>`)}</ul>`}
${part('Causes', causesPart(shown, cards))}${part('What waits, by groups of like nodes', matrix(shown, map.groups, cards, name))}
${part('Diagnoses', html`${shown.map(card)}${rest(diagnoses.slice(mostCards))}`)}${part('What to change', changes(suggestions, ways))}
${part("The cluster's taints", taintsPart(map))}</section>
`
}

function podsWaiting(clusters: readonly ExplainedCluster[]): string {
  const count = clusters.reduce((sum, { diagnoses }) => sum + podCount(diagnoses), 0)
  return `${count.toLocaleString('en')} Pod${count === 1 ? ' waits' : 's wait'}`
}

function part(title: string, content: Markup): Markup {
  return content.markup.trim() === ''
    ? nothing
    : html`<h2>${title}</h2>
${content}`
}

function rest(diagnoses: readonly Diagnosis[]): Markup {
  if (diagnoses.length === 0) return nothing
  const rows = diagnoses.map((one) => {
    return html`<li>${fullName(nameOf(one))}: ${one.answer}</li>
`
  })
  return html`<details><summary>${diagnoses.length} more, in short</summary><ul>${rows}</ul></details>`
}
