import type { ApiObject } from '#model/cluster-state.ts'
import { objectIndex } from '#model/object-index.ts'
import { annotationOf, labelOf } from '#model/raw-object.ts'
import { patchCommand } from './command.ts'
import type { Placement } from './component.ts'
import { find, standingInObject } from './lookup.ts'
import { placement } from './placements.ts'
import { rancherVersion } from './rancher-server.ts'
import type { Subject } from './subject.ts'
import { isAtLeast } from './version.ts'

/** The Rancher object that stands for the cluster at hand, as far as it can be told from inside it. */
export interface RancherClusterObject {
  readonly resource: 'Cluster.provisioning.cattle.io' | 'Cluster.management.cattle.io'
  readonly namespace?: string
  readonly name?: string
  /** How it is known, as a clause. */
  readonly evidence: string
  /** False where the kind of the cluster could not be told. */
  readonly certain: boolean
}

/** The object of the `local` cluster, which Rancher itself runs in. */
export const localCluster: RancherClusterObject = {
  resource: 'Cluster.management.cattle.io',
  name: 'local',
  evidence: 'the cluster that Rancher runs in is Cluster local',
  certain: true,
}

/** The object of a cluster that Rancher manages from elsewhere: provisioned by Rancher, or imported. */
export function downstreamCluster(subject: Subject): RancherClusterObject {
  const provisioning = 'Cluster.provisioning.cattle.io' as const
  const management = 'Cluster.management.cattle.io' as const
  const nodes = objectIndex(subject.cluster).ofKind('', 'Node')
  const named = nodes.find((node) => annotationOf(node, 'cluster.x-k8s.io/cluster-name') !== undefined)
  if (named !== undefined) {
    const name = annotationOf(named, 'cluster.x-k8s.io/cluster-name') ?? ''
    const namespace = annotationOf(named, 'cluster.x-k8s.io/cluster-namespace') ?? 'fleet-default'
    return {
      resource: provisioning,
      namespace,
      name,
      evidence: 'annotations cluster.x-k8s.io/* of the nodes',
      certain: true,
    }
  }
  const id = clusterId(subject)
  if (isProvisioned(subject, nodes)) {
    return {
      resource: provisioning,
      namespace: 'fleet-default',
      evidence: 'Rancher provisioned this cluster',
      certain: true,
    }
  }
  const version = rancherVersion(subject.cluster)?.version
  if (id !== undefined && (/^c-[a-z0-9]{5}$/.test(id) || (version !== undefined && isAtLeast(version, '2.11.0')))) {
    return { resource: management, name: id, evidence: `the namespaces name cluster ${id}`, certain: true }
  }
  return {
    resource: provisioning,
    namespace: 'fleet-default',
    evidence: 'whether it was imported cannot be told from here',
    certain: false,
  }
}

function isProvisioned({ cluster }: Subject, nodes: readonly ApiObject[]): boolean {
  const agent = find(cluster, 'apps/v1', 'Deployment', 'cattle-system', 'cattle-cluster-agent')
  return (
    annotationOf(agent, 'objectset.rio.cattle.io/owner-name') === 'cluster-agent' ||
    find(cluster, 'k3s.cattle.io/v1', 'Addon', 'kube-system', 'cluster-agent') !== undefined ||
    nodes.some((node) => labelOf(node, 'rke.cattle.io/machine') !== undefined)
  )
}

function clusterId({ cluster }: Subject): string | undefined {
  for (const namespace of objectIndex(cluster).ofKind('', 'Namespace')) {
    const project = annotationOf(namespace, 'field.cattle.io/projectId')?.split(':')[0]
    if (project !== undefined && project !== 'local') return project
  }
  return undefined
}

/** A list of tolerations in the Rancher object of this cluster, such as `spec.fleetAgentDeploymentCustomization.appendTolerations`. */
export function clusterField(
  subject: Subject,
  object: RancherClusterObject,
  field: string,
  facts: Partial<Placement> & { readonly evidence: string },
): Placement {
  const path = `spec.${field}.appendTolerations`
  const { resource, namespace, name, certain } = object
  const [apiVersion, plural] =
    resource === 'Cluster.management.cattle.io'
      ? ['management.cattle.io/v3', 'clusters.management.cattle.io']
      : ['provisioning.cattle.io/v1', 'clusters.provisioning.cattle.io']
  const there = name === undefined ? undefined : find(subject.cluster, apiVersion, 'Cluster', namespace, name)
  const isLocal = name === 'local'
  const where = isLocal
    ? []
    : [
        `The object stands in the management cluster, the one that Rancher runs in, not here${name === undefined ? '; its name cannot be told from here' : ''}.`,
        ...(certain
          ? []
          : [
              'If the cluster was imported, set the same field in clusters.management.cattle.io; only there is it kept.',
            ]),
      ]
  return placement({
    target: {
      kind: 'CustomResource',
      path,
      resource,
      ...(namespace === undefined ? {} : { namespace }),
      ...(name === undefined ? {} : { name }),
    },
    standing:
      there === undefined && !isLocal
        ? { entries: [], unknown: 'what the field holds now stands in the management cluster: repeat it' }
        : standingInObject(there, path.split('.'), `${plural} ${name ?? ''}`.trim()),
    apply: [patchCommand(plural, namespace, name)],
    ...facts,
    warnings: [...where, ...(facts.warnings ?? [])],
  })
}
