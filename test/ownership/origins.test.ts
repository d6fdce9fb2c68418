import { describe, expect, test } from '@jest/globals'
import type { ApiObject, ClusterState } from '#model/cluster-state.ts'
import type { Origin } from '#ownership/origin.ts'
import { ownerChain, rootOf } from '#ownership/owner-chain.ts'
import { originOf, originReaders } from '#ownership/registry.ts'
import { aCluster } from '#test/builders/cluster.ts'
import { aNode, aPod } from '#test/builders/objects.ts'
import { anObject, aRelease, by, loosely, rendered } from '#test/builders/owned.ts'

const inRelease = (namespace: string, name: string) => ({
  'meta.helm.sh/release-name': name,
  'meta.helm.sh/release-namespace': namespace,
})
const addonOf = (name: string) => ({
  'objectset.rio.cattle.io/owner-gvk': 'k3s.cattle.io/v1, Kind=Addon',
  'objectset.rio.cattle.io/owner-name': name,
  'objectset.rio.cattle.io/owner-namespace': 'kube-system',
})
const deployment = (name: string, namespace: string) => anObject('apps/v1 Deployment', name).in(namespace)
const manifestOf = (chart: string, name: string) =>
  rendered(`${chart}/templates/${name}.yaml`, { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name } })
const chartOf = (name: string, version: string, annotations = {}) => ({ metadata: { name, version, annotations } })
const byFleet = (bundle: string) => ({
  'fleet.cattle.io/bundle-id': bundle,
  'fleet.cattle.io/agent-namespace': 'cattle-fleet-system',
})
const hookOf = (name: string) => ({
  name,
  kind: 'Job',
  path: `shop/templates/${name}.yaml`,
  manifest: JSON.stringify({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name } }),
  events: ['post-install'],
  delete_policies: ['hook-succeeded'],
})
const gitRepo = anObject('fleet.cattle.io/v1alpha1 GitRepo', 'platform').in('fleet-local')
const gitJob = anObject('batch/v1 Job', 'platform-e18d0').in('fleet-local').ownedBy(by(gitRepo))
const kafka = anObject('kafka.example.com/v1 Kafka', 'events').in('streams')
const traefik = anObject('helm.cattle.io/v1 HelmChart', 'traefik')
  .in('kube-system')
  .annotated(addonOf('traefik'))
  .having({ spec: { chart: 'https://%{KUBERNETES_API}%/static/charts/traefik-34.2.1+up34.2.0.tgz' } })
const csv = anObject('operators.coreos.com/v1alpha1 ClusterServiceVersion', 'nexus-operator.v0.6.0').in('nexus')
const impersonation = anObject(
  'rbac.authorization.k8s.io/v1 ClusterRole',
  'pod-impersonation-helm-op-x7k2p',
).clusterWide()
const onNode = (labels: Record<string, string>, annotations: Record<string, string> = {}) => ({
  ...aNode(`n-${Object.keys(labels)[0]}`),
  metadata: { name: `n-${Object.keys(labels)[0]}`, labels, annotations },
})

interface Row {
  readonly title: string
  /** The Pod, or whatever stands at the start of the chain. */
  readonly of: object
  /** What stands in its cluster besides. */
  readonly beside?: readonly object[]
  /** `Kind namespace/name`, nearest first. */
  readonly origins: string
  readonly facts?: Partial<Origin>
}

