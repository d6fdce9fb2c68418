import { aPod } from '#test/builders/objects.ts'
import { anObject, aRelease, by, loosely } from '#test/builders/owned.ts'
import { chartOf, deployment, inRelease, type OriginRow, onNode } from './origin-row.ts'

const addonOf = (name: string) => ({
  'objectset.rio.cattle.io/owner-gvk': 'k3s.cattle.io/v1, Kind=Addon',
  'objectset.rio.cattle.io/owner-name': name,
  'objectset.rio.cattle.io/owner-namespace': 'kube-system',
})
const byFleet = (bundle: string) => ({
  'fleet.cattle.io/bundle-id': bundle,
  'fleet.cattle.io/agent-namespace': 'cattle-fleet-system',
})
const gitRepo = anObject('fleet.cattle.io/v1alpha1 GitRepo', 'platform').in('fleet-local')
const gitJob = anObject('batch/v1 Job', 'platform-e18d0').in('fleet-local').ownedBy(by(gitRepo))
const traefik = anObject('helm.cattle.io/v1 HelmChart', 'traefik')
  .in('kube-system')
  .annotated(addonOf('traefik'))
  .having({ spec: { chart: 'https://%{KUBERNETES_API}%/static/charts/traefik-34.2.1+up34.2.0.tgz' } })
const impersonation = anObject(
  'rbac.authorization.k8s.io/v1 ClusterRole',
  'pod-impersonation-helm-op-x7k2p',
).clusterWide()

