import { gzipSync } from 'node:zlib'

/** Stands in every place where a secret can stand, and may come out nowhere. */
export const marker = 'hunter2-Xq7marker'
/** The same as Secrets hold it. */
export const packed = Buffer.from(marker).toString('base64')

const container = {
  name: 'main',
  image: 'example.com/app:1',
  command: ['sh', '-c', marker],
  args: [`--password=${marker}`],
  env: [{ name: 'PASSWORD', value: marker }],
  envFrom: [{ secretRef: { name: marker } }],
  livenessProbe: { httpGet: { path: '/', port: 80, httpHeaders: [{ name: 'Authorization', value: marker }] } },
  lifecycle: { preStop: { exec: { command: ['curl', marker] } } },
}
const annotations = {
  'kubectl.kubernetes.io/last-applied-configuration': `{"spec":{"password":"${marker}"}}`,
  'objectset.rio.cattle.io/applied': marker,
  'example.com/token': marker,
  'helm.cattle.io/chart-url': `https://user:${marker}@charts.example.com/x.tgz`,
}
const owner = (apiVersion: string, kind: string, name: string) => ({
  apiVersion,
  kind,
  name,
  uid: `u-${kind}-${name}`,
  controller: true,
})
const meta = (kind: string, name: string, extra: object = {}) => ({
  name,
  namespace: 'shop',
  uid: `u-${kind}-${name}`,
  creationTimestamp: '2026-07-01T00:00:00Z',
  annotations,
  managedFields: [{ manager: marker }],
  ...extra,
})
const helm = {
  annotations: { ...annotations, 'meta.helm.sh/release-name': 'web', 'meta.helm.sh/release-namespace': 'shop' },
  labels: { 'app.kubernetes.io/managed-by': 'Helm' },
}
const template = {
  metadata: { labels: { app: 'web' }, annotations },
  spec: { containers: [container], initContainers: [container] },
}

const manifest = `---
# Source: web/templates/deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  annotations: {example.com/token: ${marker}}
spec:
  template:
    spec:
      containers: [{name: main, image: "example.com/app:1", env: [{name: P, value: ${marker}}], args: ["${marker}"]}]
---
# Source: web/templates/secret.yaml
apiVersion: v1
kind: Secret
metadata: {name: web}
stringData: {password: ${marker}}
---
# Source: web/templates/custom.yaml
apiVersion: example.com/v1
kind: Database
metadata: {name: web}
spec: {password: ${marker}, url: "postgres://root:${marker}@db/x", tolerations: []}
`

const release = {
  name: 'web',
  namespace: 'shop',
  version: 3,
  info: { status: 'deployed', notes: marker, description: marker },
  chart: {
    metadata: { name: 'web', version: '1.2.3', appVersion: '1' },
    templates: [
      {
        name: 'templates/deployment.yaml',
        data: Buffer.from('spec:\n  tolerations: {{ toYaml .Values.tolerations | nindent 4 }}\n').toString('base64'),
      },
    ],
    values: { tolerations: [], database: { password: marker, host: 'db' } },
  },
  config: {
    password: marker,
    nested: { token: marker, list: [marker], plain: marker, url: `https://u:${marker}@example.com` },
    yamlText: `tolerations: []\npassword: ${marker}\n`,
  },
  manifest,
  hooks: [],
}
const record = Buffer.from(gzipSync(JSON.stringify(release)).toString('base64')).toString('base64')

/** A cluster with the marker in every place, and Pods that make all parts of the program look at it. */
export const plantedObjects: readonly object[] = [
  {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'n1', uid: 'n1', annotations },
    spec: { taints: [{ key: 'team', value: 'a', effect: 'NoSchedule' }] },
    status: { allocatable: { cpu: '4', memory: '8Gi', pods: '110' } },
  },
  ...[
    'Opaque',
    'kubernetes.io/dockerconfigjson',
    'kubernetes.io/service-account-token',
    'bootstrap.kubernetes.io/token',
  ].map((type, at) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    type,
    metadata: { name: `s${at}`, namespace: 'shop', labels: { owner: 'helm', name: 'web' }, annotations },
    data: { password: packed },
    stringData: { password: marker },
  })),
  {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'helm.sh/release.v1',
    metadata: {
      name: 'sh.helm.release.v1.web.v3',
      namespace: 'shop',
      labels: { owner: 'helm', name: 'web', status: 'deployed', version: '3' },
      annotations,
    },
    data: { release: record, other: packed },
  },
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'settings', namespace: 'shop', annotations },
    data: { password: marker },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: meta('Deployment', 'web', helm),
    spec: { selector: { matchLabels: { app: 'web' } }, template },
    status: {
      conditions: [{ type: 'Progressing', status: 'True', message: `pull https://u:${marker}@example.com/x` }],
    },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: meta('ReplicaSet', 'web-1', { ownerReferences: [owner('apps/v1', 'Deployment', 'web')] }),
    spec: { template },
  },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: meta('Pod', 'web-1-abcde', {
      labels: { app: 'web' },
      ownerReferences: [owner('apps/v1', 'ReplicaSet', 'web-1')],
    }),
    spec: {
      containers: [container],
      volumes: [{ name: 'c', csi: { driver: 'x', volumeAttributes: { password: marker } } }],
    },
    status: { phase: 'Pending' },
  },
  {
    apiVersion: 'example.com/v1',
    kind: 'Database',
    metadata: meta('Database', 'db'),
    spec: {
      password: marker,
      url: `postgres://root:${marker}@db/x`,
      text: marker,
      list: [marker],
      env: [{ name: 'a', value: marker }],
    },
    status: { message: marker },
  },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: meta('Pod', 'db-0', { ownerReferences: [owner('example.com/v1', 'Database', 'db')] }),
    spec: { containers: [container] },
    status: { phase: 'Pending' },
  },
  {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: meta('CronJob', 'report'),
    spec: { schedule: '* * * * *', jobTemplate: { metadata: { annotations }, spec: { template } } },
  },
  {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: meta('Job', 'report-1', { ownerReferences: [owner('batch/v1', 'CronJob', 'report')] }),
    spec: { template },
  },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: meta('Pod', 'report-1-x', { ownerReferences: [owner('batch/v1', 'Job', 'report-1')] }),
    spec: { containers: [container] },
    status: { phase: 'Pending' },
  },
]
