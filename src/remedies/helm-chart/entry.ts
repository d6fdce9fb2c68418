import { tolerationsOf } from '#components/subject.ts'
import type { Toleration } from '#model/api/pod.ts'
import type { ApiObject } from '#model/cluster-state.ts'
import type { HelmObject } from '#model/helm-release.ts'
import { isRecord } from '#model/raw-object.ts'

/** The tolerations that the manifest gives a workload; undefined where the manifest's object could not be read. */
export function tolerationsOfEntry(entry: HelmObject | undefined): readonly Toleration[] | undefined {
  const object = entry?.object
  if (!isRecord(object)) return undefined
  return tolerationsOf({ apiVersion: '', kind: entry?.kind ?? '', metadata: {}, ...object } as ApiObject)
}

/** Whether two lists hold the same tolerations, in any order. */
export function sameTolerations(one: readonly Toleration[], other: readonly Toleration[]): boolean {
  return holdsAll(one, other) && holdsAll(other, one)
}

/** Whether a list holds each of these, as it is written. */
export function holdsAll(list: readonly Toleration[], wanted: readonly Toleration[]): boolean {
  const texts = new Set(list.map(asText))
  return wanted.every((toleration) => texts.has(asText(toleration)))
}

function asText({ key, operator, value, effect, tolerationSeconds }: Toleration): string {
  return JSON.stringify([key ?? '', (operator ?? '') || 'Equal', value ?? '', effect ?? '', tolerationSeconds ?? null])
}
