import type { ApiObject, ClusterState } from '#model/cluster-state.ts'
import { objectIndex } from '#model/object-index.ts'
import { annotationOf, groupOf, labelOf, textAt } from '#model/raw-object.ts'
import type { Want } from '#model/want.ts'
import { hasRecords, revisionsOf } from './helm/release.ts'
import type { FoundOrigin } from './origin.ts'

/** What a root object's own marks name: enough to recognise its origin. */
export function wantsOfRoot(root: ApiObject, cluster: ClusterState): readonly Want[] {
  return [
    ...releaseRecords(root, cluster),
    ...appliedBy(root, cluster),
    ...fluxMarks(root, cluster),
    ...argoMarks(root, cluster),
    ...operatorMarks(root, cluster),
    ...rancherMarks(root, cluster),
  ]
}

/** What stands behind an origin that was found: the object for it, and what made it in turn. */
export function wantsOfOrigin(found: FoundOrigin, root: ApiObject, cluster: ClusterState): readonly Want[] {
  const { kind, namespace, name } = found.origin
  switch (kind) {
    case 'HelmRelease':
      return behindRelease(found, root, cluster)
    case 'FleetBundle':
      return namespace === undefined
        ? [listByName('fleet.cattle.io', 'bundles', name)]
        : wantObject('fleet.cattle.io/v1alpha1', 'Bundle', namespace, name, cluster)
    case 'GitRepo':
    case 'HelmOp':
      return wantObject('fleet.cattle.io/v1alpha1', kind, namespace, name, cluster)
    case 'HelmChart':
      return [
        ...wantObject('helm.cattle.io/v1', 'HelmChart', namespace, name, cluster),
        ...wantObject('helm.cattle.io/v1', 'HelmChartConfig', namespace, name, cluster),
        ...(found.object === undefined ? [] : appliedBy(found.object, cluster)),
      ]
    case 'ClusterServiceVersion':
      return [listWant('operators.coreos.com', 'subscriptions', namespace)]
    case 'RancherCluster':
      return wantObject(found.origin.apiVersion ?? '', 'Cluster', namespace, name, cluster)
    case 'FleetCluster':
      return [
        { kind: 'list', group: 'provisioning.cattle.io', resource: 'clusters' },
        ...managementCluster(found, cluster),
      ]
    case 'ArgoApplication':
    case 'FluxHelmRelease':
    case 'FluxKustomization':
      return found.object === undefined
        ? []
        : [...appliedBy(found.object, cluster), ...fluxMarks(found.object, cluster)]
    default:
      return []
  }
}

/**
 * The records of one release where the object names it; for a hook those of its namespace, since only they list it.
 * Superseded revisions say nothing any more. Helm may have been told to use ConfigMaps.
 */
function releaseRecords(root: ApiObject, cluster: ClusterState): Want[] {
  const name = annotationOf(root, 'meta.helm.sh/release-name')
  const own = textAt(root, 'metadata', 'namespace')
  const namespace = annotationOf(root, 'meta.helm.sh/release-namespace') ?? own
  if (namespace === undefined) return []
  const isHook = name === undefined && annotationOf(root, 'helm.sh/hook') !== undefined
  if (name === undefined && !isHook) return []
  const isThere = name === undefined ? hasRecords(cluster, namespace) : revisionsOf(cluster, namespace, name).length > 0
  if (isThere) return []
  const labelSelector = `owner=helm,${name === undefined ? '' : `name=${name},`}status!=superseded`
  return [
    {
      kind: 'list',
      group: '',
      resource: 'secrets',
      namespace,
      labelSelector,
      fieldSelector: 'type=helm.sh/release.v1',
    },
    { kind: 'list', group: '', resource: 'configmaps', namespace, labelSelector },
  ]
}

/** Rancher's and K3s's controllers name the object that they applied another for. */
function appliedBy(object: ApiObject, cluster: ClusterState): Want[] {
  const found = /^([^,\s/]+\/[^,\s/]+), Kind=(\w+)$/.exec(
    annotationOf(object, 'objectset.rio.cattle.io/owner-gvk') ?? '',
  )
  const name = annotationOf(object, 'objectset.rio.cattle.io/owner-name')
  const namespace = annotationOf(object, 'objectset.rio.cattle.io/owner-namespace')
  const [, apiVersion, kind] = found ?? []
  if (apiVersion === undefined || kind === undefined || name === undefined) return []
  return wantObject(apiVersion, kind, namespace, name, cluster)
}

