import type { Pod } from '#model/api/pod.ts'
import type { PersistentVolume, PersistentVolumeClaim } from '#model/api/storage.ts'
import type { MissingRead } from '#model/cluster-state.ts'
import { labelOf } from '#model/selector.ts'
import { claimReason, missingClaimReason } from '#scheduler/framework/claim-reasons.ts'
import type { ClusterView, NodeView } from '#scheduler/framework/cluster-view.ts'
import { type Because, fits, type Outcome, type Reason, refusedForGood } from '#scheduler/framework/outcome.ts'
import { type Plugin, refusedAsAWhole, skip } from '#scheduler/framework/plugin.ts'
import type { Rules } from '#scheduler/framework/rules.ts'
import { claimNotFound, claimsOf, storageClassOf } from '#scheduler/framework/volumes/claims.ts'
import { zoneSeparator } from '#scheduler/framework/volumes/topology.ts'

/** Each label with the stable one that a node may carry in its place. */
const topologyLabels: readonly (readonly [label: string, stable: string])[] = [
  ['failure-domain.beta.kubernetes.io/zone', 'topology.kubernetes.io/zone'],
  ['failure-domain.beta.kubernetes.io/region', 'topology.kubernetes.io/region'],
  ['topology.kubernetes.io/zone', 'topology.kubernetes.io/zone'],
  ['topology.kubernetes.io/region', 'topology.kubernetes.io/region'],
]

/**
 * Refuses a node outside the zones and regions that the labels of the Pod's bound volumes name.
 * A node without any such label passes. Claims of generic ephemeral volumes are not looked at.
 * @see volumezone/volume_zone.go PreFilter, Filter (kubernetes v1.36.2)
 */
export const volumeZone: Plugin = {
  name: 'VolumeZone',
  prepare(pod, cluster, rules) {
    const wanted: Topology[] = []
    const unread: Because[] = []
    for (const claim of claimsOf(pod)) {
      if (claim.ephemeral) continue
      const found = claim.name === '' ? noName : topologiesOf(claim.name, pod, cluster)
      if ('reason' in found) {
        const refusal = refusedAsAWhole(found.reason)
        return unread.length === 0 ? refusal : { ...refusal, incomplete: unread }
      }
      if ('read' in found) unread.push({ kind: 'MissingRead', read: found.read })
      else wanted.push(...found.topologies)
    }
    if (unread.length > 0) return { kind: 'unknown', because: unread }
    if (wanted.length === 0) return skip
    return { kind: 'filter', filter: (node) => judge(node, wanted, rules) }
  },
}

interface Topology {
  readonly claim: string
  readonly volume: string
  readonly label: string
  readonly stable: string
  readonly values: ReadonlySet<string>
}

type Found = { readonly topologies: readonly Topology[] } | { readonly reason: Reason } | { readonly read: MissingRead }

const noName: Found = { reason: claimReason('PersistentVolumeClaim had no name', '', 'NotFound') }

function judge(node: NodeView, wanted: readonly Topology[], rules: Rules): Outcome {
  if (!topologyLabels.some(([label]) => labelOf(node.labels, label) !== undefined)) return fits
  for (const { claim, volume, label, stable, values } of wanted) {
    const own = labelOf(node.labels, label)
    const value = own === undefined && rules.betaZoneMatchesStable ? labelOf(node.labels, stable) : own
    if (value !== undefined && values.has(value)) continue
    return refusedForGood({
      text: 'node(s) had no available volume zone',
      fact: { kind: 'VolumeElsewhere', claim, volume, by: 'ZoneLabel' },
    })
  }
  return fits
}

function topologiesOf(name: string, pod: Pod, cluster: ClusterView): Found {
  const claim = cluster.find('persistentvolumeclaims', pod.metadata.namespace ?? '', name)
  if (claim.kind === 'unknown') return { read: claim.read }
  if (claim.kind === 'absent') return { reason: missingClaimReason({ name, ephemeral: false }, claimNotFound(name)) }
  const volumeName = claim.object.spec.volumeName ?? ''
  if (volumeName === '') return ofUnbound(name, claim.object, cluster)
  const volume = cluster.find('persistentvolumes', '', volumeName)
  if (volume.kind === 'unknown') return { read: volume.read }
  if (volume.kind === 'found') return { topologies: labelled(name, volume.object) }
  const text = `persistentvolume "${volumeName}" not found`
  return { reason: claimReason(text, name, 'VolumeNotFound', { volume: volumeName }) }
}

/** An unbound claim passes only where its volume is looked for after the Pod has found a node. */
function ofUnbound(name: string, claim: PersistentVolumeClaim, cluster: ClusterView): Found {
  const storageClass = storageClassOf(claim)
  if (storageClass === '') {
    return { reason: claimReason('PersistentVolumeClaim had no pv name and storageClass name', name, 'NoClass') }
  }
  const found = cluster.find('storageclasses', '', storageClass)
  if (found.kind === 'unknown') return { read: found.read }
  if (found.kind === 'absent') {
    const text = `storageclass.storage.k8s.io "${storageClass}" not found`
    return { reason: claimReason(text, name, 'ClassNotFound', { storageClass }) }
  }
  const mode = found.object.volumeBindingMode
  if (mode === 'WaitForFirstConsumer') return { topologies: [] }
  const text =
    mode === undefined ? `VolumeBindingMode not set for StorageClass "${storageClass}"` : 'PersistentVolume had no name'
  return { reason: claimReason(text, name, 'Unbound', { storageClass }) }
}

/** A label with an empty value in its list says nothing. */
function labelled(claim: string, { metadata }: PersistentVolume): readonly Topology[] {
  const volume = metadata.name ?? ''
  return topologyLabels.flatMap(([label, stable]): readonly Topology[] => {
    const values = labelOf(metadata.labels, label)
      ?.split(zoneSeparator)
      .map((value) => value.trim())
    if (values === undefined || values.includes('')) return []
    return [{ claim, volume, label, stable, values: new Set(values) }]
  })
}
