import { type Ago, type DemoObject, object } from './objects.ts'

/** A Pod template's part that the demo sets; the rest is what the API server fills in. */
export interface Template {
  readonly labels?: Readonly<Record<string, string>>
  readonly spec: {
    readonly tolerations?: readonly object[]
    readonly containers?: readonly object[]
    readonly [field: string]: unknown
  }
}

/** Where a Pod stands: on a node; refused by the scheduler, with its sentence; or waiting in PreBind for a volume there. */
export type Standing = { readonly on: string } | { readonly refused: string } | { readonly waitsOn: string }

/** kube-scheduler's sentence (1.36) where every node has one reason: what refuses how many of them. */
export function refusal(reasons: Readonly<Record<string, number>>): { refused: string } {
  const total = Object.values(reasons).reduce((sum, count) => sum + count, 0)
  const parts = Object.entries(reasons).map(([reason, count]) => `${count} ${reason}`)
  const nodes = `0/${total} nodes are available`
  const preemption = `preemption: ${nodes}: ${total} Preemption is not helpful for scheduling.`
  return { refused: `${nodes}: ${parts.sort().join(', ')}. no new claims to deallocate, ${preemption}` }
}

const added = ['not-ready', 'unreachable'].map((condition) => ({
  ...{ key: `node.kubernetes.io/${condition}`, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 },
}))

/** A Pod of a template; `where` is `namespace/name`. */
export function pod(
  where: string,
  created: string,
  template: Template,
  standing: Standing,
  more: { owner?: DemoObject; labels?: Record<string, string>; generateName?: string } = {},
): DemoObject {
  const { labels, ...rest } = more
  const spec = {
    restartPolicy: 'Always',
    schedulerName: 'default-scheduler',
    ...template.spec,
    tolerations: [...(template.spec.tolerations ?? []), ...added],
    ...('on' in standing ? { nodeName: standing.on } : {}),
  }
  const all = { ...template.labels, ...labels }
  return object(
    'v1/Pod',
    where,
    created,
    { ...rest, ...(Object.keys(all).length > 0 && { labels: all }), generation: 1 },
    {
      spec,
      status: podStatus(standing, created, template.spec.containers ?? []),
    },
  )
}

function podStatus(standing: Standing, since: string, containers: readonly object[]): object {
  const qosClass = qosOf(containers)
  const scheduled = { type: 'PodScheduled', lastProbeTime: null, lastTransitionTime: since, observedGeneration: 1 }
  if ('waitsOn' in standing) return { phase: 'Pending', nominatedNodeName: standing.waitsOn, qosClass }
  if ('refused' in standing) {
    const condition = { ...scheduled, status: 'False', reason: 'Unschedulable', message: standing.refused }
    return { phase: 'Pending', conditions: [condition], qosClass }
  }
  const running = containers.map((one) => ({
    ready: true,
    restartCount: 0,
    state: { running: { startedAt: since } },
    ...nameAndImage(one),
  }))
  const ready = { ...scheduled, type: 'Ready', status: 'True' }
  const conditions = [{ ...scheduled, status: 'True' }, ready]
  return { phase: 'Running', startTime: since, conditions, containerStatuses: running, qosClass }
}

function qosOf(containers: readonly object[]): string {
  const sizes = containers.map((one) => (one as { resources?: { limits?: object; requests?: object } }).resources)
  if (sizes.every((size) => size === undefined)) return 'BestEffort'
  const equal = sizes.every((size) => size?.limits && JSON.stringify(size.limits) === JSON.stringify(size.requests))
  return equal ? 'Guaranteed' : 'Burstable'
}

function nameAndImage(container: object): object {
  const { name, image } = container as { name: string; image: string }
  return { name, image }
}

/** One Pod of a Deployment: the five letters after its ReplicaSet's name, and where it stands. */
export type Replica = readonly [suffix: string, standing: Standing, minutesAgo?: number]

/** What makes one Deployment different from another. */
export interface DeploymentParts {
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  readonly selector: Readonly<Record<string, string>>
  readonly template: Template
  /** The ReplicaSet's hash. */
  readonly hash: string
  readonly replicas: readonly Replica[]
}

/** A Deployment, its ReplicaSet and its Pods. */
export function deployment(where: string, minutes: number, ago: Ago, parts: DeploymentParts): DemoObject[] {
  const { labels, annotations, selector, template, hash, replicas } = parts
  const hashed = { 'pod-template-hash': hash }
  const ready = replicas.filter(([, standing]) => 'on' in standing).length
  const counts = { replicas: replicas.length, readyReplicas: ready, observedGeneration: 1 }
  const podTemplate = { metadata: { labels: template.labels }, spec: template.spec }
  const own = object(
    'apps/v1/Deployment',
    where,
    ago(minutes),
    { ...(labels && { labels }), ...(annotations && { annotations }), generation: 1 },
    {
      spec: { replicas: replicas.length, selector: { matchLabels: selector }, template: podTemplate },
      status: { ...counts, updatedReplicas: replicas.length, unavailableReplicas: replicas.length - ready },
    },
  )
  const set = object(
    'apps/v1/ReplicaSet',
    `${where}-${hash}`,
    ago(minutes),
    { owner: own, labels: { ...template.labels, ...hashed }, generation: 1 },
    {
      spec: {
        replicas: replicas.length,
        selector: { matchLabels: { ...selector, ...hashed } },
        template: { ...podTemplate, metadata: { labels: { ...template.labels, ...hashed } } },
      },
      status: counts,
    },
  )
  const generateName = `${set.metadata.name}-`
  const pods = replicas.map(([suffix, standing, podMinutes = minutes]) =>
    pod(`${where}-${hash}-${suffix}`, ago(podMinutes), template, standing, {
      owner: set,
      labels: hashed,
      generateName,
    }),
  )
  return [own, set, ...pods]
}

/** What makes one Job different from another; `suffix` ends its Pod's name. */
export interface JobParts {
  readonly owner?: DemoObject
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  readonly spec?: object
  readonly template: Template
  readonly suffix: string
  readonly standing: Standing
}

/** A Job and its one Pod. */
export function job(where: string, created: string, parts: JobParts): DemoObject[] {
  const { owner, labels, annotations, template, suffix, standing } = parts
  const extra = {
    ...(owner && { owner }),
    ...(labels && { labels }),
    ...(annotations && { annotations }),
    generation: 1,
  }
  const named = jobLabels(where, created)
  const templateLabels = { ...template.labels, ...named }
  const own = object('batch/v1/Job', where, created, extra, {
    spec: {
      ...{ backoffLimit: 6, completions: 1, parallelism: 1, suspend: false, ...parts.spec },
      selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': named['batch.kubernetes.io/controller-uid'] } },
      template: { metadata: { labels: templateLabels }, spec: template.spec },
    },
    status: { active: 1, ready: 0, startTime: created },
  })
  const generateName = `${own.metadata.name}-`
  return [own, pod(`${where}-${suffix}`, created, template, standing, { owner: own, labels: named, generateName })]
}

/** The labels the Job controller gives its Pods; the uid is the Job's. */
function jobLabels(where: string, created: string): Record<string, string> {
  const { name, uid } = object('batch/v1/Job', where, created, {}, {}).metadata
  return {
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': name,
    'controller-uid': uid,
    'job-name': name,
  }
}
