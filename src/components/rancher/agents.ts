import type { Piece } from '#components/component.ts'
import { noPlace, podPatch, present, untaintedNode, workloadPatch } from '#components/placements.ts'
import { clusterField, downstreamCluster } from '#components/rancher-cluster.ts'
import { imageNamed, isNamed } from '#components/subject.ts'
import { hasChange } from '#components/version.ts'
import { annotationOf } from '#model/raw-object.ts'

const customizationSince = ['2.7.5']
/** Taints given at registration reach the first node's agent from these releases on. */
const registrationTaintsSince = ['2.10.6', '2.11.2', '2.12.0']

const clusterAgent: Piece = {
  id: 'rancher/cluster-agent',
  docs: {
    recognised: 'Deployment `cattle-cluster-agent` or `cattle-cluster-agent-bootstrap`, image `rancher/rancher-agent`',
    set: '`spec.clusterAgentDeploymentCustomization.appendTolerations`: provisioned clusters on `clusters.provisioning.cattle.io`, imported and hosted ones on `clusters.management.cattle.io`',
    versions: '2.7.5 and newer; taints given at registration are tolerated from 2.10.6, 2.11.2, 2.12.0',
    source: 'rancher/rancher#41035, #49981, #49923',
  },
  recognises: (subject) =>
    isNamed(subject, ['Deployment'], /^cattle-cluster-agent(-bootstrap)?$/) &&
    imageNamed(subject, 'rancher/rancher-agent') !== undefined,
  placements: ({ subject, version }) => {
    const object = downstreamCluster(subject)
    const imported = object.resource === 'Cluster.management.cattle.io'
    const old = version !== undefined && !hasChange(version.version, customizationSince)
    const unmended = version !== undefined && !hasChange(version.version, registrationTaintsSince)
    const byAddon = annotationOf(subject.root, 'objectset.rio.cattle.io/owner-name') === 'cluster-agent'
    return present(
      clusterField(subject, object, 'clusterAgentDeploymentCustomization', {
        evidence: "Rancher 2.7.5 and newer appends appendTolerations to the agent's own (rancher/rancher#41035)",
        ...(old ? { reach: { kind: 'NotReached', mendedIn: customizationSince } } : {}),
        afterwards: imported
          ? [
              'While the agent never connected, run the registration command again as well: only that brings the new manifest.',
            ]
          : [],
        warnings: [
          ...(unmended
            ? [
                `Taints given at registration are tolerated by themselves from ${registrationTaintsSince.join(', ')} on (rancher/rancher#49981); this is ${version.version.text}.`,
              ]
            : []),
          byAddon
            ? 'The Deployment belongs to Addon kube-system/cluster-agent: edits by kubectl are undone when the server starts.'
            : 'Edits of the Deployment by kubectl are undone by Rancher.',
          'CoreDNS and the other packaged components do not tolerate it either: with a host name as server-url the agent then fails for lack of DNS. A node without the taint is the better first answer.',
        ],
      }),
      untaintedNode(
        'add an untainted node with all roles, or remove the taint until the cluster is up: the packaged components need it as well',
      ),
      workloadPatch(subject, {
        lasts: byAddon ? 'until the K3s or RKE2 server starts again' : 'until Rancher deploys the agent again',
      }),
      podPatch(subject),
    )
  },
}

/** DaemonSets that tolerate everything. */
const nodeAgent: Piece = {
  id: 'rancher/node-agent',
  docs: {
    recognised: 'DaemonSet `cattle-node-agent`, `cattle-node-agent-windows` or `kube-api-auth` in `cattle-system`',
    set: 'not needed: it tolerates every taint',
    versions: 'up to 2.11 (RKE1)',
    source: 'pkg/systemtemplate/template.go',
  },
  recognises: (subject) =>
    subject.namespace === 'cattle-system' &&
    isNamed(subject, ['DaemonSet'], /^(cattle-node-agent(-windows)?|kube-api-auth)$/) &&
    imageNamed(subject, 'rancher/rancher-agent', 'rancher/kube-api-auth') !== undefined,
  placements: ({ subject }) =>
    present(
      noPlace('it tolerates every taint by itself: a taint is not what keeps it; there is no setting', {
        reach: { kind: 'NotReached', mendedIn: [] },
      }),
      workloadPatch(subject, { lasts: 'until Rancher deploys the agent again' }),
    ),
}

/** Rancher's agents in the clusters it manages. */
export const agentPieces: readonly Piece[] = [clusterAgent, nodeAgent]
