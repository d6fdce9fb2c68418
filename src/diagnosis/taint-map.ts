import { controllerOf } from '#model/api/meta.ts'
import type { Node, Taint } from '#model/api/node.ts'
import type { Pod } from '#model/api/pod.ts'
import type { ClusterState } from '#model/cluster-state.ts'
import { isTolerated, keepsPodsOff } from '#model/toleration.ts'
import type { MappedTaint, TaintGroup, TaintMap, TolerantOwner } from '#report/taint-map.ts'
import { taintText } from './details.ts'
import { reportTaint } from './node-groups.ts'

/** More owners than these are counted, not named. */
const mostOwners = 40

/** The nodes by the taints that block, what each means, and whose Pods tolerate it. */
export function taintMap({ lists }: ClusterState): TaintMap {
  const byTaints = new Map<string, Node[]>()
  const taints = new Map<string, { taint: Taint; nodes: number }>()
  for (const node of lists.nodes.items) {
    const own = blocking(node)
    for (const taint of own) {
      const name = taintText(taint)
      const known = taints.get(name) ?? { taint, nodes: 0 }
      taints.set(name, { taint, nodes: known.nodes + 1 })
    }
    const key = own.map(taintText).sort().join('\n')
    const group = byTaints.get(key)
    if (group === undefined) byTaints.set(key, [node])
    else group.push(node)
  }
  const owners = tolerantOwners(lists.pods.items)
  return {
    groups: [...byTaints.values()]
      .map(groupOf)
      .sort((a, b) => b.nodes.length - a.nodes.length || compare(a.nodes, b.nodes)),
    taints: [...taints.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { taint, nodes }]) => mapped(name, taint, nodes, owners)),
  }
}

function blocking({ spec }: Node): readonly Taint[] {
  return (spec.taints ?? []).filter(keepsPodsOff)
}

function groupOf(nodes: readonly Node[]): TaintGroup {
  const [first] = nodes
  return {
    nodes: nodes.map(({ metadata }) => metadata.name ?? '').sort(),
    taints: first === undefined ? [] : blocking(first).map(taintText).sort(),
    cordoned: nodes.filter(({ spec }) => spec.unschedulable === true).length,
  }
}

function compare([a = '']: readonly string[], [b = '']: readonly string[]): number {
  return a < b ? -1 : 1
}

function mapped(name: string, taint: Taint, nodes: number, owners: readonly Tolerant[]): MappedTaint {
  const tolerant = owners.filter(({ tolerations }) => isTolerated(taint, tolerations)).map(({ owner }) => owner)
  return {
    name,
    taint: reportTaint(taint),
    nodes,
    toleratedBy: tolerant.slice(0, mostOwners),
    moreOwners: Math.max(0, tolerant.length - mostOwners),
  }
}

interface Tolerant {
  readonly owner: TolerantOwner
  readonly tolerations: Pod['spec']['tolerations']
}

/** Owners with Pods that tolerate anything, each once for each set of tolerations, the most Pods first. */
function tolerantOwners(pods: readonly Pod[]): readonly Tolerant[] {
  const all = new Map<string, { owner: TolerantOwner & { pods: number }; tolerations: Pod['spec']['tolerations'] }>()
  for (const pod of pods) {
    const { tolerations } = pod.spec
    if (tolerations === undefined || tolerations.length === 0) continue
    const owner = ownerOf(pod)
    const key = `${owner.kind} ${owner.namespace} ${owner.name} ${JSON.stringify(tolerations)}`
    const known = all.get(key)
    if (known === undefined) all.set(key, { owner: { ...owner, pods: 1 }, tolerations })
    else known.owner.pods++
  }
  return [...all.values()].sort((a, b) => b.owner.pods - a.owner.pods || (nameOf(a.owner) < nameOf(b.owner) ? -1 : 1))
}

function nameOf({ kind, namespace, name }: Omit<TolerantOwner, 'pods'>): string {
  return `${namespace} ${kind} ${name}`
}

/** The nearest controller; a ReplicaSet is called by the name of its Deployment, which is its own without the hash. */
function ownerOf({ metadata }: Pod): Omit<TolerantOwner, 'pods'> {
  const namespace = metadata.namespace ?? ''
  const reference = controllerOf(metadata)
  if (reference === undefined) return { kind: 'Pod', namespace, name: metadata.name ?? '' }
  const { kind = '', name = '' } = reference
  const hash = metadata.labels?.['pod-template-hash']
  if (kind === 'ReplicaSet' && hash !== undefined && name.endsWith(`-${hash}`)) {
    return { kind: 'Deployment', namespace, name: name.slice(0, -hash.length - 1) }
  }
  return { kind, namespace, name }
}
