import { objectMeta } from '#model/api/meta.ts'
import type { Pod } from '#model/api/pod.ts'
import type { ApiObject, ClusterState, Listing, MissingRead, Oddity } from '#model/cluster-state.ts'
import { helmRelease, helmReleaseKind } from '#model/helm-release.ts'
import { type SchedulerKind, type SchedulerKinds, schedulerKinds } from '#model/kinds.ts'
import type { ServerVersion } from '#model/server-version.ts'
import { decode } from './decode.ts'
import { decodeHelmRecords } from './helm-records.ts'
import { isHelmRecord } from './helm-release.ts'
import { Interner } from './intern.ts'
import { type DecodedObject, decodeObject, withParts } from './object.ts'
import { reducePod } from './reduce-pod.ts'

export interface StateHead {
  readonly name: string
  readonly server: string | null
  readonly version: ServerVersion | null
}

type Lists = {
  -readonly [K in SchedulerKind]: {
    items: SchedulerKinds[K][]
    missing?: MissingRead
    readNamespaces?: readonly string[]
  }
}

const kindNames = Object.keys(schedulerKinds) as SchedulerKind[]
const kindOf = new Map(kindNames.map((name) => [`${schedulerKinds[name].group} ${schedulerKinds[name].kind}`, name]))

/** The scheduler kind of an object, whatever version of its group it comes in; undefined for every other object. */
export function schedulerKindOf(apiVersion: string, kind: string): SchedulerKind | undefined {
  const slash = apiVersion.indexOf('/')
  return kindOf.get(`${slash === -1 ? '' : apiVersion.slice(0, slash)} ${kind}`)
}

/** Gathers objects into a cluster state, one at a time, in whatever order they come. */
export class StateBuilder {
  readonly #lists: Lists
  readonly #objects: ApiObject[] = []
  readonly #helmRecords: ApiObject[] = []
  readonly #missing: MissingRead[] = []
  #oddities: Oddity[] = []
  readonly #interner = new Interner()

  constructor() {
    this.#lists = Object.fromEntries(kindNames.map((name) => [name, { items: [] }])) as unknown as Lists
  }

  /**
   * Adds an object as JSON holds it. A scheduler kind is decoded by its table; any other is kept as it is, but for
   * Secrets: of those only Helm's release records are kept, unpacked.
   */
  add(object: ApiObject): void {
    const kind = schedulerKindOf(object.apiVersion, object.kind)
    if (kind !== undefined) this.addOf(kind, object)
    else if (isHelmRecord(object)) this.#helmRecords.push(withTypedMetadata(object))
    else if (isHelmRelease(object)) this.#objects.push(decodedRelease(object))
    else if (object.kind !== 'Secret')
      this.#objects.push(isDeeperThan(object, deepest) ? this.#shallow(object) : withTypedMetadata(object))
  }