const rows: readonly Row[] = [
  {
    title: 'a Helm release, with its chart and the template',
    of: deployment('shop-web', 'shop').annotated(inRelease('shop', 'shop')),
    beside: [
      aRelease('shop', 'shop', {
        chart: chartOf('store', '1.4.0'),
        manifest: manifestOf('store', 'shop-web'),
        status: 'pending-install',
      }),
    ],
    origins: 'HelmRelease shop/shop',
    facts: {
      chart: 'store',
      chartVersion: '1.4.0',
      status: 'pending-install',
      template: 'store/templates/shop-web.yaml',
    },
  },
  {
    title: 'a Helm release whose record may not be read, with the chart that its label names',
    of: deployment('lone-web', 'lone').annotated(inRelease('lone', 'lone')).labelled({ 'helm.sh/chart': 'lone-2.0.1' }),
    origins: 'HelmRelease lone/lone',
    facts: { chart: 'lone', chartVersion: '2.0.1' },
  },
  {
    title: 'a hook Job, by the list of hooks',
    of: anObject('batch/v1 Job', 'hooked').in('hooks').annotated({ 'helm.sh/hook': 'post-install' }),
    beside: [aRelease('hooks', 'hooks', { hooks: [hookOf('hooked')] })],
    origins: 'HelmRelease hooks/hooks',
    facts: {
      hookEvents: ['post-install'],
      hookDeletePolicies: ['hook-succeeded'],
      template: 'shop/templates/hooked.yaml',
    },
  },
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
  {
    title: 'an Argo CD Application, by the tracking id',
    of: deployment('tracked', 'prod').annotated({
      'argocd.argoproj.io/tracking-id': 'store:apps/Deployment:prod/tracked',
    }),
    beside: [
      anObject('argoproj.io/v1alpha1 Application', 'store')
        .in('argocd')
        .having({ spec: { source: { chart: 'store', targetRevision: '3.1.0' } } }),
    ],
    origins: 'ArgoApplication argocd/store',
    facts: { chart: 'store', chartVersion: '3.1.0' },
  },
  {
    title: 'an Argo CD Application of a namespace of its own',
    of: anObject('apps/v1 StatefulSet', 'tracked-too')
      .in('prod')
      .annotated({ 'argocd.argoproj.io/tracking-id': 'team_billing:apps/StatefulSet:prod/tracked-too' }),
    origins: 'ArgoApplication team/billing',
  },
  {
    title: 'an Argo CD Application that tracks by a common label, by its own list',
    of: deployment('listed', 'prod').labelled({ 'app.kubernetes.io/instance': 'lister' }),
    beside: [
      anObject('argoproj.io/v1alpha1 Application', 'lister')
        .in('argocd')
        .having({ status: { resources: [{ group: 'apps', kind: 'Deployment', namespace: 'prod', name: 'listed' }] } }),
    ],
    origins: 'ArgoApplication argocd/lister',
  },
  {
    title: 'a tracking id copied from another object is no origin',
    of: deployment('copy', 'prod').annotated({
      'argocd.argoproj.io/tracking-id': 'store:apps/Deployment:prod/original',
    }),
    origins: '',
  },
  {
    title: 'a Flux HelmRelease behind Helm’s, and the Kustomization that applied it',
    of: deployment('podinfo', 'flux-apps')
      .annotated(inRelease('flux-apps', 'podinfo'))
      .labelled({ 'helm.toolkit.fluxcd.io/name': 'podinfo-hr', 'helm.toolkit.fluxcd.io/namespace': 'flux-system' }),
    beside: [
      anObject('helm.toolkit.fluxcd.io/v2beta2 HelmRelease', 'podinfo-hr').in('flux-system').labelled({
        'kustomize.toolkit.fluxcd.io/name': 'infra',
        'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
      }),
    ],
    origins:
      'HelmRelease flux-apps/podinfo < FluxHelmRelease flux-system/podinfo-hr < FluxKustomization flux-system/infra',
  },
  {
    title: 'a Flux Kustomization',
    of: deployment('plain', 'flux-apps').labelled({
      'kustomize.toolkit.fluxcd.io/name': 'apps',
      'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
    }),
    origins: 'FluxKustomization flux-system/apps',
  },
  {
    title: 'an operator that OLM installed, and its Subscription',
    of: deployment('nexus-operator', 'nexus').ownedBy({ ...loosely(csv), controller: false }),
    beside: [
      csv,
      anObject('operators.coreos.com/v1alpha1 Subscription', 'nexus-operator')
        .in('nexus')
        .having({ status: { installedCSV: 'nexus-operator.v0.6.0' } }),
    ],
    origins: 'ClusterServiceVersion nexus/nexus-operator.v0.6.0 < Subscription nexus/nexus-operator',
  },
  {
    title: 'a custom resource at the root',
    of: anObject('apps/v1 StatefulSet', 'events-kafka').in('streams').ownedBy(by(kafka)),
    beside: [kafka],
    origins: 'OperatorResource streams/events',
    facts: { apiVersion: 'kafka.example.com/v1', resource: 'Kafka' },
  },
  {
    title: 'a custom resource whose API is gone is still named',
    of: anObject('apps/v1 StatefulSet', 'lost-kafka')
      .in('streams')
      .ownedBy({ ...by(kafka), name: 'lost', uid: 'lost' }),
    origins: 'OperatorResource streams/lost',
  },
  {
    title: 'a custom resource that a Helm release rendered',
    of: anObject('apps/v1 StatefulSet', 'orders-kafka')
      .in('streams')
      .ownedBy(by(anObject('kafka.example.com/v1 Kafka', 'orders').in('streams'))),
    beside: [anObject('kafka.example.com/v1 Kafka', 'orders').in('streams').annotated(inRelease('streams', 'orders'))],
    origins: 'HelmRelease streams/orders',
  },
  {
    title: 'an owner that the API server itself serves is no operator’s',
    of: aPod('impersonated').in('default').ownedBy(loosely(impersonation)),
    beside: [impersonation],
    origins: '',
  },
  {
    title: 'a MicroK8s add-on, on Nodes of MicroK8s',
    of: deployment('hostpath-provisioner', 'kube-system').labelled({ 'k8s-app': 'hostpath-provisioner' }),
    beside: [onNode({ 'microk8s.io/cluster': 'true' })],
    origins: 'MicroK8sAddon /hostpath-storage',
  },
  {
    title: 'a helper Pod of the MicroK8s provisioner',
    of: aPod('hostpath-provisioner-mk-2-x').in('kube-system').labelled({ 'microk8s.hostpath.io/managed-by': 'mk-1' }),
    beside: [onNode({ 'microk8s.io/cluster': 'true' })],
    origins: 'MicroK8sAddon /hostpath-storage',
  },
  { title: 'nothing that is known', of: deployment('api', 'web'), beside: [deployment('other', 'web')], origins: '' },
]

