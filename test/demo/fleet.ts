import { type Hook, ofRelease, releaseSecret } from './helm-release.ts'
import { type Ago, type DemoObject, namespace, object, toleration } from './objects.ts'
import { deployment, job, type Standing, type Template } from './workloads.ts'

const system = 'cattle-fleet-system'
const selectsLinux = { 'kubernetes.io/os': 'linux' }
const toleratesLinux = toleration('cattle.io/os=linux:NoSchedule')
const toleratesUninitialized = toleration('node.cloudprovider.kubernetes.io/uninitialized=true:NoSchedule')

/** Templates in words of our own that say what Fleet's say about tolerations. */
function workloadTemplate(kind: string, name: string, passesTolerations: boolean): string {
  return [
    ...[`kind: ${kind}`, 'metadata:', `  name: ${name}`, 'spec:', '  template:', '    spec:', '      tolerations:'],
    '        - {key: cattle.io/os, operator: Equal, value: linux, effect: NoSchedule}',
    ...(passesTolerations ? ['{{- with .Values.tolerations }}', '{{ toYaml . | indent 8 }}', '{{- end }}'] : []),
    '',
  ].join('\n')
}

interface Controllers {
  readonly version: string
  readonly minutes: number
  readonly tolerations: readonly object[]
  readonly on: readonly [controller: string, gitjob: string]
  readonly hashes: readonly [controller: string, gitjob: string]
}

function controllers(
  { version, minutes, tolerations, on, hashes }: Controllers,
  ago: Ago,
): [DemoObject[], DemoObject[]] {
  const template = (app: string, containers: readonly string[]): Template => ({
    labels: { app, 'fleet.cattle.io/shard-default': 'true', 'fleet.cattle.io/shard-id': '' },
    spec: {
      serviceAccountName: app,
      nodeSelector: selectsLinux,
      tolerations: [toleratesLinux, ...tolerations],
      containers: containers.map((name) => ({ name, image: `rancher/fleet:v${version}` })),
    },
  })
  const both = [
    ['fleet-controller', ['fleet-controller', 'fleet-cleanup', 'fleet-agentmanagement']],
    ['gitjob', ['gitjob']],
  ] as const
  const [controller = [], gitjob = []] = both.map(([app, containers], at) =>
    deployment(`${system}/${app}`, minutes, ago, {
      ...ofRelease('fleet', system),
      selector: { app, 'fleet.cattle.io/shard-id': '' },
      template: template(app, containers),
      hash: hashes[at] as string,
      replicas: [['x2v8k', { on: on[at] as string }]],
    }),
  )
  return [controller, gitjob]
}

function configMap(version: string, created: string): DemoObject {
  const config = JSON.stringify({
    agentImage: `rancher/fleet-agent:v${version}`,
    bootstrap: { agentNamespace: '', branch: 'master' },
  })
  return object('v1/ConfigMap', `${system}/fleet-controller`, created, ofRelease('fleet', system), { data: { config } })
}

/**
 * Fleet 0.11.3 whose install hangs: the values tolerate the infra nodes, the controllers run there, but neither the
 * hook Job nor the CronJob's Job gets the tolerations.
 */
