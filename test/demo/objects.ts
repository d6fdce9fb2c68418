import { createHash } from 'node:crypto'

/** An object of the demo's clusters, as JSON. */
export interface DemoObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: DemoMetadata
  readonly spec?: object
  readonly status?: object
  readonly [field: string]: unknown
}

/** Metadata as the API server fills it in. */
export interface DemoMetadata {
  readonly name: string
  readonly namespace?: string
  readonly uid: string
  readonly creationTimestamp: string
  readonly generateName?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  readonly ownerReferences?: readonly object[]
  readonly generation?: number
}

/** The time so many minutes before the demo's now, as the API writes it. */
export type Ago = (minutes: number) => string

/** The clock of a demo that begins at `now`. */
export function agoFrom(now: Date): Ago {
  return (minutes) => `${new Date(now.getTime() - minutes * 60_000).toISOString().slice(0, 19)}Z`
}

type Extra = Partial<Pick<DemoMetadata, 'labels' | 'annotations' | 'generateName' | 'generation'>> & {
  readonly owner?: DemoObject
}

/** An object with a uid of its own; `owner` is its controller. */
export function object(
  type: string,
  where: string,
  created: string,
  { owner, ...extra }: Extra,
  rest: object,
): DemoObject {
  const at = type.lastIndexOf('/')
  const [apiVersion, kind] = [type.slice(0, at), type.slice(at + 1)]
  const [name = '', namespace] = where.split('/').reverse()
  const metadata: DemoMetadata = {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    uid: uidOf(`${type} ${where}`),
    creationTimestamp: created,
    ...extra,
    ...(owner === undefined ? {} : { ownerReferences: [controlledBy(owner)] }),
  }
  return { apiVersion, kind, metadata, ...rest }
}

/** A uid that is always the same for the same text. */
export function uidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `9${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  )
}

function controlledBy({ apiVersion, kind, metadata: { name, uid } }: DemoObject): object {
  return { apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true }
}

/** Reads `key=value:Effect` and `key:Effect` as a taint, or as the toleration that matches it. */
export function taint(text: string): { key: string; value?: string; effect: string } {
  const [, key = '', value, effect = ''] = /^([^=:]+)(?:=([^:]*))?:(.+)$/.exec(text) ?? []
  return { key, ...(value === undefined ? {} : { value }), effect }
}

/** The toleration that matches a taint written the same way; without a value it is Exists. */
export function toleration(text: string): object {
  const { key, value, effect } = taint(text)
  return value === undefined ? { key, operator: 'Exists', effect } : { key, operator: 'Equal', value, effect }
}

/** A Ready Node of 8 CPUs and 32Gi. */
export function node(
  name: string,
  created: string,
  taints: readonly string[],
  version: string,
  extra: Extra = {},
): DemoObject {
  const labels = {
    'kubernetes.io/arch': 'amd64',
    'kubernetes.io/hostname': name,
    'kubernetes.io/os': 'linux',
    ...extra.labels,
  }
  const size = { cpu: '8', memory: '32Gi', pods: '110', 'ephemeral-storage': '100Gi' }
  const ready = { type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status' }
  const nodeInfo = { kubeletVersion: version, operatingSystem: 'linux', architecture: 'amd64' }
  return object(
    'v1/Node',
    name,
    created,
    { ...extra, labels },
    {
      spec: taints.length === 0 ? {} : { taints: taints.map(taint) },
      status: {
        capacity: size,
        allocatable: size,
        conditions: [{ ...ready, lastHeartbeatTime: created, lastTransitionTime: created }],
        addresses: [{ type: 'Hostname', address: name }],
        nodeInfo,
      },
    },
  )
}

/** A Namespace, with the label that the API server gives it. */
export function namespace(name: string, created: string, annotations?: Record<string, string>): DemoObject {
  const labels = { 'kubernetes.io/metadata.name': name }
  const rest = { spec: { finalizers: ['kubernetes'] }, status: { phase: 'Active' } }
  return object('v1/Namespace', name, created, { labels, ...(annotations && { annotations }) }, rest)
}
