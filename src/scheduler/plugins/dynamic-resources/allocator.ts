import type { Quantity } from '#model/quantity.ts'
import { isTolerated } from '#model/toleration.ts'
import { consumption } from './capacity.ts'
import { SharedCounters } from './counters.ts'
import { dependsOnOrder, mixesUpAlternatives } from './order.ts'
import {
  type AllocationInput,
  type ClaimPlan,
  type FormPlan,
  mostDevices,
  planClaims,
  type RequestPlan,
} from './plan.ts'
import type { OfferedDevice } from './pools.ts'
import { type DeviceRequestView, failed, type Halt, hasRoomYet, isSelectable } from './requests.ts'

export type Allocated =
  | { readonly kind: 'found' }
  | { readonly kind: 'none' }
  /** None, and a pool was left aside because something is wrong with it. */
  | { readonly kind: 'invalidPools' }
  | Halt

/**
 * Whether devices can be found for all claims at once on one node: the scheduler's own exhaustive search, in its
 * order and with its quirks, so that the first trouble it meets is the first that this one meets.
 * @see dynamic-resource-allocation/structured/internal/incubating/allocator_incubating.go Allocate (kubernetes v1.36.2)
 */
export function allocate(input: AllocationInput): Allocated {
  const mixed = mixesUpAlternatives(input)
  if (mixed !== undefined) return mixed
  const plans = planClaims(input)
  if ('kind' in plans) return plans
  return dependsOnOrder(plans, input) ?? new Search(input, plans).run()
}

/** Which device is looked for next. */
interface Place {
  readonly claim: number
  readonly request: number
  readonly alternative: number
  readonly device: number
}

class Search {
  readonly #in: AllocationInput
  readonly #plans: readonly ClaimPlan[]
  /** How many devices each claim has so far. */
  readonly #chosen: number[]
  readonly #inUse = new Map<string, Set<number>>()
  readonly #taking = new Map<string, Map<string, Quantity>>()
  readonly #counters: SharedCounters
  readonly #selectable = new Map<FormPlan, Map<string, boolean>>()
  #stepsLeft: number
  #halt: Halt | undefined

  constructor(input: AllocationInput, plans: readonly ClaimPlan[]) {
    this.#in = input
    this.#plans = plans
    this.#chosen = plans.map(() => 0)
    this.#counters = new SharedCounters(input.allocated)
    this.#stepsLeft = input.steps
  }

