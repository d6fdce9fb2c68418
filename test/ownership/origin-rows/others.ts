import { aPod } from '#test/builders/objects.ts'
import { anObject, aRelease, by, loosely, rendered } from '#test/builders/owned.ts'
import { chartOf, deployment, inRelease, type OriginRow, onNode } from './origin-row.ts'

const manifestOf = (chart: string, name: string) =>
  rendered(`${chart}/templates/${name}.yaml`, { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name } })
const hookOf = (name: string) => ({
  name,
  kind: 'Job',
  path: `shop/templates/${name}.yaml`,
  manifest: JSON.stringify({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name } }),
  events: ['post-install'],
  delete_policies: ['hook-succeeded'],
})
const kafka = anObject('kafka.example.com/v1 Kafka', 'events').in('streams')
const csv = anObject('operators.coreos.com/v1alpha1 ClusterServiceVersion', 'nexus-operator.v0.6.0').in('nexus')
const impersonation = anObject(
  'rbac.authorization.k8s.io/v1 ClusterRole',
  'pod-impersonation-helm-op-x7k2p',
).clusterWide()

export const otherRows: readonly OriginRow[] = [
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
    title: 'an Argo CD Application that took over what a release had made',
    of: deployment('adopted', 'prod')
      .annotated(inRelease('prod', 'adopted'))
      .annotated({ 'argocd.argoproj.io/tracking-id': 'adopter:apps/Deployment:prod/adopted' }),
    origins: 'HelmRelease prod/adopted < ArgoApplication /adopter',
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
