import type { Device, DeviceAttribute } from '#model/api/resource.ts'
import { parseQuantity } from '#model/quantity.ts'
import { parseCel } from './cel.ts'
import { evaluateCel } from './cel-evaluate.ts'
import {
  type CelMap,
  type CelResult,
  type CelTrouble,
  type CelValue,
  celError,
  isTrouble,
  kindOf,
  mapOf,
  unsupported,
} from './cel-values.ts'
import { parseSemver } from './semver.ts'

export type DeviceMatch = boolean | CelTrouble

/** Equal devices of different drivers may be one object: what is worked out is kept for each driver apart. */
const known = new WeakMap<Device, Map<string, OfDriver>>()

interface OfDriver {
  readonly variable: CelResult
  readonly matches: Map<string, DeviceMatch>
}

/**
 * Whether a selector's expression is true of a device of this driver; worked out once for each device.
 * @see dynamic-resource-allocation/cel/compile.go DeviceMatches (kubernetes v1.36.2)
 */
export function deviceMatches(expression: string, driver: string, device: Device): DeviceMatch {
  const { variable, matches } = ofDriver(driver, device)
  const before = matches.get(expression)
  if (before !== undefined) return before
  const match = evaluate(expression, variable)
  matches.set(expression, match)
  return match
}

function ofDriver(driver: string, device: Device): OfDriver {
  let drivers = known.get(device)
  if (drivers === undefined) {
    drivers = new Map()
    known.set(device, drivers)
  }
  const before = drivers.get(driver)
  if (before !== undefined) return before
  const made: OfDriver = { variable: variableOf(driver, device), matches: new Map() }
  drivers.set(driver, made)
  return made
}

function evaluate(expression: string, value: CelResult): DeviceMatch {
  const node = parseCel(expression)
  if (node === undefined) return unsupported('it cannot be read')
  if (isTrouble(value)) return value
  const result = evaluateCel(node, value)
  if (typeof result === 'boolean' || isTrouble(result)) return result
  return notBoolean(result)
}

function notBoolean(result: CelValue): CelTrouble {
  const start = `CEL result of type ${kindOf(result)} could not be converted to bool:`
  if (typeof result === 'string') return celError(`${start} unsupported native conversion from string to 'bool'`)
  if (typeof result === 'bigint') return celError(`${start} unsupported type conversion from 'int' to bool`)
  return unsupported('its result is neither true nor false')
}

const none: CelMap = mapOf([])

/** The variable `device`: a domain nobody uses is an empty map. */
function variableOf(driver: string, device: Device): CelResult {
  const attributes: Domains = new Map()
  for (const [name, attribute] of Object.entries(device.attributes ?? {})) {
    const value = attributeValue(name, attribute)
    if (isTrouble(value)) return value
    put(attributes, name, driver, value)
  }
  const capacity: Domains = new Map()
  for (const [name, { value = '' }] of Object.entries(device.capacity ?? {})) {
    const amount = parseQuantity(value)
    if (amount === undefined) return unsupported(`the capacity ${name} is no quantity`)
    put(capacity, name, driver, { kind: 'quantity', amount })
  }
  return mapOf([
    ['driver', driver],
    ['allowMultipleAllocations', device.allowMultipleAllocations ?? false],
    ['attributes', byDomain(attributes)],
    ['capacity', byDomain(capacity)],
  ])
}

type Domains = Map<string, Map<CelValue, CelValue>>

function byDomain(domains: Domains): CelMap {
  const entries = [...domains].map(([domain, inner]) => [domain, mapOf(inner)] as const)
  return { ...mapOf(entries), fallback: none }
}

function put(domains: Domains, name: string, driver: string, value: CelValue): void {
  const slash = name.indexOf('/')
  const domain = slash === -1 ? driver : name.slice(0, slash)
  const inner = domains.get(domain)
  if (inner === undefined) domains.set(domain, new Map([[name.slice(slash + 1), value]]))
  else inner.set(name.slice(slash + 1), value)
}

function attributeValue(name: string, attribute: DeviceAttribute): CelResult {
  if (attribute.int !== undefined) {
    return Number.isSafeInteger(attribute.int) ? BigInt(attribute.int) : unsupported(`so large an attribute as ${name}`)
  }
  if (attribute.bool !== undefined) return attribute.bool
  if (attribute.string !== undefined) return attribute.string
  if (attribute.version === undefined) return celError(`attribute ${name}: unsupported attribute value`)
  const version = parseSemver(attribute.version)
  return version === undefined ? unsupported(`attribute ${name} is no version`) : { kind: 'semver', version }
}
