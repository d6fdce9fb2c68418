import type { KubeObject } from './types.ts'

/** One kind the server knows, with the names it goes by. */
export interface ResourceType {
  readonly group: string
  readonly version: string
  readonly kind: string
  readonly plural: string
  readonly namespaced: boolean
  readonly shortNames?: readonly string[]
  readonly categories?: readonly string[]
  /** A custom resource: its objects keep `apiVersion` and `kind` inside lists. */
  readonly custom?: true
}

/** `pods`, `deployments.apps`. */
export function qualified(type: { readonly resource: string; readonly group: string }): string {
  return type.group === '' ? type.resource : `${type.resource}.${type.group}`
}

/** `v1`, `apps/v1`. */
export function groupVersion(type: { readonly group: string; readonly version: string }): string {
  return type.group === '' ? type.version : `${type.group}/${type.version}`
}

/** The built-in kinds of a server of that minor version. Rows: kind, plural, n(amespaced) or c(luster), short names. */
export function builtInResources(minor: number): ResourceType[] {
  return [
    ...rows('v1', [
      ['ConfigMap', 'configmaps', 'n', 'cm'],
      ['Endpoints', 'endpoints', 'n', 'ep'],
      ['Event', 'events', 'n', 'ev'],
      ['LimitRange', 'limitranges', 'n', 'limits'],
      ['Namespace', 'namespaces', 'c', 'ns'],
      ['Node', 'nodes', 'c', 'no'],
      ['PersistentVolumeClaim', 'persistentvolumeclaims', 'n', 'pvc'],
      ['PersistentVolume', 'persistentvolumes', 'c', 'pv'],
      ['Pod', 'pods', 'n', 'po'],
      ['PodTemplate', 'podtemplates', 'n', ''],
      ['ReplicationController', 'replicationcontrollers', 'n', 'rc'],
      ['ResourceQuota', 'resourcequotas', 'n', 'quota'],
      ['Secret', 'secrets', 'n', ''],
      ['ServiceAccount', 'serviceaccounts', 'n', 'sa'],
      ['Service', 'services', 'n', 'svc'],
    ]),
    ...rows('apps/v1', [
      ['ControllerRevision', 'controllerrevisions', 'n', ''],
      ['DaemonSet', 'daemonsets', 'n', 'ds'],
      ['Deployment', 'deployments', 'n', 'deploy'],
      ['ReplicaSet', 'replicasets', 'n', 'rs'],
      ['StatefulSet', 'statefulsets', 'n', 'sts'],
    ]),
    ...rows('batch/v1', [
      ['CronJob', 'cronjobs', 'n', 'cj'],
      ['Job', 'jobs', 'n', ''],
    ]),
    ...rows('autoscaling/v2', [['HorizontalPodAutoscaler', 'horizontalpodautoscalers', 'n', 'hpa']]),
    ...rows('policy/v1', [['PodDisruptionBudget', 'poddisruptionbudgets', 'n', 'pdb']]),
    ...rows('scheduling.k8s.io/v1', [['PriorityClass', 'priorityclasses', 'c', 'pc']]),
    ...rows('discovery.k8s.io/v1', [['EndpointSlice', 'endpointslices', 'n', '']]),
    ...rows('coordination.k8s.io/v1', [['Lease', 'leases', 'n', '']]),
    ...rows('networking.k8s.io/v1', [
      ['Ingress', 'ingresses', 'n', 'ing'],
      ['NetworkPolicy', 'networkpolicies', 'n', 'netpol'],
    ]),
    ...rows('storage.k8s.io/v1', [
      ['CSIDriver', 'csidrivers', 'c', ''],
      ['CSINode', 'csinodes', 'c', ''],
      ['CSIStorageCapacity', 'csistoragecapacities', 'n', ''],
      ['StorageClass', 'storageclasses', 'c', 'sc'],
      ['VolumeAttachment', 'volumeattachments', 'c', ''],
    ]),
    ...(minor < 34
      ? []
      : rows('resource.k8s.io/v1', [
          ['DeviceClass', 'deviceclasses', 'c', ''],
          ['ResourceClaim', 'resourceclaims', 'n', ''],
          ['ResourceClaimTemplate', 'resourceclaimtemplates', 'n', ''],
          ['ResourceSlice', 'resourceslices', 'c', ''],
        ])),
    ...rows('rbac.authorization.k8s.io/v1', [
      ['ClusterRole', 'clusterroles', 'c', ''],
      ['ClusterRoleBinding', 'clusterrolebindings', 'c', ''],
      ['Role', 'roles', 'n', ''],
      ['RoleBinding', 'rolebindings', 'n', ''],
    ]),
    ...rows('admissionregistration.k8s.io/v1', [
      ['MutatingWebhookConfiguration', 'mutatingwebhookconfigurations', 'c', ''],
      ['ValidatingWebhookConfiguration', 'validatingwebhookconfigurations', 'c', ''],
    ]),
    ...rows('apiregistration.k8s.io/v1', [['APIService', 'apiservices', 'c', '']]),
    ...rows('apiextensions.k8s.io/v1', [['CustomResourceDefinition', 'customresourcedefinitions', 'c', 'crd,crds']]),
  ]
}

