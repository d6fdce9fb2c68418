import { schedulerKindOf } from '#cluster/decode/state.ts'
import type { ApiObject, ClusterState, Listing, MissingRead, Oddity } from '#model/cluster-state.ts'
import { Failure } from '#model/failure.ts'
import { type SchedulerKind, schedulerKinds } from '#model/kinds.ts'
import { objectIndex } from '#model/object-index.ts'
import { groupOf } from '#model/raw-object.ts'
import { missingReadOf, resourceNamesOf } from '#model/resource-name.ts'
import type { SnapshotHead } from '#model/snapshot-head.ts'
import type { ListWant, ObjectWant, Want } from '#model/want.ts'
import type { SnapshotContents } from './contents.ts'
import { resourceName } from './head.ts'
import { resourcesOf, selectedBy } from './selection.ts'

/**
 * A snapshot, read in the steps in which a live cluster is read. Of one that `snapshot` wrote, each step brings what it
 * would have brought from the cluster, refused reads included, so that the answer is the same. Of any other file all
 * objects are taken, and what an answer needs beyond them is missing.
 */
export class SnapshotCluster {
  readonly name: string
  readonly server: string | null
  readonly namespace: string
  readonly #contents: SnapshotContents
  readonly #kinds = new Set<SchedulerKind>()
  readonly #objects = new Set<ApiObject>()
  /** Objects of scheduler kinds that were asked for by name, not by a list. */
  readonly #singles = new Map<SchedulerKind, object[]>()
  readonly #missing = new Map<string, MissingRead>()
  #state: ClusterState | undefined

  constructor(contents: SnapshotContents) {
    this.#contents = contents
    this.name = contents.state.name
    this.server = contents.state.server
    this.namespace = contents.head?.namespace ?? 'default'
  }

  async readBase({ namespace }: { readonly namespace?: string }): Promise<ClusterState> {
    const { missing, readNamespaces = [] } = this.#contents.state.lists.pods
    if (missing !== undefined && namespace !== undefined && readNamespaces.length > 0) {
      if (!readNamespaces.includes(namespace)) throw otherNamespace(this.name, namespace, readNamespaces)
    }
    return this.readKinds(['nodes', 'pods'])
  }

  async readKinds(kinds: readonly SchedulerKind[]): Promise<ClusterState> {
    for (const kind of kinds) this.#kinds.add(kind)
    this.#state = undefined
    return this.state()
  }

  async readWants(wants: readonly Want[]): Promise<ClusterState> {
    for (const want of wants) this.#readWant(want)
    this.#state = undefined
    return this.state()
  }