function fluxMarks(object: ApiObject, cluster: ClusterState): Want[] {
  const marks = [
    { key: 'helm.toolkit.fluxcd.io', apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease' },
    { key: 'kustomize.toolkit.fluxcd.io', apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization' },
  ]
  return marks.flatMap(({ key, apiVersion, kind }) => {
    const name = labelOf(object, `${key}/name`)
    const namespace = labelOf(object, `${key}/namespace`)
    return name === undefined || namespace === undefined ? [] : wantObject(apiVersion, kind, namespace, name, cluster)
  })
}

function argoMarks(object: ApiObject, cluster: ClusterState): Want[] {
  const tracked = annotationOf(object, 'argocd.argoproj.io/tracking-id')?.split(':')[0]
  const application = tracked ?? labelOf(object, 'argocd.argoproj.io/instance')
  if (application === undefined) return []
  const [first = '', second] = application.split('_', 2)
  const name = second ?? first
  const known = objectIndex(cluster).ofKind('argoproj.io', 'Application')
  if (known.some((one) => one.metadata.name === name)) return []
  return second === undefined
    ? [listByName('argoproj.io', 'applications', name)]
    : wantObject('argoproj.io/v1alpha1', 'Application', first, second, cluster)
}

function operatorMarks(object: ApiObject, cluster: ClusterState): Want[] {
  if (labelOf(object, 'olm.owner.kind') !== 'ClusterServiceVersion') return []
  const name = labelOf(object, 'olm.owner')
  const namespace = labelOf(object, 'olm.owner.namespace')
  if (name === undefined || namespace === undefined) return []
  return wantObject('operators.coreos.com/v1alpha1', 'ClusterServiceVersion', namespace, name, cluster)
}

/** Rancher's Operation has its Pod's name; a Fleet agent's Cluster is `local` in the cluster that manages it. */
function rancherMarks(root: ApiObject, cluster: ClusterState): Want[] {
  const { namespace, name = '' } = root.metadata
  if (root.kind === 'Pod' && annotationOf(root, 'pod-impersonation.cattle.io/cluster-role') !== undefined) {
    const known = objectIndex(cluster).ofKind('catalog.cattle.io', 'Operation')
    return known.some((one) => one.metadata.name === name) ? [] : [listByName('catalog.cattle.io', 'operations', name)]
  }
  const setId = annotationOf(root, 'objectset.rio.cattle.io/id')
  if (setId?.startsWith('fleet-agent-bootstrap') === true) return [listByName('fleet.cattle.io', 'clusters', 'local')]
  if (namespace === 'cattle-system' && name.startsWith('cattle-cluster-agent')) {
    return [{ kind: 'list', group: 'management.cattle.io', resource: 'clusters' }]
  }
  return []
}

/** A release may be an App of Rancher's, a HelmChart of K3s or RKE2, or one that a Fleet agent installed. */
function behindRelease({ origin, object }: FoundOrigin, root: ApiObject, cluster: ClusterState): Want[] {
  const { namespace, name } = origin
  const hasRancher = cluster.lists.pods.items.some((pod) => pod.metadata.namespace === 'cattle-system')
  const isK3s = /\+(?:k3s|rke2)/.test(cluster.version?.text ?? '') || someNodeIsK3s(cluster)
  const byFleet =
    textAt(object, 'chart', 'annotations', 'fleet.cattle.io/bundle-id') !== undefined ||
    annotationOf(root, 'objectset.rio.cattle.io/id') !== undefined
  return [
    ...(hasRancher ? wantObject('catalog.cattle.io/v1', 'App', namespace, name, cluster) : []),
    ...(isK3s ? [listByName('helm.cattle.io', 'helmcharts', name)] : []),
    ...(byFleet && object === undefined ? [listWant('fleet.cattle.io', 'bundledeployments', undefined)] : []),
  ]
}

function someNodeIsK3s(cluster: ClusterState): boolean {
  return cluster.lists.nodes.items.some((node) => /\+(?:k3s|rke2)/.test(node.status.nodeInfo?.kubeletVersion ?? ''))
}

function managementCluster({ object }: FoundOrigin, cluster: ClusterState): Want[] {
  const id = labelOf(object, 'management.cattle.io/cluster-name')
  return id === undefined ? [] : wantObject('management.cattle.io/v3', 'Cluster', undefined, id, cluster)
}

function wantObject(
  apiVersion: string,
  kindName: string,
  namespace: string | undefined,
  name: string,
  cluster: ClusterState,
): Want[] {
  if (groupOf(apiVersion) === '' || objectIndex(cluster).find(apiVersion, kindName, namespace, name) !== undefined)
    return []
  return [{ kind: 'object', apiVersion, kindName, ...(namespace === undefined ? {} : { namespace }), name }]
}

function listWant(group: string, resource: string, namespace: string | undefined): Want {
  return { kind: 'list', group, resource, ...(namespace === undefined ? {} : { namespace }) }
}

/** Of all namespaces the objects of one name: the API narrows by name for every kind. */
function listByName(group: string, resource: string, name: string): Want {
  return { kind: 'list', group, resource, fieldSelector: `metadata.name=${name}` }
}
