import { byFleet, checkPlaces, fleetNs, k3sNode, rancherServer } from './placed.ts'
import { workload } from './recognised.ts'
import { deployment, infra } from './workloads.ts'

const agentField = 'spec.fleetAgentDeploymentCustomization.appendTolerations'

checkPlaces('Fleet', [
  [
    "Fleet's controller takes the chart's tolerations",
    workload('fleet/controller', byFleet('0.12.0')),
    'HelmValues tolerations fleet',
    'Documented',
  ],
  [
    'cleanup Jobs get nothing in 0.8',
    workload('fleet/cleanup-clusterregistrations', byFleet('0.8.6')),
    'HelmValues tolerations fleet',
    'NotReached 0.11.4 0.12.0',
    /#3180/,
  ],
  [
    'cleanup Jobs get nothing in all of 0.10',
    workload('fleet/cleanup-gitrepo-jobs', byFleet('0.10.16')),
    'HelmValues tolerations fleet',
    'NotReached 0.11.4 0.12.0',
  ],
  [
    'cleanup Jobs get nothing in 0.11.3',
    workload('fleet/cleanup-clusterregistrations', byFleet('0.11.3')),
    'HelmValues tolerations fleet',
    'NotReached 0.11.4 0.12.0',
  ],
  [
    'cleanup Jobs get them in 0.11.4',
    workload('fleet/cleanup-clusterregistrations', byFleet('0.11.4')),
    'HelmValues tolerations fleet',
    'Documented',
  ],
  [
    'cleanup Jobs get them in 0.12.0, and its Job made before must go',
    workload('fleet/cleanup-gitrepo-jobs', byFleet('0.12.0', { rootSpec: { concurrencyPolicy: 'Forbid' } })),
    'HelmValues tolerations fleet',
    'Documented',
    /delete Job fleet-cleanup-gitrepo-jobs-29922193.*Forbid/,
  ],
  [
    'cleanup Jobs of an unknown version are unknown',
    workload('fleet/cleanup-clusterregistrations', { images: ['rancher/fleet:head'] }),
    'HelmValues tolerations fleet',
    'Unknown',
  ],
  [
    'gitjob of 0.9 has a list of its own',
    workload('fleet/gitjob', { ...byFleet('0.9.18'), images: ['rancher/gitjob:v0.9.26'] }),
    'HelmValues gitjob.tolerations fleet',
    'Documented',
    /repeat it/,
  ],
  [
    "gitjob of 0.10 takes the chart's",
    workload('fleet/gitjob', byFleet('0.10.0')),
    'HelmValues tolerations fleet',
    'Documented',
  ],
  [
    'the migration Job takes them from its first version',
    workload('fleet/migrate-gitrepo-helm-url-regex', byFleet('0.12.15')),
    'HelmValues tolerations fleet',
    'Documented',
  ],
  [
    'under Rancher the values stand below fleet',
    workload('fleet/controller', byFleet('106.1.0+up0.12.2', { beside: [rancherServer] })),
    'HelmValues fleet.tolerations rancher',
    'Documented',
    /overwrites the values of release fleet/,
  ],
  [
    'Rancher 2.8.2 passes nothing on to Fleet',
    workload(
      'fleet/controller',
      byFleet('103.1.0+up0.9.0', { beside: [deployment('cattle-system', 'rancher', 'rancher/rancher:v2.8.2')] }),
    ),
    'HelmValues fleet.tolerations rancher',
    'NotReached 2.8.3 2.9.0',
  ],
  [
    "git jobs copy the controller's in 0.12, and the Job must be made anew",
    workload('fleet/git-job', { beside: [deployment(fleetNs, 'fleet-controller', 'rancher/fleet:v0.12.3')] }),
    'HelmValues tolerations fleet',
    'Documented',
    /forceSyncGeneration of GitRepo platform/,
  ],
  [
    'git jobs get nothing in 0.11',
    workload('fleet/git-job', {
      images: ['rancher/fleet:v0.11.14'],
      beside: [deployment(fleetNs, 'fleet-controller', 'rancher/fleet:v0.11.14')],
    }),
    'HelmValues tolerations fleet',
    'NotReached 0.12.0',
    /GitRepo has no field/,
  ],
  [
    'a git job made before the controller tolerated it is made anew by a generation',
    workload('fleet/git-job', { beside: [deployment(fleetNs, 'fleet-controller', 'rancher/fleet:v0.12.3', [infra])] }),
    'CustomResource spec.forceSyncGeneration GitRepo.fleet.cattle.io/fleet-local/platform',
    'Documented',
    /do not set them again/,
  ],
  [
    "the local agent, standalone 0.12, copies the controller's",
    workload('fleet/agent', {
      images: ['rancher/fleet-agent:v0.12.3'],
      beside: [deployment(fleetNs, 'fleet-controller', 'rancher/fleet:v0.12.3')],
    }),
    'HelmValues tolerations fleet',
    'Documented',
    /agentTolerations/,
  ],
  [
    'the local agent, standalone 0.11, has its own field',
    workload('fleet/agent', {
      images: ['rancher/fleet-agent:v0.11.3'],
      beside: [deployment(fleetNs, 'fleet-controller', 'rancher/fleet:v0.11.3')],
    }),
    'CustomResource spec.agentTolerations Cluster.fleet.cattle.io/fleet-local/local',
    'Documented',
  ],
  [
    'the local agent under Rancher is set on the management Cluster',
    workload('fleet/agent', { namespace: 'cattle-fleet-local-system', beside: [rancherServer] }),
    `CustomResource ${agentField} Cluster.management.cattle.io/local`,
    'Documented',
    /2\.12\.0/,
  ],
  [
    "an agent that its chart built has that chart's value",
    workload('fleet/agent', {
      rootAnnotations: { 'meta.helm.sh/release-name': 'fleet-agent', 'meta.helm.sh/release-namespace': fleetNs },
    }),
    'HelmValues fleetAgent.tolerations fleet-agent',
    'Documented',
    /takes the agent over/,
  ],
  [
    'an agent of a provisioned cluster is set on the provisioning Cluster',
    workload('fleet/agent', {
      beside: [
        k3sNode({ 'cluster.x-k8s.io/cluster-name': 'edge', 'cluster.x-k8s.io/cluster-namespace': 'fleet-default' }),
      ],
    }),
    `CustomResource ${agentField} Cluster.provisioning.cattle.io/fleet-default/edge`,
    'Documented',
    /management cluster/,
  ],
])
