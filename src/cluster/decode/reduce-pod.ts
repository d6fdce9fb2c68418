import { type Condition, controllerOf, type ObjectMeta } from '#model/api/meta.ts'
import type { Pod, PodSpec, PodStatus, Volume } from '#model/api/pod.ts'
import type { Interner } from './intern.ts'

/**
 * Keeps of a Pod what an answer can depend on, and shares what it has in common with others. Of a Pod that runs that is
 * what it takes of its node and what selectors, anti-affinity and owners say of it; one that waits keeps everything.
 * The same for every source, so that a snapshot answers as the cluster did.
 */
export function reducePod(pod: Pod, interner: Interner): Pod {
  const isSettled = (pod.spec.nodeName ?? '') !== '' && (pod.status.phase ?? 'Pending') !== 'Pending'
  const metadata = { ...(isSettled ? settledMetadata(pod.metadata) : pod.metadata) } as {
    -readonly [K in keyof ObjectMeta]: ObjectMeta[K]
  }
  for (const part of [
    'labels',
    'annotations',
    'ownerReferences',
    'finalizers',
    'namespace',
    'generateName',
    'creationTimestamp',
  ] as const) {
    const value = metadata[part]
    if (value !== undefined) Object.assign(metadata, { [part]: interner.share(value) })
  }
  const spec = withoutIdleVolumes(pod.spec)
  return {
    metadata,
    spec: isSettled ? settledSpec(spec, interner) : interner.share(spec),
    status: interner.share(isSettled ? settledStatus(pod.status) : pod.status),
  }
}

/** Annotations matter where no owner tells the origin: a Pod that somebody or Helm made by itself. */
function settledMetadata(metadata: ObjectMeta): ObjectMeta {
  const isOwned = controllerOf(metadata) !== undefined
  if (!isOwned || (metadata.annotations === undefined && metadata.finalizers === undefined)) return metadata
  const { annotations: _annotations, finalizers: _finalizers, ...kept } = metadata
  return kept
}

/** No plugin looks at them, yet each Pod has one of a name of its own: its token, its configuration. */
function withoutIdleVolumes(spec: PodSpec): PodSpec {
  const { volumes } = spec
  if (volumes === undefined) return spec
  const kept = volumes.filter(isRead)
  if (kept.length === volumes.length) return spec
  if (kept.length > 0) return { ...spec, volumes: kept }
  const { volumes: _volumes, ...others } = spec
  return others
}

function isRead(volume: Volume): boolean {
  for (const part in volume) if (part !== 'name') return true
  return false
}

/** Where it may run has been decided; what it needs of the others has not. */
function settledSpec(spec: PodSpec, interner: Interner): PodSpec {
  const { affinity, nodeName, ...kept } = spec
  const others = affinity === undefined ? undefined : withoutNodeAffinity(affinity)
  const shared = interner.share(others === undefined ? kept : { ...kept, affinity: others })
  const { ...own } = shared
  return nodeName === undefined ? own : { ...own, nodeName: interner.text(nodeName) ?? nodeName }
}

function withoutNodeAffinity(affinity: NonNullable<PodSpec['affinity']>): PodSpec['affinity'] | undefined {
  const { nodeAffinity: _nodeAffinity, ...others } = affinity
  return Object.keys(others).length === 0 ? undefined : others
}

function settledStatus(status: PodStatus): PodStatus {
  const {
    conditions,
    startTime: _startTime,
    message: _message,
    containerStatuses,
    initContainerStatuses,
    ...kept
  } = status
  const told = (conditions ?? []).flatMap((condition): Condition[] => {
    const { type, status: is } = condition
    if (type === 'PodResizePending') return [condition]
    return type === 'Ready' && is !== undefined ? [{ type, status: is }] : []
  })
  return {
    ...kept,
    ...(told.length === 0 ? {} : { conditions: told }),
    ...resizedOnly('containerStatuses', containerStatuses),
    ...resizedOnly('initContainerStatuses', initContainerStatuses),
  }
}

/** A container's status counts where it tells other amounts than the spec may. */
function resizedOnly(
  name: 'containerStatuses' | 'initContainerStatuses',
  statuses: PodStatus['containerStatuses'],
): Partial<PodStatus> {
  const isTold = statuses?.some(
    ({ resources, allocatedResources }) => resources !== undefined || allocatedResources !== undefined,
  )
  return statuses === undefined || isTold !== true ? {} : { [name]: statuses }
}
