import type { ApiObject, ClusterState, MissingRead } from '#model/cluster-state.ts'
import { type SchedulerKind, schedulerKinds } from '#model/kinds.ts'
import { type SnapshotHead, type SnapshotList, snapshotApiVersion, snapshotKind } from '#model/snapshot-head.ts'
import { withoutCredentials } from '#model/without-credentials.ts'
import { resourceName } from './head.ts'
import { metadataOf, redactObject } from './redact.ts'

/** What of a snapshot is not in the cluster state. */
export interface SnapshotFacts {
  readonly takenAt: Date
  readonly namespace: string | null
  readonly kinds: readonly SchedulerKind[]
  /** Lists beyond the scheduler's kinds that were asked for; those of them that failed are in the state's `missing`. */
  readonly lists: readonly SnapshotList[]
}

/** The items of a snapshot: its head, then the objects by kind, namespace and name. Same cluster, same items. */
export function* snapshotItems(state: ClusterState, facts: SnapshotFacts): Generator<object> {
  yield headOf(state, facts)
  for (const kind of Object.keys(schedulerKinds) as SchedulerKind[]) {
    const { group, version, kind: kindName } = schedulerKinds[kind]
    const apiVersion = group === '' ? version : `${group}/${version}`
    for (const item of [...state.lists[kind].items].sort(byPlace)) {
      yield hidden({ apiVersion, kind: kindName, ...item, metadata: metadataOf(item.metadata) })
    }
  }
  const others = [...state.objects].sort((a, b) => compare(typeOf(a), typeOf(b)) || byPlace(a, b))
  for (const object of others) yield redactObject(object)
}

function headOf(state: ClusterState, { takenAt, namespace, kinds, lists }: SnapshotFacts): SnapshotHead {
  const missing = missingReads(state)
  const whole = kinds.map(resourceName).filter((resource) => !missing.some((read) => covers(read, { resource })))
  const read = lists.filter((list) => !missing.some((one) => covers(one, list)))
  const isWhole = ({ namespace: place, labelSelector, fieldSelector }: SnapshotList): boolean =>
    place === undefined && labelSelector === undefined && fieldSelector === undefined
  return {
    apiVersion: snapshotApiVersion,
    kind: snapshotKind,
    metadata: { name: state.name },
    takenAt: takenAt.toISOString(),
    namespace,
    server: { url: state.server, version: state.version?.text ?? null },
    missing,
    read: [...new Set([...whole, ...read.filter(isWhole).map(({ resource }) => resource)])].sort(compare),
    lists: read.filter((list) => !isWhole(list)).sort((a, b) => compare(listKey(a), listKey(b))),
    oddities: state.oddities,
    leftOut: leftOutOf(),
  }
}

function missingReads(state: ClusterState): readonly MissingRead[] {
  const ofKinds = (Object.keys(schedulerKinds) as SchedulerKind[]).flatMap((kind) => {
    const { missing, readNamespaces = [] } = state.lists[kind]
    if (missing === undefined) return []
    return [{ ...missing, ...(readNamespaces.length === 0 ? {} : { readNamespaces }) }]
  })
  return [...ofKinds, ...state.missing]
    .map((read) => ({ ...read, message: withoutCredentials(read.message) }))
    .sort((a, b) => compare(readKey(a), readKey(b)))
}

/** Whether a read that is missing is that list. */
function covers({ resource, namespace, name }: MissingRead, list: SnapshotList): boolean {
  return resource === list.resource && name === undefined && (namespace === undefined || namespace === list.namespace)
}

function leftOutOf(): readonly string[] {
  return [
    'Secrets, but for what of Helm releases says which chart made what',
    'the texts of Helm values, but for those about scheduling',
    'environment variables, command lines, probes and lifecycle hooks of containers',
    'annotations, but for those that name owners, origins and volumes',
    'managedFields, and every field of Nodes, Pods and volumes that is not read',
    'data of ConfigMaps, but for the keys in which known systems keep tolerations',
    'texts of custom resources, but for names, versions and what is about scheduling',
    'finished Pods, and objects that no Pending Pod of the namespace has to do with',
  ]
}

/** Conditions and messages may repeat a URL with a login. */
function hidden(value: object): object {
  const text = JSON.stringify(value)
  const clean = withoutCredentials(text)
  return clean === text ? value : (JSON.parse(clean) as object)
}

function byPlace(a: Placed, b: Placed): number {
  return (
    compare(a.metadata.namespace ?? '', b.metadata.namespace ?? '') ||
    compare(a.metadata.name ?? '', b.metadata.name ?? '') ||
    compare(a.metadata.uid ?? '', b.metadata.uid ?? '')
  )
}

interface Placed {
  readonly metadata: ApiObject['metadata']
}

function typeOf({ apiVersion, kind }: ApiObject): string {
  return `${apiVersion} ${kind}`
}

function readKey({ resource, namespace = '', name = '' }: MissingRead): string {
  return `${resource} ${namespace} ${name}`
}

function listKey({ resource, namespace = '', labelSelector = '', fieldSelector = '' }: SnapshotList): string {
  return `${resource} ${namespace} ${labelSelector} ${fieldSelector}`
}

/** By code unit, whatever the locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