  run(): Allocated {
    const { rules, pools } = this.#in
    if (this.#next({ claim: 0, request: 0, alternative: 0, device: 0 }, false, 0, 0)) return { kind: 'found' }
    if (this.#halt !== undefined) return this.#halt
    const left = !rules.incompletePoolsUsable && pools.some(({ invalid }) => invalid !== undefined)
    return { kind: left ? 'invalidPools' : 'none' }
  }

  /** Finds a device for one place and for all that follow; `pool` and `from` are where to begin looking. */
  #next(place: Place, within: boolean, pool: number, from: number): boolean {
    const claim = this.#plans[place.claim]
    if (claim === undefined) return true
    const request = claim.requests[place.request]
    if (request === undefined) {
      return this.#next({ claim: place.claim + 1, request: 0, alternative: 0, device: 0 }, false, 0, 0)
    }
    if (!within && request.isChoice) return this.#firstOf(request, place)
    const plan = request.forms[place.alternative]
    if (plan === undefined || (plan.all !== undefined && plan.all.length === 0)) return false
    if (place.device >= plan.count) {
      return this.#next({ claim: place.claim, request: place.request + 1, alternative: 0, device: 0 }, false, 0, 0)
    }
    if ((this.#chosen[place.claim] ?? 0) + plan.count - place.device > mostDevices) return false
    return plan.all === undefined
      ? this.#oneOf(plan, place, within, pool, from)
      : this.#allOf(plan, plan.all, place, within)
  }

  #firstOf({ forms }: RequestPlan, place: Place): boolean {
    for (let alternative = 0; alternative < forms.length; alternative++) {
      if (this.#next({ ...place, alternative }, true, 0, 0)) return true
      if (this.#halt !== undefined) return false
    }
    return false
  }

  #allOf(plan: FormPlan, all: readonly OfferedDevice[], place: Place, within: boolean): boolean {
    const device = all[place.device]
    if (device === undefined || this.#spent()) return false
    const release = this.#take(plan, place, device, true)
    if (release === undefined) return false
    if (this.#next({ ...place, device: place.device + 1 }, within, 0, 0)) return true
    release()
    return false
  }

  #oneOf(plan: FormPlan, place: Place, within: boolean, firstPool: number, from: number): boolean {
    const { pools, rules } = this.#in
    for (const [p, pool] of pools.entries()) {
      if (p < firstPool) continue
      if (rules.incompletePoolsUsable && pool.invalid !== undefined) {
        this.#halt = failed(`pool ${pool.name} is invalid: ${pool.invalid}`)
        return false
      }
      if ((pool.incomplete && !rules.incompletePoolsUsable) || pool.invalid !== undefined) continue
      if (this.#oneOfPool(plan, place, within, p, p === firstPool ? from : 0)) return true
      if (this.#halt !== undefined) return false
    }
    return false
  }

  #oneOfPool(plan: FormPlan, place: Place, within: boolean, pool: number, from: number): boolean {
    const devices = this.#in.pools[pool]?.devices ?? []
    for (let d = from; d < devices.length; d++) {
      const device = devices[d]
      if (device === undefined) continue
      const release = this.#isCandidate(plan, place, device) ? this.#take(plan, place, device, false) : undefined
      if (release !== undefined) {
        if (this.#next({ ...place, device: place.device + 1 }, within, pool, d + 1)) return true
        release()
      }
      if (this.#halt !== undefined) return false
    }
    return false
  }

  #isCandidate(plan: FormPlan, place: Place, device: OfferedDevice): boolean {
    if (this.#spent() || this.#isTaken(plan.request, place.claim, device.id)) return false
    let known = this.#selectable.get(plan)
    if (known === undefined) {
      known = new Map()
      this.#selectable.set(plan, known)
    }
    let selectable = known.get(device.id)
    if (selectable === undefined) {
      const answer = isSelectable(plan.request, device, this.#in.node, this.#in.rules)
      if (typeof answer !== 'boolean') {
        this.#halt = answer
        return false
      }
      selectable = answer
      known.set(device.id, selectable)
    }
    return selectable && this.#hasRoom(plan.request, device)
  }

  #isTaken({ adminAccess }: DeviceRequestView, claim: number, id: string): boolean {
    const inUse = this.#inUse.get(id)
    if (adminAccess === true) return inUse?.has(claim) === true
    return this.#in.allocated.devices.has(id) || (inUse?.size ?? 0) > 0
  }

  #hasRoom(request: DeviceRequestView, device: OfferedDevice): boolean {
    return hasRoomYet(request, device, this.#in.allocated, this.#in.rules, this.#taking.get(device.id))
  }

  /** Takes a device for now; gives what undoes it, or undefined where it cannot be had. */
  #take({ request }: FormPlan, place: Place, offered: OfferedDevice, must: boolean): (() => void) | undefined {
    const { id, device } = offered
    const { allocated, rules } = this.#in
    const extras = rules.dynamicResourcesExtras
    const shareable = extras && device.allowMultipleAllocations === true
    const taken = this.#isTaken(request, place.claim, id)
    if (taken && !(shareable && request.adminAccess === true)) return undefined
    const counts = (device.consumesCounters?.length ?? 0) > 0
    if (counts && !extras) return undefined
    const inShares = shareable && (allocated.consumed.has(id) || this.#taking.has(id))
    if (counts && !inShares && !this.#counters.take(offered)) return undefined
    // What is refused from here on keeps its counters, as in kube-scheduler.
    if (extras && !toleratesTaints(request, offered)) return undefined
    if (!this.#meetsConstraints(request, place.claim, offered, must)) return undefined
    if (!this.#hasRoom(request, offered)) return undefined
    const inUse = this.#inUse.get(id) ?? new Set()
    this.#inUse.set(id, inUse)
    if (!shareable) inUse.add(place.claim)
    const share = shareable ? consumption(device, request.capacity?.requests) : undefined
    if (share !== undefined) this.#consume(id, share, 1n)
    this.#chosen[place.claim] = (this.#chosen[place.claim] ?? 0) + 1
    return () => {
      for (const constraint of this.#plans[place.claim]?.constraints ?? []) {
        constraint.remove(request.baseName, request.subName)
      }
      inUse.delete(place.claim)
      if (share !== undefined) this.#consume(id, share, -1n)
      else if (counts) this.#counters.give(offered)
      this.#chosen[place.claim] = (this.#chosen[place.claim] ?? 0) - 1
    }
  }

  #meetsConstraints(request: DeviceRequestView, claim: number, device: OfferedDevice, must: boolean): boolean {
    const constraints = this.#plans[claim]?.constraints ?? []
    const refusing = constraints.findIndex((one) => !one.add(request.baseName, request.subName, device))
    if (refusing === -1) return true
    if (must) {
      const asked = `claim ${request.claimName}, request ${request.name ?? ''}`
      this.#halt = failed(`${asked}: cannot add device ${device.id} because a claim constraint would not be satisfied`)
    }
    for (const one of constraints.slice(0, refusing)) one.remove(request.baseName, request.subName)
    return false
  }

  #consume(id: string, share: ReadonlyMap<string, Quantity>, sign: 1n | -1n): void {
    if (share.size === 0 && sign === -1n) return
    const taking = this.#taking.get(id) ?? new Map<string, Quantity>()
    for (const [name, amount] of share) taking.set(name, (taking.get(name) ?? 0n) + sign * amount)
    if (sign === -1n && [...taking.values()].every((amount) => amount === 0n)) this.#taking.delete(id)
    else this.#taking.set(id, taking)
  }

  #spent(): boolean {
    if (this.#stepsLeft-- > 0) return false
    this.#halt ??= { kind: 'notComputed', what: 'an allocation with more combinations of devices than can be tried' }
    return true
  }
}

function toleratesTaints({ tolerations }: DeviceRequestView, { device }: OfferedDevice): boolean {
  return (device.taints ?? []).every(
    (taint) => (taint.effect !== 'NoSchedule' && taint.effect !== 'NoExecute') || isTolerated(taint, tolerations),
  )
}
