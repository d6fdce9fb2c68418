import type { Device } from '#model/api/resource.ts'
import { parseQuantity, type Quantity, whole } from '#model/quantity.ts'
import type { Capacities } from './allocated.ts'

export type CapacityRequests = Readonly<Record<string, string>> | undefined

/**
 * Whether a device still has the capacity that a request asks of it: what is consumed, what this attempt
 * already takes, and the request, each capacity by itself. A request for a capacity it has not is never met.
 * @see dynamic-resource-allocation/structured/internal/incubating/consumable_capacity.go CmpRequestOverCapacity (kubernetes v1.36.2)
 */
export function hasCapacity(
  device: Device,
  requests: CapacityRequests,
  consumed: Capacities | undefined,
  taking: Capacities | undefined,
): boolean {
  const offered = device.capacity ?? {}
  if (Object.keys(requests ?? {}).some((name) => !Object.hasOwn(offered, name))) return false
  for (const [name, { value, requestPolicy }] of Object.entries(offered)) {
    const limit = read(value)
    const policy = readPolicy(requestPolicy)
    const wanted = consumedBy(requested(requests, name), limit, policy)
    if (violates(wanted, policy)) return false
    if ((consumed?.get(name) ?? 0n) + (taking?.get(name) ?? 0n) + wanted > limit) return false
  }
  return true
}

/** What a request consumes of each capacity of the device. */
export function consumption(device: Device, requests: CapacityRequests): Capacities {
  const amounts = new Map<string, Quantity>()
  for (const [name, { value, requestPolicy }] of Object.entries(device.capacity ?? {})) {
    amounts.set(name, consumedBy(requested(requests, name), read(value), readPolicy(requestPolicy)))
  }
  return amounts
}

interface Policy {
  readonly fallback?: Quantity
  readonly range?: { readonly min?: Quantity; readonly max?: Quantity; readonly step?: Quantity }
  readonly values?: readonly Quantity[]
}

/** The request rounded up as the policy says; the default, or all of it, where nothing is requested. */
function consumedBy(wanted: Quantity | undefined, limit: Quantity, policy: Policy): Quantity {
  if (wanted === undefined) return policy.fallback ?? limit
  if (policy.range?.min !== undefined) return roundedUp(wanted, policy.range.min, policy.range.step)
  return policy.values?.find((value) => wanted <= value) ?? wanted
}

const unit = 1_000_000_000n

function roundedUp(wanted: Quantity, min: Quantity, step: Quantity | undefined): Quantity {
  if (wanted < min) return min
  if (step === undefined || whole(step) === 0n) return wanted
  const [from, by] = [whole(min), whole(step)]
  const added = whole(wanted) - from
  const steps = added % by === 0n ? added / by : added / by + 1n
  return (from + by * steps) * unit
}

function violates(wanted: Quantity, { fallback, range, values }: Policy): boolean {
  if (fallback !== undefined && wanted === fallback) return false
  if (range === undefined) return values !== undefined && values.length > 0 && !values.includes(wanted)
  if (range.max !== undefined && wanted > range.max) return true
  if (range.step === undefined || whole(range.step) === 0n) return false
  return (whole(wanted) - whole(range.min ?? 0n)) % whole(range.step) !== 0n
}

function readPolicy(policy: unknown): Policy {
  const given = entriesOf(policy)
  const range = entriesOf(given.get('validRange'))
  const values = given.get('validValues')
  return {
    ...optional('fallback', given.get('default')),
    ...(given.has('validRange')
      ? {
          range: {
            ...optional('min', range.get('min')),
            ...optional('max', range.get('max')),
            ...optional('step', range.get('step')),
          },
        }
      : {}),
    ...(Array.isArray(values) ? { values: values.map(read) } : {}),
  }
}

function optional<K extends string>(key: K, value: unknown): { readonly [P in K]?: Quantity } {
  return value === undefined || value === null ? {} : ({ [key]: read(value) } as { readonly [P in K]: Quantity })
}

function entriesOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : [])
}

function read(value: unknown): Quantity {
  return parseQuantity(`${value}`) ?? 0n
}

function requested(requests: CapacityRequests, name: string): Quantity | undefined {
  return requests !== undefined && Object.hasOwn(requests, name) ? read(requests[name]) : undefined
}
