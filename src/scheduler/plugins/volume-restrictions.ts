import type { Pod, Volume } from '#model/api/pod.ts'
import { oncePer } from '#model/once-per.ts'
import { missingClaimReason } from '#scheduler/framework/claim-reasons.ts'
import type { ClusterView, NodeView } from '#scheduler/framework/cluster-view.ts'
import type { PodName } from '#scheduler/framework/fact.ts'
import { type Because, fits, type Reason, refused } from '#scheduler/framework/outcome.ts'
import { type Plugin, type Prepared, refusedAsAWhole, skip } from '#scheduler/framework/plugin.ts'
import type { Rules } from '#scheduler/framework/rules.ts'
import { claimNotFound, claimsOf, podName } from '#scheduler/framework/volumes/claims.ts'

/**
 * Refuses a node whose Pods hold a disk that cannot be shared, and every node while another Pod, anywhere,
 * holds a ReadWriteOncePod claim. Claims of generic ephemeral volumes are not looked at, on either side.
 * @see volumerestrictions/volume_restrictions.go PreFilter, Filter (kubernetes v1.36.2)
 */
export const volumeRestrictions: Plugin = {
  name: 'VolumeRestrictions',
  prepare(pod, cluster, rules) {
    const exclusive: string[] = []
    const unread: Because[] = []
    for (const claim of claimsOf(pod)) {
      if (claim.ephemeral) continue
      const found = cluster.find('persistentvolumeclaims', pod.metadata.namespace ?? '', claim.name)
      if (found.kind === 'unknown') unread.push({ kind: 'MissingRead', read: found.read })
      else if (found.kind === 'absent') {
        const refusal = refusedAsAWhole(missingClaimReason(claim, claimNotFound(claim.name)))
        return unread.length === 0 ? refusal : { ...refusal, incomplete: unread }
      } else if (found.object.spec.accessModes?.includes('ReadWriteOncePod')) exclusive.push(claim.name)
    }
    if (unread.length > 0) return { kind: 'unknown', because: unread }
    return filterFor(pod, cluster, exclusive, rules)
  },
}

function filterFor(pod: Pod, cluster: ClusterView, exclusive: readonly string[], rules: Rules): Prepared {
  const disks = (pod.spec.volumes ?? []).filter(isExclusiveDisk)
  const inUse = claimInUse(pod, cluster, exclusive, rules)
  const perhapsInUse = exclusive.length > 0 && inUse === undefined ? unreadHolders(pod, cluster) : []
  if (disks.length === 0 && inUse === undefined && perhapsInUse.length === 0) return skip
  const unreadPods = disks.length === 0 ? undefined : cluster.missing('pods')
  const unread: readonly Because[] = unreadPods === undefined ? [] : [{ kind: 'MissingRead', read: unreadPods }]
  return {
    kind: 'filter',
    filter: (node) => {
      const held = diskInUse(node, disks)
      if (held !== undefined) return refused(held)
      const because = [...unread, ...perhapsInUse]
      if (inUse === undefined) return because.length === 0 ? fits : { kind: 'unknown', because }
      return because.length === 0 ? refused(inUse) : { ...refused(inUse), incomplete: because }
    },
  }
}

/** A claim is held by Pods of its own namespace alone, on whatever node. */
function unreadHolders(pod: Pod, cluster: ClusterView): readonly Because[] {
  const reads = [cluster.missing('pods', pod.metadata.namespace ?? ''), cluster.missing('nodes')]
  return reads.flatMap((read): Because[] => (read === undefined ? [] : [{ kind: 'MissingRead', read }]))
}

function diskInUse(node: NodeView, disks: readonly Volume[]): Reason | undefined {
  for (const disk of disks) {
    const holders = disksOn(node).filter((one) => conflicts(disk, one.volume))
    if (holders.length === 0) continue
    const heldBy = namesOf(holders.map((one) => one.pod))
    return {
      text: 'node(s) had no available disk',
      fact: { kind: 'DiskInUse', volume: disk.name ?? '', heldBy },
    }
  }
  return undefined
}

