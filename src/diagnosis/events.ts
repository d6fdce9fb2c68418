import type { ApiObject, ClusterState } from '#model/cluster-state.ts'
import { groupBy } from '#model/group-by.ts'
import { objectIndex } from '#model/object-index.ts'
import { oncePer } from '#model/once-per.ts'
import { textAt, valueAt } from '#model/raw-object.ts'

/** One Event, whichever of the two APIs it came by. Times are RFC 3339. */
export interface EventRecord {
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly uid: string | undefined
  readonly type: string
  readonly reason: string
  readonly message: string
  readonly count: number
  readonly first: string | undefined
  readonly last: string | undefined
  /** What wrote it: `default-scheduler`; of a provisioner its name, its Pod's and an id, joined by `_`. */
  readonly component: string
}

export interface Events {
  /** What was said about an object, oldest first. */
  about(kind: string, namespace: string, name: string): readonly EventRecord[]
  ofReason(reason: string): readonly EventRecord[]
}

/** The Events of a cluster state; empty where none were read. */
export const eventsOf = oncePer(indexOf)

/** The last of what was said with this reason. */
export function lastOf(events: readonly EventRecord[], reason: string): EventRecord | undefined {
  return events.findLast((event) => event.reason === reason)
}

function indexOf(state: ClusterState): Events {
  const index = objectIndex(state)
  // Lists with different selectors may bring the same Event twice.
  const each = new Map<unknown, ApiObject>()
  for (const event of [...index.ofKind('', 'Event'), ...index.ofKind('events.k8s.io', 'Event')]) {
    each.set(event.metadata.uid ?? event, event)
  }
  const all = [...each.values()].map(recordOf)
  all.sort((a, b) => compare(a.last ?? a.first ?? '', b.last ?? b.first ?? ''))
  const byObject = groupBy(all, ({ kind, namespace, name }) => `${kind} ${namespace}/${name}`)
  const byReason = groupBy(all, ({ reason }) => reason)
  return {
    about: (kind, namespace, name) => byObject.get(`${kind} ${namespace}/${name}`) ?? [],
    ofReason: (reason) => byReason.get(reason) ?? [],
  }
}

function recordOf(event: ApiObject): EventRecord {
  const regarding = valueAt(event, 'involvedObject') ?? valueAt(event, 'regarding')
  const text = (...paths: readonly (readonly string[])[]): string | undefined => {
    for (const path of paths) {
      const found = textAt(event, ...path)
      if (found !== undefined) return found
    }
    return undefined
  }
  const count = valueAt(event, 'series', 'count') ?? valueAt(event, 'count') ?? valueAt(event, 'deprecatedCount') ?? 1
  return {
    kind: textAt(regarding, 'kind') ?? '',
    namespace: textAt(regarding, 'namespace') ?? event.metadata.namespace ?? '',
    name: textAt(regarding, 'name') ?? '',
    uid: textAt(regarding, 'uid'),
    type: text(['type']) ?? '',
    reason: text(['reason']) ?? '',
    message: text(['message'], ['note']) ?? '',
    count: typeof count === 'number' ? count : 1,
    first: text(['firstTimestamp'], ['deprecatedFirstTimestamp'], ['eventTime']),
    last: text(['series', 'lastObservedTime'], ['lastTimestamp'], ['deprecatedLastTimestamp'], ['eventTime']),
    component: text(['source', 'component'], ['reportingComponent'], ['reportingController']) ?? '',
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
