import { blockerText } from '#output/diagnosis-words.ts'
import { safeText } from '#output/safe-text.ts'
import { paint, type Style, wrap } from '#output/text/style.ts'
import type { AlikePods, AskedClaim, AskedNode, AskedObject, KeptOff } from '#report/explain-parts.ts'
import { columns } from './columns.ts'
import { labelled } from './labelled.ts'
import { waitTree } from './wait-tree.ts'

/** The answer about an object that was asked about by name. */
export function renderAsked(asked: AskedObject, isDiagnosed: boolean, style: Style): string {
  const { kind, namespace, name, answer, node, claim } = asked
  const place = style.namespaces && namespace !== undefined ? `${namespace}/` : ''
  const blocks = [
    `${paint(safeText(`${kind} ${place}${name}`), 'strong', style)}\n${wrap(safeText(answer), style.width, '  ')}`,
  ]
  if (node !== undefined) blocks.push(...nodeBlocks(node, style))
  if (claim !== undefined) blocks.push(...claimBlocks(asked, claim, isDiagnosed, style))
  return `${blocks.join('\n\n')}\n`
}

function nodeBlocks({ taints, keptOff, wouldTake }: AskedNode, style: Style): readonly string[] {
  const blocks: string[] = []
  if (taints.length > 0) {
    const rows = taints.map(({ key, value = '', effect, meaning, class: taintClass, instead }) => ({
      left: `${key}${value === '' ? '' : `=${value}`}:${effect}`,
      right: [`${meaning} (${taintClass})`, ...(instead === undefined ? [] : [`do not tolerate it: ${instead}`])],
    }))
    blocks.push(columns(['TAINT', 'MEANING'], rows, style))
  }
  for (const [text, alike] of byHindrance(keptOff)) blocks.push(keptBlock(text, alike, style))
  if (wouldTake.length > 0) blocks.push(labelled('Takes', wouldTake.slice(0, mostPods).map(podsCell).join(', '), style))
  return blocks
}

const mostPods = 6

function podsCell({ namespace, name, count }: AlikePods): string {
  return `${namespace}/${name}${count === 1 ? '' : ` and ${count - 1} more`}`
}

/** Pods that the same keeps off, and that the same would let in. */
function byHindrance(keptOff: readonly KeptOff[]): ReadonlyMap<string, readonly KeptOff[]> {
  const groups = new Map<string, KeptOff[]>()
  for (const one of keptOff) {
    const by = one.blocked.blockers.map((blocker, index) => `${index === 0 ? '' : 'then '}${blockerText(blocker)}`)
    const key = [by.join('\n'), ...one.needs].join('\u0000')
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return groups
}

function keptBlock(key: string, alike: readonly KeptOff[], style: Style): string {
  const [by = '', ...needs] = key.split('\u0000')
  const count = alike.reduce((sum, one) => sum + one.count, 0)
  const shown = style.wide ? alike : alike.slice(0, mostPods)
  const rest = alike.slice(shown.length).reduce((sum, one) => sum + one.count, 0)
  const names = [...shown.map(podsCell), ...(rest > 0 ? [`and ${rest} more`] : [])].join(', ')
  return [
    labelled('Blocks', `${count.toLocaleString('en')} Pod${count === 1 ? '' : 's'}: ${names}`, style),
    ...by.split('\n').map((line, index) => labelled(index === 0 ? 'By' : '', line, style)),
    ...needs.map((need, index) =>
      labelled(index === 0 ? 'Opens' : '', `${index === 0 ? 'with ' : 'and '}${need}`, style),
    ),
  ].join('\n')
}

/** With `isDiagnosed` the chain of waits stands with the Pods that wait for it. */
function claimBlocks(
  { name, namespace = '' }: AskedObject,
  claim: AskedClaim,
  isDiagnosed: boolean,
  style: Style,
): readonly string[] {
  const blocks: string[] = []
  if (claim.waitsFor.length > 0 && !isDiagnosed) blocks.push(waitTree(name, claim.waitsFor, namespace, style))
  const { storageClass, provisioner, volumeBindingMode, volume, selectedNode, phase, pods } = claim
  const made = [provisioner, volumeBindingMode].filter((part) => part !== null).join(', ')
  const rows: (readonly [string, string])[] = [
    ['Phase', `${phase}${volume === null || volume === '' ? '' : `, PersistentVolume ${volume}`}`],
    ['Class', `${storageClass ?? 'none'}${made === '' ? '' : ` (${made})`}`],
    ...(selectedNode === null ? [] : [['Node', `${selectedNode}, chosen by the scheduler`] as const]),
    ['Pods', pods.length === 0 ? 'none mounts it' : podNames(pods)],
  ]
  blocks.push(rows.map(([label, text]) => labelled(label, text, style)).join('\n'))
  return blocks
}

function podNames(pods: AskedClaim['pods']): string {
  const shown = pods.slice(0, 5).map(({ name, phase }) => `${name} (${phase})`)
  return `${shown.join(', ')}${pods.length > 5 ? ` and ${pods.length - 5} more` : ''}`
}
