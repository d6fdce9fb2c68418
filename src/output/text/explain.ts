import { safeText } from '#output/safe-text.ts'
import type { Elsewhere } from '#report/explain-parts.ts'
import type { Cause, Diagnosis, ExplainedCluster, ExplainReport } from '#report/explain-report.ts'
import { renderAsked } from './explain/asked.ts'
import { renderDiagnosis } from './explain/diagnosis.ts'
import { labelled } from './explain/labelled.ts'
import { mergeAlike } from './explain/merge-alike.ts'
import { paint, type Style, wrap } from './style.ts'

/** The explain report for people: for each diagnosis the answer first, then the nodes, the owner, the next step. */
export function renderExplain(report: ExplainReport, style: Style): string {
  const many = report.clusters.length > 1
  return report.clusters.map((cluster) => renderCluster(cluster, many, style)).join('\n')
}

function renderCluster(cluster: ExplainedCluster, many: boolean, style: Style): string {
  const { diagnoses, asked = [], elsewhere, incomplete } = cluster
  const parts = many ? [`${paint(`Cluster ${safeText(cluster.name)}`, 'strong', style)}\n`] : []
  const unread = incomplete.find(({ resource }) => resource === 'cluster')
  if (unread !== undefined) {
    const text = `It could not be read, so nothing is known of it: ${unread.message}.`
    return [...parts, `${wrap(safeText(text), style.width, '')}\n`].join('\n')
  }
  for (const one of asked)
    parts.push(
      renderAsked(
        one,
        diagnoses.some(({ waitsFor }) => waitsFor !== undefined),
        style,
      ),
    )
  if (diagnoses.length === 0 && asked.length === 0) parts.push(`${nothing(cluster, elsewhere, style)}\n`)
  const waiting = diagnoses.filter(waits)
  for (const diagnosis of style.wide ? diagnoses : mergeAlike(diagnoses))
    parts.push(renderDiagnosis(diagnosis, waiting.length === 1, style))
  const missing = missingLines(cluster, style)
  if (missing !== '') parts.push(`${missing}\n`)
  if (diagnoses.length > 0)
    parts.push(`${wrap(safeText(summary(waiting)), style.width, '')}\n${codeLine(waiting, style)}`)
  return parts.join('\n')
}

/** One line where nothing waits, and where something does instead. */
function nothing({ namespace }: ExplainedCluster, elsewhere: Elsewhere | undefined, style: Style): string {
  const where = namespace === undefined ? '' : ` in namespace ${namespace}`
  const line = `No Pod is Pending${where}.`
  if (elsewhere === undefined) return safeText(line)
  const { pods, namespaces } = elsewhere
  const shown = namespaces.slice(0, 4).map((one) => `${one.namespace} (${one.pods.toLocaleString('en')})`)
  const rest = namespaces.length > 4 ? ', ...' : ''
  const there = `${pods.toLocaleString('en')} Pod${pods === 1 ? ' waits' : 's wait'} elsewhere: ${shown.join(', ')}${rest}.`
  return `${wrap(safeText(`${line} ${there}`), style.width, '')}\nkubectl taintdoctor explain -A`
}

/** What could not be read, alike reads together; what the answer stands without, in one line. */
function missingLines({ incomplete }: ExplainedCluster, style: Style): string {
  const shown = incomplete.filter(({ minor }) => style.wide || minor === undefined)
  const others = [...new Set(incomplete.filter((one) => !shown.includes(one)).map(({ resource }) => resource))]
  const groups = new Map<string, { label: string; resources: Set<string>; text: string }>()
  for (const { resource, namespace, reason, consequence, message } of shown) {
    const isOdd = reason === 'OddObject'
    const key = isOdd ? message : `${reason} ${consequence}`
    const text = isOdd ? `: ${consequence}.` : ` (${reason}): ${consequence}.`
    const group = groups.get(key) ?? { label: isOdd ? 'Odd' : 'Missing', resources: new Set(), text }
    groups.set(key, group)
    group.resources.add(isOdd ? message : `${resource}${namespace === undefined ? '' : ` in ${namespace}`}`)
  }
  const lines = [...groups.values()].map(({ label, resources, text }) =>
    labelled(label, `${[...resources].join(', ')}${text}`, style),
  )
  if (others.length > 0)
    lines.push(labelled('Besides', `not read: ${others.join(', ')}; -o wide says what for.`, style))
  return lines.join('\n')
}

