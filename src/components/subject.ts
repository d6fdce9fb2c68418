import type { Pod, Toleration } from '#model/api/pod.ts'
import type { ApiObject, ClusterState } from '#model/cluster-state.ts'
import { isRecord, labelOf, listAt, textAt, valueAt } from '#model/raw-object.ts'
import type { Origin } from '#ownership/origin.ts'
import type { Owner, OwnerChain } from '#ownership/owner-chain.ts'
import type { ComponentQuestion } from './component.ts'

/** A workload as the known systems look at it. */
export interface Subject {
  readonly cluster: ClusterState
  readonly chain: OwnerChain
  /** The last owner that could be read, or the Pod itself. */
  readonly root: ApiObject
  readonly origin: Origin | undefined
  readonly pod: Pod | undefined
  /** Kind and name of the last owner, as the references name it, else of the Pod. */
  readonly kind: string
  readonly name: string
  /** The Pod's namespace. */
  readonly namespace: string
  readonly images: readonly Image[]
  readonly containers: readonly string[]
  /** The Pod's labels, or its template's. */
  readonly podLabels: Readonly<Record<string, unknown>>
  readonly serviceAccount: string | undefined
  readonly readYaml: ((text: string) => unknown) | undefined
}

/** `registry.example.com/rancher/fleet:v0.12.0@sha256:…` taken apart. */
export interface Image {
  /** Without registry port, tag and digest: `registry.example.com/rancher/fleet`. */
  readonly repository: string
  readonly tag: string | undefined
  readonly text: string
}

/** Gathers what the systems look at, once. */
export function subjectOf(question: ComponentQuestion): Subject {
  const { cluster, chain, root, origin, pod, readYaml } = question
  const spec = pod?.spec ?? templateSpecOf(root)
  const containers = [...listAt(spec, 'containers'), ...listAt(spec, 'initContainers')]
  const labels = pod?.metadata.labels ?? templateOf(root)?.labels
  return {
    cluster,
    chain,
    root,
    origin,
    pod,
    readYaml,
    ...workloadOf(question),
    namespace: pod?.metadata.namespace ?? root.metadata.namespace ?? '',
    images: containers.flatMap((container) => imageOf(textAt(container, 'image')) ?? []),
    containers: containers.flatMap((container) => textAt(container, 'name') ?? []),
    podLabels: isRecord(labels) ? labels : {},
    serviceAccount: textAt(spec, 'serviceAccountName'),
  }
}

/** A ReplicaSet whose Deployment could not be read still tells its name. */
function workloadOf({ chain, root, pod }: ComponentQuestion): { kind: string; name: string } {
  const last = chain.owners.at(-1)
  const kind = last?.kind ?? root.kind
  const name = last?.name ?? root.metadata.name ?? ''
  const hash = pod === undefined ? undefined : labelOf({ apiVersion: 'v1', kind: 'Pod', ...pod }, 'pod-template-hash')
  if (kind === 'ReplicaSet' && chain.end !== undefined && hash !== undefined && name.endsWith(`-${hash}`)) {
    return { kind: 'Deployment', name: name.slice(0, -hash.length - 1) }
  }
  return { kind, name }
}

/** Takes an image reference apart; undefined for what is none. */
export function imageOf(text: string | undefined): Image | undefined {
  if (text === undefined) return undefined
  const named = text.split('@')[0] ?? ''
  const colon = named.lastIndexOf(':')
  const tagged = colon > named.lastIndexOf('/')
  return { repository: tagged ? named.slice(0, colon) : named, tag: tagged ? named.slice(colon + 1) : undefined, text }
}

/** The image whose repository is, or ends in, one of these paths (`rancher/fleet`), whatever registry it is from. */
export function imageNamed(subject: Subject, ...paths: readonly string[]): Image | undefined {
  return subject.images.find(({ repository }) =>
    paths.some((path) => repository === path || repository.endsWith(`/${path}`)),
  )
}

/** The pod template of a workload; undefined for kinds without one. */
export function templateOf(object: ApiObject): { readonly labels: unknown; readonly spec: unknown } | undefined {
  const template =
    object.kind === 'CronJob'
      ? valueAt(object, 'spec', 'jobTemplate', 'spec', 'template')
      : valueAt(object, 'spec', 'template')
  if (!isRecord(template) || !isRecord(template.spec)) return undefined
  return { labels: valueAt(template, 'metadata', 'labels'), spec: template.spec }
}

function templateSpecOf(object: ApiObject): unknown {
  return object.kind === 'Pod' ? object.spec : templateOf(object)?.spec
}

/** The tolerations of a Pod or of a workload's template. */
export function tolerationsOf(object: ApiObject | undefined): readonly Toleration[] {
  if (object === undefined) return []
  return readTolerations(valueAt(templateSpecOf(object), 'tolerations'))
}

/** A list of tolerations as an object or values hold it; what is no toleration is left out. */
export function readTolerations(value: unknown): readonly Toleration[] {
  if (!Array.isArray(value)) return []
  return value.filter(isRecord).map((entry) => {
    const seconds = entry.tolerationSeconds
    return {
      ...(typeof entry.key === 'string' ? { key: entry.key } : {}),
      ...(typeof entry.operator === 'string' ? { operator: entry.operator } : {}),
      ...(typeof entry.value === 'string' ? { value: entry.value } : {}),
      ...(typeof entry.effect === 'string' ? { effect: entry.effect } : {}),
      ...(typeof seconds === 'number' ? { tolerationSeconds: seconds } : {}),
    }
  })
}

/** The nearest owner of this kind. */
export function ownerOfKind(subject: Subject, kind: string): Owner | undefined {
  return subject.chain.owners.find((owner) => owner.kind === kind)
}

/** Whether the Pod stands alone: nothing controls it. */
export function isBarePod(subject: Subject): boolean {
  return subject.kind === 'Pod' && subject.chain.owners.length === 0
}

/** A label of the Pod, else of the root object. */
export function labelled(subject: Subject, key: string): string | undefined {
  const value = Object.hasOwn(subject.podLabels, key) ? subject.podLabels[key] : undefined
  return typeof value === 'string' && value !== '' ? value : labelOf(subject.root, key)
}

/** Whether the root is of one of these kinds and its name fits. */
export function isNamed(subject: Subject, kinds: readonly string[], name: string | RegExp): boolean {
  if (!kinds.includes(subject.kind)) return false
  return typeof name === 'string' ? subject.name === name : name.test(subject.name)
}
