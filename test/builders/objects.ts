import type { OwnerReference } from '#model/api/meta.ts'
import type { Taint } from '#model/api/node.ts'
import type {
  Affinity,
  Container,
  PodSpec,
  PodStatus,
  Toleration,
  TopologySpreadConstraint,
  Volume,
} from '#model/api/pod.ts'

/** Reads `key=value:Effect`, `key:Effect`. */
export function taint(text: string): Taint {
  const [pair = '', effect = ''] = splitLast(text, ':')
  const at = pair.indexOf('=')
  return at === -1 ? { key: pair, effect } : { key: pair.slice(0, at), value: pair.slice(at + 1), effect }
}

function splitLast(text: string, by: string): [string, string] {
  const at = text.lastIndexOf(by)
  return [text.slice(0, at), text.slice(at + 1)]
}

/**
 * Builds a Node as JSON: 4 CPUs, 8Gi of memory, 110 Pods, labelled with its own name, Ready.
 * Each method gives a new builder; `JSON.stringify` and `aCluster` take it as it is.
 */
export class NodeBuilder {
  readonly apiVersion = 'v1'
  readonly kind = 'Node'
  readonly metadata: { name: string; labels: Record<string, string> }
  readonly spec: { taints?: Taint[]; unschedulable?: boolean }
  readonly status: Record<string, unknown> & { allocatable: Record<string, string> }

  constructor(metadata: NodeBuilder['metadata'], spec: NodeBuilder['spec'], status: NodeBuilder['status']) {
    this.metadata = metadata
    this.spec = spec
    this.status = status
  }
  tainted(...taints: string[]): NodeBuilder {
    return this.#with({}, { taints: [...(this.spec.taints ?? []), ...taints.map(taint)] }, {})
  }
  cordoned(): NodeBuilder {
    return this.#with({}, { unschedulable: true }, {})
  }
  labelled(labels: Record<string, string>): NodeBuilder {
    return this.#with({ labels: { ...this.metadata.labels, ...labels } }, {}, {})
  }
  withoutLabels(): NodeBuilder {
    return this.#with({ labels: {} }, {}, {})
  }
  inZone(zone: string): NodeBuilder {
    return this.labelled({ 'topology.kubernetes.io/zone': zone })
  }
  offering(allocatable: Record<string, string>): NodeBuilder {
    return this.#with({}, {}, { allocatable: { ...this.status.allocatable, ...allocatable } })
  }
  declaring(...declaredFeatures: string[]): NodeBuilder {
    return this.#with({}, {}, { declaredFeatures })
  }
  #with(metadata: object, spec: object, status: object): NodeBuilder {
    return new NodeBuilder({ ...this.metadata, ...metadata }, { ...this.spec, ...spec }, { ...this.status, ...status })
  }
}

export function aNode(name: string): NodeBuilder {
  return new NodeBuilder(
    { name, labels: { 'kubernetes.io/hostname': name } },
    {},
    {
      allocatable: { cpu: '4', memory: '8Gi', pods: '110', 'ephemeral-storage': '100Gi' },
      conditions: [{ type: 'Ready', status: 'True' }],
    },
  )
}

type PodMeta = {
  name: string
  namespace: string
  uid: string
  labels?: Record<string, string>
  annotations?: Record<string, string>
  ownerReferences?: OwnerReference[]
  deletionTimestamp?: string
  creationTimestamp?: string
}

/** Builds a Pod as JSON: Pending in `default`, one container without requests. Each method gives a new builder. */
export class PodBuilder {
  readonly apiVersion = 'v1'
  readonly kind = 'Pod'
  readonly metadata: PodMeta
  readonly spec: PodSpec
  readonly status: PodStatus

  constructor(metadata: PodMeta, spec: PodSpec, status: PodStatus) {
    this.metadata = metadata
    this.spec = spec
    this.status = status
  }
  in(namespace: string): PodBuilder {
    return this.#with({ namespace, uid: `${namespace}-${this.metadata.name}` })
  }
  labelled(labels: Record<string, string>): PodBuilder {
    return this.#with({ labels: { ...this.metadata.labels, ...labels } })
  }
  ownedBy(reference: OwnerReference): PodBuilder {
    return this.#with({ ownerReferences: [...(this.metadata.ownerReferences ?? []), reference] })
  }
  terminating(): PodBuilder {
    return this.#with({ deletionTimestamp: '2026-01-01T00:00:00Z' })
  }
  /** Running on a node. */
  on(nodeName: string): PodBuilder {
    return this.#with({}, { nodeName }, { phase: 'Running' })
  }
  inPhase(phase: string): PodBuilder {
    return this.#with({}, {}, { phase })
  }
  /** Tolerates `key=value:Effect`; with an object, just that. */
  tolerating(...tolerations: (string | Toleration)[]): PodBuilder {
    const added = tolerations.map((one) => (typeof one === 'string' ? { operator: 'Equal', ...taint(one) } : one))
    return this.#with({}, { tolerations: [...(this.spec.tolerations ?? []), ...added] })
  }
  selecting(nodeSelector: Record<string, string>): PodBuilder {
    return this.#with({}, { nodeSelector })
  }
  withAffinity(affinity: Affinity): PodBuilder {
    return this.#with({}, { affinity: { ...this.spec.affinity, ...affinity } })
  }
  spreading(...topologySpreadConstraints: TopologySpreadConstraint[]): PodBuilder {
    return this.#with({}, { topologySpreadConstraints })
  }
  /** The one container's requests. */
  requesting(requests: Record<string, string>): PodBuilder {
    return this.withContainers({ name: 'main', resources: { requests } })
  }
  withContainers(...containers: Container[]): PodBuilder {
    return this.#with({}, { containers })
  }
  withInitContainers(...initContainers: Container[]): PodBuilder {
    return this.#with({}, { initContainers })
  }
  withVolumes(...volumes: Volume[]): PodBuilder {
    return this.#with({}, { volumes: [...(this.spec.volumes ?? []), ...volumes] })
  }
  /** Mounts a PersistentVolumeClaim. */
  claiming(claimName: string): PodBuilder {
    return this.withVolumes({ name: claimName, persistentVolumeClaim: { claimName } })
  }
  withSpec(spec: PodSpec): PodBuilder {
    return this.#with({}, spec)
  }
  withStatus(status: PodStatus): PodBuilder {
    return this.#with({}, {}, status)
  }
  #with(metadata: Partial<PodMeta>, spec: PodSpec = {}, status: PodStatus = {}): PodBuilder {
    return new PodBuilder({ ...this.metadata, ...metadata }, { ...this.spec, ...spec }, { ...this.status, ...status })
  }
}

export function aPod(name = 'p'): PodBuilder {
  return new PodBuilder(
    { name, namespace: 'default', uid: `default-${name}` },
    { containers: [{ name: 'main' }], schedulerName: 'default-scheduler' },
    { phase: 'Pending' },
  )
}
