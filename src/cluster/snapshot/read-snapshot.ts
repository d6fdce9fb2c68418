import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { StateBuilder, schedulerKindOf } from '#cluster/decode/state.ts'
import type { ApiObject, ClusterState } from '#model/cluster-state.ts'
import { Failure } from '#model/failure.ts'
import { helmReleaseKind } from '#model/helm-release.ts'
import type { SchedulerKind } from '#model/kinds.ts'
import { parseServerVersion, type ServerVersion } from '#model/server-version.ts'
import type { SnapshotContents } from './contents.ts'
import { addMissing, headOf, isSnapshotHead } from './head.ts'
import { parseObjects } from './parse-objects.ts'

/** Where a snapshot is read from: a file, a folder of files, or `-` for standard input. */
export interface SnapshotSource {
  readonly path: string
  readonly stdin: Readable
}

/**
 * Reads a snapshot: any mix of `v1` Lists and single objects, in JSON or YAML, one JSON object a line, or a folder of
 * such files. Throws a Failure that names file, line and column.
 */
export async function readSnapshot(source: SnapshotSource): Promise<ClusterState> {
  return (await readContents(source)).state
}

/** The same with what a reader in steps needs to know. */
export async function readContents({ path, stdin }: SnapshotSource): Promise<SnapshotContents> {
  const texts =
    path === '-' ? [{ name: '(standard input)', text: (await buffer(stdin)).toString('utf8') }] : await readTexts(path)
  const values = texts.flatMap(({ name, text }) =>
    parseObjects(text, name).flatMap((value) => objectsOf(value, name, mostNested)),
  )
  if (values.length === 0) {
    throw new Failure('SnapshotHoldsNoObjects', `${path} holds no Kubernetes objects`, {
      hint: 'make one with "kubectl taintdoctor snapshot", or with "kubectl get nodes,pods,... -A -o json"',
    })
  }
  return contentsOf(path, values)
}

/** A List of Lists, in an array: more makes no sense. */
const mostNested = 8

const endings = ['.json', '.yaml', '.yml', '.ndjson', '.jsonl']

async function readTexts(path: string): Promise<readonly { name: string; text: string }[]> {
  const info = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') throw new Failure('SnapshotNotFound', `there is no file ${path}`, { cause })
    throw new Failure('SnapshotUnreadable', `${path} cannot be read: ${cause.message}`, { cause })
  })
  if (!info.isDirectory()) return [{ name: path, text: await readText(path) }]
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  if (files.length === 0) {
    throw new Failure('SnapshotHoldsNoObjects', `the folder ${path} holds no file ending in ${endings.join(', ')}`)
  }
  return Promise.all(files.map(async (name) => ({ name, text: await readText(name) })))
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw new Failure('SnapshotUnreadable', `${path} cannot be read: ${(cause as Error).message}`, { cause })
  }
}

/** The objects of a value: itself, or a List's items, which may leave their kind to the List's. */
function objectsOf(value: unknown, name: string, levels: number): ApiObject[] {
  if (levels === 0) throw new Failure('SnapshotInvalid', `${name} holds lists in lists more than ${mostNested} deep`)
  if (Array.isArray(value)) return value.flatMap((item) => objectsOf(item, name, levels - 1))
  if (!isObject(value)) {
    const what = JSON.stringify(value)?.slice(0, 40) ?? String(value)
    throw new Failure('SnapshotHoldsNoObjects', `${name} holds no Kubernetes objects, but ${what}`)
  }
  const { kind, apiVersion, items } = value
  if (typeof kind !== 'string' || typeof apiVersion !== 'string') {
    throw new Failure('SnapshotHoldsNoObjects', `${name} holds something without apiVersion and kind`, {
      hint: 'a snapshot is a List of Kubernetes objects, as "kubectl get ... -o json" prints it',
    })
  }
  if (kind.endsWith('List') && Array.isArray(items)) {
    const of = kind.slice(0, -'List'.length)
    return items.flatMap((item: unknown) =>
      objectsOf(isObject(item) && of !== '' ? { apiVersion, kind: of, ...item } : item, name, levels - 1),
    )
  }
  const metadata = isObject(value['metadata']) ? value['metadata'] : {}
  return [{ ...value, apiVersion, kind, metadata } as ApiObject]
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function contentsOf(path: string, objects: readonly ApiObject[]): SnapshotContents {
  const head = headOf(objects)
  const builder = new StateBuilder()
  const seen = new Set<SchedulerKind>()
  for (const object of withoutRepeats(objects)) {
    if (isSnapshotHead(object)) continue
    const kind = schedulerKindOf(object.apiVersion, object.kind)
    if (kind !== undefined) seen.add(kind)
    builder.add(object)
  }
  if (head !== undefined) addMissing(builder, head)
  else {
    for (const kind of ['nodes', 'pods'] as const) {
      // Whoever saved no nodes did not look at them: a cluster has some.
      if (!seen.has(kind)) builder.addMissingList(kind, notInSnapshot(kind, path))
    }
  }
  const version: ServerVersion | null = parseServerVersion(head?.server.version ?? '') ?? null
  const state = builder.build({ name: path, server: head?.server.url ?? null, version })
  const holdsSecrets = objects.some(({ kind }) => kind === 'Secret' || kind === helmReleaseKind.kind)
  return { state, holdsSecrets, ...(head === undefined ? {} : { head }) }
}

function notInSnapshot(resource: string, path: string) {
  return { resource, reason: 'NotInSnapshot' as const, message: `${path} holds no ${resource}` }
}

/** The same object given twice (in two files, or under two versions) counts once; the first one holds. */
function* withoutRepeats(objects: readonly ApiObject[]): Iterable<ApiObject> {
  const seen = new Set<string>()
  for (const object of objects) {
    const { namespace, name } = object.metadata
    const group = object.apiVersion.includes('/') ? object.apiVersion.split('/')[0] : ''
    const key = JSON.stringify([group, object.kind, namespace ?? '', name ?? ''])
    if (name !== undefined && seen.has(key)) continue
    seen.add(key)
    yield object
  }
}
