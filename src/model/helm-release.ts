import { type ObjectMeta, objectMeta } from './api/meta.ts'
import { type Field, list, map, object, text } from './field.ts'

/** The kind under which a Helm release record is kept, once it is unpacked from its Secret or ConfigMap. */
export const helmReleaseKind = { apiVersion: 'taintdoctor.dev/v1alpha1', kind: 'HelmRelease' } as const

/**
 * One revision of a Helm release: of the record, only what says where a workload came from and which values feed it.
 * `metadata.name` is `RELEASE.vREVISION`, `metadata.namespace` the namespace of the release.
 */
export interface HelmRelease {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: ObjectMeta
  /** The release's name. */
  readonly release: string
  readonly revision?: number
  /** Helm's own word: `deployed`, `pending-install`, `failed`. */
  readonly status?: string
  /** What holds the record: `Secret sh.helm.release.v1.fleet.v1`. */
  readonly storedIn?: string
  /** What is wrong with the record, as one clause; then all that could not be read is absent. */
  readonly problem?: string
  readonly chart?: HelmChartRecord
  /** The values that the person gave. */
  readonly values?: object
  /** The objects of the rendered manifest. */
  readonly objects?: readonly HelmObject[]
  /** Hooks are not part of the manifest, and their objects carry no release annotation. */
  readonly hooks?: readonly HelmHook[]
}

export interface HelmChartRecord {
  readonly name?: string
  readonly version?: string
  readonly appVersion?: string
  readonly annotations?: Readonly<Record<string, string>>
  /** Subcharts by their real names and the names their values stand under. Helm records no subchart's templates. */
  readonly dependencies?: readonly HelmDependency[]
  /** The chart's own templates, by their path in the chart: `templates/web.yaml`. */
  readonly templates?: readonly HelmTemplate[]
  /** The chart's default values, those of its subcharts merged in. */
  readonly values?: object
}

export interface HelmDependency {
  readonly name?: string
  readonly alias?: string
  readonly version?: string
  readonly condition?: string
}

export interface HelmTemplate {
  readonly name: string
  readonly text: string
}

/** An object that a chart rendered. */
export interface HelmObject {
  /** The template that made it, with its charts: `orders/charts/backend/templates/workload.yaml`. */
  readonly source?: string
  readonly apiVersion?: string
  readonly kind?: string
  /** Absent where the manifest names none: then it is the release's own, or the object is cluster-wide. */
  readonly namespace?: string
  readonly name?: string
  /** The object as rendered, for kinds that make Pods and for custom resources; without environment and command lines. */
  readonly object?: object
  /** Why the document could not be read. */
  readonly problem?: string
}

export interface HelmHook extends HelmObject {
  /** `post-install`, `pre-upgrade`. */
  readonly events?: readonly string[]
  readonly weight?: number
  /** `before-hook-creation`, `hook-succeeded`, `hook-failed`; none means the first. */
  readonly deletePolicies?: readonly string[]
}

const objectFields = {
  source: text,
  apiVersion: text,
  kind: text,
  namespace: text,
  name: text,
  object: 'json',
  problem: text,
} as const

export const helmRelease: Field<HelmRelease> = object<HelmRelease>({
  apiVersion: text,
  kind: text,
  metadata: objectMeta,
  release: text,
  revision: 'number',
  status: text,
  storedIn: text,
  problem: text,
  chart: object<HelmChartRecord>({
    name: text,
    version: text,
    appVersion: text,
    annotations: map(text),
    dependencies: list(object<HelmDependency>({ name: text, alias: text, version: text, condition: text })),
    templates: list(object<HelmTemplate>({ name: text, text })),
    values: 'json',
  }),
  values: 'json',
  objects: list(object<HelmObject>(objectFields)),
  hooks: list(object<HelmHook>({ ...objectFields, events: list(text), weight: 'number', deletePolicies: list(text) })),
})
