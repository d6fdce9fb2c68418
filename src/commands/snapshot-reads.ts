import type { LiveCluster } from '#cluster/live/live-cluster.ts'
import { nextReads } from '#diagnosis/next-reads.ts'
import { needsNode } from '#diagnosis/scope.ts'
import type { ClusterState } from '#model/cluster-state.ts'
import { type SchedulerKind, schedulerKinds } from '#model/kinds.ts'
import type { SnapshotList } from '#model/snapshot-head.ts'
import { type ListWant, type Want, wantKey } from '#model/want.ts'
import type { Progress } from './progress.ts'

/** What was read for a snapshot, and which lists that were. */
export interface SnapshotReads {
  readonly state: ClusterState
  readonly kinds: readonly SchedulerKind[]
  readonly lists: readonly SnapshotList[]
}

const mostRounds = 32

/**
 * Reads all that a question about the namespace (or all of them) may need: every kind of the scheduler's, the
 * workloads, and for all Pods that wait what their owners and origins lead to.
 */
export async function readForSnapshot(
  cluster: LiveCluster,
  namespace: string | undefined,
  progress: Progress,
): Promise<SnapshotReads> {
  const scope = namespace === undefined ? {} : { namespace }
  const kinds = Object.keys(schedulerKinds) as SchedulerKind[]
  const asked = new Map<string, Want>()
  const read = async (wants: readonly Want[]): Promise<void> => {
    const fresh = wants.filter((want) => !asked.has(wantKey(want)) && !isCovered(want, asked))
    for (const want of fresh) asked.set(wantKey(want), want)
    await cluster.readWants(fresh)
  }
  progress.say(`reading nodes and Pods of ${cluster.name}`)
  let state = await cluster.readBase(scope)
  progress.say(`reading volumes, devices and workloads of ${cluster.name}`)
  await Promise.all([cluster.readKinds(kinds), read([...workloads(scope), ...releases(state, namespace)])])
  state = cluster.state()
  // Who may not list namespaces may often read the one that they work in.
  if (state.lists.namespaces.missing !== undefined) await read(placesOf(state, namespace).map(namespaceNamed))
  state = cluster.state()
  for (let round = 0; round < mostRounds; round++) {
    const { wants } = nextReads(scope, { state, kinds: new Set(kinds), asked: new Set(asked.keys()) })
    const fresh = wants.filter((want) => !isCovered(want, asked))
    if (fresh.length === 0) break
    progress.say(`reading what put them there in ${cluster.name}`)
    await read(fresh)
    state = cluster.state()
  }
  return { state, kinds, lists: [...asked.values()].flatMap((want) => (want.kind === 'list' ? [asList(want)] : [])) }
}

/** Whoever asks about a workload by its name finds it, though it may have no Pod. */
const listed = [
  ['', 'replicationcontrollers'],
  ['', 'resourcequotas'],
  ['', 'limitranges'],
  ['', 'events'],
  ['apps', 'deployments'],
  ['apps', 'replicasets'],
  ['apps', 'statefulsets'],
  ['apps', 'daemonsets'],
  ['batch', 'jobs'],
  ['batch', 'cronjobs'],
] as const

function workloads(scope: { readonly namespace?: string }): Want[] {
  return listed.map(([group, resource]) => ({ kind: 'list', group, resource, ...scope }))
}

/** The Helm releases of the namespaces in which Pods wait: which of them a hook is from, only all together tell. */
function releases(state: ClusterState, namespace: string | undefined): Want[] {
  return placesOf(state, namespace).flatMap((place): Want[] => {
    const labelSelector = 'owner=helm,status!=superseded'
    const list = { kind: 'list', group: '', namespace: place, labelSelector } as const
    return [
      { ...list, resource: 'secrets', fieldSelector: 'type=helm.sh/release.v1' },
      { ...list, resource: 'configmaps' },
    ]
  })
}

/** The namespaces in question in which Pods wait. */
function placesOf(state: ClusterState, namespace: string | undefined): readonly string[] {
  const waiting = state.lists.pods.items.filter(needsNode).map(({ metadata }) => metadata.namespace ?? '')
  return [...new Set(waiting.filter((place) => place !== '' && (namespace === undefined || place === namespace)))]
}

function namespaceNamed(name: string): Want {
  return { kind: 'object', apiVersion: 'v1', kindName: 'Namespace', name }
}

/** Whether a list that was asked for brings the wanted objects with it. */
function isCovered(want: Want, asked: ReadonlyMap<string, Want>): boolean {
  for (const one of asked.values()) {
    if (one.kind !== 'list' || (one.namespace !== undefined && one.namespace !== want.namespace)) continue
    if (want.kind === 'object' ? brings(one, want) : isPartOf(want, one)) return true
  }
  return false
}

function brings(list: ListWant, { apiVersion, kindName }: Extract<Want, { kind: 'object' }>): boolean {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
  const isWhole = list.labelSelector === undefined && list.fieldSelector === undefined
  return isWhole && list.group === group && list.resource === `${kindName.toLowerCase()}s`
}

function isPartOf(want: ListWant, list: ListWant): boolean {
  const isWider = (selector: string | undefined, narrow = ''): boolean =>
    selector === undefined || selector.split(',').every((part) => narrow.split(',').includes(part))
  return (
    want.group === list.group &&
    want.resource === list.resource &&
    wantKey(want) !== wantKey(list) &&
    isWider(list.labelSelector, want.labelSelector) &&
    isWider(list.fieldSelector, want.fieldSelector)
  )
}

function asList({ group, resource, namespace, labelSelector, fieldSelector }: ListWant): SnapshotList {
  return {
    resource: group === '' ? resource : `${resource}.${group}`,
    ...(namespace === undefined ? {} : { namespace }),
    ...(labelSelector === undefined ? {} : { labelSelector }),
    ...(fieldSelector === undefined ? {} : { fieldSelector }),
  }
}
