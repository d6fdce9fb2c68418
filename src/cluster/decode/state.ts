import type { ApiObject, ClusterState, Listing, MissingRead, Oddity } from '#model/cluster-state.ts'
import type { AnyField } from '#model/field.ts'
import { helmRelease, helmReleaseKind } from '#model/helm-release.ts'
import { type SchedulerKind, type SchedulerKinds, schedulerKinds } from '#model/kinds.ts'
import type { ServerVersion } from '#model/server-version.ts'
import { decode } from './decode.ts'
import { decodeHelmRecords } from './helm-records.ts'
import { isHelmRecord } from './helm-release.ts'

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
  readonly #oddities: Oddity[] = []

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
    else if (isHelmRecord(object)) this.#helmRecords.push(object)
    else if (isHelmRelease(object)) this.#objects.push(decodedRelease(object))
    else if (object.kind !== 'Secret') this.#objects.push(object)
  }

  addOf<K extends SchedulerKind>(kind: K, object: object): void {
    const oddities: { path: string; problem: string }[] = []
    const table = schedulerKinds[kind].fields
    const decoded = decode(table, object, '', (path, problem) => oddities.push({ path, problem }))
    const item = withParts(decoded as Record<string, unknown>, table) as unknown as SchedulerKinds[K]
    const items: SchedulerKinds[K][] = this.#lists[kind].items
    items.push(item)
    const { namespace, name = '' } = item.metadata
    const where = { kind: schedulerKinds[kind].kind, name, ...(namespace === undefined ? {} : { namespace }) }
    for (const oddity of oddities) this.#oddities.push({ ...where, ...oddity })
  }

  /** Forgets the objects of a kind: its list begins again. */
  clear(kind: SchedulerKind): void {
    this.#lists[kind].items.length = 0
  }

  /** Says that a list of a scheduler kind brought nothing or not all. */
  addMissingList(kind: SchedulerKind, missing: MissingRead, readNamespaces: readonly string[] = []): void {
    this.#lists[kind].missing = missing
    if (readNamespaces.length > 0) this.#lists[kind].readNamespaces = readNamespaces
  }

  addMissing(missing: MissingRead): void {
    this.#missing.push(missing)
  }

  build(head: StateHead): ClusterState {
    return {
      ...head,
      lists: this.#lists as { readonly [K in SchedulerKind]: Listing<SchedulerKinds[K]> },
      objects: [...this.#objects, ...decodeHelmRecords(this.#helmRecords)],
      missing: this.#missing,
      oddities: this.#oddities,
    }
  }
}

function isHelmRelease(object: ApiObject): boolean {
  return object.apiVersion === helmReleaseKind.apiVersion && object.kind === helmReleaseKind.kind
}

/** A release that a snapshot holds unpacked already. */
function decodedRelease(object: ApiObject): ApiObject {
  return { metadata: {}, ...(decode(helmRelease, object, '', () => {}) as object) } as ApiObject
}

/** Every object has its `metadata`, and its `spec` and `status` where its kind has them. */
function withParts(decoded: Record<string, unknown>, table: AnyField): Record<string, unknown> {
  if (typeof table === 'string' || table.kind !== 'object') return decoded
  for (const part of ['metadata', 'spec', 'status']) {
    if (part in table.fields && decoded[part] === undefined) decoded[part] = {}
  }
  return decoded
}