type Row = readonly [kind: string, plural: string, scope: 'n' | 'c', shortNames: string]

const shownByAll = new Set(
  'pods,services,replicationcontrollers,daemonsets,deployments,replicasets,statefulsets,cronjobs,jobs'.split(','),
)

function rows(apiVersion: string, list: readonly Row[]): ResourceType[] {
  return list.map(([kind, plural, scope, short]) => ({
    ...splitApiVersion(apiVersion),
    kind,
    plural,
    namespaced: scope === 'n',
    ...(short === '' ? {} : { shortNames: short.split(',') }),
    ...(shownByAll.has(plural) ? { categories: ['all'] } : {}),
  }))
}

/** The other way round: `apps/v1` to its parts. */
export function splitApiVersion(apiVersion: string): { group: string; version: string } {
  const [group = '', version] = apiVersion.split('/')
  return version === undefined ? { group: '', version: group } : { group, version }
}

/**
 * The kinds among the objects that nobody has named yet: from the CustomResourceDefinitions where there are some,
 * else with a plural made by English rules, namespaced where an object of it has a namespace.
 */
export function resourcesOf(objects: readonly KubeObject[], known: readonly ResourceType[]): ResourceType[] {
  const found = new Map(known.map((type) => [`${groupVersion(type)} ${type.kind}`, type]))
  for (const type of objects.flatMap(definedBy)) found.set(`${groupVersion(type)} ${type.kind}`, type)
  for (const { apiVersion, kind, metadata } of objects) {
    const key = `${apiVersion} ${kind}`
    if (found.has(key)) continue
    const names = { kind, plural: pluralOf(kind), namespaced: metadata.namespace !== undefined }
    found.set(key, { ...splitApiVersion(apiVersion), ...names, custom: true })
  }
  return [...found.values()]
}

function definedBy(object: KubeObject): ResourceType[] {
  if (object.kind !== 'CustomResourceDefinition') return []
  const spec = object.spec as {
    group: string
    scope: string
    names: { kind: string; plural: string; shortNames?: string[] }
    versions: { name: string; served?: boolean }[]
  }
  const { kind, plural, shortNames } = spec.names
  return spec.versions
    .filter((version) => version.served !== false)
    .map(({ name }) => ({
      ...{
        group: spec.group,
        version: name,
        kind,
        plural,
        namespaced: spec.scope === 'Namespaced',
        custom: true as const,
      },
      ...(shortNames === undefined ? {} : { shortNames }),
    }))
}

function pluralOf(kind: string): string {
  const small = kind.toLowerCase()
  if (/[^aeiou]y$/.test(small)) return `${small.slice(0, -1)}ies`
  return /(s|x|ch|sh)$/.test(small) ? `${small}es` : `${small}s`
}
