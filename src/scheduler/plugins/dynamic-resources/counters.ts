import { parseQuantity, type Quantity } from '#model/quantity.ts'
import type { AllocatedState } from './allocated.ts'
import type { OfferedDevice, Pool } from './pools.ts'

type Counters = Map<string, Map<string, Quantity>>

/**
 * The counters that partitions of a device share, and what one attempt at an allocation consumes of them.
 * Kept by the pool's name alone, as kube-scheduler does.
 * @see dynamic-resource-allocation/structured/internal/incubating/allocator_incubating.go checkAvailableCounters (kubernetes v1.36.2)
 */
export class SharedCounters {
  readonly #allocated: AllocatedState
  readonly #available = new Map<string, Counters>()
  readonly #consumed = new Map<string, Counters>()

  constructor(allocated: AllocatedState) {
    this.#allocated = allocated
  }

  /** Consumes what the device needs, if there is enough of everything. */
  take(device: OfferedDevice): boolean {
    const available = this.#availableIn(device.pool)
    const consumed = this.#consumedIn(device.pool)
    apply(consumed, device.device, 1n)
    for (const [set, counters] of available) {
      for (const [name, amount] of counters) {
        if (amount >= (consumed.get(set)?.get(name) ?? 0n)) continue
        this.give(device)
        return false
      }
    }
    return true
  }

  give(device: OfferedDevice): void {
    apply(this.#consumedIn(device.pool), device.device, -1n)
  }

  #consumedIn(pool: Pool): Counters {
    const known = this.#consumed.get(pool.name)
    if (known !== undefined) return known
    const consumed: Counters = new Map()
    this.#consumed.set(pool.name, consumed)
    return consumed
  }

  #availableIn(pool: Pool): Counters {
    const known = this.#available.get(pool.name)
    if (known !== undefined) return known
    const available: Counters = new Map()
    for (const [name, { counters = {} }] of pool.counterSets) {
      const amounts = Object.entries(counters).map(([counter, { value }]) => [counter, read(value)] as const)
      available.set(name, new Map(amounts))
    }
    for (const slice of pool.slices) {
      for (const device of slice.spec.devices ?? []) {
        const id = `${pool.id}/${device.name ?? ''}`
        if (this.#allocated.devices.has(id) || this.#allocated.shared.has(id)) apply(available, device, -1n, true)
      }
    }
    this.#available.set(pool.name, available)
    return available
  }
}

type Device = OfferedDevice['device']

function apply(counters: Counters, device: Device, sign: 1n | -1n, onlyKnown = false): void {
  for (const { counterSet = '', counters: amounts = {} } of device.consumesCounters ?? []) {
    const set = counters.get(counterSet) ?? new Map<string, Quantity>()
    if (!onlyKnown) counters.set(counterSet, set)
    for (const [name, { value }] of Object.entries(amounts)) {
      if (!onlyKnown || set.has(name)) set.set(name, (set.get(name) ?? 0n) + sign * read(value))
    }
  }
}

function read(value: string | undefined): Quantity {
  return parseQuantity(value ?? '0') ?? 0n
}