  /** Of an object that nobody wrote to be read, who it is and who owns it. */
  #shallow({ apiVersion, kind, metadata }: ApiObject): ApiObject {
    const known = (decode(objectMeta, metadata, '', () => {}) ?? {}) as ApiObject['metadata']
    const { namespace, name = '' } = known
    const problem = `is nested more than ${deepest} levels deep, and was left out but for its metadata`
    this.#oddities.push({ kind, name, ...(namespace === undefined ? {} : { namespace }), path: 'it', problem })
    return { apiVersion, kind, metadata: known }
  }

  /** Adds an object of a scheduler kind as JSON holds it. */
  addOf(kind: SchedulerKind, object: object): void {
    this.addDecoded(kind, decodeObject(kind, object))
  }

  /** Adds an object of a scheduler kind that is decoded already, and may be changed. */
  addDecoded<K extends SchedulerKind>(kind: K, { value, oddities }: DecodedObject): void {
    const item = this.#reduced(kind, withParts(value, schedulerKinds[kind].fields)) as unknown as SchedulerKinds[K]
    const items: SchedulerKinds[K][] = this.#lists[kind].items
    items.push(item)
    const { namespace, name = '' } = item.metadata
    const where = { kind: schedulerKinds[kind].kind, name, ...(namespace === undefined ? {} : { namespace }) }
    for (const oddity of oddities) this.#oddities.push({ ...where, ...oddity })
  }

  #reduced(kind: SchedulerKind, value: Record<string, unknown>): object {
    if (kind === 'pods') return reducePod(value as unknown as Pod, this.#interner)
    if (kind === 'nodes') for (const part of ['spec', 'status']) value[part] = this.#interner.share(value[part])
    // Of the others there are few; and devices are told apart by which object they are.
    return value
  }

  /** How many objects of a kind there are so far. */
  count(kind: SchedulerKind): number {
    return this.#lists[kind].items.length
  }

  /** Forgets the objects of a kind: its list begins again. */
  clear(kind: SchedulerKind): void {
    this.#lists[kind].items.length = 0
    this.#oddities = this.#oddities.filter((oddity) => oddity.kind !== schedulerKinds[kind].kind)
  }

  /** Says that a list of a scheduler kind brought nothing or not all. */
  addMissingList(kind: SchedulerKind, missing: MissingRead, readNamespaces: readonly string[] = []): void {
    this.#lists[kind].missing = missing
    if (readNamespaces.length > 0) this.#lists[kind].readNamespaces = readNamespaces
  }

  addMissing(missing: MissingRead): void {
    const isKnown = this.#missing.some(
      ({ resource, namespace, name }) =>
        resource === missing.resource && namespace === missing.namespace && name === missing.name,
    )
    if (!isKnown) this.#missing.push(missing)
  }

  /** The objects stand in one order, whatever order they came in. */
  build(head: StateHead): ClusterState {
    for (const kind of kindNames) sortByPlace(this.#lists[kind].items as Placed[])
    const objects = [...this.#objects, ...decodeHelmRecords(this.#helmRecords)]
    return {
      ...head,
      lists: this.#lists as { readonly [K in SchedulerKind]: Listing<SchedulerKinds[K]> },
      objects: sortByPlace(objects),
      missing: this.#missing,
      oddities: this.#oddities,
    }
  }
}

/** Names, labels and owners are used as what they should be, so what is of another type goes; the rest is as it was. */
function withTypedMetadata(object: ApiObject): ApiObject {
  const typed = (decode(objectMeta, object.metadata, '', () => {}) ?? {}) as Record<string, unknown>
  const known = Object.entries(object.metadata).flatMap(([key, value]): [string, unknown][] => {
    if (!isTyped(key)) return [[key, value]]
    return typed[key] === undefined ? [] : [[key, typed[key]]]
  })
  return { ...object, metadata: Object.fromEntries(known) as ApiObject['metadata'] }
}

function isTyped(key: string): boolean {
  return typeof objectMeta !== 'string' && objectMeta.kind === 'object' && Object.hasOwn(objectMeta.fields, key)
}

/** Deeper objects are no person's: what walks them later need not guard against it. */
const deepest = 200

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((part) => isDeeperThan(part, levels - 1))
}

interface Placed {
  readonly kind?: string
  readonly metadata: ApiObject['metadata']
}

/** Sorts a list, mostly sorted already, by kind, namespace and name; by code unit, whatever the locale. */
function sortByPlace<T extends Placed>(list: T[]): T[] {
  return list.sort(
    (a, b) =>
      compare(a.kind, b.kind) ||
      compare(a.metadata.namespace, b.metadata.namespace) ||
      compare(a.metadata.name, b.metadata.name) ||
      compare(a.metadata.uid, b.metadata.uid),
  )
}

function compare(a: unknown, b: unknown): number {
  const [left, right] = [typeof a === 'string' ? a : '', typeof b === 'string' ? b : '']
  return left < right ? -1 : left > right ? 1 : 0
}

function isHelmRelease(object: ApiObject): boolean {
  return object.apiVersion === helmReleaseKind.apiVersion && object.kind === helmReleaseKind.kind
}

/** A release that a snapshot holds unpacked already. */
function decodedRelease(object: ApiObject): ApiObject {
  return { metadata: {}, ...(decode(helmRelease, object, '', () => {}) as object) } as ApiObject
}
