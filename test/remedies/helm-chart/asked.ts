import type { ComponentQuestion, Placement } from '#components/component.ts'
import type { ApiObject } from '#model/cluster-state.ts'
import { ownerChain, rootOf } from '#ownership/owner-chain.ts'
import { originOf } from '#ownership/registry.ts'
import { chartPlacements } from '#remedies/helm-chart/index.ts'
import { aCluster } from '#test/builders/cluster.ts'
import { aRelease, rendered } from '#test/builders/owned.ts'
import { type ChartRow, tolerating } from './charts.ts'

/** The workload of a row: what it is called, where it comes from, and as the manifest has it. */
export function workloadOf(row: ChartRow) {
  const [kind = '', name = ''] = (row.workload ?? 'Deployment r-web').split(' ')
  const source = `c/${row.from ?? Object.keys(row.files)[0] ?? ''}`
  const tolerations = (row.renders ?? []).map(tolerating)
  const spec = { containers: [{ name: 'c', image: 'i' }], ...(tolerations.length > 0 ? { tolerations } : {}) }
  const template = { spec }
  const isCron = kind === 'CronJob'
  const hook = kind === 'Job' ? { annotations: { 'helm.sh/hook': 'post-install' } } : {}
  const object = {
    apiVersion: kind === 'Deployment' ? 'apps/v1' : 'batch/v1',
    kind,
    metadata: { name, ...hook },
    spec: isCron ? { jobTemplate: { spec: { template } } } : { template },
  }
  return { kind, name, source, object }
}

/** The release record of a row, as helm would have written it. */
export function recordOf(row: ChartRow, more: { status?: string; chart?: object } = {}): ApiObject {
  const { kind, name, source, object } = workloadOf(row)
  const templates = Object.entries(row.files)
    .filter(([path]) => row.whole === true || !path.startsWith('charts/'))
    .map(([path, text]) => ({ name: path, data: Buffer.from(text).toString('base64') }))
  const dependencies = row.dependencies?.map(({ name: own, alias, condition }) => ({
    name: alias ?? own,
    version: '1.0.0',
    ...(alias === undefined ? {} : { alias }),
    ...(condition === undefined ? {} : { condition }),
  }))
  const isHook = kind === 'Job'
  return aRelease('ns', 'r', {
    ...(more.status === undefined ? {} : { status: more.status }),
    chart: {
      metadata: { name: 'c', version: '1.0.0', ...(dependencies === undefined ? {} : { dependencies }) },
      templates,
      values: row.values ?? {},
      ...more.chart,
    },
    values: row.user ?? {},
    manifest: isHook ? '' : rendered(source, object),
    hooks: isHook
      ? [{ name, kind, path: source, manifest: JSON.stringify(object), events: ['post-install'], delete_policies: [] }]
      : [],
  }) as unknown as ApiObject
}

/** What is answered for the workload of a row. */
export function answered(row: ChartRow, told: Told = {}): readonly Placement[] {
  return chartPlacements(questionOf(row, told), [tolerating(told.wants ?? 'new')])
}

export interface Told {
  readonly wants?: string
  readonly status?: string
  readonly record?: ApiObject | null
  readonly live?: (object: ApiObject) => ApiObject
  readonly beside?: readonly object[]
}

export function questionOf(row: ChartRow, told: Told = {}): ComponentQuestion {
  const { kind, object } = workloadOf(row)
  const helm = { 'meta.helm.sh/release-name': 'r', 'meta.helm.sh/release-namespace': 'ns' }
  const annotations = kind === 'Job' ? { 'helm.sh/hook': 'post-install' } : helm
  const made = { ...object, metadata: { ...object.metadata, namespace: 'ns', uid: 'root', annotations } }
  const root = told.live === undefined ? made : told.live(made as unknown as ApiObject)
  const record =
    told.record === undefined ? recordOf(row, told.status === undefined ? {} : { status: told.status }) : told.record
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'p',
      namespace: 'ns',
      ownerReferences: [
        { apiVersion: object.apiVersion, kind, name: object.metadata.name, uid: 'root', controller: true },
      ],
    },
    spec: { containers: [{ name: 'c', image: 'i' }] },
  }
  const cluster = aCluster([root, pod, ...(record === null ? [] : [record]), ...(told.beside ?? [])])
  const chain = ownerChain(pod as unknown as ApiObject, cluster)
  const question = { root: rootOf(pod as unknown as ApiObject, chain), chain, cluster, pod }
  const origin = originOf(question)
  return { ...question, ...(origin === null ? {} : { origin }) } as unknown as ComponentQuestion
}
