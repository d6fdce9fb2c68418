import { cut } from '#output/safe-text.ts'
import { placeText } from '#output/suggest/documents.ts'
import { nameList } from '#output/text/style.ts'
import type { Diagnosis } from '#report/explain-report.ts'
import type { Alternative, Suggestion, SuggestionBody } from '#report/suggest-report.ts'
import { html, type Markup, nothing } from './markup.ts'

/** A page with more does not open at once. */
const mostCards = 250
/** Notes and steps beyond these are left to `kubectl taintdoctor suggest`. */
const mostNotes = 8

/** The suggestions, each with its YAML, ready to be copied, and what it was shown to do. */
export function changes(suggestions: readonly Suggestion[], prefix: string): Markup {
  const cards = suggestions.map((one, index) => (isOfUse(one) ? changeCard(one, `${prefix}${index}`) : undefined))
  const shown = cards.filter((card) => card !== undefined)
  const without = suggestions.length - shown.length
  const word = without === 1 ? 'workload' : 'workloads'
  return html`${shown.slice(0, mostCards)}${
    shown.length > mostCards ? html`<p>And ${shown.length - mostCards} more: ask for one namespace.</p>` : nothing
  }${without === 0 ? nothing : html`<p>For ${without} ${word} no change of a setting helps; the diagnosis says what does.</p>`}`
}

/** The suggestion that is about the Pods of a diagnosis, by its position; -1 where there is none. */
export function changeFor({ owners, pods }: Diagnosis, suggestions: readonly Suggestion[]): number {
  const root = owners.at(-1)
  const [pod] = pods
  return suggestions
    .slice(0, mostCards)
    .findIndex(
      (one) =>
        isOfUse(one) &&
        one.workloads.some(({ kind, namespace, name }) =>
          root === undefined
            ? kind === 'Pod' && pod !== undefined && namespace === pod.namespace && name === pod.name
            : kind === root.kind && name === root.name && namespace === (root.namespace ?? pod?.namespace ?? namespace),
        ),
    )
}

/** Whether there is something to paste, to choose or to do: what blocks is said with the diagnosis. */
function isOfUse({ content, alternatives, afterwards = [] }: Suggestion): boolean {
  return content !== '' || alternatives.length > 0 || afterwards.length > 0
}

function changeCard(one: Suggestion, id: string): Markup {
  const { target, workloads, opens, reach, evidence, afterwards = [], warnings, alternatives } = one
  const title = target.kind === 'None' ? 'No single setting helps' : placeText(target)
  const who = workloads.map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`)
  const shown = who.length > 6 ? [...who.slice(0, 6), `${who.length - 6} more`] : who
  const look = opens.nodes.length > 0 ? 'f' : 'u'
  // Where the natural place takes nothing, what works now stands open.
  const [best] = alternatives
  const now = one.content === '' && best !== undefined && best.content !== '' ? best : undefined
  const others = now === undefined ? alternatives : alternatives.slice(1)
  return html`<article id="${id}" class="s-${look}">
<div class="head"><h3>${title}</h3><span class="chip ${look}">${opens.podsThatFit} of ${opens.podsWanted} waiting fit then</span></div>
<p>For ${shown.join(', ')}.</p>
<dl><dt>Opens</dt><dd>${opens.nodes.length === 0 ? 'no node' : nameList(opens.nodes, false)}</dd><dt>${reach === 'NotReached' ? 'Not reached' : 'Reaches'}</dt><dd>${evidence}</dd>${list('Then', afterwards)}${list('Note', warnings)}</dl>
${pasted(one)}${now === undefined ? nothing : html`<h4>What works now</h4>${alternativePart(now)}`}${others.length === 0 ? nothing : html`<details><summary>Other ways (${others.length})</summary>${others.map(alternativePart)}</details>`}
</article>
`
}

function list(label: string, texts: readonly string[]): readonly Markup[] {
  return texts.slice(0, mostNotes).map((text) => html`<dt>${label}</dt><dd>${cut(text, 400)}</dd>`)
}

function alternativePart(way: Alternative): Markup {
  const parts = [way.target.kind === 'None' ? way.evidence : placeText(way.target)]
  if (way.requires !== null) parts.push(`needs ${way.requires}`)
  if (way.lasts !== null) parts.push(`lasts ${way.lasts}`)
  if (way.opens.nodes.length > 0) parts.push(`opens ${nameList(way.opens.nodes, false)}`)
  return html`<p>${parts.join('; ')}</p>${pasted(way)}`
}

function pasted({ content, apply }: SuggestionBody): Markup {
  const command = apply.join('\n')
  return html`${content === '' ? nothing : copied(content, 'Copy YAML')}${command === '' ? nothing : copied(command, 'Copy command')}`
}

function copied(text: string, label: string): Markup {
  return html`<div class="yaml"><pre tabindex="0">${text.trimEnd()}</pre><button type="button" data-copy hidden>${label}</button></div>
`
}
