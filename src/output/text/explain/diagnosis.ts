import { stateWords } from '#output/diagnosis-words.ts'
import { safeText } from '#output/safe-text.ts'
import { age, paint, type Style, type Tone, wrap } from '#output/text/style.ts'
import type { Diagnosis } from '#report/explain-report.ts'
import { factRows } from './fact-rows.ts'
import { labelled } from './labelled.ts'
import { nextStep } from './next-step.ts'
import { nodeTable } from './node-table.ts'
import { waitTree } from './wait-tree.ts'

/** One diagnosis: the answer first, then the evidence, whose it is, and the next step. */
export function renderDiagnosis(diagnosis: Diagnosis, isOnly: boolean, style: Style): string {
  const blocks = [[head(diagnosis, style), wrap(safeText(diagnosis.answer), style.width, '  ')].join('\n')]
  const table = showsNodes(diagnosis, style) ? nodeTable(diagnosis, style) : ''
  if (table !== '') blocks.push(table)
  const { waitsFor = [], pods } = diagnosis
  if (waitsFor.length > 0) {
    const root =
      pods.length > 1 ? `${pods[0]?.name ?? ''} and ${pods.length - 1} more` : (pods[0]?.name ?? titleOf(diagnosis))
    blocks.push(waitTree(root, waitsFor, pods[0]?.namespace ?? '', style))
  }
  const rows = factRows(diagnosis, isOnly, style).map(([label, text]) => labelled(label, text, style))
  const [first, ...more] = nextStep(diagnosis, style) ?? []
  if (first !== undefined)
    rows.push([`  ${'Next'.padEnd(7)} ${first}`, ...more.map((line) => `${' '.repeat(10)}${line}`)].join('\n'))
  if (rows.length > 0) blocks.push(rows.join('\n'))
  return `${blocks.join('\n\n')}\n`
}

/** Where a node would take the Pod, or it waits for something else, the nodes that would not are of little use. */
function showsNodes({ state, waitsFor = [] }: Diagnosis, { wide }: Style): boolean {
  return wide || (state === 'Schedulable' ? false : waitsFor.length === 0 || state === 'Unschedulable')
}

const tones: { readonly [S in Diagnosis['state']]: Tone } = {
  Unschedulable: 'bad',
  Schedulable: 'warn',
  Gated: 'warn',
  Bound: 'good',
  Terminating: 'quiet',
  NoScheduler: 'bad',
  NotCreated: 'bad',
  Undetermined: 'warn',
}

function head(diagnosis: Diagnosis, style: Style): string {
  const { state } = diagnosis
  const title = safeText(titleOf(diagnosis, style.namespaces))
  const standing = standingOf(diagnosis, style.now)
  const fits = title.length + 3 + standing.length <= style.width
  return `${paint(title, 'strong', style)}${fits ? '   ' : '\n  '}${paint(standing, tones[state], style)}`
}

/** The Pod's name; of many what they are named after; of none the owner that lacks them. */
function titleOf({ pods, owners }: Diagnosis, withNamespace = false): string {
  const [first] = pods
  const root = owners.at(-1)
  const namespace = first?.namespace ?? root?.namespace ?? ''
  const place = withNamespace && namespace !== '' ? `${namespace}/` : ''
  if (first === undefined) return root === undefined ? '' : `${root.kind} ${place}${root.name}`
  return `${place}${pods.length > 1 && owners[0] !== undefined ? `${owners[0].name}…` : first.name}`
}

function standingOf(diagnosis: Diagnosis, now: number): string {
  const { pods } = diagnosis
  const word = wordOf(diagnosis)
  const oldest = pods.flatMap(({ createdAt }) => createdAt ?? []).sort()[0]
  const since = age(oldest ?? null, now)
  if (pods.length < 2) return since === '' ? word : `${word} ${since}`
  return `${pods.length.toLocaleString('en')} Pods ${word}${since === '' ? '' : `, the oldest ${since}`}`
}

function wordOf({ state, causes, waitsFor = [] }: Diagnosis): string {
  if (causes.some(({ code }) => code === 'NoExecuteLoop')) return 'Evicted again and again'
  return state === 'Schedulable' && waitsFor.length > 0 ? 'Pending' : stateWords[state]
}
