import { ofRelease, type Release, releaseSecret } from './helm-release.ts'
import { type Ago, type DemoObject, namespace, object } from './objects.ts'
import { deployment, job, type Standing, type Template } from './workloads.ts'

const system = 'fleetdm'
/** The same four labels on the server, the migration and the cron job: what the defect is made of. */
const labels = { app: 'fleet', chart: 'fleet', heritage: 'Helm', release: 'fleet' }

/**
 * FleetDM in an upgrade from chart 6.4.0 to 6.6.4. The server runs on the apps nodes from before they were tainted; the
 * migration hook is refused there. The selectors of Deployment and Service match the migration's Pod as well.
 */
export function fleetdmUpgrade(ago: Ago, refused: Standing): DemoObject[] {
  const minutes = 43_200
  const template = (name: string, image: string, args: readonly string[]): Template => ({
    labels,
    spec: {
      serviceAccountName: 'fleet',
      nodeSelector: { pool: 'apps' },
      ...(name === 'fleet' ? {} : { restartPolicy: 'Never' }),
      containers: [
        {
          ...{ name, image: `fleetdm/fleet:${image}`, command: ['fleet'], args },
          resources: { limits: { cpu: '1', memory: '4Gi' }, requests: { cpu: '100m', memory: '50Mi' } },
          ...(name === 'fleet' ? { ports: [{ name: 'fleet', containerPort: 8080, protocol: 'TCP' }] } : {}),
        },
      ],
    },
  })
  const server = deployment(`${system}/fleet`, minutes, ago, {
    ...withLabels(),
    selector: labels,
    template: template('fleet', 'v4.63.0', ['serve']),
    hash: '7fd9db6c66',
    replicas: [
      ['4wzmd', { on: 'apps-1' }],
      ['h9xjc', { on: 'apps-2' }],
      ['qk2tb', { on: 'apps-1' }],
    ],
  })
  const service = object('v1/Service', `${system}/fleet-service`, ago(minutes), withLabels(), {
    spec: {
      type: 'ClusterIP',
      selector: labels,
      ports: [{ name: 'fleet', port: 8080, protocol: 'TCP', targetPort: 8080 }],
    },
  })
  const migration = job(`${system}/fleet-migration`, ago(8), {
    labels,
    annotations: {
      'helm.sh/hook': 'pre-install,pre-upgrade',
      'helm.sh/hook-weight': '1',
      'helm.sh/hook-delete-policy': 'hook-succeeded',
    },
    spec: { ttlSecondsAfterFinished: 100 },
    template: template('fleet-migration', 'v4.68.0', ['prepare', 'db', '--no-prompt']),
    ...{ suffix: 'lkfn8', standing: refused },
  })
  const values = { hostName: 'fleet.example.com', nodeSelector: { pool: 'apps' } }
  const rendered = { 'templates/deployment.yaml': server.slice(0, 1), 'templates/service.yaml': [service] }
  const newer = JSON.parse(JSON.stringify(rendered).replaceAll('v4.63.0', 'v4.68.0'))
  const common = {
    name: 'fleet',
    namespace: system,
    defaults: { replicas: 3, tolerations: [], nodeSelector: {} },
    values,
    templates,
  }
  const before: Release = {
    ...{ ...common, rendered, revision: 1, status: 'deployed', deployed: ago(minutes) },
    chart: { name: 'fleet', version: '6.4.0', appVersion: 'v4.63.0', home: 'https://fleetdm.com' },
  }
  const now: Release = {
    ...{ ...common, rendered: newer, revision: 2, status: 'pending-upgrade', deployed: ago(8) },
    chart: { name: 'fleet', version: '6.6.4', appVersion: 'v4.68.0', home: 'https://fleetdm.com' },
    hooks: [
      {
        ...{ path: 'templates/job-migration.yaml', object: migration[0] as DemoObject, weight: 1 },
        ...{ events: ['pre-install', 'pre-upgrade'], deletePolicies: ['hook-succeeded'] },
      },
    ],
  }
  const slice = endpointSlice(
    ago(minutes),
    service,
    server.filter((one) => one.kind === 'Pod'),
  )
  return [
    namespace(system, ago(minutes + 1)),
    releaseSecret(before),
    releaseSecret(now),
    ...server,
    service,
    slice,
    ...migration,
  ]
}

const scheduling = ['nodeSelector', 'tolerations', 'affinity']
  .flatMap((key) => [
    `      {{- with .Values.${key} }}`,
    `      ${key}:`,
    '{{ toYaml . | indent 8 }}',
    '      {{- end }}',
  ])
  .join('\n')

function workloadTemplate(apiVersion: string, kind: string, name: string): string {
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\nspec:\n  template:\n    spec:\n${scheduling}\n`
}

/** Templates in words of our own: both workloads read the same three keys. */
const templates = {
  'templates/deployment.yaml': workloadTemplate('apps/v1', 'Deployment', 'fleet'),
  'templates/job-migration.yaml': workloadTemplate('batch/v1', 'Job', 'fleet-migration'),
}

function withLabels(): ReturnType<typeof ofRelease> {
  const helm = ofRelease('fleet', system)
  return { ...helm, labels: { ...labels, ...helm.labels } }
}

function endpointSlice(created: string, service: DemoObject, pods: readonly DemoObject[]): DemoObject {
  const labels = { 'kubernetes.io/service-name': service.metadata.name }
  const endpoints = pods.map(({ metadata, spec }, at) => ({
    ...{ addresses: [`10.1.3.${10 + at}`], conditions: { ready: true, serving: true, terminating: false } },
    nodeName: (spec as { nodeName?: string }).nodeName,
    targetRef: { kind: 'Pod', namespace: metadata.namespace, name: metadata.name, uid: metadata.uid },
  }))
  return object(
    'discovery.k8s.io/v1/EndpointSlice',
    `${system}/fleet-service-7xq2k`,
    created,
    { owner: service, labels },
    {
      ...{ addressType: 'IPv4', ports: [{ name: 'fleet', port: 8080, protocol: 'TCP' }], endpoints },
    },
  )
}
