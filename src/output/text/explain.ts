import Table from 'cli-table3'
import { safeText } from '#output/safe-text.ts'
import type {
  BlockedNodes,
  Blocker,
  Diagnosis,
  ExplainedCluster,
  ExplainReport,
  OriginRef,
  UndeterminedNodes,
} from '#report/explain-report.ts'
import { age, nameList, paint, type Style, type Tone, wrap } from './style.ts'

/** The explain report for people: for each diagnosis the answer first, then the nodes, the owner, the next step. */
export function renderExplain(report: ExplainReport, style: Style): string {
  const many = report.clusters.length > 1
  return report.clusters.map((cluster) => renderCluster(cluster, many, style)).join('\n')
}

function renderCluster(cluster: ExplainedCluster, many: boolean, style: Style): string {
  const parts = many ? [`${paint(`Cluster ${safeText(cluster.name)}`, 'strong', style)}\n`] : []
  if (cluster.diagnoses.length === 0) parts.push('No Pod is Pending.\n')
  for (const diagnosis of cluster.diagnoses) parts.push(renderDiagnosis(diagnosis, style))
  parts.push(...incompleteLines(cluster, style))
  if (cluster.diagnoses.length > 0) parts.push(`${summary(cluster)}\n`)
  return parts.join('\n')
}

function renderDiagnosis(diagnosis: Diagnosis, style: Style): string {
  const lines = [head(diagnosis, style), wrap(safeText(diagnosis.answer), style.width, '  ')]
  const table = nodeTable(diagnosis, style)
  if (table !== '') lines.push('', table)
  const facts = factLines(diagnosis, style)
  if (facts.length > 0) lines.push('', ...facts)
  return `${lines.join('\n')}\n`
}

const tones: { readonly [S in Diagnosis['state']]: Tone } = {
  Unschedulable: 'bad',
  Schedulable: 'good',
  Gated: 'warn',
  Bound: 'good',
  Terminating: 'quiet',
  NoScheduler: 'bad',
  NotCreated: 'bad',
  Undetermined: 'warn',
}

/** How a state is called on the first line; the JSON report has its exact name. */
const words: { readonly [S in Diagnosis['state']]: string } = {
  Unschedulable: 'Pending',
  Schedulable: 'Pending, could be placed',
  Gated: 'Gated',
  Bound: 'Has a node',
  Terminating: 'Terminating',
  NoScheduler: 'Pending, no scheduler',
  NotCreated: 'Not created',
  Undetermined: 'Pending, undetermined',
}

function head({ pods, owners, state }: Diagnosis, style: Style): string {
  const [first] = pods
  const root = owners[0]
  const named =
    first ?? (root === undefined ? undefined : { namespace: root.namespace ?? '', name: `${root.kind} ${root.name}` })
  const space = style.namespaces && named !== undefined && named.namespace !== '' ? `${named.namespace}/` : ''
  const name = pods.length > 1 && root !== undefined ? `${root.name}…` : (named?.name ?? '')
  const oldest =
    pods
      .map(({ createdAt }) => createdAt)
      .filter((at) => at !== null)
      .sort()[0] ?? null
  const since = age(oldest, style.now)
  const count = pods.length > 1 ? `${pods.length.toLocaleString('en')} Pods ` : ''
  const when = since === '' ? '' : pods.length > 1 ? `, the oldest ${since}` : ` ${since}`
  return `${paint(safeText(`${space}${name}`), 'strong', style)}   ${paint(`${count}${words[state]}${when}`, tones[state], style)}`
}

function nodeTable({ nodes, podBlockers }: Diagnosis, style: Style): string {
  const rows: [string, string][] = []
  const tail = podBlockers.length > 0 ? 'besides: ' : ''
  for (const group of nodes.blocked) rows.push([nodeCell(group.nodes, style), `${tail}${blockersCell(group)}`])
  for (const group of nodes.undetermined) rows.push([nodeCell(group.nodes, style), `unknown: ${unknownCell(group)}`])
  if (rows.length === 0) return ''
  if (nodes.feasible.length > 0) rows.unshift([nodeCell(nodes.feasible, style), 'nothing: it fits there'])
  const left = Math.min(Math.max(...rows.map(([cell]) => cell.length), 'NODES'.length), Math.floor(style.width / 3))
  const table = new Table({
    head: ['NODES', 'BLOCKED BY'],
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
    colWidths: [left + 3, Math.max(style.width - left - 3 - 2, 24)],
    wordWrap: true,
    chars: noLines,
  })
  table.push(...rows)
  return table
    .toString()
    .split('\n')
    .map((line) => `  ${line}`.trimEnd())
    .join('\n')
}

