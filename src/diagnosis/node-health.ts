import type { Node } from '#model/api/node.ts'

/** Why a node does not work, as its conditions tell. */
export interface Broken {
  /** As a clause: `not ready: Kubelet stopped posting node status.` */
  readonly why: string
  /** RFC 3339. */
  readonly since: string | undefined
}

const pressures: Readonly<Record<string, string>> = {
  MemoryPressure: 'under memory pressure',
  DiskPressure: 'under disk pressure',
  PIDPressure: 'short of process ids',
  NetworkUnavailable: 'without network',
}

/** Whether a node is broken by its own conditions: not Ready, or under pressure. A cordon is no breakage. */
export function brokenOf(node: Node | undefined): Broken | undefined {
  for (const { type = '', status, message, lastTransitionTime } of node?.status.conditions ?? []) {
    const since = lastTransitionTime
    if (type === 'Ready' && status !== 'True') {
      return { why: `${status === 'Unknown' ? 'not reachable' : 'not ready'}${detail(message)}`, since }
    }
    if (Object.hasOwn(pressures, type) && status === 'True')
      return { why: `${pressures[type]}${detail(message)}`, since }
  }
  return undefined
}

function detail(message: string | undefined): string {
  const text = (message ?? '').replace(/\.$/, '')
  return text === '' ? '' : `: ${text}`
}

/** How a node is marked where it stands in a list: cordoned, broken, or neither. */
export function markOf(node: Node | undefined): 'cordoned' | 'broken' | undefined {
  if (brokenOf(node) !== undefined) return 'broken'
  return node?.spec.unschedulable === true ? 'cordoned' : undefined
}

/** Whether the kubelet of a node no longer reports: what it should do is not done, Pods there cannot end. */
export function isUnreachable({ spec, status }: Node): boolean {
  const ready = status.conditions?.find(({ type }) => type === 'Ready')
  return ready?.status === 'Unknown' || (spec.taints ?? []).some(({ key }) => key === 'node.kubernetes.io/unreachable')
}
