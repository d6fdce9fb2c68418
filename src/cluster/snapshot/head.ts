import { decode } from '#cluster/decode/decode.ts'
import type { StateBuilder } from '#cluster/decode/state.ts'
import type { ApiObject, MissingRead, MissingReason, Oddity } from '#model/cluster-state.ts'
import { list, object, text } from '#model/field.ts'
import { type SchedulerKind, schedulerKinds } from '#model/kinds.ts'
import { type SnapshotHead, type SnapshotList, snapshotApiVersion, snapshotKind } from '#model/snapshot-head.ts'

export function isSnapshotHead({ apiVersion, kind }: ApiObject): boolean {
  return kind === snapshotKind && apiVersion === snapshotApiVersion
}

/** The head among a snapshot's objects, as far as it is written as `snapshot` writes it; undefined where there is none. */
export function headOf(objects: readonly ApiObject[]): SnapshotHead | undefined {
  const found = objects.find(isSnapshotHead)
  if (found === undefined) return undefined
  const head = decode(table, found, '', () => {}) as Partial<Omit<SnapshotHead, 'namespace' | 'server'>> & Loose
  return {
    apiVersion: snapshotApiVersion,
    kind: snapshotKind,
    metadata: { name: head.metadata?.name ?? '' },
    takenAt: head.takenAt ?? '',
    namespace: head.namespace ?? null,
    server: { url: head.server?.url ?? null, version: head.server?.version ?? null },
    missing: (head.missing ?? []).map((read) => ({ ...read, reason: reasonOf(read.reason) })),
    read: head.read ?? [],
    lists: head.lists ?? [],
    oddities: head.oddities ?? [],
    leftOut: head.leftOut ?? [],
  }
}

interface Loose {
  readonly namespace?: string
  readonly server?: { readonly url?: string; readonly version?: string }
}

const table = object<Omit<SnapshotHead, 'namespace' | 'server'> & Loose>({
  apiVersion: text as never,
  kind: text as never,
  metadata: object<{ readonly name: string }>({ name: text }),
  takenAt: 'time',
  namespace: text,
  server: object<NonNullable<Loose['server']>>({ url: text, version: text }),
  missing: list(
    object<MissingRead>({
      resource: text,
      namespace: text,
      name: text,
      reason: text as never,
      message: text,
      readNamespaces: list(text),
      aside: 'boolean',
    }),
  ),
  read: list(text),
  lists: list(object<SnapshotList>({ resource: text, namespace: text, labelSelector: text, fieldSelector: text })),
  oddities: list(object<Oddity>({ kind: text, namespace: text, name: text, path: text, problem: text })),
  leftOut: list(text),
})

const reasons: ReadonlySet<string> = new Set<MissingReason>([
  'Forbidden',
  'Unauthorized',
  'NotFound',
  'Timeout',
  'Unreachable',
  'Expired',
  'ServerError',
  'Invalid',
  'NotInSnapshot',
])

function reasonOf(text: string | undefined): MissingReason {
  return text !== undefined && reasons.has(text) ? (text as MissingReason) : 'Invalid'
}

/** Says of the reads that the snapshot could not make that they are missing. */
export function addMissing(builder: StateBuilder, head: SnapshotHead): void {
  for (const { readNamespaces, ...missing } of head.missing) {
    const kind = kindOfResource.get(missing.resource)
    if (kind === undefined || missing.name !== undefined) builder.addMissing(missing)
    else builder.addMissingList(kind, missing, readNamespaces ?? [])
  }
}

/** `pods`, `storageclasses.storage.k8s.io`: the plural with its group, as errors and rights name it. */
export function resourceName(kind: SchedulerKind): string {
  const { group } = schedulerKinds[kind]
  return group === '' ? kind : `${kind}.${group}`
}

const kindOfResource = new Map(
  (Object.keys(schedulerKinds) as SchedulerKind[]).map((kind): [string, SchedulerKind] => [resourceName(kind), kind]),
)