  /** Whether a Pod of that name is in the file. */
  async readPod(namespace: string, name: string): Promise<boolean> {
    return objectIndex(this.#contents.state).find('v1', 'Pod', namespace, name) !== undefined
  }

  state(): ClusterState {
    this.#state ??= this.#assemble()
    return this.#state
  }

  async close(): Promise<void> {}

  #assemble(): ClusterState {
    const { state, head } = this.#contents
    const missing = [...this.#missing.values()]
    if (head === undefined) return { ...state, missing: [...state.missing, ...missing] }
    const lists = Object.fromEntries(
      (Object.keys(schedulerKinds) as SchedulerKind[]).map((kind): [SchedulerKind, Listing<unknown>] => [
        kind,
        this.#kinds.has(kind) ? this.#listing(kind, head) : { items: this.#singles.get(kind) ?? [] },
      ]),
    ) as unknown as ClusterState['lists']
    const oddities = [...head.oddities, ...state.oddities].filter((oddity) => this.#isRead(oddity))
    return { ...state, lists, objects: [...this.#objects], missing, oddities }
  }

  #listing(kind: SchedulerKind, head: SnapshotHead): Listing<unknown> {
    const listing = this.#contents.state.lists[kind]
    if (listing.missing !== undefined || listing.items.length > 0) return listing
    const resource = resourceName(kind)
    if (head.read.includes(resource)) return listing
    return { items: [], missing: this.#absent({ resource }) }
  }

  #isRead({ kind }: Oddity): boolean {
    const found = (Object.keys(schedulerKinds) as SchedulerKind[]).find((name) => schedulerKinds[name].kind === kind)
    return found === undefined || this.#kinds.has(found)
  }

  #readWant(want: Want): void {
    const missing = want.kind === 'object' ? this.#readObject(want) : this.#readList(want)
    // What was not saved and would only have added to the answer is not worth a line.
    if (missing === undefined || (want.aside === true && missing.reason === 'NotInSnapshot')) return
    const { resource, namespace, name } = missing
    const key = JSON.stringify([resource, namespace, name])
    if (want.aside !== true) this.#missing.set(key, missing)
    else if (!this.#missing.has(key)) this.#missing.set(key, { ...missing, aside: true })
  }

  #readObject({ apiVersion, kindName: kind, namespace, name }: ObjectWant): MissingRead | undefined {
    const { state, head } = this.#contents
    const index = objectIndex(state)
    const found =
      (namespace === undefined ? undefined : index.find(apiVersion, kind, namespace, name)) ??
      index.find(apiVersion, kind, undefined, name)
    if (found !== undefined) {
      const listed = schedulerKindOf(found.apiVersion, found.kind)
      if (listed === undefined) this.#objects.add(found)
      else if (head !== undefined) this.#addSingle(listed, found)
      return undefined
    }
    const asked = { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) }
    const known = missingReadOf(state.missing, asked)
    if (known !== undefined) return known
    const names = resourceNamesOf(apiVersion, kind)
    const [resource = ''] = names
    const place = { resource, ...(namespace === undefined ? {} : { namespace }) }
    const wasRead =
      head === undefined
        ? index.ofKind(groupOf(apiVersion), kind).length > 0
        : names.some((one) => this.#wasListed({ resource: one, ...(namespace === undefined ? {} : { namespace }) }))
    if (wasRead) return { ...place, name, reason: 'NotFound', message: `${resource} "${name}" not found` }
    // One line for all of a kind that the file lacks; of a cluster's snapshot, for the object that was not asked for.
    return head === undefined ? this.#absent({ resource }) : { ...this.#absent(place), name }
  }

  #addSingle(kind: SchedulerKind, { metadata }: ApiObject): void {
    const items: readonly { readonly metadata: ApiObject['metadata'] }[] = this.#contents.state.lists[kind].items
    const found = items.find(
      (item) => item.metadata.name === metadata.name && item.metadata.namespace === metadata.namespace,
    )
    if (found !== undefined) this.#singles.set(kind, [...(this.#singles.get(kind) ?? []), found])
  }

  #readList(want: ListWant): MissingRead | undefined {
    const { state, head, holdsSecrets } = this.#contents
    const resource = want.group === '' ? want.resource : `${want.resource}.${want.group}`
    const { namespace, labelSelector, fieldSelector } = want
    for (const object of state.objects) {
      if (resourcesOf(object).includes(resource) && selectedBy(object, want)) this.#objects.add(object)
    }
    const refused = state.missing.find(
      (read) =>
        read.resource === resource &&
        read.name === undefined &&
        (read.namespace === undefined || read.namespace === namespace),
    )
    if (refused !== undefined) return refused
    const place = { resource, ...(namespace === undefined ? {} : { namespace }) }
    // Of a file that kubectl wrote, Secrets are what most lack: Helm keeps its releases there.
    if (head === undefined) return resource === 'secrets' && !holdsSecrets ? this.#absent({ resource }) : undefined
    const narrow = {
      ...(labelSelector === undefined ? {} : { labelSelector }),
      ...(fieldSelector === undefined ? {} : { fieldSelector }),
    }
    return this.#wasListed({ ...place, ...narrow }) ? undefined : this.#absent(place)
  }

  /** Whether a list, or one that holds it, was read whole. */
  #wasListed(wanted: {
    resource: string
    namespace?: string
    labelSelector?: string
    fieldSelector?: string
  }): boolean {
    const { head } = this.#contents
    if (head === undefined || head.read.includes(wanted.resource)) return head !== undefined
    return head.lists.some(
      (one) =>
        one.resource === wanted.resource &&
        (one.namespace === undefined || one.namespace === wanted.namespace) &&
        isWider(one.labelSelector, wanted.labelSelector) &&
        isWider(one.fieldSelector, wanted.fieldSelector),
    )
  }

  #absent(place: { readonly resource: string; readonly namespace?: string }): MissingRead {
    const where = place.namespace === undefined ? '' : ` of namespace ${place.namespace}`
    const { head } = this.#contents
    const message =
      head === undefined
        ? `${this.name} holds no ${place.resource}`
        : `the snapshot did not read ${place.resource}${where}`
    return { ...place, reason: 'NotInSnapshot', message }
  }
}

/** Whether all that a selector asks for is asked for by the other too: then it chose at least as much. */
function isWider(selector: string | undefined, narrow: string | undefined): boolean {
  const parts = new Set((narrow ?? '').split(','))
  return selector === undefined || selector.split(',').every((part) => parts.has(part))
}

function otherNamespace(name: string, namespace: string, held: readonly string[]): Failure {
  return new Failure('PodsUnreadable', `${name} holds no Pods of namespace ${namespace}`, {
    hint: `its user could read the Pods of ${held.join(', ')} only: ask with -n ${held[0] ?? ''}`,
  })
}
