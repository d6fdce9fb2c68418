import {
  configMap,
  controllers,
  dailyCleanup,
  selectsLinux,
  system,
  toleratesLinux,
  workloadTemplate,
} from './fleet.ts'
import { releaseSecret } from './helm-release.ts'
import { type Ago, type DemoObject, namespace, object, toleration } from './objects.ts'
import { deployment, job, type Standing } from './workloads.ts'

const toleratesUninitialized = toleration('node.cloudprovider.kubernetes.io/uninitialized=true:NoSchedule')

/**
 * Fleet 0.12.3 installed by a person, without tolerations, before its nodes were tainted. The controllers stay; the
 * local agent and the git job, which copy the controller's tolerations from this version on, do not get a node.
 */
export function fleetStandalone(ago: Ago, refused: Standing): DemoObject[] {
  const version = '0.12.3'
  const parts = { version, minutes: 20_160, tolerations: [], hashes: ['5d47c6b9f4', '847cb6d9bc'] as const }
  const [controller, gitjob] = controllers({ ...parts, on: ['mk-1', 'mk-1'] }, ago)
  const config = configMap(version, ago(20_160))
  const cronJob = dailyCleanup(version, ago(20_160), ago(900))
  const release = releaseSecret({
    ...{ name: 'fleet', namespace: system, revision: 1, status: 'deployed', deployed: ago(20_160) },
    chart: { name: 'fleet', version, appVersion: version, description: 'Fleet Controller - GitOps at Scale' },
    ...{ defaults: { tolerations: [], nodeSelector: {} }, values: {} },
    templates: {
      'templates/deployment.yaml': workloadTemplate('Deployment', 'fleet-controller', true),
      'templates/deployment_gitjob.yaml': workloadTemplate('Deployment', 'gitjob', true),
      'templates/job_cleanup_gitrepojobs.yaml': workloadTemplate('CronJob', 'fleet-cleanup-gitrepo-jobs', true),
    },
    rendered: {
      'templates/configmap.yaml': [config],
      'templates/deployment.yaml': controller.slice(0, 1),
      'templates/deployment_gitjob.yaml': gitjob.slice(0, 1),
      'templates/job_cleanup_gitrepojobs.yaml': [cronJob],
    },
  })
  const namespaces = [namespace(system, ago(20_161)), namespace('fleet-local', ago(20_159))]
  return [
    ...namespaces,
    release,
    config,
    ...controller,
    ...gitjob,
    cronJob,
    ...localAgent(ago, version, refused),
    ...gitJob(ago, version, refused),
  ]
}

function localAgent(ago: Ago, version: string, refused: Standing): DemoObject[] {
  const copied = [toleratesLinux]
  const cluster = object(
    'fleet.cattle.io/v1alpha1/Cluster',
    'fleet-local/local',
    ago(20_158),
    { labels: { name: 'local' } },
    {
      spec: { agentTolerations: copied, kubeConfigSecret: 'local-cluster' },
      status: { agent: { namespace: system }, display: { readyBundles: '0/1' } },
    },
  )
  const agent = deployment(`${system}/fleet-agent`, 37, ago, {
    labels: { 'objectset.rio.cattle.io/hash': '362023f752e7f1989d8b652e029bd2c658ae7c44' },
    annotations: { 'objectset.rio.cattle.io/id': 'fleet-agent-bootstrap' },
    selector: { app: 'fleet-agent' },
    template: {
      labels: { app: 'fleet-agent' },
      spec: {
        serviceAccountName: 'fleet-agent',
        nodeSelector: selectsLinux,
        tolerations: [toleratesUninitialized, toleratesLinux, ...copied],
        containers: [{ name: 'fleet-agent', image: `rancher/fleet-agent:v${version}` }],
      },
    },
    ...{ hash: '6865c9c4f7', replicas: [['5nfp7', refused]] },
  })
  return [cluster, ...agent]
}

function gitJob(ago: Ago, version: string, refused: Standing): DemoObject[] {
  const repo = object(
    'fleet.cattle.io/v1alpha1/GitRepo',
    'fleet-local/platform',
    ago(12_000),
    { generation: 1 },
    {
      spec: { repo: 'https://git.example.com/platform/fleet.git', branch: 'main', paths: ['apps'] },
      status: { commit: '4f1c09be55ab10e2d1b0a92c37a6f7f55dd7a1f4', observedGeneration: 1 },
    },
  )
  const run = job('fleet-local/platform-e18d0', ago(22), {
    owner: repo,
    labels: { 'fleet.cattle.io/gitrepo-generation': '1', 'fleet.cattle.io/force-sync-generation': '0' },
    annotations: { commit: '4f1c09be55ab10e2d1b0a92c37a6f7f55dd7a1f4', generation: '1' },
    template: {
      spec: {
        serviceAccountName: 'git-platform',
        restartPolicy: 'Never',
        nodeSelector: selectsLinux,
        tolerations: [toleratesLinux, toleratesUninitialized, toleratesLinux],
        initContainers: [{ name: 'gitcloner-initializer', image: `rancher/fleet:v${version}` }],
        containers: [{ name: 'fleet', image: `rancher/fleet:v${version}`, command: ['fleet', 'apply'] }],
      },
    },
    ...{ suffix: 'nm9p2', standing: refused },
  })
  return [repo, ...run]
}
