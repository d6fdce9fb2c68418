import type { Inquiry } from '#diagnosis/inquiry.ts'
import type { ApiObject } from '#model/cluster-state.ts'
import { listAt, textAt, valueAt } from '#model/raw-object.ts'

/** A controller that wants Pods which the API server does not let it make. */
export interface ShortOfPods {
  readonly object: ApiObject
  readonly wanted: number
  readonly there: number
  /** The server's words, as the controller repeats them. */
  readonly said: string
  /** RFC 3339, where it is known since when. */
  readonly since: string | undefined
}

const kinds = [
  { group: 'apps', kind: 'ReplicaSet' },
  { group: '', kind: 'ReplicationController' },
  { group: 'apps', kind: 'StatefulSet' },
  { group: 'apps', kind: 'DaemonSet' },
  { group: 'batch', kind: 'Job' },
] as const

/** The controllers that were refused Pods and still lack them; in order of namespace, kind and name. */
export function shortOfPods(inquiry: Inquiry): readonly ShortOfPods[] {
  const found = kinds.flatMap(({ group, kind }) =>
    inquiry.index.ofKind(group, kind).flatMap((object) => shortage(object, inquiry) ?? []),
  )
  return found.sort((a, b) => compare(keyOf(a.object), keyOf(b.object)))
}

function shortage(object: ApiObject, inquiry: Inquiry): ShortOfPods | undefined {
  if (object.metadata.deletionTimestamp !== undefined) return undefined
  const counts = countsOf(object)
  if (counts.there >= counts.wanted) return undefined
  const condition = listAt(object, 'status', 'conditions').find(
    (one) =>
      textAt(one, 'type') === 'ReplicaFailure' &&
      textAt(one, 'status') === 'True' &&
      textAt(one, 'reason') === 'FailedCreate',
  )
  const { namespace = '', name = '' } = object.metadata
  const event = inquiry.events.about(object.kind, namespace, name).findLast(({ reason }) => reason === 'FailedCreate')
  const said = textAt(condition, 'message') ?? event?.message
  if (said === undefined) return undefined
  return { object, ...counts, said, since: textAt(condition, 'lastTransitionTime') ?? event?.first }
}

/** How many Pods the controller wants, and how many it has. */
export function countsOf(object: ApiObject): { readonly wanted: number; readonly there: number } {
  const number = (otherwise: number, ...path: readonly string[]): number => {
    const value = valueAt(object, ...path)
    return typeof value === 'number' ? value : otherwise
  }
  if (object.kind === 'DaemonSet') {
    return {
      wanted: number(0, 'status', 'desiredNumberScheduled'),
      there: number(0, 'status', 'currentNumberScheduled'),
    }
  }
  if (object.kind !== 'Job') return { wanted: number(1, 'spec', 'replicas'), there: number(0, 'status', 'replicas') }
  const ended = listAt(object, 'status', 'conditions').some(
    (one) =>
      ['Complete', 'Failed', 'Suspended'].includes(textAt(one, 'type') ?? '') && textAt(one, 'status') === 'True',
  )
  if (ended || valueAt(object, 'spec', 'suspend') === true) return { wanted: 0, there: 0 }
  const left = number(1, 'spec', 'completions') - number(0, 'status', 'succeeded')
  return { wanted: Math.max(0, Math.min(number(1, 'spec', 'parallelism'), left)), there: number(0, 'status', 'active') }
}

function keyOf({ kind, metadata }: ApiObject): string {
  return `${metadata.namespace ?? ''} ${kind} ${metadata.name ?? ''}`
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
