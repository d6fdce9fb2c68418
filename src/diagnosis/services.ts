import type { Pod } from '#model/api/pod.ts'
import type { ApiObject } from '#model/cluster-state.ts'
import { isRecord, valueAt } from '#model/raw-object.ts'
import { labelOf } from '#model/selector.ts'

/** Whether a Service selects the Pod by its labels; one without a selector selects none. */
export function serviceSelects(service: ApiObject, { metadata }: Pod): boolean {
  const selector = valueAt(service, 'spec', 'selector')
  if (!isRecord(selector) || service.metadata.namespace !== metadata.namespace) return false
  const wanted = Object.entries(selector)
  return wanted.length > 0 && wanted.every(([key, value]) => labelOf(metadata.labels, key) === value)
}