function waits({ state }: Diagnosis): boolean {
  return state !== 'Bound' && state !== 'Terminating'
}

/** How many wait, for how many causes, and what waits for them in turn. */
function summary(waiting: readonly Diagnosis[]): string {
  if (waiting.length === 0) return 'No Pod waits for a node.'
  const pods = waiting.reduce((sum, { pods: own }) => sum + own.length, 0)
  const lacking = waiting.reduce((sum, { causes }) => sum + causes.reduce((all, cause) => all + lackingOf(cause), 0), 0)
  const passed = waiting.flatMap(({ causes, nodes }) =>
    causes.some(({ code }) => code === 'PassedOver') ? nodes.blocked : [],
  )
  const over = passed.reduce((sum, { nodes }) => sum + nodes.length, 0)
  const counts = [
    ...(pods > 0 ? [`${pods.toLocaleString('en')} Pod${pods === 1 ? ' waits' : 's wait'}`] : []),
    ...(lacking > 0
      ? [`${lacking.toLocaleString('en')} ${pods > 0 ? '' : `Pod${lacking === 1 ? '' : 's'} `}cannot be made`]
      : []),
  ]
  if (over > 0) counts.push(`${over.toLocaleString('en')} node${over === 1 ? ' is' : 's are'} passed over`)
  const causes = causeCount(waiting)
  const line = `${counts.length === 0 ? 'No Pod waits' : counts.join(', ')}, ${causes} cause${causes === 1 ? '' : 's'}.`
  const [only, ...others] = waiting
  const held = others.length === 0 ? (only?.holdsUp ?? []).map(({ why }) => ` ${why}`).join('') : ''
  return `${line}${held}`
}

function lackingOf({ wanted, created }: Cause): number {
  return typeof wanted === 'number' && typeof created === 'number' ? Math.max(0, wanted - created) : 0
}

/** The codes of the causes that the answers lead with, and where more is said of them. */
function codeLine(waiting: readonly Diagnosis[], style: Style): string {
  const codes = [...new Set(waiting.flatMap(({ causes }) => reported(causes).map(({ code }) => code)))]
  if (codes.length === 0) return ''
  const shown = `${codes.slice(0, 4).join(', ')}${codes.length > 4 ? ', ...' : ''}`
  const lines = [
    wrap(safeText(`More on ${shown}:`), style.width, ''),
    safeText(`  kubectl taintdoctor explain --code ${codes[0]}`),
  ]
  return `${lines.map((line) => paint(line, 'quiet', style)).join('\n')}\n`
}

/** What the scheduler would report; of a Pod that waits for something else than a node, that. */
function reported(causes: readonly Cause[]): readonly Cause[] {
  const [first] = causes
  if (first === undefined || first.reportedOn === undefined) return causes.slice(0, 1)
  const byNode = causes.filter(({ reportedOn }) => reportedOn !== 0 && reportedOn !== undefined)
  return byNode.length > 0 ? byNode : [first]
}

/** Diagnoses with the same causes count once; one that waits for another Pod counts with that. */
function causeCount(waiting: readonly Diagnosis[]): number {
  const own = new Set(waiting.flatMap(({ pods }) => pods.map(({ namespace, name }) => `${namespace}/${name}`)))
  const independent = waiting.filter(({ waitsFor = [] }) => !endNames(waitsFor).some((name) => own.has(name)))
  return new Set(independent.map(signature)).size
}

function signature({ state, causes, podBlockers }: Diagnosis): string {
  const counted = reported(causes)
  return [state, podBlockers.length, ...counted.map(({ code, summary: text }) => `${code} ${text}`)].join('\n')
}

function endNames(list: NonNullable<Diagnosis['waitsFor']>): readonly string[] {
  return list.flatMap(({ namespace = '', name, waitsFor = [] }) =>
    waitsFor.length === 0 ? [`${namespace}/${name}`] : endNames(waitsFor),
  )
}
