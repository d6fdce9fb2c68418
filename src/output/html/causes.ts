import { fullName, isWaiting, nameOf } from '#output/diagnosis-words.ts'
import { cut } from '#output/safe-text.ts'
import type { Diagnosis } from '#report/explain-report.ts'
import { html, joined, type Markup, nothing } from './markup.ts'

/** More links than these are counted. */
const mostLinks = 30

/** Each cause, with all that waits because of it, the most Pods first. */
export function causesPart(diagnoses: readonly Diagnosis[], prefix: string): Markup {
  const byCode = new Map<string, { summary: string; waiting: { diagnosis: Diagnosis; id: string }[] }>()
  for (const [index, diagnosis] of diagnoses.entries()) {
    if (!isWaiting(diagnosis)) continue
    for (const { code, summary } of diagnosis.causes) {
      const known = byCode.get(code) ?? { summary, waiting: [] }
      byCode.set(code, known)
      if (known.waiting.at(-1)?.diagnosis !== diagnosis) known.waiting.push({ diagnosis, id: `${prefix}${index}` })
    }
  }
  const rows = [...byCode]
    .map(([code, { summary, waiting }]) => ({ code, summary, waiting, pods: podsOf(waiting) }))
    .sort((a, b) => b.pods - a.pods || (a.code < b.code ? -1 : 1))
  if (rows.length === 0) return nothing
  return html`<table class="stack"><thead><tr><th scope="col">Cause</th><th scope="col">For example</th><th scope="col">What waits</th></tr></thead><tbody>${rows.map(
    ({ code, summary, waiting, pods }) =>
      html`<tr><th scope="row">${code}</th><td>${cut(summary, 220)}</td><td>${pods === 0 ? '' : `${pods} Pod${pods === 1 ? '' : 's'} `}${links(waiting)}</td></tr>
`,
  )}</tbody></table>`
}

function podsOf(waiting: readonly { readonly diagnosis: Diagnosis }[]): number {
  return waiting.reduce((sum, { diagnosis }) => sum + diagnosis.pods.length, 0)
}

function links(waiting: readonly { readonly diagnosis: Diagnosis; readonly id: string }[]): Markup {
  const all = waiting.slice(0, mostLinks).map(({ diagnosis, id }) => {
    return html`<a href="#${id}">${cut(fullName(nameOf(diagnosis)), 80)}</a>`
  })
  const more = waiting.length - all.length
  const shown = html`${joined(all, html`, `)}${more > 0 ? ` and ${more} more` : ''}`
  if (all.length < 4) return shown
  return html`<details><summary>in ${waiting.length} diagnoses</summary>${shown}</details>`
}
