import type { DeviceClass, DeviceSelector, ExactDeviceRequest } from '#model/api/resource.ts'
import type { NodeView } from '#scheduler/framework/cluster-view.ts'
import type { Rules } from '#scheduler/framework/rules.ts'
import type { AllocatedState, Capacities } from './allocated.ts'
import { hasCapacity } from './capacity.ts'
import { deviceMatches } from './device-matches.ts'
import { type OfferedDevice, type Pool, targets } from './pools.ts'

/** Why a search for devices cannot go on. */
export type Halt =
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'notComputed'; readonly what: string }

/** One request, or one alternative of a request with `firstAvailable`. */
export interface DeviceRequestView extends ExactDeviceRequest {
  /** `namespace/name` of the claim, as messages have it. */
  readonly claimName: string
  /** The request's own name; of an alternative, its parent's. */
  readonly baseName: string
  /** The alternative's own name, else empty. */
  readonly subName: string
  readonly class: DeviceClass
}

export function failed(message: string): Halt {
  return { kind: 'failed', message }
}

/**
 * Whether a device answers a request: the selectors of class and request, and for slices that leave it to the
 * device, the node.
 * @see dynamic-resource-allocation/structured/internal/incubating/allocator_incubating.go isSelectable (kubernetes v1.36.2)
 */
export function isSelectable(
  request: DeviceRequestView,
  offered: OfferedDevice,
  node: NodeView,
  rules: Rules,
): boolean | Halt {
  const { device, slice } = offered
  if (!rules.dynamicResourcesExtras && (device.bindingConditions?.length ?? 0) > 0) return false
  const className = request.class.metadata.name ?? ''
  const byClass = allMatch(request.class.spec.selectors, offered, `class ${className}`, `DeviceClass ${className}`)
  if (byClass !== true) return byClass
  const claim = request.claimName
  const byRequest = allMatch(request.selectors, offered, `claim ${claim}`, `ResourceClaim ${claim}`)
  if (byRequest !== true) return byRequest
  return slice.spec.perDeviceNodeSelection !== true || targets(device, node)
}

function allMatch(
  selectors: readonly DeviceSelector[] | undefined,
  { device, driver }: OfferedDevice,
  owner: string,
  object: string,
): boolean | Halt {
  for (const [i, { cel }] of (selectors ?? []).entries()) {
    const expression = cel?.expression ?? ''
    const match = deviceMatches(expression, driver, device)
    if (match === false) return false
    if (match === true) continue
    if (match.kind === 'error') {
      return { kind: 'failed', message: `${owner}: selector #${i}: CEL runtime error: ${match.text}` }
    }
    return { kind: 'notComputed', what: `the CEL expression ${JSON.stringify(expression)} of ${object}: ${match.what}` }
  }
  return true
}

/** All devices for a request of all devices; nothing may be in flux where all are asked for. */
export function allDevices(
  request: DeviceRequestView,
  pools: readonly Pool[],
  node: NodeView,
  rules: Rules,
  hasRoom: (device: OfferedDevice) => boolean,
): readonly OfferedDevice[] | Halt {
  const asks = `claim ${request.claimName}, request ${request.name ?? ''}: asks for all devices, but resource pool`
  const found: OfferedDevice[] = []
  for (const pool of pools) {
    if (pool.incomplete) return { kind: 'failed', message: `${asks} ${pool.id} is currently being updated` }
    if (pool.invalid !== undefined) return { kind: 'failed', message: `${asks} ${pool.id} is currently invalid` }
    for (const device of pool.devices) {
      const selectable = isSelectable(request, device, node, rules)
      if (typeof selectable !== 'boolean') return selectable
      if (selectable && hasRoom(device)) found.push(device)
    }
  }
  return found
}

/** Whether the device has the capacity, if this attempt has taken nothing of it; `taking` is what it has. */
export function hasRoomYet(
  { capacity }: DeviceRequestView,
  { id, device }: OfferedDevice,
  allocated: AllocatedState,
  rules: Rules,
  taking?: Capacities,
): boolean {
  if (!rules.dynamicResourcesExtras) return true
  return hasCapacity(device, capacity?.requests, allocated.consumed.get(id), taking)
}
