import type { ComponentQuestion } from '#components/component.ts'
import type { Pod, Toleration } from '#model/api/pod.ts'
import type { ApiObject, ClusterState } from '#model/cluster-state.ts'
import type { Origin } from '#ownership/origin.ts'
import type { Owner } from '#ownership/owner-chain.ts'
import { aCluster } from '../builders/cluster.ts'

/** A workload as a test tells it. */
export interface Told {
  /** From the Pod's owner to the root: `Job/x CronJob/y`; none is a bare Pod. */
  readonly owners?: string
  readonly pod?: string
  readonly namespace: string
  readonly images?: readonly string[]
  readonly containers?: readonly string[]
  readonly labels?: Readonly<Record<string, string>>
  readonly serviceAccount?: string
  /** Of the root object. */
  readonly rootLabels?: Readonly<Record<string, string>>
  readonly rootAnnotations?: Readonly<Record<string, string>>
  readonly podAnnotations?: Readonly<Record<string, string>>
  readonly rootSpec?: Readonly<Record<string, unknown>>
  /** What the root's template tolerates; the Pod tolerates nothing. */
  readonly templateTolerations?: readonly Toleration[]
  readonly apiVersion?: string
  readonly origin?: Partial<Origin>
  /** What else stands in the cluster. */
  readonly beside?: readonly object[]
}

/** A workload, by its component id or by what it is. */
export type Known = readonly [what: string, told: Told]

/** What Helm writes on the objects of a release. */
export const helmAnnotations = (name: string, namespace: string) => ({
  'meta.helm.sh/release-name': name,
  'meta.helm.sh/release-namespace': namespace,
})

const apiVersions: Readonly<Record<string, string>> = {
  Job: 'batch/v1',
  CronJob: 'batch/v1',
  GitRepo: 'fleet.cattle.io/v1alpha1',
}

/** The question that `componentOf` and `placementsOf` take. */
export function asked(told: Told): ComponentQuestion {
  const owners = (told.owners ?? '').split(' ').filter((owner) => owner !== '')
  const spec = {
    containers: (told.images ?? ['app:1']).map((image, at) => ({ name: told.containers?.[at] ?? `c${at}`, image })),
    ...(told.serviceAccount === undefined ? {} : { serviceAccountName: told.serviceAccount }),
  }
  const pod: Pod = {
    metadata: {
      name: told.pod ?? 'a-pod',
      namespace: told.namespace,
      ...(told.labels === undefined ? {} : { labels: told.labels }),
      ...(told.podAnnotations === undefined ? {} : { annotations: told.podAnnotations }),
    },
    spec,
    status: { phase: 'Pending' },
  }
  const template = { metadata: { labels: told.labels }, spec: { ...spec, tolerations: told.templateTolerations ?? [] } }
  const chain = owners.map((text, at): Owner => {
    const [kind = '', name = ''] = text.split('/')
    const apiVersion = (at === owners.length - 1 ? told.apiVersion : undefined) ?? apiVersions[kind] ?? 'apps/v1'
    const isRoot = at === owners.length - 1
    const object: ApiObject = {
      apiVersion,
      kind,
      metadata: {
        name,
        namespace: told.namespace,
        ...(isRoot && told.rootLabels !== undefined ? { labels: told.rootLabels } : {}),
        ...(isRoot && told.rootAnnotations !== undefined ? { annotations: told.rootAnnotations } : {}),
      },
      spec:
        kind === 'CronJob' ? { jobTemplate: { spec: { template } }, ...told.rootSpec } : { template, ...told.rootSpec },
    }
    return { apiVersion, kind, namespace: told.namespace, name, uid: null, object }
  })
  const root = chain.at(-1)?.object ?? { apiVersion: 'v1', kind: 'Pod', ...pod }
  const origin: Origin | undefined =
    told.origin === undefined ? undefined : { kind: 'HelmRelease', name: 'fleet', evidence: 'told', ...told.origin }
  const cluster: ClusterState = aCluster([...(told.beside ?? []), ...chain.flatMap(({ object }) => object ?? [])])
  return {
    root,
    chain: { owners: chain },
    cluster,
    pod,
    readYaml: JSON.parse,
    ...(origin === undefined ? {} : { origin }),
  }
}

/** A Deployment that stands beside the workload. */
export function deployment(
  namespace: string,
  name: string,
  image: string,
  tolerations: readonly Toleration[] = [],
): object {
  const spec = { template: { spec: { containers: [{ name, image }], tolerations } } }
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { namespace, name }, spec }
}

/** A Helm release record as it is kept once unpacked. */
export function release(
  namespace: string,
  name: string,
  chart: { version: string; name?: string; values?: object },
  facts: object = {},
): object {
  return {
    apiVersion: 'taintdoctor.dev/v1alpha1',
    kind: 'HelmRelease',
    metadata: { namespace, name: `${name}.v1` },
    release: name,
    revision: 1,
    status: 'deployed',
    chart: { name, ...chart },
    ...facts,
  }
}

export const infra: Toleration = { key: 'dedicated', operator: 'Equal', value: 'infra', effect: 'NoSchedule' }
