import type {
  Device,
  DeviceClass,
  DeviceConstraint,
  DeviceRequest,
  ExactDeviceRequest,
  ResourceClaim,
  ResourceSlice,
} from '#model/api/resource.ts'

const apiVersion = 'resource.k8s.io/v1'

type Attributes = Readonly<Record<string, string | number | boolean>>

/** A device with attributes: texts that begin with `v` and a digit are versions. */
export function aDevice(name: string, attributes: Attributes = {}, more: Partial<Device> = {}): Device {
  const typed = Object.entries(attributes).map(([key, value]) => {
    if (typeof value === 'number') return [key, { int: value }]
    if (typeof value === 'boolean') return [key, { bool: value }]
    return [key, /^v\d/.test(value) ? { version: value.slice(1) } : { string: value }]
  })
  return { name, attributes: Object.fromEntries(typed), ...more }
}

/** What a slice says of itself beyond the usual: driver `gpu.x`, generation 1, one slice to the pool. */
export interface SliceFacts {
  readonly name?: string
  readonly driver?: string
  readonly pool?: string
  readonly generation?: number
  readonly of?: number
  /** Where the devices are, in place of a node's name. */
  readonly where?: Partial<ResourceSlice['spec']>
  readonly sharedCounters?: ResourceSlice['spec']['sharedCounters']
}

/** A ResourceSlice with the devices of one node; its pool is named after the node. */
export function aSlice(node: string, devices: readonly Device[], facts: SliceFacts = {}): object {
  const { driver = 'gpu.x', pool = node, generation = 1, of = 1, where = { nodeName: node }, sharedCounters } = facts
  return {
    apiVersion,
    kind: 'ResourceSlice',
    metadata: { name: facts.name ?? `${node}-${driver}` },
    spec: {
      driver,
      pool: { name: pool, generation, resourceSliceCount: of },
      ...where,
      ...(sharedCounters === undefined ? { devices } : { sharedCounters }),
    },
  }
}

/** A DeviceClass with one CEL selector, or none. */
export function aClass(name: string, expression?: string, spec: Partial<DeviceClass['spec']> = {}): object {
  const selectors = expression === undefined ? [] : [{ cel: { expression } }]
  return { apiVersion, kind: 'DeviceClass', metadata: { name }, spec: { selectors, ...spec } }
}

/** A request for one device of class `gpu`, with a CEL selector where one is given. */
export function aRequest(name: string, expression?: string, more: ExactDeviceRequest = {}): DeviceRequest {
  const selectors = expression === undefined ? [] : [{ cel: { expression } }]
  return { name, exactly: { deviceClassName: 'gpu', allocationMode: 'ExactCount', count: 1, selectors, ...more } }
}

type ClaimMeta = ResourceClaim['metadata']

/** A ResourceClaim in `default` that waits for its devices. */
export class ClaimBuilder {
  readonly apiVersion = apiVersion
  readonly kind = 'ResourceClaim'
  readonly metadata: ClaimMeta
  readonly spec: ResourceClaim['spec']
  readonly status: ResourceClaim['status']

  constructor(metadata: ClaimMeta, spec: ResourceClaim['spec'], status: ResourceClaim['status']) {
    this.metadata = metadata
    this.spec = spec
    this.status = status
  }
  constrained(...constraints: DeviceConstraint[]): ClaimBuilder {
    return new ClaimBuilder(this.metadata, { devices: { ...this.spec.devices, constraints } }, this.status)
  }
  terminating(): ClaimBuilder {
    const deletionTimestamp = '2026-01-01T00:00:00Z'
    return new ClaimBuilder({ ...this.metadata, deletionTimestamp }, this.spec, this.status)
  }
  /** Allocated with devices named `driver/pool/device`. */
  holding(...devices: string[]): ClaimBuilder {
    const results = devices.map((id) => {
      const [driver = '', pool = '', device = ''] = id.split('/')
      return { request: 'r', driver, pool, device }
    })
    return this.with({ allocation: { ...this.status.allocation, devices: { results } } })
  }
  /** Allocated for one node. */
  onlyOn(node: string): ClaimBuilder {
    const matchFields = [{ key: 'metadata.name', operator: 'In', values: [node] }]
    const nodeSelector = { nodeSelectorTerms: [{ matchFields }] }
    return this.with({ allocation: { ...this.status.allocation, nodeSelector } })
  }
  with(status: ResourceClaim['status']): ClaimBuilder {
    return new ClaimBuilder(this.metadata, this.spec, { ...this.status, ...status })
  }
}

export function aClaim(name: string, ...requests: DeviceRequest[]): ClaimBuilder {
  const devices = { requests: requests.length === 0 ? [aRequest('r')] : requests }
  return new ClaimBuilder({ namespace: 'default', name, uid: name }, { devices }, {})
}
