import type { Toleration } from '#model/api/pod.ts'
import type { ApiObject, ClusterState } from '#model/cluster-state.ts'
import type { HelmRelease } from '#model/helm-release.ts'
import { objectIndex } from '#model/object-index.ts'
import { annotationOf, isRecord, listAt, textAt, valueAt } from '#model/raw-object.ts'
import { revisionsOf } from '#ownership/helm/release.ts'
import type { ComponentQuestion, StandingList } from './component.ts'
import { type Image, imageOf, readTolerations, type Subject, templateOf } from './subject.ts'

/** The object of this name; undefined where there is none, or it was not read. */
export function find(
  cluster: ClusterState,
  apiVersion: string,
  kind: string,
  namespace: string | undefined,
  name: string,
) {
  return objectIndex(cluster).find(apiVersion, kind, namespace, name)
}

/** The newest revision of a Helm release; undefined where there is none, or its record may not be read. */
export function helmRelease(cluster: ClusterState, namespace: string, name: string): HelmRelease | undefined {
  return revisionsOf(cluster, namespace, name)[0]
}

/** The release that the root's annotations, or its origin, name. */
export function releaseOf(subject: Subject): { readonly name: string; readonly namespace: string } | undefined {
  const { origin, root } = subject
  if (origin?.kind === 'HelmRelease' && origin.namespace !== undefined) {
    return { name: origin.name, namespace: origin.namespace }
  }
  const name = annotationOf(root, 'meta.helm.sh/release-name')
  const namespace = annotationOf(root, 'meta.helm.sh/release-namespace')
  return name === undefined || namespace === undefined ? undefined : { name, namespace }
}

/** The list at a path of a release's values: what the user gave, else the chart's default. */
export function standingInRelease(
  cluster: ClusterState,
  namespace: string,
  name: string,
  path: readonly string[],
  defaults: readonly Toleration[] = [],
): StandingList {
  const record = helmRelease(cluster, namespace, name)
  if (record?.chart === undefined) {
    const unknown = `the values of release ${name} could not be read: repeat what ${path.join('.')} holds now`
    return { entries: defaults, unknown, ...(defaults.length > 0 ? { from: "the chart's defaults" } : {}) }
  }
  const given = valueAt(record.values, ...path)
  if (Array.isArray(given)) return { entries: readTolerations(given), from: `the values of release ${name}` }
  const byDefault = valueAt(record.chart.values, ...path)
  if (Array.isArray(byDefault) && byDefault.length > 0) {
    return { entries: readTolerations(byDefault), from: "the chart's defaults" }
  }
  return defaults.length > 0 ? { entries: defaults, from: "the chart's defaults" } : { entries: [] }
}

/** The list at a path of an object, `spec.agentTolerations`. */
export function standingInObject(object: ApiObject | undefined, path: readonly string[], what: string): StandingList {
  if (object === undefined)
    return { entries: [], unknown: `${what} could not be read: repeat what ${path.join('.')} holds now` }
  const entries = readTolerations(valueAt(object, ...path))
  return entries.length === 0 ? { entries } : { entries, from: what }
}

/** The list at a path of YAML text that a ConfigMap's key, or another field, holds. */
export function standingInYaml(
  subject: Subject,
  text: string | undefined,
  path: readonly string[],
  what: string,
  defaults: readonly Toleration[] = [],
): StandingList {
  const parsed = text === undefined || subject.readYaml === undefined ? undefined : subject.readYaml(text)
  if (!isRecord(parsed)) {
    return { entries: defaults, unknown: `${what} could not be read: repeat what ${path.join('.')} holds now` }
  }
  const given = valueAt(parsed, ...path)
  if (Array.isArray(given)) return { entries: readTolerations(given), from: what }
  return { entries: defaults, ...(defaults.length > 0 ? { from: 'the defaults' } : {}) }
}

/** The image of a workload's containers whose repository ends in one of these paths. */
export function imageIn(object: ApiObject | undefined, ...paths: readonly string[]): Image | undefined {
  if (object === undefined) return undefined
  return listAt(templateOf(object)?.spec, 'containers')
    .flatMap((container) => imageOf(textAt(container, 'image')) ?? [])
    .find(({ repository }) => paths.some((path) => repository === path || repository.endsWith(`/${path}`)))
}

/** The tolerations that the person's values hold, under whatever key: they name the nodes that are meant. */
export function toleratedByValues({ origin, cluster }: ComponentQuestion): readonly Toleration[] {
  if (origin?.kind !== 'HelmRelease' || origin.namespace === undefined) return []
  const values = revisionsOf(cluster, origin.namespace, origin.name)[0]?.values
  return tolerationLists(values).flatMap(({ entries }) => entries)
}

const deepest = 12

/** The lists of tolerations in a tree of values, each with its path, in the order in which they stand. */
export function tolerationLists(
  tree: unknown,
  path = '',
  depth = 0,
): readonly { readonly path: string; readonly entries: readonly Toleration[] }[] {
  if (!isRecord(tree) || depth > deepest) return []
  return Object.entries(tree).flatMap(([key, value]) =>
    /tolerations$/i.test(key) && Array.isArray(value)
      ? [{ path: `${path}${key}`, entries: readTolerations(value) }]
      : tolerationLists(value, `${path}${key}.`, depth + 1),
  )
}
