import type { PersistentVolume, PersistentVolumeClaim } from '#model/api/storage.ts'
import type { ClusterState } from '#model/cluster-state.ts'
import { groupBy } from '#model/group-by.ts'
import { oncePer } from '#model/once-per.ts'
import { parseQuantity, type Quantity } from '#model/quantity.ts'
import { type Labels, selectorProblem, selects, selectsNode } from '#model/selector.ts'
import type { ClusterView } from '#scheduler/framework/cluster-view.ts'
import type { Because } from '#scheduler/framework/outcome.ts'
import type { Rules } from '#scheduler/framework/rules.ts'
import { claimKey, storageClassOf } from '#scheduler/framework/volumes/claims.ts'
import { LabelIndex, pinsOf } from './label-index.ts'

/** Finds existing volumes for one claim. */
export interface VolumeMatcher {
  /** Whether some node could find a volume here. */
  readonly hasCandidates: boolean
  /** The name of the volume the claim would take on a node with these labels, none of `chosen`. */
  find(labels: Labels, chosen: ReadonlySet<string>): string | undefined
  /** The claim breaks the plugin. */
  readonly error?: string
  readonly odd?: Because
}

/**
 * Looks for volumes of the claim's class: one that is pre-bound to it decides alone, wherever it is and whatever else
 * it offers; else the smallest that is available, large enough and alike. What depends on no node is looked at once.
 * Of volumes of one size the scheduler takes any; here it is the first in the list.
 * @see component-helpers/storage/volume/pv_helpers.go FindMatchingVolume (kubernetes v1.36.2)
 */
export function matcherFor(claim: PersistentVolumeClaim, cluster: ClusterView, rules: Rules): VolumeMatcher {
  const preBound: PersistentVolume[] = []
  const free: { readonly volume: PersistentVolume; readonly size: Quantity }[] = []
  const size = storageOf(claim.spec.resources?.requests)
  for (const volume of volumesByClass(cluster.state).get(storageClassOf(claim)) ?? []) {
    const { claimRef, capacity } = volume.spec
    if (claimRef !== undefined && !isFor(volume, claim)) continue
    if (storageOf(capacity) < size || !isAlike(volume, claim, rules)) continue
    if (claimRef !== undefined) preBound.push(volume)
    else if (isOnOffer(volume, claim)) free.push({ volume, size: storageOf(capacity) })
  }
  free.sort((a, b) => (a.size < b.size ? -1 : Number(a.size > b.size)))
  const index = new LabelIndex<PersistentVolume>()
  for (const { volume } of free) index.add(volume, pinsOf(volume.spec.nodeAffinity?.required))
  return {
    hasCandidates: preBound.length + free.length > 0,
    find: (labels, chosen) => {
      const left = (volume: PersistentVolume): boolean => !chosen.has(volume.metadata.name ?? '')
      const own = preBound.find(left)
      const found = own ?? index.first(labels, (volume) => left(volume) && reaches(volume, labels))
      return found === undefined || !reaches(found, labels) ? undefined : (found.metadata.name ?? '')
    },
    ...problemOf(claim, rules),
  }
}

function problemOf(claim: PersistentVolumeClaim, rules: Rules): { error?: string; odd?: Because } {
  if (rules.volumeAttributesClass === 'refused' && (claim.spec.volumeAttributesClassName ?? '') !== '') {
    const where = `is set on claim ${claimKey(claim)} when the feature-gate VolumeAttributesClass is disabled`
    return { error: `unsupported volumeAttributesClassName ${where}` }
  }
  const problem = selectorProblem(claim.spec.selector)
  return problem === undefined
    ? {}
    : { odd: { kind: 'Odd', problem: `selector of claim ${claimKey(claim)}: ${problem}` } }
}

const volumesByClass = oncePer(({ lists }: ClusterState) => groupBy(lists.persistentvolumes.items, storageClassOf))

function storageOf(amounts: Readonly<Record<string, string>> | undefined): Quantity {
  return parseQuantity(amounts?.storage ?? '0') ?? 0n
}

/** A reference without a UID is for whichever claim has the name. */
function isFor({ spec: { claimRef } }: PersistentVolume, { metadata }: PersistentVolumeClaim): boolean {
  if ((claimRef?.name ?? '') !== (metadata.name ?? '')) return false
  if ((claimRef?.namespace ?? '') !== (metadata.namespace ?? '')) return false
  const uid = claimRef?.uid ?? ''
  return uid === '' || uid === (metadata.uid ?? '')
}

function isAlike(volume: PersistentVolume, claim: PersistentVolumeClaim, rules: Rules): boolean {
  if ((volume.spec.volumeMode ?? 'Filesystem') !== (claim.spec.volumeMode ?? 'Filesystem')) return false
  const ofVolume = volume.spec.volumeAttributesClassName ?? ''
  const ofClaim = claim.spec.volumeAttributesClassName ?? ''
  if (rules.volumeAttributesClass === 'compared' && ofVolume !== ofClaim) return false
  if (rules.volumeAttributesClass === 'refused' && ofVolume !== '') return false
  return volume.metadata.deletionTimestamp === undefined
}

function isOnOffer({ metadata, spec, status }: PersistentVolume, claim: PersistentVolumeClaim): boolean {
  if (status.phase !== 'Available') return false
  if (claim.spec.selector !== undefined && !selects(claim.spec.selector, metadata.labels)) return false
  return (claim.spec.accessModes ?? []).every((mode) => spec.accessModes?.includes(mode))
}

function reaches({ spec }: PersistentVolume, labels: Labels): boolean {
  const required = spec.nodeAffinity?.required
  return required === undefined || selectsNode(required, labels)
}
