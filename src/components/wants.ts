import type { ListWant, ObjectWant, Want } from '#model/want.ts'

/**
 * The objects that a known piece's places depend on, beside its owners: where its tolerations stand now, which version
 * runs, who installed it. Asked for by name; one that is not there is an answer too.
 */
export function componentWants(id: string, namespace: string): readonly Want[] {
  const [system = ''] = id.split('/')
  return (Object.hasOwn(bySystem, system) ? bySystem[system] : undefined)?.(namespace) ?? []
}

const fleetNamespace = 'cattle-fleet-system'
const rancherNamespace = 'cattle-system'

const rancher: readonly Want[] = [
  object('apps/v1', 'Deployment', 'rancher', rancherNamespace),
  object('apps/v1', 'Deployment', 'cattle-cluster-agent', rancherNamespace),
  object('v1', 'ConfigMap', 'rancher-config', rancherNamespace),
  object('management.cattle.io/v3', 'Setting', 'server-version'),
  object('management.cattle.io/v3', 'Cluster', 'local'),
  release(rancherNamespace, 'rancher'),
]

const bySystem: Readonly<Record<string, (namespace: string) => readonly Want[]>> = {
  fleet: () => [
    ...rancher,
    object('apps/v1', 'Deployment', 'fleet-controller', fleetNamespace),
    object('v1', 'ConfigMap', 'fleet-controller', fleetNamespace),
    object('fleet.cattle.io/v1alpha1', 'Cluster', 'local', 'fleet-local'),
    object('management.cattle.io/v3', 'Setting', 'fleet-version'),
    release(fleetNamespace, 'fleet'),
  ],
  rancher: () => [...rancher, release(rancherNamespace, 'rancher-webhook')],
  hostpath: (namespace) => [object('apps/v1', 'Deployment', 'hostpath-provisioner', namespace)],
  'local-path': (namespace) => [
    object('apps/v1', 'Deployment', 'local-path-provisioner', namespace),
    object('v1', 'ConfigMap', 'local-path-config', namespace),
  ],
}

function object(apiVersion: string, kindName: string, name: string, namespace?: string): ObjectWant {
  return { kind: 'object', apiVersion, kindName, name, aside: true, ...(namespace === undefined ? {} : { namespace }) }
}

function release(namespace: string, name: string): ListWant {
  return {
    kind: 'list',
    group: '',
    resource: 'secrets',
    namespace,
    labelSelector: `owner=helm,name=${name},status!=superseded`,
    fieldSelector: 'type=helm.sh/release.v1',
    aside: true,
  }
}
