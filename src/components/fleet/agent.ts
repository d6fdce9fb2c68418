import { helmUpgrade, patchCommand } from '#components/command.ts'
import type { Piece, Placement, PlacementQuestion } from '#components/component.ts'
import { find, releaseOf, standingInObject, standingInRelease } from '#components/lookup.ts'
import { also, placement, podPatch, present } from '#components/placements.ts'
import { clusterField, downstreamCluster, localCluster } from '#components/rancher-cluster.ts'
import { rancherVersion } from '#components/rancher-server.ts'
import { imageNamed, isNamed, labelled, type Subject } from '#components/subject.ts'
import { hasChange, isAtLeast } from '#components/version.ts'
import { objectIndex } from '#model/object-index.ts'
import { annotationOf, textAt } from '#model/raw-object.ts'
import { fleetNamespace, installMode } from './install.ts'
import { fleetValue } from './values.ts'

const restarts = 'The agent restarts, and may register again.'

/** The agent of Fleet, in whatever cluster. */
export const agent: Piece = {
  id: 'fleet/agent',
  docs: {
    recognised: 'Deployment or StatefulSet `fleet-agent`, label `app`, image `rancher/fleet-agent`',
    set: 'standalone and local: `tolerations` of chart fleet; by Rancher: `spec.fleetAgentDeploymentCustomization.appendTolerations` of the Rancher Cluster; else `spec.agentTolerations` of the Fleet Cluster; built by chart fleet-agent: `fleetAgent.tolerations`',
    versions: 'standalone from 0.12; Rancher 2.7.5 and newer; `agentTolerations` from 0.7',
    source: 'rancher/fleet#1154, #3362; rancher/rancher#41035, #49101',
  },
  recognises: (subject) =>
    isNamed(subject, ['Deployment', 'StatefulSet'], 'fleet-agent') &&
    (imageNamed(subject, 'rancher/fleet-agent') !== undefined ||
      (labelled(subject, 'app') === 'fleet-agent' &&
        annotationOf(subject.root, 'objectset.rio.cattle.io/id')?.startsWith('fleet-agent-bootstrap') === true)),
  placements: (question) => {
    const { subject } = question
    if (isBuiltByChart(subject)) return builtByChart(question)
    const places = isLocal(subject) ? localAgent(question) : downstreamAgent(question)
    const [natural, ...others] = places
    return present(
      natural === undefined ? undefined : also(natural, { warnings: [restarts] }),
      ...others,
      podPatch(subject),
    )
  },
}

/** Chart fleet-agent renders it; once the manager takes it over, it carries the object set of the bundle as well. */
function isBuiltByChart(subject: Subject): boolean {
  return (
    releaseOf(subject)?.name === 'fleet-agent' && annotationOf(subject.root, 'objectset.rio.cattle.io/id') === undefined
  )
}

/** Whether the agent runs beside its manager. */
function isLocal({ cluster, namespace }: Subject): boolean {
  return (
    namespace === 'cattle-fleet-local-system' ||
    find(cluster, 'apps/v1', 'Deployment', fleetNamespace, 'fleet-controller') !== undefined ||
    find(cluster, 'fleet.cattle.io/v1alpha1', 'Cluster', 'fleet-local', 'local') !== undefined
  )
}

function localAgent(question: PlacementQuestion): Placement[] {
  const { subject, version } = question
  if (subject.namespace === 'cattle-fleet-local-system' || installMode(subject) === 'Rancher')
    return [rancherField(question, true)]
  if (version !== undefined && !isAtLeast(version.version, '0.12.0-alpha.15'))
    return [agentTolerations(subject, 'local')]
  const value = fleetValue(subject, version, {
    path: 'tolerations',
    evidence:
      'standalone, from 0.12 on, the tolerations of Deployment fleet-controller are copied to the local agent (rancher/fleet#3362)',
    facts: {
      warnings: ['Do not patch spec.agentTolerations of Cluster fleet-local/local: Fleet overwrites it.'],
      ...(version === undefined
        ? { reach: { kind: 'Unknown', because: "Fleet's version is not known; the copy exists from 0.12 on" } }
        : {}),
    },
  })
  return value
}