export const rancherRows: readonly OriginRow[] = [
  {
    title: 'a Bundle that a Fleet agent installed, and its GitRepo',
    of: deployment('bundled', 'apps').annotated(inRelease('apps', 'bundled')),
    beside: [
      aRelease('apps', 'bundled', { chart: chartOf('bundled', '1.0.0', byFleet('bundled-apps')) }),
      anObject('fleet.cattle.io/v1alpha1 Bundle', 'bundled-apps')
        .in('fleet-default')
        .labelled({ 'fleet.cattle.io/repo-name': 'apps' }),
      anObject('fleet.cattle.io/v1alpha1 GitRepo', 'apps').in('fleet-default'),
    ],
    origins: 'HelmRelease apps/bundled < FleetBundle fleet-default/bundled-apps < GitRepo fleet-default/apps',
  },
  {
    title: 'a Bundle of a HelmOp',
    of: deployment('opped', 'ops').annotated(inRelease('ops', 'opped')),
    beside: [
      aRelease('ops', 'opped', { chart: chartOf('opped', '1.0.0', byFleet('opped-bundle')) }),
      anObject('fleet.cattle.io/v1alpha1 Bundle', 'opped-bundle')
        .in('fleet-local')
        .labelled({ 'fleet.cattle.io/fleet-helm-name': 'opped-op' }),
    ],
    origins: 'HelmRelease ops/opped < FleetBundle fleet-local/opped-bundle < HelmOp fleet-local/opped-op',
  },
  {
    title: 'a Bundle seen from the cluster it was deployed to, where only the release tells',
    of: deployment('far', 'far').annotated(inRelease('far', 'far')),
    beside: [aRelease('far', 'far', { chart: chartOf('far', '1.0.0', byFleet('far-bundle')) })],
    origins: 'HelmRelease far/far < FleetBundle /far-bundle',
  },
  {
    title: 'a packaged chart of RKE2 carries Fleet’s bundle id, and is none of Fleet’s',
    of: deployment('rke2-thing', 'kube-system').annotated(inRelease('kube-system', 'rke2-thing')),
    beside: [
      aRelease('kube-system', 'rke2-thing', {
        chart: chartOf('rke2-thing', '1.0.0', { 'fleet.cattle.io/bundle-id': 'rke2' }),
      }),
    ],
    origins: 'HelmRelease kube-system/rke2-thing',
  },
  {
    title: 'a git job, by its GitRepo',
    of: aPod('platform-e18d0-x').in('fleet-local').ownedBy(by(gitJob)),
    beside: [gitJob, gitRepo],
    origins: 'GitRepo fleet-local/platform',
  },
  {
    title: 'a git job whose GitRepo may not be read is still named',
    of: aPod('platform-e18d0-y')
      .in('fleet-local')
      .ownedBy(by(anObject('batch/v1 Job', 'hidden').in('fleet-local').ownedBy(by(gitRepo)))),
    beside: [
      anObject('batch/v1 Job', 'hidden')
        .in('fleet-local')
        .ownedBy({ ...by(gitRepo), name: 'unseen', uid: 'unseen' }),
    ],
    origins: 'GitRepo fleet-local/unseen',
  },
  {
    title: 'a Fleet agent, by the Cluster it is built for, and Rancher’s behind it',
    of: deployment('fleet-agent', 'cattle-fleet-local-system').annotated({
      'objectset.rio.cattle.io/id': 'fleet-agent-bootstrap-cattle-fleet-local-system',
    }),
    beside: [
      anObject('fleet.cattle.io/v1alpha1 Cluster', 'local')
        .in('fleet-local')
        .labelled({ 'management.cattle.io/cluster-name': 'local' })
        .having({ spec: { agentNamespace: 'cattle-fleet-local-system' } }),
      anObject('management.cattle.io/v3 Cluster', 'local').clusterWide(),
    ],
    origins: 'FleetCluster fleet-local/local < RancherCluster /local',
    facts: {},
  },
  {
    title: 'a cluster agent, by what Rancher wrote on the Nodes it provisioned',
    of: deployment('cattle-cluster-agent', 'cattle-system').annotated(addonOf('cluster-agent')),
    beside: [
      onNode(
        { 'rke.cattle.io/machine': 'm' },
        { 'cluster.x-k8s.io/cluster-name': 'edge', 'cluster.x-k8s.io/cluster-namespace': 'fleet-default' },
      ),
    ],
    origins: 'RancherCluster fleet-default/edge',
    facts: { apiVersion: 'provisioning.cattle.io/v1' },
  },
  {
    title: 'a chart that Rancher keeps installed',
    of: deployment('rancher-webhook', 'cattle-system').annotated(inRelease('cattle-system', 'rancher-webhook')),
    beside: [
      aRelease('cattle-system', 'rancher-webhook', { chart: chartOf('rancher-webhook', '106.0.1+up0.7.1') }),
      deployment('rancher', 'cattle-system'),
    ],
    origins: 'HelmRelease cattle-system/rancher-webhook < RancherSystemChart cattle-system/rancher-webhook',
    facts: { chartVersion: '106.0.1+up0.7.1' },
  },
  {
    title: 'a chart of Rancher’s catalogue, by the label of its record',
    of: deployment('longhorn', 'longhorn-system').annotated(inRelease('longhorn-system', 'longhorn')),
    beside: [
      aRelease('longhorn-system', 'longhorn').labelled({ 'catalog.cattle.io/cluster-repo-name': 'rancher-charts' }),
    ],
    origins: 'HelmRelease longhorn-system/longhorn < RancherApp longhorn-system/longhorn',
  },
  {
    title: 'a chart installed from Rancher’s pages before 2.10, by the annotation it got there',
    of: deployment('logging', 'cattle-logging').annotated(inRelease('cattle-logging', 'logging')),
    beside: [
      aRelease('cattle-logging', 'logging', {
        chart: chartOf('logging', '105.0.0+up4.8.0', { 'catalog.cattle.io/ui-source-repo': 'rancher-charts' }),
      }),
    ],
    origins: 'HelmRelease cattle-logging/logging < RancherApp cattle-logging/logging',
  },
  {
    title: 'Fleet’s own chart installed by hand is not Rancher’s',
    of: deployment('fleet-controller', 'cattle-fleet-system').annotated(inRelease('cattle-fleet-system', 'fleet')),
    beside: [aRelease('cattle-fleet-system', 'fleet', { chart: chartOf('fleet', '0.12.0') })],
    origins: 'HelmRelease cattle-fleet-system/fleet',
  },
  {
    title: 'a helm-operation Pod, by the Operation of its name',
    of: anObject('v1 Pod', 'helm-operation-x7k2p')
      .in('cattle-system')
      .ownedBy(loosely(impersonation))
      .annotated({ 'pod-impersonation.cattle.io/cluster-role': 'pod-impersonation-helm-op-x7k2p' }),
    beside: [
      anObject('catalog.cattle.io/v1 Operation', 'helm-operation-x7k2p')
        .in('cattle-system')
        .having({
          status: {
            action: 'install',
            release: 'rancher-monitoring',
            namespace: 'cattle-monitoring-system',
            podName: 'helm-operation-x7k2p',
            podNamespace: 'cattle-system',
          },
        }),
    ],
    origins: 'RancherApp cattle-monitoring-system/rancher-monitoring',
  },
  {
    title: 'an install Job of K3s, by the HelmChart that owns it without being its controller',
    of: anObject('batch/v1 Job', 'helm-install-traefik')
      .in('kube-system')
      .ownedBy({ ...loosely(traefik), controller: false }),
    beside: [traefik],
    origins: 'HelmChart kube-system/traefik < PackagedManifest kube-system/traefik',
    facts: { chart: 'traefik', chartVersion: '34.2.1+up34.2.0' },
  },
  {
    title: 'a release that a HelmChart of K3s installs elsewhere',
    of: deployment('grafana', 'monitoring').annotated(inRelease('monitoring', 'grafana')),
    beside: [
      anObject('helm.cattle.io/v1 HelmChart', 'grafana')
        .in('kube-system')
        .having({ spec: { chart: 'grafana', version: '9.0.0', targetNamespace: 'monitoring' } }),
    ],
    origins: 'HelmRelease monitoring/grafana < HelmChart kube-system/grafana',
  },
  {
    title: 'a packaged manifest of K3s, with its file',
    of: deployment('coredns', 'kube-system').annotated(addonOf('coredns')),
    beside: [
      anObject('k3s.cattle.io/v1 Addon', 'coredns')
        .in('kube-system')
        .having({ spec: { source: '/var/lib/rancher/k3s/server/manifests/coredns.yaml' } }),
    ],
    origins: 'PackagedManifest kube-system/coredns',
    facts: { template: '/var/lib/rancher/k3s/server/manifests/coredns.yaml' },
  },
]