const noLines = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
}

function nodeCell(names: readonly string[], { wide }: Style): string {
  return safeText(nameList(names, wide))
}

function blockersCell({ blockers, unknown }: BlockedNodes): string {
  const lines = blockers.map((blocker, index) => `${index === 0 ? '' : 'then '}${blockerText(blocker)}`)
  for (const { plugin, because } of unknown ?? []) lines.push(`unknown: ${plugin}: ${because.join('; ')}`)
  return lines.map(safeText).join('\n')
}

function blockerText({ details = [], reasons }: Blocker): string {
  const texts = details.filter((detail) => detail !== '')
  return (texts.length > 0 ? texts : reasons).join('; ')
}

function unknownCell({ unknown }: UndeterminedNodes): string {
  return unknown.map(({ plugin, because }) => safeText(`${plugin}: ${because.join('; ')}`)).join('\n')
}

function factLines(diagnosis: Diagnosis, style: Style): string[] {
  const rows: [string, string][] = []
  const owner = ownerText(diagnosis)
  if (owner !== '') rows.push(['Owner', owner])
  if (diagnosis.origin !== null) rows.push([owner === '' ? 'Owner' : '', originText(diagnosis.origin)])
  for (const note of diagnosis.notes) rows.push(['Note', note])
  if (style.wide && diagnosis.message !== null) rows.push(['Message', diagnosis.message])
  return rows.map(([label, text]) => labelled(label, safeText(text), style))
}

/** From the Pod's own owner to the root, and why it ends there. */
function ownerText({ owners, ownersEnd }: Diagnosis): string {
  const end = ownersEnd === undefined ? '' : ` (${ownersEnd})`
  return owners.length === 0
    ? (ownersEnd ?? '')
    : `${owners.map(({ kind, name }) => `${kind} ${name}`).join(' ← ')}${end}`
}

/** What put the root there: `Helm release fleet, chart fleet 0.11.3, pending-install`. */
function originText({ kind, namespace, name, chart, chartVersion, status, hookEvents }: OriginRef): string {
  const parts = [`${originWords[kind] ?? kind} ${name}${namespace === undefined ? '' : ` (namespace ${namespace})`}`]
  if (chart !== undefined) parts.push(`chart ${chart}${chartVersion === undefined ? '' : ` ${chartVersion}`}`)
  if (typeof status === 'string' && status !== 'deployed') parts.push(status)
  if (Array.isArray(hookEvents) && hookEvents.length > 0) parts.push(`${hookEvents.join(', ')} hook`)
  return parts.join(', ')
}

const originWords: Readonly<Record<string, string>> = {
  HelmRelease: 'Helm release',
  FleetBundle: 'Fleet Bundle',
  RancherApp: 'Rancher App',
  RancherCluster: 'Rancher Cluster',
  ArgoApplication: 'Argo CD Application',
  FluxHelmRelease: 'Flux HelmRelease',
  FluxKustomization: 'Flux Kustomization',
  PackagedManifest: 'packaged manifest',
  MicroK8sAddon: 'MicroK8s add-on',
}

function labelled(label: string, text: string, { width }: Style): string {
  const indent = ' '.repeat(10)
  return `  ${label.padEnd(8)}${wrap(text, width, indent).slice(indent.length)}`
}

function incompleteLines(cluster: ExplainedCluster, style: Style): string[] {
  const lines = cluster.incomplete.map(({ resource, namespace, reason, consequence, message }) =>
    reason === 'OddObject'
      ? labelled('Odd', `${safeText(message)}: ${consequence}.`, style)
      : labelled(
          'Missing',
          safeText(`${resource}${namespace === undefined ? '' : ` in ${namespace}`} (${reason}): ${consequence}.`),
          style,
        ),
  )
  return lines.length === 0 ? [] : [`${lines.join('\n')}\n`]
}

function summary({ diagnoses }: ExplainedCluster): string {
  const waiting = diagnoses.filter(({ state }) => state !== 'Bound' && state !== 'Terminating')
  const pods = waiting.reduce((sum, diagnosis) => sum + diagnosis.pods.length, 0)
  const causes = new Set(
    waiting.flatMap((diagnosis) =>
      diagnosis.causes.filter(({ reportedOn }) => reportedOn !== 0).map(({ code }) => code),
    ),
  )
  return `${pods} Pod${pods === 1 ? ' waits' : 's wait'}, ${causes.size} kind${causes.size === 1 ? '' : 's'} of cause.`
}
