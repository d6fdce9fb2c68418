import { setFlagsFromString } from 'node:v8'
import {
  type ApiResource,
  type Connection,
  findKind,
  findType,
  get,
  list,
  missingRead,
  readVersion,
  servedVersions,
} from '#cluster/access/index.ts'
import { kindPages } from '#cluster/decode/protobuf-pages.ts'
import { StateBuilder } from '#cluster/decode/state.ts'
import type { ApiObject, ClusterState, MissingRead } from '#model/cluster-state.ts'
import { Failure } from '#model/failure.ts'
import { type SchedulerKind, schedulerKinds } from '#model/kinds.ts'
import type { ServerVersion } from '#model/server-version.ts'
import type { Want } from '#model/want.ts'

/** What is read of Pods first. */
export interface PodQuestion {
  /** The namespace the question is about; absent for all. */
  readonly namespace?: string
}

/** Pods that have ended take no room and wait for nothing. */
const unfinished = 'status.phase!=Succeeded,status.phase!=Failed'

/** Objects a page: enough to keep the line busy, few enough to keep memory small. */
const pageSize = 250

/** Reads one cluster through its API server, in steps: each adds to what is known, nothing is read twice. */
export class LiveCluster {
  readonly name: string
  readonly server: string
  /** The context's namespace. */
  readonly namespace: string
  readonly #connection: Connection
  readonly #builder = new StateBuilder()
  readonly #kinds = new Set<SchedulerKind>()
  #version: ServerVersion | null = null
  /** The namespace that the question is about; absent for all. */
  #asked: string | undefined

  constructor(connection: Connection) {
    this.#connection = connection
    this.name = connection.name
    this.server = connection.server
    this.namespace = connection.namespace
  }

