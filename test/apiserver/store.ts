import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { groupVersion, type ResourceType, resourcesOf } from './resources.ts'
import type { KubeObject } from './types.ts'

/** A change of one object, as a watch reports it. `before` is what stood there. */
export interface Change {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'
  readonly revision: number
  readonly resource: ResourceType
  readonly object: KubeObject
  readonly before: KubeObject | undefined
}

type Tables = ReadonlyMap<string, readonly KubeObject[]>

/**
 * The objects of the cluster with their history: every change has a revision of its own, and a list that began at one
 * revision goes on at that revision until `compact` forgets it.
 */
export class Store {
  readonly #listeners = new Set<(change: Change) => void>()
  /** What the caller gave for a stored object: equal again means unchanged. */
  readonly #given = new WeakMap<KubeObject, KubeObject>()
  #resources: readonly ResourceType[]
  #byKind = new Map<string, ResourceType>()
  #tables: Tables = new Map()
  #versions = new Map<number, Tables>()
  #changes: Change[] = []
  #revision = 1000
  #oldest = 1000

  constructor(builtIn: readonly ResourceType[], objects: readonly KubeObject[]) {
    this.#resources = builtIn
    this.setObjects(objects)
  }

  get revision(): number {
    return this.#revision
  }
  get oldest(): number {
    return this.#oldest
  }
  get resources(): readonly ResourceType[] {
    return this.#resources
  }

  find(group: string, version: string, plural: string): ResourceType | undefined {
    return this.#resources.find((type) => type.group === group && type.version === version && type.plural === plural)
  }

  /** The objects of a kind, in the order of etcd's keys; undefined where that revision is forgotten. */
  list(type: ResourceType, revision = this.#revision): readonly KubeObject[] | undefined {
    return revision === this.#revision
      ? this.#table(type)
      : (this.#versions.get(revision)?.get(tableKey(type)) ?? this.#none(revision))
  }

  changesSince(revision: number): readonly Change[] {
    return this.#changes.filter((change) => change.revision > revision)
  }

  onChange(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Makes the cluster hold just these objects. */
  setObjects(objects: readonly KubeObject[]): void {
    this.#learn(objects)
    const wanted = new Set(objects.map((object) => this.#keyOf(object)))
    const gone = [...this.#tables.values()].flat().filter((object) => !wanted.has(this.#keyOf(object)))
    this.#change(objects, gone)
  }

  /** Adds objects or puts them in the place of those of the same name. */
  update(objects: readonly KubeObject[]): void {
    this.#learn(objects)
    this.#change(objects, [])
  }

  remove(objects: readonly KubeObject[]): void {
    this.#change([], objects)
  }

  /** Forgets every revision but the present one. */
  compact(): void {
    this.#oldest = this.#revision
    this.#changes = []
    this.#versions = new Map([[this.#revision, this.#tables]])
  }

  #none(revision: number): readonly KubeObject[] | undefined {
    return this.#versions.has(revision) ? [] : undefined
  }

  #table(type: ResourceType): readonly KubeObject[] {
    return this.#tables.get(tableKey(type)) ?? []
  }

  #learn(objects: readonly KubeObject[]): void {
    this.#resources = resourcesOf(objects, this.#resources)
    this.#byKind = new Map(this.#resources.map((type) => [`${groupVersion(type)} ${type.kind}`, type]))
  }

  #typeOf(object: KubeObject): ResourceType {
    const type = this.#byKind.get(`${object.apiVersion} ${object.kind}`)
    if (type === undefined) throw new Error(`no resource for ${object.apiVersion} ${object.kind}`)
    return type
  }

  #keyOf(object: KubeObject): string {
    return `${object.apiVersion} ${object.kind} ${nameKey(object)}`
  }

  #change(added: readonly KubeObject[], removed: readonly KubeObject[]): void {
    const tables = new Map(
      [...this.#tables].map(([key, list]) => [key, new Map(list.map((one) => [nameKey(one), one]))]),
    )
    const changes: Change[] = []
    for (const object of removed) {
      const resource = this.#typeOf(object)
      const before = tables.get(tableKey(resource))?.get(nameKey(object))
      if (before === undefined) continue
      tables.get(tableKey(resource))?.delete(nameKey(object))
      changes.push(this.#changed('DELETED', resource, before, before))
    }
    for (const object of added) {
      const resource = this.#typeOf(object)
      const table = tables.get(tableKey(resource)) ?? new Map<string, KubeObject>()
      tables.set(tableKey(resource), table)
      const before = table.get(nameKey(object))
      if (before !== undefined && isDeepStrictEqual(this.#given.get(before), object)) continue
      const change = this.#changed(before === undefined ? 'ADDED' : 'MODIFIED', resource, object, before)
      table.set(nameKey(object), change.object)
      changes.push(change)
    }
    this.#tables = new Map([...tables].map(([key, table]) => [key, sorted(table)]))
    this.#versions.set(this.#revision, this.#tables)
    this.#changes.push(...changes)
    for (const change of changes) for (const listener of this.#listeners) listener(change)
  }

  #changed(type: Change['type'], resource: ResourceType, object: KubeObject, before: KubeObject | undefined): Change {
    this.#revision += 1
    const metadata = { uid: uidOf(object), creationTimestamp: '2026-01-01T00:00:00Z', ...object.metadata }
    const stored = { ...object, metadata: { ...metadata, resourceVersion: String(this.#revision) } }
    this.#given.set(stored, object)
    return { type, revision: this.#revision, resource, object: stored, before }
  }
}

/** Versions of one kind are kept apart: the server converts nothing. */
function tableKey(type: ResourceType): string {
  return `${groupVersion(type)}/${type.plural}`
}

/** The tail of an object's key in etcd: `/namespace/name`, or `/name`. */
export function nameKey(object: KubeObject): string {
  const { namespace, name } = object.metadata
  return namespace === undefined ? `/${name}` : `/${namespace}/${name}`
}

function sorted(table: ReadonlyMap<string, KubeObject>): readonly KubeObject[] {
  return [...table].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, object]) => object)
}

function uidOf(object: KubeObject): string {
  const hex = createHash('sha256')
    .update(`${object.apiVersion} ${object.kind} ${nameKey(object)}`)
    .digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  )
}
