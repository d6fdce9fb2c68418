import type { Style } from '#output/text/style.ts'
import type { Overlap } from '#report/explain-parts.ts'
import type { Diagnosis, OriginRef } from '#report/explain-report.ts'

type FactRow = readonly [label: string, text: string]

/** Whose the Pods are, what is behind it, and what hangs on it: a label and a text each. */
export function factRows(diagnosis: Diagnosis, isOnly: boolean, style: Style): readonly FactRow[] {
  const { causes, notes, overlaps = [], holdsUp = [], message, schedulerMessage } = diagnosis
  const told = causes.filter(({ code }) => tellingCodes.has(code)).map(({ summary }): FactRow => ['Cause', summary])
  const mend = causes.flatMap(({ mend: list }) =>
    texts(list)
      .filter((text) => style.wide || !text.includes('node.kubernetes.io/unschedulable'))
      .map((text): FactRow => ['Mend', text]),
  )
  const near = causes.flatMap(({ nearMisses }) => texts(nearMisses).map((text): FactRow => ['Almost', text]))
  const held = isOnly ? [] : holdsUp.map(({ why }): FactRow => ['Holds', why])
  const shownNotes = style.wide ? notes : notes.slice(0, mostNotes)
  return [
    ...ownerRows(diagnosis),
    ...told,
    ...near.slice(0, mostNotes),
    ...mend.slice(0, mostNotes),
    ...overlapRows(overlaps),
    ...held,
    ...shownNotes.map((note): FactRow => ['Note', `${note.charAt(0).toUpperCase()}${note.slice(1)}.`]),
    ...(style.wide && message !== null ? [['Message', message] as const] : []),
    ...(style.wide && schedulerMessage !== null && schedulerMessage !== message
      ? [['Said', schedulerMessage] as const]
      : []),
  ]
}

/** Causes that neither the answer nor the table of nodes tells. */
const tellingCodes: ReadonlySet<string> = new Set([
  'SettingNotPassedOn',
  'NoSettingReaches',
  'SetElsewhere',
  'LeftOver',
  'MadeBeforeTheChange',
  'SchedulerNotRunning',
  'NotRetriedYet',
])

const mostNotes = 4

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}

function ownerRows({ pods, owners, ownersEnd, origin }: Diagnosis): readonly FactRow[] {
  const hook =
    origin !== null && Array.isArray(origin.hookEvents) && origin.hookEvents.length > 0
      ? ` (${origin.hookEvents.join(', ')} hook)`
      : ''
  const chain = owners.map(({ kind, name }) => `${kind} ${name}`).join(' ← ')
  const end = ownersEnd === undefined ? '' : chain === '' ? ownersEnd : ` (${ownersEnd})`
  const owner = `${chain}${hook}${end}`
  const rows: FactRow[] = owner === '' ? [] : [['Owner', owner]]
  const home = pods[0]?.namespace ?? owners[0]?.namespace
  const root = owners.at(-1)
  for (let one: unknown = origin; isOrigin(one); one = one.origin) {
    const kind = typeof one.resource === 'string' ? one.resource : one.kind
    if (kind === root?.kind && one.name === root.name) continue
    rows.push([rows.length === 0 ? 'Owner' : '', originText(one, home)])
  }
  if (rows.length === 0) rows.push(['Owner', 'none: a bare Pod'])
  return rows
}

function isOrigin(value: unknown): value is OriginRef {
  return typeof value === 'object' && value !== null && 'kind' in value && 'name' in value
}

/** `Helm release fleet, chart fleet 0.11.3, pending-install`; the namespace where it is not the Pod's own. */
function originText(
  { kind, namespace, name, chart, chartVersion, status, resource }: OriginRef,
  home: string | undefined,
): string {
  const what = kind === 'OperatorResource' && typeof resource === 'string' ? resource : (originWords[kind] ?? kind)
  const parts = [`${what} ${name}${namespace === undefined || namespace === home ? '' : ` (namespace ${namespace})`}`]
  if (chart !== undefined) parts.push(`chart ${chart}${chartVersion === undefined ? '' : ` ${chartVersion}`}`)
  if (typeof status === 'string' && status !== 'deployed') parts.push(status)
  return parts.join(', ')
}

const originWords: Readonly<Record<string, string>> = {
  HelmRelease: 'Helm release',
  HelmChart: 'K3s HelmChart',
  FleetBundle: 'Fleet Bundle',
  FleetCluster: 'Fleet Cluster',
  RancherApp: 'Rancher App',
  RancherCluster: 'Rancher Cluster',
  RancherSystemChart: 'Rancher system chart',
  ArgoApplication: 'Argo CD Application',
  FluxHelmRelease: 'Flux HelmRelease',
  FluxKustomization: 'Flux Kustomization',
  PackagedManifest: 'packaged manifest',
  MicroK8sAddon: 'MicroK8s add-on',
}

/** Selectors that match too much, alike ones together; where it was mended once, at the end. */
function overlapRows(overlaps: readonly Overlap[]): readonly FactRow[] {
  const rows = overlaps.map(({ kind, name, alsoMatches, consequence }): FactRow => {
    const others = alsoMatches
      .slice(0, 3)
      .map((one) => `${one.kind} ${one.name}${one.pods.length > 1 ? ` (${one.pods.length} Pods)` : ''}`)
    const rest = alsoMatches.length > 3 ? ` and ${alsoMatches.length - 3} more` : ''
    return [
      'Overlap',
      `The selector of ${kind} ${name} also matches Pods of ${others.join(', ')}${rest}. ${consequence}`,
    ]
  })
  const mended = overlaps.find((one) => one.mended !== undefined)?.mended
  return mended === undefined ? rows : [...rows, ['', mended]]
}
