import type { PersistentVolumeClaim, StorageClass } from '#model/api/storage.ts'
import type { MissingRead } from '#model/cluster-state.ts'
import type { ClusterView } from '#scheduler/framework/cluster-view.ts'
import type { Because } from '#scheduler/framework/outcome.ts'
import { storageClassOf } from '#scheduler/framework/volumes/claims.ts'

/** A claim whose volume is looked for, or made, once the Pod's node is known. */
export interface DelayedClaim {
  readonly claim: PersistentVolumeClaim
  readonly storageClass: StorageClass
}

/** A claim that must be bound before the Pod can go anywhere, and is not. */
export interface Immediate {
  readonly name: string
  readonly storageClass: string
  readonly problem: 'Unbound' | 'NoClass' | 'ClassNotFound'
}

export interface Sorted {
  readonly bound: readonly PersistentVolumeClaim[]
  readonly delayed: readonly DelayedClaim[]
  /** The first of them. */
  readonly immediate?: Immediate
  readonly unread: readonly Because[]
  readonly error?: string
}

/**
 * Tells bound claims, claims to bind with the Pod, and claims that should be bound already apart.
 * Bound means named and completed; the claim's phase does not count. A claim that names its volume without being
 * completed waits for the volume controller, whatever its class says.
 * @see volumebinding/binder.go GetPodVolumeClaims; component-helpers/storage/volume/pv_helpers.go IsDelayBindingMode (kubernetes v1.36.2)
 */
export function classify(claims: readonly PersistentVolumeClaim[], cluster: ClusterView): Sorted {
  const bound: PersistentVolumeClaim[] = []
  const delayed: DelayedClaim[] = []
  const unread: Because[] = []
  let immediate: Immediate | undefined
  for (const claim of claims) {
    const mode = isBound(claim) ? { kind: 'bound' as const } : modeOf(claim, cluster)
    if (mode.kind === 'error') return { bound, delayed, unread, error: mode.error }
    if (mode.kind === 'bound') bound.push(claim)
    else if (mode.kind === 'delayed') delayed.push({ claim, storageClass: mode.storageClass })
    else if (mode.kind === 'unread') unread.push({ kind: 'MissingRead', read: mode.read })
    else immediate ??= mode.claim
  }
  return { bound, delayed, unread, ...(immediate === undefined ? {} : { immediate }) }
}

type Mode =
  | { readonly kind: 'delayed'; readonly storageClass: StorageClass }
  | { readonly kind: 'immediate'; readonly claim: Immediate }
  | { readonly kind: 'unread'; readonly read: MissingRead }
  | { readonly kind: 'error'; readonly error: string }

function modeOf(claim: PersistentVolumeClaim, cluster: ClusterView): Mode {
  const name = claim.metadata.name ?? ''
  const storageClass = storageClassOf(claim)
  const named = (claim.spec.volumeName ?? '') !== ''
  if (storageClass === '') {
    return { kind: 'immediate', claim: { name, storageClass, problem: named ? 'Unbound' : 'NoClass' } }
  }
  const found = cluster.find('storageclasses', '', storageClass)
  if (found.kind === 'found' && found.object.volumeBindingMode === undefined) {
    return { kind: 'error', error: `VolumeBindingMode not set for StorageClass "${storageClass}"` }
  }
  if (!named && found.kind === 'unknown') return { kind: 'unread', read: found.read }
  if (!named && found.kind === 'found' && found.object.volumeBindingMode === 'WaitForFirstConsumer') {
    return { kind: 'delayed', storageClass: found.object }
  }
  const problem = !named && found.kind === 'absent' ? 'ClassNotFound' : 'Unbound'
  return { kind: 'immediate', claim: { name, storageClass, problem } }
}

function isBound({ metadata, spec }: PersistentVolumeClaim): boolean {
  const completed = Object.hasOwn(metadata.annotations ?? {}, 'pv.kubernetes.io/bind-completed')
  return (spec.volumeName ?? '') !== '' && completed
}