function claimInUse(pod: Pod, cluster: ClusterView, exclusive: readonly string[], rules: Rules): Reason | undefined {
  for (const claim of new Set(exclusive)) {
    const key = `${pod.metadata.namespace ?? ''}/${claim}`
    const holders = cluster.nodes.flatMap((node) => claimsOn(node).get(key) ?? [])
    if (holders.length === 0) continue
    const text = rules.oldReadWriteOncePodText
      ? 'node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode'
      : 'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod'
    return { text, fact: { kind: 'ClaimInUse', claim, heldBy: namesOf(holders) } }
  }
  return undefined
}

function namesOf(pods: readonly Pod[]): readonly PodName[] {
  return [...new Set(pods)].slice(0, 3).map(podName)
}

const claimsOn = oncePer((node: NodeView): ReadonlyMap<string, readonly Pod[]> => {
  const holders = new Map<string, Pod[]>()
  for (const pod of node.pods) {
    for (const claim of claimsOf(pod)) {
      if (claim.ephemeral) continue
      const key = `${pod.metadata.namespace ?? ''}/${claim.name}`
      holders.set(key, [...(holders.get(key) ?? []), pod])
    }
  }
  return holders
})

interface HeldDisk {
  readonly volume: Volume
  readonly pod: Pod
}

const disksOn = oncePer((node: NodeView): readonly HeldDisk[] =>
  node.pods.flatMap((pod) => (pod.spec.volumes ?? []).filter(isExclusiveDisk).map((volume) => ({ volume, pod }))),
)

function isExclusiveDisk({ gcePersistentDisk, awsElasticBlockStore, iscsi, rbd }: Volume): boolean {
  return (gcePersistentDisk ?? awsElasticBlockStore ?? iscsi ?? rbd) !== undefined
}

/** Two Pods may share a disk only if both mount it read-only, an EBS volume not even then. */
function conflicts(wanted: Volume, held: Volume): boolean {
  return (
    sameGceDisk(wanted.gcePersistentDisk, held.gcePersistentDisk) ||
    sameEbsVolume(wanted.awsElasticBlockStore, held.awsElasticBlockStore) ||
    sameIscsiTarget(wanted.iscsi, held.iscsi) ||
    sameRbdImage(wanted.rbd, held.rbd)
  )
}

function sameGceDisk(one: Volume['gcePersistentDisk'], other: Volume['gcePersistentDisk']): boolean {
  if (one === undefined || other === undefined) return false
  return (one.pdName ?? '') === (other.pdName ?? '') && !bothReadOnly(one, other)
}

function sameEbsVolume(one: Volume['awsElasticBlockStore'], other: Volume['awsElasticBlockStore']): boolean {
  if (one === undefined || other === undefined) return false
  return (one.volumeID ?? '') === (other.volumeID ?? '')
}

/** By its qualified name alone: portal and LUN are not compared. */
function sameIscsiTarget(one: Volume['iscsi'], other: Volume['iscsi']): boolean {
  if (one === undefined || other === undefined) return false
  return (one.iqn ?? '') === (other.iqn ?? '') && !bothReadOnly(one, other)
}

/** One monitor in common is the same Ceph cluster. */
function sameRbdImage(one: Volume['rbd'], other: Volume['rbd']): boolean {
  if (one === undefined || other === undefined || bothReadOnly(one, other)) return false
  if ((one.pool ?? 'rbd') !== (other.pool ?? 'rbd') || (one.image ?? '') !== (other.image ?? '')) return false
  return (one.monitors ?? []).some((monitor) => other.monitors?.includes(monitor))
}

function bothReadOnly(one: { readonly readOnly?: boolean }, other: { readonly readOnly?: boolean }): boolean {
  return one.readOnly === true && other.readOnly === true
}
