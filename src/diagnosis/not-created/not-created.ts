import { templateOf } from '#components/subject.ts'
import type { Inquiry } from '#diagnosis/inquiry.ts'
import { objectsNamed, type Scope } from '#diagnosis/scope.ts'
import type { ApiObject } from '#model/cluster-state.ts'
import { isRecord } from '#model/raw-object.ts'
import { selects } from '#model/selector.ts'
import { ownerChain } from '#ownership/owner-chain.ts'
import type { Diagnosis } from '#report/explain-report.ts'
import { passedOverDiagnosis } from './daemon-set.ts'
import { refusedDiagnosis } from './refused.ts'
import { type ShortOfPods, shortOfPods } from './short-of-pods.ts'

/** The diagnoses of Pods that do not exist: refused by the server, or passed over by a DaemonSet that was asked for. */
export function notCreated(scope: Scope, inquiry: Inquiry): readonly Diagnosis[] {
  const refused = shortOfPods(inquiry)
    .filter((short) => isInScope(short, scope, inquiry))
    .map((short) => refusedDiagnosis(short, inquiry))
  return [...refused, ...passedOver(scope, inquiry)]
}

/** DaemonSets that were asked for by name. Not every one: a node that is passed over on purpose is no trouble. */
function passedOver(scope: Scope, inquiry: Inquiry): readonly Diagnosis[] {
  const named = (scope.named ?? []).filter(({ resource }) => resource === 'daemonsets.apps')
  return named
    .flatMap((one) => objectsNamed(inquiry.state, one, scope.namespace))
    .flatMap((daemonSet) => passedOverDiagnosis(daemonSet, inquiry) ?? [])
}

function isInScope({ object }: ShortOfPods, scope: Scope, { state }: Inquiry): boolean {
  if (scope.namespace !== undefined && object.metadata.namespace !== scope.namespace) return false
  // What is asked of a Pod's fields cannot be said of a Pod that does not exist.
  if ((scope.fields ?? []).some(({ field }) => field !== 'metadata.namespace')) return false
  if (scope.selector !== undefined && !selects(scope.selector, templateLabels(object))) return false
  if (scope.named === undefined) return true
  const { owners } = ownerChain(object, state)
  const chain = [{ kind: object.kind, name: object.metadata.name ?? '' }, ...owners]
  return scope.named.some((named) => chain.some(({ kind, name }) => kind === named.kind && name === named.name))
}

function templateLabels(object: ApiObject): Record<string, string> {
  const labels = templateOf(object)?.labels
  if (!isRecord(labels)) return {}
  return Object.fromEntries(
    Object.entries(labels).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  )
}
