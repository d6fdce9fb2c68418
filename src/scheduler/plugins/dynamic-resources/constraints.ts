import type { DeviceAttribute, DeviceConstraint } from '#model/api/resource.ts'
import type { OfferedDevice } from './pools.ts'

/** One constraint of a claim while its devices are chosen. Every device that was added is removed again, or stays. */
export interface Constraint {
  /** Whether the device may join those chosen; it has joined where so. */
  add(request: string, subRequest: string, device: OfferedDevice): boolean
  remove(request: string, subRequest: string): void
}

/** @see dynamic-resource-allocation/structured/internal/incubating/allocator_incubating.go, constraint.go (kubernetes v1.36.2) */
export function makeConstraint({ requests = [], matchAttribute, distinctAttribute }: DeviceConstraint): Constraint {
  const names = new Set(requests)
  const concerns = (request: string, subRequest: string): boolean =>
    names.size === 0 || names.has(request) || (subRequest !== '' && names.has(`${request}/${subRequest}`))
  const attribute = matchAttribute ?? distinctAttribute ?? ''
  const rule = matchAttribute === undefined ? new Distinct() : new Same()
  return {
    add(request, subRequest, device) {
      if (!concerns(request, subRequest)) return true
      const value = attributeOf(device, attribute)
      return value !== undefined && rule.add(request, value)
    },
    remove(request, subRequest) {
      if (concerns(request, subRequest)) rule.remove(request)
    },
  }
}

/** A value with its type: `string:a`, `int:1`; an attribute without one never meets a constraint but as the first. */
type TypedValue = string

class Same {
  #value: TypedValue = ''
  #count = 0

  add(_request: string, value: TypedValue): boolean {
    if (this.#count > 0 && (value === '' || value !== this.#value)) return false
    if (this.#count === 0) this.#value = value
    this.#count++
    return true
  }

  remove(_request: string): void {
    this.#count--
  }
}

/** Kube-scheduler remembers one value for each request, the last, however many devices the request takes. */
class Distinct {
  readonly #values = new Map<string, TypedValue>()
  #count = 0

  add(request: string, value: TypedValue): boolean {
    if (this.#count > 0) {
      for (const other of this.#values.values()) if (value === '' || other === value) return false
    }
    this.#values.set(request, value)
    this.#count++
    return true
  }

  remove(request: string): void {
    this.#values.delete(request)
    this.#count--
  }
}

/** The attribute by its full name, or without the domain where that is the driver's own. */
function attributeOf({ driver, device }: OfferedDevice, name: string): TypedValue | undefined {
  const attributes = device.attributes ?? {}
  if (Object.hasOwn(attributes, name)) return typed(attributes[name])
  const slash = name.indexOf('/')
  if (slash === -1 || name.slice(0, slash) !== driver) return undefined
  const id = name.slice(slash + 1)
  return Object.hasOwn(attributes, id) ? typed(attributes[id]) : undefined
}

function typed(attribute: DeviceAttribute | undefined): TypedValue {
  const { string, int, bool, version } = attribute ?? {}
  if (string !== undefined) return `string:${string}`
  if (int !== undefined) return `int:${int}`
  if (bool !== undefined) return `bool:${bool}`
  return version === undefined ? '' : `version:${version}`
}
