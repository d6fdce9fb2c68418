import { describe, expect, test } from '@jest/globals'
import type { Placement, PlacementTarget } from '#components/component.ts'
import { placementsOf } from '#components/registry.ts'
import type { Target } from '#report/suggest-report.ts'
import { recognised } from './recognised.ts'
import { asked, deployment, infra, release, type Told } from './workloads.ts'

const fleetNs = 'cattle-fleet-system'
const byFleet = (version: string, more: Partial<Told> = {}): Partial<Told> => ({
  origin: { name: 'fleet', namespace: fleetNs, chart: 'fleet', chartVersion: version },
  images: [`rancher/fleet:v${version.replace(/^.*\+up/, '')}`],
  ...more,
})

/** The first workload of this id in the table of recognition, with other facts. */
function workload(id: string, more: Partial<Told> = {}): Told {
  const told = recognised.find(([known]) => known === id)?.[1]
  if (told === undefined) throw new Error(`no workload of ${id}`)
  return { ...told, ...more }
}

const rancherServer = deployment('cattle-system', 'rancher', 'rancher/rancher:v2.11.1')
const k3sNode = (annotations: object = {}, kubeletVersion = 'v1.32.3+k3s1') => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'n1', annotations },
  status: { nodeInfo: { kubeletVersion } },
})
const agentField = 'spec.fleetAgentDeploymentCustomization.appendTolerations'
const clusterAgentField = 'spec.clusterAgentDeploymentCustomization.appendTolerations'

type Row = readonly [rule: string, told: Told, natural: string, reach: string, says?: RegExp]

/** A target in one line: kind, path, and what holds it. */
function line({ kind, path = '', release: held, resource, namespace, name }: PlacementTarget): string {
  return [kind, path, held ?? [resource, namespace, name].filter((part) => part !== undefined).join('/')]
    .filter((part) => part !== '')
    .join(' ')
}

