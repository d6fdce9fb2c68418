import type { AllocationInput, ClaimPlan, FormPlan } from './plan.ts'
import { type Halt, isSelectable } from './requests.ts'

/** Up to 1.35 the scheduler mixes up alternatives where one after the first asks for all devices. */
export function mixesUpAlternatives({ claims, rules }: AllocationInput): Halt | undefined {
  if (rules.dynamicResourcesExtras) return undefined
  const requests = claims.flatMap(({ spec }) => spec.devices?.requests ?? [])
  const mixed = requests.some(({ firstAvailable = [] }) =>
    firstAvailable.some(({ allocationMode }, i) => i > 0 && allocationMode === 'All'),
  )
  if (!mixed) return undefined
  return { kind: 'notComputed', what: 'a later alternative of all devices, which this release confuses with the first' }
}

/**
 * Up to 1.35 pools and slices come in any order, so that the scheduler may or may not meet an error before a
 * solution. Where that could be, nothing is said.
 */
export function dependsOnOrder(plans: readonly ClaimPlan[], input: AllocationInput): Halt | undefined {
  const { pools, rules } = input
  if (rules.dynamicResourcesExtras) return undefined
  const slices = new Set(pools.flatMap(({ devices }) => devices.map(({ slice }) => slice)))
  if (pools.length < 2 && slices.size < 2) return undefined
  const counted = formsOf(plans).filter(({ all }) => all === undefined)
  const stops = rules.incompletePoolsUsable && counted.length > 0 && pools.some(({ invalid }) => invalid !== undefined)
  if (!stops && !counted.some((form) => mayFail(form, input)) && !mayRefuseOneOfAll(plans, input)) return undefined
  return { kind: 'notComputed', what: 'an allocation that fails or not by the order in which devices are tried' }
}

function formsOf(plans: readonly ClaimPlan[]): readonly FormPlan[] {
  return plans.flatMap(({ requests }) => requests).flatMap(({ forms }) => forms)
}

/** Whether an expression cannot be evaluated for a device that may be tried. */
function mayFail({ request }: FormPlan, { pools, node, rules, allocated }: AllocationInput): boolean {
  for (const pool of pools) {
    if (pool.invalid !== undefined || (pool.incomplete && !rules.incompletePoolsUsable)) continue
    for (const device of pool.devices) {
      if (request.adminAccess !== true && allocated.devices.has(device.id)) continue
      if (typeof isSelectable(request, device, node, rules) !== 'boolean') return true
    }
  }
  return false
}

/** A constraint that one of all devices does not meet is an error, but not where one that is held comes before. */
function mayRefuseOneOfAll(plans: readonly ClaimPlan[], { allocated }: AllocationInput): boolean {
  const isOnlyOne = formsOf(plans).length === 1
  return plans.some((plan) => {
    const all = plan.constraints.length > 0 ? formsOf([plan]).flatMap((form) => form.all ?? []) : []
    return isOnlyOne ? all.some(({ id }) => allocated.devices.has(id)) : all.length > 0
  })
}
