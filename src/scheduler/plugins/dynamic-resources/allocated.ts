import type { ClusterState } from '#model/cluster-state.ts'
import { parseQuantity, type Quantity } from '#model/quantity.ts'
import type { Rules } from '#scheduler/framework/rules.ts'

/** Amounts by name of a capacity. */
export type Capacities = ReadonlyMap<string, Quantity>

/** What the claims of a cluster hold; devices by `driver/pool/device`. */
export interface AllocatedState {
  /** Devices held whole. */
  readonly devices: ReadonlySet<string>
  /** Devices of which shares are held. */
  readonly shared: ReadonlySet<string>
  /** What is consumed of shared devices. */
  readonly consumed: ReadonlyMap<string, Capacities>
}

const whole = new WeakMap<ClusterState, AllocatedState>()
const withShares = new WeakMap<ClusterState, AllocatedState>()

/**
 * What allocated claims hold, admin access not counted; worked out once for each state.
 * @see scheduler/framework/plugins/dynamicresources/allocateddevices.go foreachAllocatedDevice (kubernetes v1.36.2)
 */
export function allocatedState(state: ClusterState, rules: Rules): AllocatedState {
  const cache = rules.dynamicResourcesExtras ? withShares : whole
  const known = cache.get(state)
  if (known !== undefined) return known
  const allocated = gather(state, rules.dynamicResourcesExtras)
  cache.set(state, allocated)
  return allocated
}

function gather(state: ClusterState, sharesCount: boolean): AllocatedState {
  const devices = new Set<string>()
  const shared = new Set<string>()
  const consumed = new Map<string, Map<string, Quantity>>()
  const results = state.lists.resourceclaims.items.flatMap(({ status }) => status.allocation?.devices?.results ?? [])
  for (const { driver, pool, device, adminAccess, shareID, consumedCapacity } of results) {
    if (adminAccess === true) continue
    const id = `${driver ?? ''}/${pool ?? ''}/${device ?? ''}`
    if (!sharesCount || shareID === undefined) {
      devices.add(id)
      continue
    }
    shared.add(id)
    if (consumedCapacity === undefined) continue
    const sum = consumed.get(id) ?? new Map<string, Quantity>()
    consumed.set(id, sum)
    for (const [name, amount] of Object.entries(consumedCapacity)) {
      sum.set(name, (sum.get(name) ?? 0n) + (parseQuantity(amount) ?? 0n))
    }
  }
  return { devices, shared, consumed }
}
