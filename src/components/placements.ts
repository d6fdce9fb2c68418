import { valueAt } from '#model/raw-object.ts'
import { patchCommand } from './command.ts'
import type { Placement, PlacementReach, PlacementTarget, StandingList } from './component.ts'
import { ownerOfKind, type Subject, tolerationsOf } from './subject.ts'

export const documented: PlacementReach = { kind: 'Documented' }
/** No release passes it on. */
export const neverReached: PlacementReach = { kind: 'NotReached', mendedIn: [] }
export const nothingStanding: StandingList = { entries: [] }

export const untilPodReplaced = 'until this Pod is replaced'

type Optional =
  | 'takesTolerations'
  | 'standing'
  | 'isSet'
  | 'sets'
  | 'reach'
  | 'requires'
  | 'lasts'
  | 'apply'
  | 'afterwards'
  | 'warnings'

/** A placement with what is usual: it takes tolerations, reaches the Pod, needs nothing and lasts. */
export function placement(facts: Omit<Placement, Optional> & Partial<Pick<Placement, Optional>>): Placement {
  return {
    takesTolerations: true,
    standing: nothingStanding,
    isSet: false,
    sets: [],
    reach: documented,
    requires: null,
    lasts: null,
    apply: [],
    afterwards: [],
    warnings: [],
    ...facts,
  }
}

/** The Pod itself: tolerations may be added to a Pod that exists, never taken away. */
export function podPatch(subject: Subject, facts: Partial<Placement> = {}): Placement {
  const { namespace, pod } = subject
  const name = pod?.metadata.name
  return placement({
    target: { kind: 'PodPatch', path: 'spec.tolerations', namespace, ...(name === undefined ? {} : { name }) },
    standing: { entries: pod?.spec.tolerations ?? [], from: 'the Pod, from which nothing may be taken away' },
    evidence: 'the API server lets tolerations be added to a Pod that exists',
    lasts: untilPodReplaced,
    apply: [patchCommand('pod', namespace, name)],
    ...facts,
  })
}

/** The pod template of the workload; undefined for a bare Pod, a Job, and roots that have no template. */
export function workloadPatch(subject: Subject, facts: Partial<Placement> = {}): Placement | undefined {
  const { kind, name, namespace, root } = subject
  if (!Object.hasOwn(templatePaths, kind)) return undefined
  const path = templatePaths[kind] ?? template
  const standing = { entries: tolerationsOf(root), from: `the template of ${kind} ${name}` }
  return placement({
    target: { kind: 'WorkloadPatch', path, namespace, name, resource: kind },
    standing: standing.entries.length === 0 ? nothingStanding : standing,
    evidence: `${kind} ${name} makes its Pods from this template`,
    apply: [patchCommand(kind.toLowerCase(), namespace, name)],
    ...facts,
  })
}

const template = 'spec.template.spec.tolerations'
const templatePaths: Readonly<Record<string, string>> = {
  Deployment: template,
  StatefulSet: template,
  DaemonSet: template,
  ReplicaSet: template,
  CronJob: 'spec.jobTemplate.spec.template.spec.tolerations',
}

/** Nothing can be set for this workload: says so. */
export function noPlace(evidence: string, facts: Partial<Placement> = {}): Placement {
  return placement({ target: { kind: 'None' }, takesTolerations: false, reach: neverReached, evidence, ...facts })
}

/** One of the nodes is made to take the Pod instead: nothing of the workload has to change. */
export function untaintedNode(evidence: string, facts: Partial<Placement> = {}): Placement {
  return placement({ target: { kind: 'Node' }, takesTolerations: false, evidence, ...facts })
}

/** Leaves out what is not there. */
export function present(...placements: readonly (Placement | undefined)[]): Placement[] {
  return placements.filter((one) => one !== undefined)
}

/** Adds to a placement's steps and warnings. */
export function also(
  one: Placement,
  more: { afterwards?: readonly string[]; warnings?: readonly string[] },
): Placement {
  return {
    ...one,
    afterwards: [...one.afterwards, ...(more.afterwards ?? [])],
    warnings: [...one.warnings, ...(more.warnings ?? [])],
  }
}

/** Where a value of a Helm release goes. */
export function helmTarget(release: string, namespace: string, path: string): PlacementTarget {
  return { kind: 'HelmValues', path, release, namespace, file: 'values.yaml' }
}

/** The workload left out of its Helm release by a switch of the chart. */
export function switchedOff(
  path: string,
  release: { readonly name: string; readonly namespace: string },
  facts: Partial<Placement> & Pick<Placement, 'evidence'>,
): Placement {
  return placement({
    target: helmTarget(release.name, release.namespace, path),
    takesTolerations: false,
    sets: [{ path, value: false }],
    ...facts,
  })
}

/** The name of the Job that the Pod belongs to; undefined where it belongs to none. */
export function jobOf(subject: Subject): string | undefined {
  return ownerOfKind(subject, 'Job')?.name ?? (subject.kind === 'Job' ? subject.name : undefined)
}

/** Whether a CronJob starts no Job while one of its Jobs lives. */
export function forbidsConcurrency(subject: Subject): boolean {
  const cronJob =
    ownerOfKind(subject, 'CronJob')?.object ?? (subject.root.kind === 'CronJob' ? subject.root : undefined)
  return valueAt(cronJob, 'spec', 'concurrencyPolicy') === 'Forbid'
}
