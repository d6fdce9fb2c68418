import type { Taint } from '#model/api/node.ts'
import { classifyTaint } from './classify-taint.ts'
import { compareTaints, taintText } from './exact-toleration.ts'

/** 0: may be tolerated without a second thought; 1: hardware the Pod asks nothing of; 2: the control plane. */
export type Tier = 0 | 1 | 2

/** Nodes with the same untolerated taints. */
export interface Group {
  /** In stable order, each once. */
  readonly taints: readonly Taint[]
  /** The taints as text, in the same order. */
  readonly ids: readonly string[]
  readonly nodes: readonly string[]
  /** How many Pods have room on them together. */
  readonly fits: number
  /** The worst of its taints. */
  readonly tier: Tier
}

/** Nodes by their untolerated taints, in stable order. */
export function groupsOf(
  nodes: readonly { readonly name: string; readonly untolerated: readonly Taint[]; readonly fits: number }[],
  resources: readonly string[],
): Group[] {
  const byTaints = new Map<string, { taints: Taint[]; ids: string[]; nodes: string[]; fits: number; tier: Tier }>()
  for (const node of nodes) {
    const unique = new Map(node.untolerated.map((taint) => [taintText(taint), taint]))
    const taints = [...unique.values()].sort(compareTaints)
    const ids = taints.map(taintText)
    const key = ids.join(',')
    const group = byTaints.get(key)
    if (group === undefined) {
      byTaints.set(key, { taints, ids, nodes: [node.name], fits: node.fits, tier: worst(taints, resources) })
    } else {
      group.nodes.push(node.name)
      group.fits += node.fits
    }
  }
  return [...byTaints.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group)
}

function worst(taints: readonly Taint[], resources: readonly string[]): Tier {
  return taints.reduce<Tier>((most, taint) => Math.max(most, rankOf(taint, resources)) as Tier, 0)
}

/** How unwelcome it is to tolerate this taint, for Pods that ask for these resources. */
export function rankOf(taint: Taint, resources: readonly string[]): Tier {
  switch (classifyTaint(taint).class) {
    case 'ControlPlane':
      return 2
    case 'Hardware':
      return asksFor(taint, resources) ? 0 : 1
    default:
      return 0
  }
}

/** Whether one of the resources is the hardware that the taint stands for: the same name, or of the same vendor. */
function asksFor(taint: Taint, resources: readonly string[]): boolean {
  const key = taint.key ?? ''
  const vendor = key.includes('/') ? key.slice(0, key.indexOf('/')) : ''
  return resources.some((resource) => {
    if (resource === key || (vendor !== '' && resource.startsWith(`${vendor}/`))) return true
    return /gpu/i.test(`${key}=${taint.value ?? ''}`) && /gpu/i.test(resource)
  })
}
