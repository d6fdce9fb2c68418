import type { AllocatedDevice, ResourceClaim } from '#model/api/resource.ts'

/**
 * Whether an allocated claim may still be bound: not where a device failed to get ready.
 * `waiting` is one that is not ready and was allocated at a known time: by now its time may be over.
 * @see scheduler/framework/plugins/dynamicresources/dynamicresources.go isClaimReadyForBinding, isClaimTimeout (kubernetes v1.36.2)
 */
export function bindingState(claim: ResourceClaim): 'ready' | 'failed' | 'waiting' {
  const results = claim.status.allocation?.devices?.results ?? []
  for (const result of results) {
    if ((result.bindingConditions?.length ?? 0) === 0) continue
    const isTrue = conditionsOf(claim, result)
    if (isTrue === undefined) return whileNotReady(claim)
    if ((result.bindingFailureConditions ?? []).some(isTrue)) return 'failed'
    if (!(result.bindingConditions ?? []).every(isTrue)) return whileNotReady(claim)
  }
  return 'ready'
}

/** Without the time of its allocation a claim never times out. */
function whileNotReady({ status }: ResourceClaim): 'ready' | 'waiting' {
  return status.allocation?.allocationTimestamp === undefined ? 'ready' : 'waiting'
}

function conditionsOf(claim: ResourceClaim, of: AllocatedDevice): ((type: string) => boolean) | undefined {
  const same = (one: AllocatedDevice): boolean =>
    one.device === of.device && one.driver === of.driver && one.pool === of.pool
  const conditions = claim.status.devices?.find(same)
  if (conditions === undefined) return undefined
  return (type) => conditions.conditions?.find((one) => one.type === type)?.status === 'True'
}
