import { consequences } from '#diagnosis/incomplete.ts'
import { groupBy } from '#model/group-by.ts'
import { type SchedulerKind, schedulerKinds } from '#model/kinds.ts'

/** A resource that answers are made of. */
export interface NeededRead {
  /** Empty for the core group. */
  readonly group: string
  readonly resource: string
  readonly verbs: readonly ('get' | 'list')[]
  /** `Cluster`: of all namespaces, since what runs elsewhere matters too; `Namespace`: of the namespace asked about. */
  readonly scope: 'Cluster' | 'Namespace'
  /** What is not known without it, as a clause. */
  readonly without: string
  /** Served only where that system is installed. */
  readonly custom?: true
}

const owners = 'the owners of Pods are named, but not followed further'
const origins = 'which object of that system made the workload is unknown'

/** The same clauses as a report's, but for the two that speak of what a role without them leaves. */
const without: { readonly [K in SchedulerKind]: string } = {
  ...consequences,
  nodes: 'which node is blocked by what is unknown: every verdict reads Undetermined',
  pods: 'free room, host ports, spread and affinity count only the Pods of the namespace',
}

/** Every read that an answer may need, in the order in which a role lists them. */
export const neededReads: readonly NeededRead[] = [
  ...inNamespace('', ['pods'], 'no question about the namespace can be answered'),
  ...(Object.keys(schedulerKinds) as SchedulerKind[]).map(
    (kind): NeededRead => ({
      group: schedulerKinds[kind].group,
      resource: kind,
      verbs: kind === 'pods' || kind === 'namespaces' ? ['get', 'list'] : ['list'],
      scope: 'Cluster',
      without: without[kind],
    }),
  ),
  ...inNamespace('apps', ['deployments', 'replicasets', 'statefulsets', 'daemonsets'], owners),
  ...inNamespace('batch', ['jobs', 'cronjobs'], owners),
  ...inNamespace('', ['replicationcontrollers'], owners),
  ...inNamespace('', ['secrets'], 'Helm releases are known only by labels and annotations'),
  ...inNamespace('', ['configmaps'], 'Helm releases kept in ConfigMaps, and settings of known systems, are unknown'),
  ...inNamespace('', ['events'], 'what controllers tried and failed to do is unknown'),
  ...inNamespace('', ['resourcequotas', 'limitranges'], 'whether a quota keeps Pods from being made is unknown'),
  ...inNamespace('', ['services', 'serviceaccounts'], 'which Services and accounts stand behind a workload is unknown'),
  ...inNamespace('discovery.k8s.io', ['endpointslices'], 'whether a webhook has a running backend is unknown'),
  ...inNamespace('policy', ['poddisruptionbudgets'], 'what keeps Pods from being moved is unknown'),
  ...['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'].map(
    (resource): NeededRead => ({
      group: 'admissionregistration.k8s.io',
      resource,
      verbs: ['get', 'list'],
      scope: 'Cluster',
      without: 'what waits for the webhook that a Pod serves is unknown',
    }),
  ),
  {
    group: 'scheduling.k8s.io',
    resource: 'priorityclasses',
    verbs: ['get', 'list'],
    scope: 'Cluster',
    without: 'what stands behind a priority is unknown',
  },
  ...ofSystem('fleet.cattle.io', ['bundles', 'bundledeployments', 'clusters', 'gitrepos', 'helmops']),
  ...ofSystem('catalog.cattle.io', ['apps', 'operations']),
  ...ofSystem('management.cattle.io', ['clusters', 'settings']),
  ...ofSystem('provisioning.cattle.io', ['clusters']),
  ...ofSystem('upgrade.cattle.io', ['plans']),
  ...ofSystem('helm.cattle.io', ['helmcharts', 'helmchartconfigs']),
  ...ofSystem('k3s.cattle.io', ['addons']),
  ...ofSystem('argoproj.io', ['applications']),
  ...ofSystem('helm.toolkit.fluxcd.io', ['helmreleases']),
  ...ofSystem('kustomize.toolkit.fluxcd.io', ['kustomizations']),
  ...ofSystem('operators.coreos.com', ['clusterserviceversions', 'subscriptions']),
]

function inNamespace(group: string, resources: readonly string[], why: string): NeededRead[] {
  return resources.map((resource) => ({ group, resource, verbs: ['get', 'list'], scope: 'Namespace', without: why }))
}

function ofSystem(group: string, resources: readonly string[]): NeededRead[] {
  return resources.map((resource) => ({
    group,
    resource,
    verbs: ['get', 'list'],
    scope: 'Cluster',
    without: origins,
    custom: true,
  }))
}

/** A rule of RBAC. */
export interface PolicyRule {
  readonly apiGroups: readonly string[]
  readonly resources: readonly string[]
  readonly verbs: readonly string[]
}

/** The fewest rules that allow these reads: one for each group and set of verbs. */
export function rulesFor(reads: readonly Pick<NeededRead, 'group' | 'resource' | 'verbs'>[]): readonly PolicyRule[] {
  const groups = groupBy(reads, ({ group, verbs }) => JSON.stringify([group, verbs]))
  return [...groups.values()].map((alike) => ({
    apiGroups: [alike[0]?.group ?? ''],
    resources: [...new Set(alike.map(({ resource }) => resource))],
    verbs: alike[0]?.verbs ?? [],
  }))
}
