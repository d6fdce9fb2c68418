import type { ApiObject, ClusterState } from '#model/cluster-state.ts'
import { type HelmHook, type HelmObject, type HelmRelease, helmReleaseKind } from '#model/helm-release.ts'
import { objectIndex } from '#model/object-index.ts'
import { oncePer } from '#model/once-per.ts'
import { annotationOf, groupOf, type OwnedObject, textAt } from '#model/raw-object.ts'
import { podImagesOf } from './pod-images.ts'

/** How it is known that a release made an object, surest first. */
export type HeldBy = 'Annotation' | 'Hook' | 'Manifest'

/** The release that made an object. */
export interface Holding {
  readonly namespace: string
  readonly name: string
  readonly by: HeldBy
  /** The record that describes the object as it stands; absent where none was read. */
  readonly record?: HelmRelease
  /** What the record's manifest, or its list of hooks, says of the object. */
  readonly entry?: HelmObject | HelmHook
}

interface Releases {
  /** Revisions by `namespace/name`, newest first. */
  readonly byName: ReadonlyMap<string, readonly HelmRelease[]>
  readonly hooks: ReadonlyMap<string, readonly Held[]>
  readonly manifests: ReadonlyMap<string, readonly Held[]>
}

interface Held {
  readonly record: HelmRelease
  readonly entry: HelmObject
}

/** The revisions of a release that were read, newest first. */
export function revisionsOf(cluster: ClusterState, namespace: string, name: string): readonly HelmRelease[] {
  return releasesOf(cluster).byName.get(`${namespace}/${name}`) ?? []
}

/** Whether any release record of a namespace was read: then the ones that are not there do not exist. */
export function hasRecords(cluster: ClusterState, namespace: string): boolean {
  for (const key of releasesOf(cluster).byName.keys()) if (key.startsWith(`${namespace}/`)) return true
  return false
}

/**
 * The release that made an object: the one that its annotations name; for hooks, which carry none, the one that lists
 * them; else the one whose manifest holds it. Undefined where there is none, or more than one could be meant.
 */
export function releaseHolding(object: ApiObject, cluster: ClusterState): Holding | undefined {
  const name = annotationOf(object, 'meta.helm.sh/release-name')
  const namespace = annotationOf(object, 'meta.helm.sh/release-namespace') ?? textAt(object, 'metadata', 'namespace')
  if (name !== undefined && namespace !== undefined) {
    const held = revisionsOf(cluster, namespace, name).map((record) => ({ record, entry: entryOf(record, object) }))
    return { namespace, name, by: 'Annotation', ...standing(held, object) }
  }
  const { hooks, manifests } = releasesOf(cluster)
  const key = placeOf(object)
  const isHook = annotationOf(object, 'helm.sh/hook') !== undefined
  return (isHook ? only('Hook', hooks.get(key), object) : undefined) ?? only('Manifest', manifests.get(key), object)
}

const releasesOf = oncePer(gather)

function gather(cluster: ClusterState): Releases {
  const { apiVersion, kind } = helmReleaseKind
  // The decoder keeps of this kind what its field table names, so the type holds.
  const records = objectIndex(cluster).ofKind(groupOf(apiVersion), kind) as unknown as readonly HelmRelease[]
  const byName = new Map<string, HelmRelease[]>()
  const hooks = new Map<string, Held[]>()
  const manifests = new Map<string, Held[]>()
  for (const record of [...records].sort((a, b) => (b.revision ?? 0) - (a.revision ?? 0))) {
    if (record.release === undefined) continue
    push(byName, `${record.metadata.namespace ?? ''}/${record.release}`, record)
    for (const entry of record.hooks ?? []) for (const key of keysOf(record, entry)) push(hooks, key, { record, entry })
    for (const entry of record.objects ?? []) {
      for (const key of keysOf(record, entry)) push(manifests, key, { record, entry })
    }
  }
  return { byName, hooks, manifests }
}

function push<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [item])
  else list.push(item)
}

/** Where an entry stands: without a namespace in the release's own, or cluster-wide. */
function keysOf(record: HelmRelease, entry: HelmObject): readonly string[] {
  const { apiVersion, kind, name, namespace } = entry
  if (kind === undefined || name === undefined) return []
  const key = (place: string): string => `${groupOf(apiVersion ?? '')} ${kind} ${place}/${name}`
  return namespace === undefined ? [key(record.metadata.namespace ?? ''), key('')] : [key(namespace)]
}

function placeOf(object: OwnedObject): string {
  const namespace = textAt(object, 'metadata', 'namespace') ?? ''
  return `${groupOf(object.apiVersion)} ${object.kind} ${namespace}/${textAt(object, 'metadata', 'name') ?? ''}`
}

function entryOf(record: HelmRelease, object: ApiObject): HelmObject | undefined {
  const key = placeOf(object)
  return [...(record.objects ?? []), ...(record.hooks ?? [])].find((entry) => keysOf(record, entry).includes(key))
}

/** One release may list an object in several revisions; two releases that both do say nothing. */
function only(by: HeldBy, held: readonly Held[] | undefined, object: ApiObject): Holding | undefined {
  const [first] = held ?? []
  if (held === undefined || first === undefined) return undefined
  const namespace = first.record.metadata.namespace
  const name = first.record.release
  const same = held.every(({ record }) => record.release === name && record.metadata.namespace === namespace)
  return same && namespace !== undefined ? { namespace, name, by, ...standing(held, object) } : undefined
}

/**
 * The revision that describes the object as it stands. While an upgrade waits or after it failed, that may be the one
 * before: then the images tell.
 */
function standing(
  held: readonly { readonly record: HelmRelease; readonly entry: HelmObject | undefined }[],
  object: ApiObject,
): Pick<Holding, 'record' | 'entry'> {
  const live = podImagesOf(object)
  const described = held.filter(({ entry }) => entry !== undefined)
  const exact = live === undefined ? undefined : described.find(({ entry }) => podImagesOf(entry?.object) === live)
  const chosen = exact ?? described[0] ?? held[0]
  if (chosen === undefined) return {}
  return { record: chosen.record, ...(chosen.entry === undefined ? {} : { entry: chosen.entry }) }
}