/** A Pod as the cluster state holds it; anything else as it is. */
const asObject = (start: object): ApiObject => {
  const [first] = aCluster([start]).lists.pods.items
  return first === undefined ? (start as ApiObject) : ({ apiVersion: 'v1', kind: 'Pod', ...first } as ApiObject)
}

function question(start: object, cluster: ClusterState) {
  const object = asObject(start)
  const chain = ownerChain(object, cluster)
  return { root: rootOf(object, chain), chain, cluster }
}

function originsIn(start: object, cluster: ClusterState): string {
  const found: string[] = []
  for (let origin = originOf(question(start, cluster)); origin !== null; origin = origin.origin ?? null) {
    found.push(`${origin.kind} ${origin.namespace ?? ''}/${origin.name}`)
  }
  return found.join(' < ')
}

describe('the origin is', () => {
  for (const { title, of: start, beside = [], origins, facts } of rows) {
    test(title, () => {
      const cluster = aCluster([start, ...beside])
      expect(originsIn(start, cluster)).toBe(origins)
      if (facts !== undefined) expect(originOf(question(start, cluster))).toMatchObject(facts)
      const evidence = originOf(question(start, cluster))?.evidence
      if (origins !== '') expect(evidence).toMatch(/\w/)
    })
  }
})

describe('nothing recognises what is not its own', () => {
  const firstKind = (origins: string) => origins.split(' ')[0] ?? ''

  for (const { title, of: start, beside = [], origins } of rows) {
    test(`in a cluster that holds all the others too: ${title}`, () => {
      const others = rows.filter((row) => row.of !== start).flatMap((row) => [row.of, ...(row.beside ?? [])])
      const withAll = aCluster([start, ...beside, ...others])
      expect(originsIn(start, withAll)).toBe(origins)
    })
    test(`among all the others, without its own: ${title}`, () => {
      const others = rows.filter((row) => row.of !== start).flatMap((row) => [row.of, ...(row.beside ?? [])])
      const own = new Set(beside)
      const first = firstKind(originsIn(start, aCluster([start, ...others.filter((object) => !own.has(object))])))
      expect(['', firstKind(origins), alone(start)]).toContain(first)
    })
  }

  test('every origin is shown by some row', () => {
    const shown = rows.flatMap(({ origins }) => origins.split(' < ').map(firstKind))
    for (const { kind } of originReaders) expect(shown).toContain(kind)
  })
})

/** What a root's own marks say where nothing stands beside it. */
function alone(start: object): string {
  return originsIn(start, aCluster([start])).split(' ')[0] ?? ''
}

describe('where release records may not be read', () => {
  const missing = [
    { resource: 'secrets', namespace: 'shop', reason: 'Forbidden' as const, message: 'secrets is forbidden' },
  ]
  const hook = anObject('batch/v1 Job', 'migrate').in('shop').annotated({ 'helm.sh/hook': 'pre-install' })
  const labels = { 'app.kubernetes.io/instance': 'shop', 'helm.sh/chart': 'store-1.4.0' }

  test('the labels of a hook name its release, and the doubt is said', () => {
    const cluster = { ...aCluster([]), missing }
    expect(originOf(question(hook.labelled(labels), cluster))).toMatchObject({
      kind: 'HelmRelease',
      namespace: 'shop',
      name: 'shop',
      chart: 'store',
      chartVersion: '1.4.0',
      doubt: expect.stringMatching(/not that there is one/),
    })
  })
  test('a hook without labels has no origin', () => {
    expect(originsIn(hook, { ...aCluster([]), missing })).toBe('')
  })
  test('labels do not count where the records were read', () => {
    expect(originsIn(hook.labelled(labels), aCluster([aRelease('shop', 'other')]))).toBe('')
    expect(originsIn(hook.labelled(labels), aCluster([]))).toBe('')
  })
  test('a record that is damaged is said to be', () => {
    const damaged = aRelease('shop', 'shop').having({ data: { release: 'AAAA' } })
    const web = deployment('web', 'shop').annotated(inRelease('shop', 'shop'))
    expect(originOf(question(web, aCluster([damaged])))?.doubt).toMatch(/Secret sh\.helm\.release\.v1\.shop\.v1/)
  })
})
