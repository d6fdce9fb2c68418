import type { Wait } from '#report/explain-parts.ts'
import type {
  BlockedNodes,
  Blocker,
  Diagnosis,
  ExplainedCluster,
  Incomplete,
  OriginRef,
  UndeterminedNodes,
} from '#report/explain-report.ts'
import { age } from './text/style.ts'

/** How a state is called for people; the JSON report has its exact name. */
export const stateWords: { readonly [S in Diagnosis['state']]: string } = {
  Unschedulable: 'Pending',
  Schedulable: 'Pending, could be placed',
  Gated: 'Gated',
  Bound: 'Has a node',
  Terminating: 'Terminating',
  NoScheduler: 'Pending, no scheduler',
  NotCreated: 'Not created',
  Undetermined: 'Pending, undetermined',
}

/** Whose Pods they are, in one name: the only Pod's, or their root owner's. */
export interface Named {
  /** Empty where there is none. */
  readonly namespace: string
  /** The owner's; absent for a Pod. */
  readonly kind?: string
  readonly name: string
}

/** `shop/web-0`, `Deployment shop/web`. */
export function fullName({ namespace, kind, name }: Named): string {
  return `${kind === undefined ? '' : `${kind} `}${namespace === '' ? '' : `${namespace}/`}${name}`
}

export function nameOf({ pods, owners }: Diagnosis): Named {
  const [first] = pods
  const root = owners.at(-1)
  if (root !== undefined && pods.length !== 1) {
    return { namespace: first?.namespace ?? root.namespace ?? '', kind: root.kind, name: root.name }
  }
  return { namespace: first?.namespace ?? '', name: first?.name ?? '' }
}

/** `1,200 Pods Pending, the oldest 2h`, `Pending 14m`. */
export function standing({ pods, state }: Diagnosis, now: number): string {
  const times = pods.flatMap(({ createdAt }) => createdAt ?? []).sort()
  const since = age(times[0] ?? null, now)
  if (pods.length < 2) return since === '' ? stateWords[state] : `${stateWords[state]} ${since}`
  return `${pods.length.toLocaleString('en')} Pods ${stateWords[state]}${since === '' ? '' : `, the oldest ${since}`}`
}

/** From the Pod's own owner to the root, and why it ends there; empty where it has none. */
export function ownerText({ owners, ownersEnd }: Diagnosis): string {
  const chain = owners.map(({ kind, name }) => `${kind} ${name}`).join(' ← ')
  if (ownersEnd === undefined) return chain
  return chain === '' ? ownersEnd : `${chain} (${ownersEnd})`
}

/** What put the root there: `HelmRelease fleet (namespace x), chart fleet 0.11.3, pending-install`. */
export function originText({ kind, namespace, name, chart, chartVersion, status, hookEvents }: OriginRef): string {
  const spaced = kind.replaceAll(/(?<=[a-z])(?=[A-Z][a-z])/g, ' ')
  const parts = [`${spaced} ${name}${namespace === undefined ? '' : ` (namespace ${namespace})`}`]
  if (chart !== undefined) parts.push(`chart ${chart}${chartVersion === undefined ? '' : ` ${chartVersion}`}`)
  if (typeof status === 'string' && status !== 'deployed') parts.push(status)
  if (Array.isArray(hookEvents) && hookEvents.length > 0) parts.push(`${hookEvents.join(', ')} hook`)
  return parts.join(', ')
}

/** One blocker in words: what stands behind its reasons, else the scheduler's own. */
export function blockerText({ details = [], reasons }: Blocker): string {
  const texts = details.filter((detail) => detail !== '')
  return (texts.length > 0 ? texts : reasons).join('; ')
}

/** All that keeps the Pods off these nodes, the scheduler's first reason first, a line each. */
export function blockedLines({ blockers, unknown = [] }: BlockedNodes): readonly string[] {
  return [...blockers.map(blockerText), ...unknown.map((one) => `unknown: ${one.plugin}: ${one.because.join('; ')}`)]
}

export function undeterminedLines({ unknown }: UndeterminedNodes): readonly string[] {
  return unknown.map(({ plugin, because }) => `unknown: ${plugin}: ${because.join('; ')}`)
}

/** A chain of waits as nested lines, each with its depth. */
export function waitLines(
  waits: readonly Wait[],
  depth = 0,
): readonly { readonly depth: number; readonly text: string }[] {
  return waits.flatMap(({ kind, namespace, name, role, about, why, waitsFor = [] }) => {
    const place = namespace === undefined ? '' : `${namespace}/`
    const text = `${role ?? kind} ${place}${name}${about === undefined ? '' : ` (${about})`}: ${why}`
    return [{ depth, text }, ...waitLines(waitsFor, depth + 1)]
  })
}

/** A read that is missing, and what follows: `nodes (Forbidden): ...`. */
export function missingText({ resource, namespace, reason, consequence, message }: Incomplete): string {
  if (reason === 'OddObject') return `${message}: ${consequence}`
  return `${resource}${namespace === undefined ? '' : ` in ${namespace}`} (${reason}): ${consequence}`
}

/** States in which a Pod waits for something. */
export function isWaiting({ state }: Diagnosis): boolean {
  return state !== 'Bound' && state !== 'Terminating'
}

/** A cluster of several of which nothing is known. */
export function isUnread({ incomplete }: ExplainedCluster): boolean {
  return incomplete.some(({ resource }) => resource === 'cluster')
}

/** What is said before the diagnoses: what was asked about by name, what is missing, what else is to be known. */
export function headLines({ asked = [], incomplete, notes }: ExplainedCluster): readonly string[] {
  return [
    ...asked.map(
      ({ kind, namespace, name, answer }) => `${fullName({ kind, namespace: namespace ?? '', name })}: ${answer}`,
    ),
    ...incomplete.filter(({ minor }) => minor === undefined).map((one) => `Missing: ${missingText(one)}`),
    ...notes.map((note) => `Note: ${note}`),
  ]
}

/** How many Pods wait. */
export function podCount(diagnoses: readonly Diagnosis[]): number {
  return diagnoses.filter(isWaiting).reduce((sum, { pods }) => sum + pods.length, 0)
}

/** `3 Pods wait, 2 kinds of cause.` */
export function tally(cluster: ExplainedCluster): string {
  const { diagnoses, elsewhere } = cluster
  if (isUnread(cluster)) return 'It could not be read.'
  const waiting = diagnoses.filter(isWaiting)
  const pods = podCount(diagnoses)
  const codes = new Set(
    waiting.flatMap(({ causes }) => causes.flatMap(({ code, reportedOn }) => (reportedOn === 0 ? [] : code))),
  )
  if (waiting.length === 0) {
    if (elsewhere === undefined) return 'No Pod waits.'
    const count = elsewhere.pods.toLocaleString('en')
    return `No Pod waits here; ${count} in other namespaces.`
  }
  const causes = `${codes.size} kind${codes.size === 1 ? '' : 's'} of cause`
  return `${pods.toLocaleString('en')} Pod${pods === 1 ? ' waits' : 's wait'}, ${causes}.`
}