const customizationSince = ['2.7.5']

function rancherField({ subject }: PlacementQuestion, local: boolean): Placement {
  const rancher = rancherVersion(subject.cluster)?.version
  const old = rancher !== undefined && !hasChange(rancher, customizationSince)
  const warnings = [
    ...(local
      ? [
          'The tolerations of the Fleet release do not reach the local agent under Rancher, which installs Fleet with bootstrap.enabled=false.',
          'Rancher 2.12.0 and newer adds the taints of nodes labelled as control plane by itself; no older one does.',
        ]
      : []),
    'Do not edit spec.agentTolerations of the Fleet Cluster: Rancher overwrites it.',
  ]
  return clusterField(subject, local ? localCluster : downstreamCluster(subject), 'fleetAgentDeploymentCustomization', {
    evidence: 'Rancher 2.7.5 and newer copies appendTolerations to the Fleet Cluster (rancher/rancher#41035, #49101)',
    ...(old ? { reach: { kind: 'NotReached', mendedIn: customizationSince } } : {}),
    warnings,
  })
}

function downstreamAgent(question: PlacementQuestion): Placement[] {
  const { subject } = question
  return isRancherDownstream(subject)
    ? [rancherField(question, false)]
    : [
        also(agentTolerations(subject, undefined), {
          warnings: [
            'If Rancher manages this cluster, set spec.fleetAgentDeploymentCustomization.appendTolerations of its Cluster instead: Rancher overwrites this field.',
          ],
        }),
        rancherField(question, false),
      ]
}

function isRancherDownstream({ cluster }: Subject): boolean {
  return (
    find(cluster, 'apps/v1', 'Deployment', 'cattle-system', 'cattle-cluster-agent') !== undefined ||
    objectIndex(cluster)
      .ofKind('', 'Node')
      .some((node) => annotationOf(node, 'cluster.x-k8s.io/cluster-name') !== undefined)
  )
}

function agentTolerations({ cluster }: Subject, name: string | undefined): Placement {
  const path = 'spec.agentTolerations'
  const namespace = name === 'local' ? 'fleet-local' : undefined
  const object = name === undefined ? undefined : find(cluster, 'fleet.cattle.io/v1alpha1', 'Cluster', namespace, name)
  return placement({
    target: {
      kind: 'CustomResource',
      path,
      resource: 'Cluster.fleet.cattle.io',
      ...(namespace === undefined ? {} : { namespace }),
      ...(name === undefined ? {} : { name }),
    },
    standing: standingInObject(object, path.split('.'), `Cluster ${namespace ?? 'NAMESPACE'}/${name ?? 'NAME'}`),
    evidence: "Fleet appends spec.agentTolerations to the agent's own, from 0.7.0 on (rancher/fleet#1154)",
    apply: [patchCommand('clusters.fleet.cattle.io', namespace ?? 'NAMESPACE', name)],
    warnings: name === undefined ? ["The object stands in the cluster that Fleet's controller runs in, not here."] : [],
  })
}

function builtByChart({ subject }: PlacementQuestion): readonly Placement[] {
  const path = 'fleetAgent.tolerations'
  const afterwards = [
    "Then set the same in spec.agentTolerations of the Fleet Cluster on the manager's side: its bundle takes the agent over and rebuilds it from that field.",
  ]
  const chartVersion = textAt(subject.origin, 'chartVersion')
  return [
    placement({
      target: { kind: 'HelmValues', path, release: 'fleet-agent', namespace: subject.namespace, file: 'values.yaml' },
      standing: standingInRelease(subject.cluster, subject.namespace, 'fleet-agent', path.split('.')),
      evidence: 'chart fleet-agent appends fleetAgent.tolerations (charts/fleet-agent/templates/deployment.yaml)',
      apply: [helmUpgrade('fleet-agent', 'fleet/fleet-agent', subject.namespace, chartVersion)],
      lasts: "until the manager's bundle takes the agent over",
      afterwards,
    }),
    agentTolerations(subject, undefined),
    podPatch(subject),
  ]
}
