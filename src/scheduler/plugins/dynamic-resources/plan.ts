import type { DeviceClass, DeviceSubRequest, ResourceClaim } from '#model/api/resource.ts'
import type { NodeView } from '#scheduler/framework/cluster-view.ts'
import type { Rules } from '#scheduler/framework/rules.ts'
import type { AllocatedState } from './allocated.ts'
import { type Constraint, makeConstraint } from './constraints.ts'
import type { OfferedDevice, Pool } from './pools.ts'
import { allDevices, type DeviceRequestView, failed, type Halt, hasRoomYet } from './requests.ts'

export interface AllocationInput {
  readonly node: NodeView
  readonly pools: readonly Pool[]
  readonly claims: readonly ResourceClaim[]
  readonly classes: ReadonlyMap<string, DeviceClass>
  readonly allocated: AllocatedState
  readonly rules: Rules
  /** How many candidates may be tried. */
  readonly steps: number
}

export interface ClaimPlan {
  readonly requests: readonly RequestPlan[]
  readonly constraints: readonly Constraint[]
}

export interface RequestPlan {
  /** Whether only one of the forms has to be met, in this order. */
  readonly isChoice: boolean
  readonly forms: readonly FormPlan[]
}

/** A request, or one alternative of it, and how many devices it needs. */
export interface FormPlan {
  readonly request: DeviceRequestView
  readonly count: number
  /** Set where all devices are asked for. */
  readonly all?: readonly OfferedDevice[]
}

/** The most devices of one claim. */
export const mostDevices = 32

/**
 * What the claims ask for, or what no search could mend.
 * @see dynamic-resource-allocation/structured/internal/incubating/allocator_incubating.go Allocate, validateDeviceRequest (kubernetes v1.36.2)
 */
export function planClaims(input: AllocationInput): readonly ClaimPlan[] | Halt {
  const plans: ClaimPlan[] = []
  for (const claim of input.claims) {
    const plan = planClaim(claim, input)
    if ('kind' in plan) return plan
    plans.push(plan)
  }
  return plans
}

function planClaim(claim: ResourceClaim, input: AllocationInput): ClaimPlan | Halt {
  const name = `${claim.metadata.namespace ?? ''}/${claim.metadata.name ?? ''}`
  const requests: RequestPlan[] = []
  for (const { name: baseName = '', exactly, firstAvailable = [] } of claim.spec.devices?.requests ?? []) {
    const isChoice = firstAvailable.length > 0
    const given: readonly DeviceSubRequest[] = isChoice ? firstAvailable : [{ ...exactly, name: baseName }]
    const forms: FormPlan[] = []
    for (const form of given) {
      const names = { claimName: name, baseName, subName: isChoice ? (form.name ?? '') : '' }
      const plan = planForm(form, names, input)
      if ('kind' in plan) return plan
      forms.push(plan)
    }
    requests.push({ isChoice, forms })
  }
  const least = requests.reduce((sum, { forms }) => sum + Math.min(...forms.map(({ count }) => count)), 0)
  if (least > mostDevices) {
    return failed(`claim ${name}: number of requested devices ${least} exceeds the claim limit of ${mostDevices}`)
  }
  const constraints = claim.spec.devices?.constraints ?? []
  const odd = constraints.findIndex(
    ({ matchAttribute, distinctAttribute }) =>
      matchAttribute === undefined && (distinctAttribute === undefined || !input.rules.dynamicResourcesExtras),
  )
  if (odd !== -1) return failed(`claim ${name}, constraint #${odd}: empty constraint (unsupported constraint type?)`)
  return { requests, constraints: constraints.map(makeConstraint) }
}

type Names = Pick<DeviceRequestView, 'claimName' | 'baseName' | 'subName'>

function planForm(form: DeviceSubRequest, names: Names, input: AllocationInput): FormPlan | Halt {
  const where = `claim ${names.claimName}, request ${form.name ?? ''}`
  const empty = (form.selectors ?? []).findIndex(({ cel }) => cel === undefined)
  if (empty !== -1) {
    return failed(`${where}, selector #${empty}: CEL expression empty (unsupported selector type?)`)
  }
  const deviceClass = input.classes.get(form.deviceClassName ?? '')
  if (deviceClass === undefined) return { kind: 'notComputed', what: `${where}: its DeviceClass` }
  const request: DeviceRequestView = { ...form, ...names, class: deviceClass }
  switch (form.allocationMode ?? 'ExactCount') {
    case 'ExactCount':
      return { request, count: form.count ?? 1 }
    case 'All': {
      const { pools, node, rules, allocated } = input
      const all = allDevices(request, pools, node, rules, (device) => hasRoomYet(request, device, allocated, rules))
      return 'kind' in all ? all : { request, count: all.length, all }
    }
    default:
      return failed(`${where}: unsupported count mode ${form.allocationMode ?? ''}`)
  }
}
