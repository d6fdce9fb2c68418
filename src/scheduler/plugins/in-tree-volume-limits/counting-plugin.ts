import type { MissingRead } from '#model/cluster-state.ts'
import { parseQuantity, whole } from '#model/quantity.ts'
import { labelOf } from '#model/selector.ts'
import { missingClaimReason } from '#scheduler/framework/claim-reasons.ts'
import type { ClusterView, NodeView } from '#scheduler/framework/cluster-view.ts'
import { failed, fits, type Outcome, refused, refusedForGood, unknownWithout } from '#scheduler/framework/outcome.ts'
import { type Plugin, type PluginName, skip } from '#scheduler/framework/plugin.ts'
import type { Rules } from '#scheduler/framework/rules.ts'
import { claimNotFound } from '#scheduler/framework/volumes/claims.ts'
import { type Disk, type DiskSource, disksOf } from './disks.ts'

/** One in-tree kind of disk and how many of them a node takes. */
export interface DiskKind extends DiskSource {
  readonly plugin: PluginName
  /** The resource in a node's `allocatable` that holds the limit. */
  readonly limitKey: string
  /** The limit where `allocatable` has none, by the node's instance type (empty where it has no such label). */
  usualLimit(instanceType: string): number
}

/**
 * A plugin that counts the in-tree disks of one kind. In the default profile up to 1.30.
 * The scheduler's own variable KUBE_MAX_PD_VOLS would change the limit; no client can see it.
 * @see nodevolumelimits/non_csi.go PreFilter, Filter (kubernetes v1.30.14)
 */
export function countingPlugin(kind: DiskKind): Plugin {
  const mounted = new WeakMap<NodeView, Tally>()
  return {
    name: kind.plugin,
    prepare(pod, cluster, rules) {
      const wanted = disksOf(pod, kind, cluster)
      if (wanted.length === 0) return skip
      const trouble = troubleWith(wanted, pod.metadata.namespace ?? '', rules)
      if (trouble !== undefined) return { kind: 'filter', filter: () => trouble }
      const count = tally(wanted)
      return { kind: 'filter', filter: (node) => judge(node, kind, count, mounted, cluster) }
    },
  }
}

/** What is wrong with a claim of the Pod is the same on every node. */
function troubleWith(disks: readonly Disk[], namespace: string, rules: Rules): Outcome | undefined {
  for (const disk of disks) {
    if (disk.kind === 'claimUnread') return unknownWithout(disk.read)
    if (disk.kind === 'broken') return failed(disk.error)
    if (disk.kind !== 'claimNotFound') continue
    const text = `looking up PVC ${namespace}/${disk.claim.name}: ${claimNotFound(disk.claim.name)}`
    if (rules.missingClaimBreaksLimits) return failed(text)
    return refusedForGood(missingClaimReason(disk.claim, text))
  }
  return undefined
}

interface Tally {
  readonly ids: ReadonlySet<string>
  /** How many more there may be, infinite where nobody knows. */
  readonly unsure: number
  readonly reads: readonly MissingRead[]
  readonly error?: string
}

function tally(disks: readonly Disk[]): Tally {
  const ids = new Set<string>()
  const reads: MissingRead[] = []
  let unsure = 0
  for (const disk of disks) {
    if (disk.kind === 'disk') ids.add(disk.id)
    else if (disk.kind === 'broken') return { ids, unsure, reads, error: disk.error }
    else if (disk.kind !== 'claimNotFound') {
      reads.push(disk.read)
      // An ephemeral volume's claim could turn out to be another Pod's, which breaks the plugin.
      unsure += disk.kind === 'claimUnread' && disk.ephemeral ? Number.POSITIVE_INFINITY : 1
    }
  }
  return { ids, unsure, reads }
}

function judge(
  node: NodeView,
  kind: DiskKind,
  wanted: Tally,
  mounted: WeakMap<NodeView, Tally>,
  cluster: ClusterView,
): Outcome {
  const csiNode = cluster.find('csinodes', '', node.name)
  if (csiNode.kind === 'found') return fits
  if (csiNode.kind === 'unknown') return unknownWithout(csiNode.read)
  const there = mounted.get(node) ?? tally(node.pods.flatMap((pod) => disksOf(pod, kind, cluster)))
  mounted.set(node, there)
  if (there.error !== undefined) return failed(there.error)
  const missing = cluster.missing('pods')
  const limit = limitOf(node, kind)
  const more = [...wanted.ids].filter((id) => !there.ids.has(id)).length
  const sure = there.ids.size + more
  // Over the limit already, the node refuses even a disk that it has.
  if (sure > limit && wanted.ids.size > 0) {
    return refused({
      text: 'node(s) exceed max volume count',
      fact: { kind: 'VolumeLimit', driver: kind.provisioner, limit, attached: there.ids.size, wanted: more },
    })
  }
  const unsure = wanted.unsure + there.unsure + (missing === undefined ? 0 : Number.POSITIVE_INFINITY)
  if (sure + unsure <= limit) return fits
  return unknownWithout(...wanted.reads, ...there.reads, ...(missing === undefined ? [] : [missing]))
}

function limitOf({ node, labels }: NodeView, kind: DiskKind): number {
  const allocatable = node.status.allocatable?.[kind.limitKey]
  if (allocatable !== undefined) return Number(whole(parseQuantity(allocatable) ?? 0n))
  const type =
    labelOf(labels, 'node.kubernetes.io/instance-type') ?? labelOf(labels, 'beta.kubernetes.io/instance-type')
  return kind.usualLimit(type ?? '')
}
