import { isRecord, listAt, textAt, valueAt } from '#model/raw-object.ts'

/** Where kinds that make Pods keep the Pod's spec: a Pod itself, a CronJob, everything else with a template. */
const specPaths = [['spec', 'jobTemplate', 'spec', 'template', 'spec'], ['spec', 'template', 'spec'], ['spec']] as const

/** The spec of the Pods that an object makes, or of a Pod itself, as JSON holds it; undefined where it makes none. */
export function podSpecOf(object: unknown): Readonly<Record<string, unknown>> | undefined {
  for (const path of specPaths) {
    const spec = valueAt(object, ...path)
    if (isRecord(spec) && Array.isArray(spec.containers)) return spec
  }
  return undefined
}

/** The images of those Pods' containers, in order and as one text, to be compared; undefined where there are none. */
export function podImagesOf(object: unknown): string | undefined {
  const spec = podSpecOf(object)
  if (spec === undefined) return undefined
  return listAt(spec, 'containers')
    .map((container) => textAt(container, 'image') ?? '')
    .join(' ')
}
