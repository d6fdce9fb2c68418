import { ofRelease } from './helm-release.ts'
import { type Ago, type DemoObject, object, toleration } from './objects.ts'
import { deployment, type Template } from './workloads.ts'

/** Fleet's namespace. */
export const system = 'cattle-fleet-system'
/** The node selector that every Pod of Fleet has. */
export const selectsLinux = { 'kubernetes.io/os': 'linux' }
/** The toleration that every Pod of Fleet has built in. */
export const toleratesLinux = toleration('cattle.io/os=linux:NoSchedule')

/** Templates in words of our own that say what Fleet's say about tolerations. */
export function workloadTemplate(kind: string, name: string, passesTolerations: boolean): string {
  const apiVersion = kind === 'Deployment' ? 'apps/v1' : 'batch/v1'
  const parents =
    kind === 'CronJob' ? ['spec:', '  jobTemplate:', '    spec:', '      template:'] : ['spec:', '  template:']
  const indent = ' '.repeat(parents.length * 2)
  return [
    ...[`apiVersion: ${apiVersion}`, `kind: ${kind}`, 'metadata:', `  name: ${name}`, ...parents],
    ...[`${indent}spec:`, `${indent}  tolerations:`],
    `${indent}    - {key: cattle.io/os, operator: Equal, value: linux, effect: NoSchedule}`,
    ...(passesTolerations
      ? ['{{- with .Values.tolerations }}', `{{ toYaml . | indent ${indent.length + 4} }}`, '{{- end }}']
      : []),
    '',
  ].join('\n')
}

/** Which version runs since when, with which tolerations and where. */
export interface Controllers {
  readonly version: string
  readonly minutes: number
  readonly tolerations: readonly object[]
  readonly on: readonly [controller: string, gitjob: string]
  readonly hashes: readonly [controller: string, gitjob: string]
}

/** The Deployments fleet-controller and gitjob, each with its ReplicaSet and its running Pod. */
export function controllers(
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

/** Fleet's own configuration, which names the agent's image. */
export function configMap(version: string, created: string): DemoObject {
  const config = JSON.stringify({
    agentImage: `rancher/fleet-agent:v${version}`,
    bootstrap: { agentNamespace: '', branch: 'master' },
  })
  return object('v1/ConfigMap', `${system}/fleet-controller`, created, ofRelease('fleet', system), { data: { config } })
}

/** The Pod template of Fleet's cleanup workloads where the values give no toleration, or, before 0.11.4, whatever they give. */
export function cleanup(version: string, what: string, account: string): Template {
  return {
    labels: { app: 'fleet-job' },
    spec: {
      serviceAccountName: account,
      restartPolicy: 'Never',
      nodeSelector: selectsLinux,
      tolerations: [toleratesLinux],
      containers: [
        { name: 'cleanup', image: `rancher/fleet:v${version}`, command: ['fleet'], args: ['cleanup', what] },
      ],
    },
  }
}

/** The CronJob that clears away old git jobs. */
export function dailyCleanup(version: string, created: string, lastScheduleTime: string): DemoObject {
  const { labels, spec } = cleanup(version, 'gitjob', 'gitjob')
  const jobTemplate = { spec: { template: { metadata: { labels }, spec } } }
  return object('batch/v1/CronJob', `${system}/fleet-cleanup-gitrepo-jobs`, created, ofRelease('fleet', system), {
    spec: { schedule: '@daily', concurrencyPolicy: 'Forbid', suspend: false, jobTemplate },
    status: { lastScheduleTime },
  })
}
