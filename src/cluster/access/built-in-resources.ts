import type { ApiResource } from './resource.ts'

/** Kinds every cluster serves; what is not here is asked of the server. In kubectl's order of preference. */
export const builtInResources: readonly ApiResource[] = [
  ...table('', 'v1', [
    ['pods', 'Pod', 'po'],
    ['nodes', 'Node', 'no', 'cluster'],
    ['namespaces', 'Namespace', 'ns', 'cluster'],
    ['persistentvolumeclaims', 'PersistentVolumeClaim', 'pvc'],
    ['persistentvolumes', 'PersistentVolume', 'pv', 'cluster'],
    ['services', 'Service', 'svc'],
    ['configmaps', 'ConfigMap', 'cm'],
    ['secrets', 'Secret', ''],
    ['serviceaccounts', 'ServiceAccount', 'sa'],
    ['replicationcontrollers', 'ReplicationController', 'rc'],
    ['resourcequotas', 'ResourceQuota', 'quota'],
    ['limitranges', 'LimitRange', 'limits'],
    ['events', 'Event', 'ev'],
    ['endpoints', 'Endpoints', 'ep'],
    ['podtemplates', 'PodTemplate', ''],
  ]),
  ...table('apps', 'v1', [
    ['deployments', 'Deployment', 'deploy'],
    ['replicasets', 'ReplicaSet', 'rs'],
    ['statefulsets', 'StatefulSet', 'sts'],
    ['daemonsets', 'DaemonSet', 'ds'],
    ['controllerrevisions', 'ControllerRevision', ''],
  ]),
  ...table('batch', 'v1', [
    ['jobs', 'Job', ''],
    ['cronjobs', 'CronJob', 'cj'],
  ]),
  ...table('autoscaling', 'v2', [['horizontalpodautoscalers', 'HorizontalPodAutoscaler', 'hpa']]),
  ...table('policy', 'v1', [['poddisruptionbudgets', 'PodDisruptionBudget', 'pdb']]),
  ...table('scheduling.k8s.io', 'v1', [['priorityclasses', 'PriorityClass', 'pc', 'cluster']]),
  ...table('node.k8s.io', 'v1', [['runtimeclasses', 'RuntimeClass', '', 'cluster']]),
  ...table('coordination.k8s.io', 'v1', [['leases', 'Lease', '']]),
  ...table('networking.k8s.io', 'v1', [
    ['ingresses', 'Ingress', 'ing'],
    ['ingressclasses', 'IngressClass', '', 'cluster'],
    ['networkpolicies', 'NetworkPolicy', 'netpol'],
  ]),
  ...table('storage.k8s.io', 'v1', [
    ['storageclasses', 'StorageClass', 'sc', 'cluster'],
    ['csinodes', 'CSINode', '', 'cluster'],
    ['csidrivers', 'CSIDriver', '', 'cluster'],
    ['csistoragecapacities', 'CSIStorageCapacity', ''],
    ['volumeattachments', 'VolumeAttachment', '', 'cluster'],
  ]),
  ...table('rbac.authorization.k8s.io', 'v1', [
    ['roles', 'Role', ''],
    ['rolebindings', 'RoleBinding', ''],
    ['clusterroles', 'ClusterRole', '', 'cluster'],
    ['clusterrolebindings', 'ClusterRoleBinding', '', 'cluster'],
  ]),
  ...table('apiextensions.k8s.io', 'v1', [['customresourcedefinitions', 'CustomResourceDefinition', 'crd', 'cluster']]),
]

type Row = readonly [plural: string, kind: string, shortName: string, scope?: 'cluster']

function table(group: string, version: string, rows: readonly Row[]): ApiResource[] {
  return rows.map(([plural, kind, shortName, scope]) => {
    const shortNames = shortName === '' ? [] : shortName === 'crd' ? ['crd', 'crds'] : [shortName]
    return { group, version, plural, kind, namespaced: scope !== 'cluster', shortNames }
  })
}