export function fleetInstall(ago: Ago, refused: Standing): DemoObject[] {
  const version = '0.11.3'
  const values = { tolerations: [toleration('dedicated=infra:NoSchedule')] }
  const parts = { version, minutes: 15, tolerations: values.tolerations, hashes: ['6c9f7d5b8d', '75b8f9c5c7'] as const }
  const [controller, gitjob] = controllers({ ...parts, on: ['infra-1', 'infra-2'] }, ago)
  const cleanup = (name: string, account: string): Template => ({
    labels: { app: 'fleet-job' },
    spec: {
      serviceAccountName: account,
      restartPolicy: 'Never',
      nodeSelector: selectsLinux,
      tolerations: [toleratesLinux],
      containers: [
        { name: 'cleanup', image: `rancher/fleet:v${version}`, command: ['fleet'], args: ['cleanup', name] },
      ],
    },
  })
  const hookJob = job(`${system}/fleet-cleanup-clusterregistrations`, ago(14), {
    annotations: {
      'helm.sh/hook': 'post-install, post-upgrade',
      'helm.sh/hook-delete-policy': 'hook-succeeded, before-hook-creation',
    },
    spec: { backoffLimit: 1 },
    template: cleanup('clusterregistration', 'fleet-controller'),
    ...{ suffix: 'cnf8q', standing: refused },
  })
  const cronJob = dailyCleanup(ago, cleanup('gitjob', 'gitjob'))
  const number = Math.floor(Date.parse(ago(9)) / 60_000)
  const cronRun = job(`${system}/fleet-cleanup-gitrepo-jobs-${number}`, ago(9), {
    owner: cronJob,
    template: cleanup('gitjob', 'gitjob'),
    ...{ suffix: 'rv7cn', standing: refused },
  })
  const hook: Hook = {
    path: 'templates/job_cleanup_clusterregistrations.yaml',
    object: hookJob[0] as DemoObject,
    events: ['post-install', 'post-upgrade'],
    deletePolicies: ['hook-succeeded', 'before-hook-creation'],
  }
  const config = configMap(version, ago(15))
  const release = releaseSecret({
    ...{ name: 'fleet', namespace: system, revision: 1, status: 'pending-install', deployed: ago(15) },
    chart: { name: 'fleet', version, appVersion: version, description: 'Fleet Controller - GitOps at Scale' },
    defaults: {
      tolerations: [],
      nodeSelector: {},
      migrations: { clusterRegistrationCleanup: true, gitrepoJobsCleanup: true },
    },
    values,
    templates: {
      'templates/deployment.yaml': workloadTemplate('Deployment', 'fleet-controller', true),
      'templates/deployment_gitjob.yaml': workloadTemplate('Deployment', 'gitjob', true),
      'templates/job_cleanup_clusterregistrations.yaml': workloadTemplate(
        'Job',
        'fleet-cleanup-clusterregistrations',
        false,
      ),
      'templates/job_cleanup_gitrepojobs.yaml': workloadTemplate('CronJob', 'fleet-cleanup-gitrepo-jobs', false),
    },
    rendered: {
      'templates/configmap.yaml': [config],
      'templates/deployment.yaml': controller.slice(0, 1),
      'templates/deployment_gitjob.yaml': gitjob.slice(0, 1),
      'templates/job_cleanup_gitrepojobs.yaml': [cronJob],
    },
    hooks: [hook],
  })
  return [namespace(system, ago(16)), release, config, ...controller, ...gitjob, ...hookJob, cronJob, ...cronRun]
}

function dailyCleanup(ago: Ago, template: Template): DemoObject {
  const jobTemplate = { spec: { template: { metadata: { labels: template.labels }, spec: template.spec } } }
  return object('batch/v1/CronJob', `${system}/fleet-cleanup-gitrepo-jobs`, ago(15), ofRelease('fleet', system), {
    spec: { schedule: '@daily', concurrencyPolicy: 'Forbid', suspend: false, jobTemplate },
    status: { lastScheduleTime: ago(9) },
  })
}

/**
 * Fleet 0.12.3 installed by a person, without tolerations, before its nodes were tainted. The controllers stay; the
 * local agent and the git job, which copy the controller's tolerations from this version on, do not get a node.
 */
export function fleetStandalone(ago: Ago, refused: Standing): DemoObject[] {
  const version = '0.12.3'
  const parts = { version, minutes: 20_160, tolerations: [], hashes: ['5d47c6b9f4', '847cb6d9bc'] as const }
  const [controller, gitjob] = controllers({ ...parts, on: ['mk-1', 'mk-1'] }, ago)
  const config = configMap(version, ago(20_160))
  const release = releaseSecret({
    ...{ name: 'fleet', namespace: system, revision: 1, status: 'deployed', deployed: ago(20_160) },
    chart: { name: 'fleet', version, appVersion: version, description: 'Fleet Controller - GitOps at Scale' },
    ...{ defaults: { tolerations: [], nodeSelector: {} }, values: {} },
    templates: {
      'templates/deployment.yaml': workloadTemplate('Deployment', 'fleet-controller', true),
      'templates/deployment_gitjob.yaml': workloadTemplate('Deployment', 'gitjob', true),
    },
    rendered: {
      'templates/configmap.yaml': [config],
      'templates/deployment.yaml': controller.slice(0, 1),
      'templates/deployment_gitjob.yaml': gitjob.slice(0, 1),
    },
  })
  const namespaces = [namespace(system, ago(20_161)), namespace('fleet-local', ago(20_159))]
  return [
    ...namespaces,
    release,
    config,
    ...controller,
    ...gitjob,
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