const rows: readonly Row[] = [
  [
    'Fleet’s controller takes the chart’s tolerations',
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
    'gitjob of 0.10 takes the chart’s',
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
    'git jobs copy the controller’s in 0.12, and the Job must be made anew',
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
    'the local agent, standalone 0.12, copies the controller’s',
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
    'an agent that its chart built has that chart’s value',
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
  [
    'the Rancher server has extraTolerations from 2.10',
    workload('rancher/server'),
    'HelmValues extraTolerations rancher',
    'Documented',
    /#48541/,
  ],
  [
    'the Rancher server has none in 2.9.5',
    workload('rancher/server', { images: ['rancher/rancher:v2.9.5'] }),
    'HelmValues extraTolerations rancher',
    'NotReached 2.9.6 2.10.0',
  ],
  [
    'the webhook is set in the values of Rancher',
    workload('rancher/webhook', { beside: [rancherServer] }),
    'HelmValues webhook.tolerations rancher',
    'Documented',
    /extraTolerations does not reach/,
  ],
  [
    'the webhook of a managed cluster is set in rancher-config',
    workload('rancher/webhook'),
    'ConfigMap data[rancher-webhook] tolerations cattle-system/rancher-config',
    'Documented',
  ],
  [
    'the webhook of a managed cluster has a field from 2.15',
    workload('rancher/webhook', {
      beside: [deployment('cattle-system', 'cattle-cluster-agent', 'rancher/rancher-agent:v2.15.0')],
    }),
    'CustomResource spec.webhookDeploymentCustomization.appendTolerations Cluster.provisioning.cattle.io/fleet-default',
    'Documented',
  ],
  [
    'the cluster agent is set on the provisioning Cluster that the nodes name',
    workload('rancher/cluster-agent', { beside: [k3sNode({ 'cluster.x-k8s.io/cluster-name': 'edge' })] }),
    `CustomResource ${clusterAgentField} Cluster.provisioning.cattle.io/fleet-default/edge`,
    'Documented',
    /2\.10\.6, 2\.11\.2, 2\.12\.0/,
  ],
  [
    'the cluster agent of an imported cluster is set on the management Cluster',
    workload('rancher/cluster-agent', {
      beside: [
        {
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name: 'shop', annotations: { 'field.cattle.io/projectId': 'c-abcde:p-1' } },
        },
      ],
    }),
    `CustomResource ${clusterAgentField} Cluster.management.cattle.io/c-abcde`,
    'Documented',
    /registration command/,
  ],
  [
    'the cluster agent has no such field before 2.7.5',
    workload('rancher/cluster-agent', { images: ['rancher/rancher-agent:v2.7.4'] }),
    `CustomResource ${clusterAgentField} Cluster.provisioning.cattle.io/fleet-default`,
    'NotReached 2.7.5',
  ],
  [
    'helm-operation has no setting: its Pod is patched',
    workload('rancher/helm-operation'),
    'PodPatch spec.tolerations cattle-system/helm-operation-x7k2p',
    'NotReached',
    /extraTolerations/,
  ],
  [
    'a kubectl shell has no setting: its Pod is patched',
    workload('rancher/shell'),
    'PodPatch spec.tolerations cattle-system/dashboard-shell-q2w3e',
    'NotReached',
  ],
  [
    'a plan’s Jobs take the Plan’s tolerations',
    workload('rancher/upgrade-plan'),
    'CustomResource spec.tolerations Plan.upgrade.cattle.io/cattle-system/k3s-master-plan',
    'Documented',
  ],
  ['Rancher’s hooks have no setting', workload('rancher/pre-upgrade'), 'None', 'NotReached', /#54624/],
  ['a chart without tolerations has no place', workload('rancher/remotedialer-proxy'), 'None', 'NotReached'],
  [
    'MicroK8s’ provisioner is a plain Deployment',
    workload('hostpath/provisioner'),
    'WorkloadPatch spec.template.spec.tolerations Deployment/kube-system/hostpath-provisioner',
    'Documented',
    /helper Pods/,
  ],
  [
    'its 1.6.0 is not public',
    workload('hostpath/provisioner', { images: ['cdkbot/hostpath-provisioner:1.6.0'] }),
    'WorkloadPatch spec.template.spec.tolerations Deployment/kube-system/hostpath-provisioner',
    'Unknown',
  ],
  [
    'MicroK8s’ helper has no setting: its Pod is patched in time',
    workload('hostpath/helper'),
    'PodPatch spec.tolerations kube-system/hostpath-provisioner-mk-2-799sv',
    'NotReached',
    /500 s/,
  ],
  [
    'local-path’s helper is set in helperPod.yaml',
    workload('local-path/helper', {
      beside: [deployment('local-path-storage', 'local-path-provisioner', 'rancher/local-path-provisioner:v0.0.37')],
    }),
    'ConfigMap data[helperPod.yaml] spec.tolerations local-path-storage/local-path-config',
    'Documented',
    /disk-pressure/,
  ],
  [
    'local-path’s helper tolerates everything by itself in 0.0.31',
    workload('local-path/helper', {
      beside: [deployment('local-path-storage', 'local-path-provisioner', 'rancher/local-path-provisioner:v0.0.31')],
    }),
    'ConfigMap data[helperPod.yaml] spec.tolerations local-path-storage/local-path-config',
    'Unknown',
  ],
  ['K3s’ CoreDNS has no place', workload('k3s/coredns'), 'None', 'NotReached', /every start/],
  [
    'K3s’ Traefik is set by a HelmChartConfig',
    workload('k3s/traefik'),
    'CustomResource spec.valuesContent tolerations HelmChartConfig.helm.cattle.io/kube-system/traefik',
    'Documented',
    /replaces/,
  ],
  ['helm-install Jobs have no field', workload('k3s/helm-install'), 'None', 'NotReached', /no field/],
  [
    'servicelb reads an annotation of the Service',
    workload('k3s/svclb', { beside: [k3sNode()] }),
    'CustomResource metadata.annotations[svccontroller.k3s.cattle.io/tolerations] Service/shop/web',
    'Documented',
  ],
  [
    'servicelb of K3s 1.30.3 reads none',
    workload('k3s/svclb', { beside: [k3sNode({}, 'v1.30.3+k3s1')] }),
    'CustomResource metadata.annotations[svccontroller.k3s.cattle.io/tolerations] Service/shop/web',
    'NotReached 1.28.13 1.29.8 1.30.4',
  ],
  [
    'FleetDM’s three workloads share one key',
    workload('fleetdm/vuln-processing'),
    'HelmValues tolerations fleet',
    'Documented',
  ],
  [
    'FleetDM’s migration Job stays unless it is deleted',
    workload('fleetdm/migration', {
      rootAnnotations: { 'helm.sh/hook': 'pre-install,pre-upgrade', 'helm.sh/hook-delete-policy': 'hook-succeeded' },
    }),
    'HelmValues tolerations fleet',
    'Documented',
    /delete job fleet-migration/,
  ],
]

const reachOf = ({ reach }: Placement) =>
  reach.kind === 'NotReached' ? ['NotReached', ...reach.mendedIn].join(' ') : reach.kind
const words = (place: Placement) => [place.evidence, ...place.warnings, ...place.afterwards].join('\n')

describe('placements', () => {
  for (const [rule, told, natural, reach, says] of rows) {
    test(rule, () => {
      const [first] = placementsOf(asked(told), [infra])
      expect(first === undefined ? undefined : [line(first.target), reachOf(first)]).toEqual([natural, reach])
      if (says !== undefined && first !== undefined) expect(words(first)).toMatch(says)
    })
  }

  test('where the chart drops the key, the other ways are a newer chart, the Pod, and leaving the workload out', () => {
    const places = placementsOf(asked(workload('fleet/cleanup-clusterregistrations', byFleet('0.11.3'))), [infra])
    expect(places[0]?.apply).toEqual([])
    expect(places.slice(1).map((place) => [line(place.target), place.requires, place.lasts])).toEqual([
      ['HelmValues tolerations fleet', 'chart fleet 0.11.4 or newer', null],
      ['PodPatch spec.tolerations cattle-fleet-system/a-pod', null, 'until this Pod is replaced'],
      ['HelmValues migrations.clusterRegistrationCleanup fleet', null, null],
    ])
    expect(places[3]?.sets).toEqual([{ path: 'migrations.clusterRegistrationCleanup', value: false }])
  })

  test('a list that replaces repeats what the release’s values hold', () => {
    const spot = { key: 'spot', operator: 'Exists', effect: 'NoSchedule' }
    const record = release(
      'fleetdm',
      'fleet',
      { version: '6.6.4', values: { tolerations: [] } },
      { values: { tolerations: [spot] } },
    )
    const [first] = placementsOf(asked(workload('fleetdm/vuln-processing', { beside: [record] })), [infra])
    expect(first?.standing).toEqual({ entries: [spot], from: 'the values of release fleet' })
  })

  test('values that could not be read are said to be unknown', () => {
    const [first] = placementsOf(asked(workload('fleetdm/server')), [infra])
    expect(first?.standing.unknown).toMatch(/could not be read/)
  })

  test('a release that helm still works on must end first', () => {
    const record = release('fleetdm', 'fleet', { version: '6.6.4' }, { status: 'pending-install' })
    const [first] = placementsOf(asked(workload('fleetdm/migration', { beside: [record] })), [infra])
    expect(first?.afterwards.join(' ')).toMatch(/pending-install: helm refuses another upgrade/)
  })

  test('an upgrade across FleetDM’s selector change says that the Deployment must go first', () => {
    const records = [
      release('fleetdm', 'fleet', { version: '6.6.4' }),
      release(
        'fleetdm',
        'fleet',
        { version: '6.6.6' },
        { revision: 2, metadata: { namespace: 'fleetdm', name: 'fleet.v2' } },
      ),
    ]
    const [first] = placementsOf(asked(workload('fleetdm/migration', { beside: records })), [infra])
    expect(first?.warnings.join(' ')).toMatch(/delete Deployment fleet before upgrading/)
  })

  test('a Job made before its CronJob tolerated the taint is deleted, and nothing set again', () => {
    const told = workload(
      'fleet/cleanup-gitrepo-jobs',
      byFleet('0.12.0', { templateTolerations: [infra], rootSpec: { concurrencyPolicy: 'Forbid' } }),
    )
    const [first, ...others] = placementsOf(asked(told), [infra])
    expect(others).toEqual([])
    expect([first?.target.kind, first?.reach.kind]).toEqual(['PodPatch', 'Documented'])
    expect(first?.afterwards.join(' ')).toMatch(/delete Job fleet-cleanup-gitrepo-jobs-29922193 .*Forbid/)
  })

  test('values that hold the toleration already are not set again', () => {
    const record = release(fleetNs, 'fleet', { version: '0.12.0' }, { values: { tolerations: [infra] } })
    const places = placementsOf(asked(workload('fleet/controller', byFleet('0.12.0', { beside: [record] }))), [infra])
    expect(places.map((place) => [place.target.kind, place.isSet])).toEqual([
      ['PodPatch', false],
      ['HelmValues', true],
      ['WorkloadPatch', false],
    ])
    expect(places[0]?.warnings.join(' ')).toMatch(/setting them again changes nothing/)
  })

  test('sources of the version that disagree are said to disagree', () => {
    const told = workload('fleet/controller', byFleet('0.12.0', { images: ['rancher/fleet:v0.11.3'] }))
    expect(placementsOf(asked(told), [infra])[0]?.warnings.join(' ')).toMatch(
      /chart fleet 0\.12\.0 says 0\.12\.0, but image rancher\/fleet:v0\.11\.3.* says 0\.11\.3/,
    )
  })

  test('a helper of MicroK8s that nobody waits for is deleted, not tolerated', () => {
    const terms = [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [''] }] }]
    const volume = {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: 'pvc-1' },
      spec: { nodeAffinity: { required: { nodeSelectorTerms: terms } } },
    }
    const [first, ...others] = placementsOf(asked(workload('hostpath/helper', { beside: [volume] })), [infra])
    expect([first?.target.kind, others.length]).toEqual(['None', 0])
    expect(first?.afterwards.join(' ')).toMatch(/delete pod hostpath-provisioner-mk-2-799sv/)
  })

  test('a target is one of the report’s', () => {
    const target: Target = { kind: 'None' } satisfies PlacementTarget
    const back: PlacementTarget = target
    expect(back.kind).toBe('None')
  })
})