  /** Version, nodes and all Pods; where all Pods may not be listed, those of the namespace that is asked about. */
  async readBase(question: PodQuestion): Promise<ClusterState> {
    this.#asked = question.namespace
    const [version] = await Promise.all([
      readVersion(this.#connection),
      this.#readKind('nodes'),
      this.#readPods(question),
    ])
    this.#version = version ?? null
    return this.state()
  }

  /** The kinds that are not read yet, side by side. */
  async readKinds(kinds: readonly SchedulerKind[]): Promise<ClusterState> {
    await Promise.all(kinds.filter((kind) => !this.#kinds.has(kind)).map((kind) => this.#readKind(kind)))
    return this.state()
  }

  /** Objects and lists beyond the scheduler's kinds, side by side. */
  async readWants(wants: readonly Want[]): Promise<ClusterState> {
    await Promise.all(wants.map((want) => this.#readWant(want)))
    return this.state()
  }

  /** One Pod by its name, finished or not; whether it is there. */
  async readPod(namespace: string, name: string): Promise<boolean> {
    const found = await get(this.#connection, resourceOf('pods'), namespace, name)
    if (found.missing === undefined) this.#builder.addOf('pods', found.object)
    else if (found.missing.reason !== 'NotFound') throw podsForbidden(found.missing)
    return found.missing === undefined
  }

  state(): ClusterState {
    return this.#builder.build({ name: this.name, server: this.server, version: this.#version })
  }

  async close(): Promise<void> {
    await this.#connection.close()
  }

  async #readKind(kind: SchedulerKind): Promise<void> {
    this.#kinds.add(kind)
    const missing = await this.#listKind(kind, {})
    if (missing === undefined || (missing.reason === 'NotFound' && (await this.#isUnserved(kind)))) return
    this.#builder.addMissingList(kind, missing, await this.#readInNamespace(kind, missing))
  }

  /** Where a kind may not be listed in all namespaces, maybe it may in the one that is asked about: gives that one. */
  async #readInNamespace(kind: SchedulerKind, missing: MissingRead): Promise<readonly string[]> {
    const namespace = this.#asked
    if (missing.reason !== 'Forbidden' || namespace === undefined || !schedulerKinds[kind].namespaced) return []
    return (await this.#listKind(kind, { namespace })) === undefined ? [namespace] : []
  }

  /** Whether the server says that it serves nothing of the kind's group: then there are no objects. */
  async #isUnserved(kind: SchedulerKind): Promise<boolean> {
    const { group } = schedulerKinds[kind]
    // Every server has these.
    if (group === '' || group === 'storage.k8s.io') return false
    const { versions, failure } = await servedVersions(this.#connection, group)
    return failure === undefined && versions.length === 0
  }

  async #readPods({ namespace }: PodQuestion): Promise<void> {
    this.#kinds.add('pods')
    const missing = await this.#listKind('pods', { fieldSelector: unfinished })
    if (this.#builder.count('pods') > manyPods) keepHeapSmall()
    if (missing === undefined) return
    // A page lost on the way does not spoil those that came.
    if (this.#builder.count('pods') > 0) return this.#builder.addMissingList('pods', missing)
    if (missing.reason !== 'Forbidden' || namespace === undefined) throw podsForbidden(missing)
    const own = await this.#listKind('pods', { fieldSelector: unfinished, namespace })
    if (own !== undefined) throw podsForbidden(own)
    this.#builder.addMissingList('pods', missing, [namespace])
  }

  /** A list of a kind whose fields are known: in protobuf, where the server writes it. */
  #listKind(
    kind: SchedulerKind,
    query: { namespace?: string; fieldSelector?: string },
  ): Promise<MissingRead | undefined> {
    return list(
      this.#connection,
      { resource: resourceOf(kind), limit: pageSize, gzip: !isNear(this.server), ...query },
      { page: () => {}, restart: () => this.#builder.clear(kind) },
      kindPages(kind, (object) => this.#builder.addDecoded(kind, object)),
    )
  }

  async #readWant(want: Want): Promise<void> {
    const note = (missing: MissingRead): void =>
      this.#builder.addMissing(want.aside === true ? { ...missing, aside: true } : missing)
    if (want.kind === 'object') {
      const found = await findKind(this.#connection, want.apiVersion, want.kindName)
      if (found.resource === undefined) {
        const reason = found.failure?.reason ?? 'NotFound'
        const message = found.failure?.message ?? `the server does not serve ${want.kindName} of ${want.apiVersion}`
        note({
          ...missingRead(
            { group: groupOf(want.apiVersion), plural: `${want.kindName.toLowerCase()}s` },
            { reason, message },
            want.namespace,
            want.name,
          ),
        })
        return
      }
      const { resource } = found
      const result = await get(this.#connection, resource, want.namespace, want.name)
      if (result.missing === undefined) this.#builder.add(result.object)
      else note(result.missing)
      return
    }
    const { resource, failure } = await findType(
      this.#connection,
      want.group === '' ? want.resource : `${want.resource}.${want.group}`,
    )
    if (resource === undefined) {
      // What the server does not serve has no objects; where it could not be asked, that is not known.
      if (failure !== undefined)
        note(missingRead({ group: want.group, plural: want.resource }, failure, want.namespace))
      return
    }
    const objects: ApiObject[] = []
    const missing = await this.#list(
      resource,
      want,
      (object) => objects.push(object),
      () => objects.splice(0),
    )
    for (const object of objects) this.#builder.add(object)
    if (missing !== undefined) note(missing)
  }

  #list(
    resource: ApiResource,
    query: { namespace?: string; labelSelector?: string; fieldSelector?: string },
    add: (object: ApiObject) => void,
    restart: () => void,
  ): Promise<MissingRead | undefined> {
    const { namespace, labelSelector, fieldSelector } = query
    return list(
      this.#connection,
      { resource, namespace, labelSelector, fieldSelector },
      {
        page: ({ items }) => {
          for (const item of items) add(item)
        },
        restart,
      },
    )
  }
}

/** On this machine itself, packing and unpacking takes longer than the way. */
function isNear(server: string): boolean {
  return /^https?:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?:[:/]|$)/.test(server)
}

function resourceOf(kind: SchedulerKind): ApiResource {
  const { group, version, kind: kindName, namespaced } = schedulerKinds[kind]
  return { group, version, plural: kind, kind: kindName, namespaced }
}

function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/')
  return slash === -1 ? '' : apiVersion.slice(0, slash)
}

/** Without Pods there is nothing to say. */
function podsForbidden(missing: MissingRead): Error {
  const where = missing.namespace === undefined ? 'in all namespaces' : `in namespace ${missing.namespace}`
  if (missing.reason !== 'Forbidden')
    return new Failure('PodsUnreadable', `Pods ${where} could not be read: ${missing.message}`)
  const role = missing.namespace === undefined ? 'ClusterRole' : `Role in ${missing.namespace}`
  return new Failure('PodsForbidden', `you may not list Pods ${where}: ${missing.message}`, {
    hint: `a ${role} with this rule would allow it: apiGroups [""], resources ["pods"], verbs ["get", "list"]${missing.namespace === undefined ? '; or ask about one namespace with -n' : ''}`,
  })
}

const manyPods = 20_000

/**
 * Judging a large cluster leaves much behind at once. V8 by itself lets the heap grow to several times what is in use
 * before it looks; asked to look at 1.6 times, it takes some percent more time and keeps 100,000 Pods below 600 MiB.
 */
function keepHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=60')
}
