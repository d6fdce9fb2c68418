import { nameList } from '#output/text/style.ts'
import type { MappedTaint, TaintGroup, TaintMap } from '#report/taint-map.ts'
import { html, type Markup, nothing } from './markup.ts'

/** The nodes by their taints, and each taint with what it means and who tolerates it. */
export function taintsPart({ groups, taints }: TaintMap): Markup {
  if (groups.length === 0) return nothing
  return html`<table class="stack"><caption class="dim">Groups of nodes with the same taints</caption><thead><tr><th scope="col">Nodes</th><th scope="col">Taints</th></tr></thead><tbody>${groups.map(groupRow)}</tbody></table>
${taints.length === 0 ? nothing : html`<table class="stack"><caption class="dim">What the taints mean, and who tolerates them</caption><thead><tr><th scope="col">Taint</th><th scope="col">Meaning</th><th scope="col">Tolerated by</th></tr></thead><tbody>${taints.map(taintRow)}</tbody></table>`}`
}

function groupRow({ nodes, taints, cordoned }: TaintGroup): Markup {
  const count = nodes.length === 1 ? '1 node' : `${nodes.length} nodes`
  const off = cordoned === 0 ? nothing : html` <span class="chip u">${cordoned} cordoned</span>`
  const names =
    nodes.length <= 3
      ? html`${nodes.join(', ')}`
      : html`<details><summary>${count}: ${nameList(nodes, false)}</summary>${nodes.join(', ')}</details>`
  const chips =
    taints.length === 0 ? html`<span class="dim">none</span>` : taints.map((taint) => html`<code>${taint}</code> `)
  return html`<tr><th scope="row">${names}${off}</th><td>${chips}</td></tr>
`
}

function taintRow({ name, taint, nodes, toleratedBy, moreOwners }: MappedTaint): Markup {
  const owners = toleratedBy.map(
    ({ kind, namespace, name: own, pods }) => html`<li>${kind} ${namespace}/${own} (${pods})</li>`,
  )
  const total = toleratedBy.length + moreOwners
  const more = moreOwners > 0 ? html`<li>and ${moreOwners} more</li>` : nothing
  const who =
    total === 0
      ? html`nobody`
      : html`<details><summary>${total} owner${total === 1 ? '' : 's'}</summary><ul>${owners}${more}</ul></details>`
  const { instead } = taint
  return html`<tr><th scope="row"><code>${name}</code><br><span class="dim">on ${nodes} node${nodes === 1 ? '' : 's'}</span></th><td><span class="chip">${taint.class}</span> ${taint.meaning}${instead === undefined ? '' : `. Instead of tolerating it: ${instead}`}.</td><td>${who}</td></tr>
`
}
