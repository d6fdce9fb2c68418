import type { ResourceType } from './resources.ts'
import type { KubeObject } from './types.ts'

type Column = readonly [name: string, value: (object: KubeObject) => string | number, format?: string]

/** The columns and rows that `kubectl get` prints: Pods and Nodes as the real server shows them, all else by name and age. */
export function tableOf(type: ResourceType, objects: readonly KubeObject[], single: boolean): object {
  const columns = type.group === '' ? (special[type.plural] ?? plain) : plain
  return {
    columnDefinitions: columns.map(([name, , format = '']) => ({
      name,
      type: 'string',
      format,
      description: name,
      priority: 0,
    })),
    rows: objects.map((object) => ({
      cells: columns.map(([, value]) => value(object)),
      object: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata },
      ...(single ? { conditions: [] } : {}),
    })),
  }
}

const name: Column = ['Name', ({ metadata }) => metadata.name, 'name']
const age: Column = ['Age', ({ metadata }) => ageOf(metadata.creationTimestamp)]
const plain: readonly Column[] = [name, age]

const special: Readonly<Record<string, readonly Column[]>> = {
  pods: [
    name,
    [
      'Ready',
      (pod) => `${containers(pod).filter((one) => one.ready).length}/${partOf(pod, 'spec').containers?.length ?? 0}`,
    ],
    ['Status', (pod) => (pod.metadata.deletionTimestamp ? 'Terminating' : String(partOf(pod, 'status').phase ?? ''))],
    ['Restarts', (pod) => containers(pod).reduce((sum, one) => sum + (one.restartCount ?? 0), 0)],
    age,
  ],
  nodes: [
    name,
    ['Status', (node) => readiness(node)],
    ['Roles', (node) => roles(node)],
    age,
    ['Version', (node) => partOf(node, 'status').nodeInfo?.kubeletVersion ?? ''],
  ],
}

// biome-ignore lint/suspicious/noExplicitAny: whatever a test put there
type Loose = Record<string, any>

function partOf(object: KubeObject, part: string): Loose {
  return (object[part] ?? {}) as Loose
}

function containers(pod: KubeObject): { ready?: boolean; restartCount?: number }[] {
  return partOf(pod, 'status').containerStatuses ?? []
}

function readiness(node: KubeObject): string {
  const conditions: { type: string; status: string }[] = partOf(node, 'status').conditions ?? []
  const ready = conditions.some(({ type, status }) => type === 'Ready' && status === 'True') ? 'Ready' : 'NotReady'
  return partOf(node, 'spec').unschedulable ? `${ready},SchedulingDisabled` : ready
}

function roles(node: KubeObject): string {
  const prefix = 'node-role.kubernetes.io/'
  const found = Object.keys(node.metadata.labels ?? {}).filter((label) => label.startsWith(prefix))
  return found.map((label) => label.slice(prefix.length)).join(',') || '<none>'
}

/** Days, hours or minutes, as `kubectl get` shows an age, a little coarser. */
function ageOf(created: string | undefined): string {
  const minutes = created === undefined ? 0 : Math.max(0, Math.floor((Date.now() - Date.parse(created)) / 60_000))
  if (minutes < 180) return `${minutes}m`
  return minutes < 2880 ? `${Math.floor(minutes / 60)}h` : `${Math.floor(minutes / 1440)}d`
}
