import { type Field, list, map, object, text } from '#model/field.ts'
import { type NodeSelector, nodeSelector, type ObjectMeta, objectMeta } from './meta.ts'

/** `resource.k8s.io/v1`: dynamic resource allocation. */
export interface DeviceToleration {
  readonly key?: string
  readonly operator?: string
  readonly value?: string
  readonly effect?: string
}

export interface DeviceTaint {
  readonly key?: string
  readonly value?: string
  readonly effect?: string
}

export interface DeviceSelector {
  readonly cel?: { readonly expression?: string }
}

export interface DeviceSubRequest {
  readonly name?: string
  readonly deviceClassName?: string
  readonly selectors?: readonly DeviceSelector[]
  readonly allocationMode?: string
  readonly count?: number
  readonly tolerations?: readonly DeviceToleration[]
  readonly capacity?: { readonly requests?: Readonly<Record<string, string>> }
}

export interface ExactDeviceRequest extends DeviceSubRequest {
  readonly adminAccess?: boolean
}

export interface DeviceRequest {
  readonly name?: string
  readonly exactly?: ExactDeviceRequest
  readonly firstAvailable?: readonly DeviceSubRequest[]
}

export interface DeviceConstraint {
  readonly requests?: readonly string[]
  readonly matchAttribute?: string
  readonly distinctAttribute?: string
}

export interface AllocatedDevice {
  readonly request?: string
  readonly driver?: string
  readonly pool?: string
  readonly device?: string
  readonly adminAccess?: boolean
  readonly shareID?: string
  readonly consumedCapacity?: Readonly<Record<string, string>>
  readonly bindingConditions?: readonly string[]
  readonly bindingFailureConditions?: readonly string[]
}

export interface ResourceClaim {
  readonly metadata: ObjectMeta
  readonly spec: {
    readonly devices?: {
      readonly requests?: readonly DeviceRequest[]
      readonly constraints?: readonly DeviceConstraint[]
    }
  }
  readonly status: {
    readonly allocation?: {
      readonly nodeSelector?: NodeSelector
      readonly devices?: { readonly results?: readonly AllocatedDevice[] }
      readonly allocationTimestamp?: string
    }
    readonly reservedFor?: readonly {
      readonly resource?: string
      readonly name?: string
      readonly uid?: string
    }[]
    readonly devices?: readonly {
      readonly driver?: string
      readonly pool?: string
      readonly device?: string
      readonly conditions?: readonly { readonly type?: string; readonly status?: string }[]
    }[]
  }
}

export interface DeviceClass {
  readonly metadata: ObjectMeta
  readonly spec: {
    readonly selectors?: readonly DeviceSelector[]
    readonly extendedResourceName?: string
  }
}

export interface DeviceAttribute {
  readonly string?: string
  readonly bool?: boolean
  readonly int?: number
  readonly version?: string
}

export interface CounterSet {
  readonly name?: string
  readonly counters?: Readonly<Record<string, { readonly value?: string }>>
}

export interface Device {
  readonly name?: string
  readonly attributes?: Readonly<Record<string, DeviceAttribute>>
  readonly capacity?: Readonly<Record<string, { readonly value?: string; readonly requestPolicy?: unknown }>>
  readonly consumesCounters?: readonly {
    readonly counterSet?: string
    readonly counters?: Readonly<Record<string, { readonly value?: string }>>
  }[]
  readonly nodeName?: string
  readonly nodeSelector?: NodeSelector
  readonly allNodes?: boolean
  readonly taints?: readonly DeviceTaint[]
  readonly bindsToNode?: boolean
  readonly bindingConditions?: readonly string[]
  readonly bindingFailureConditions?: readonly string[]
  readonly allowMultipleAllocations?: boolean
}

export interface ResourceSlice {
  readonly metadata: ObjectMeta
  readonly spec: {
    readonly driver?: string
    readonly pool?: { readonly name?: string; readonly generation?: number; readonly resourceSliceCount?: number }
    readonly nodeName?: string
    readonly nodeSelector?: NodeSelector
    readonly allNodes?: boolean
    readonly perDeviceNodeSelection?: boolean
    readonly devices?: readonly Device[]
    readonly sharedCounters?: readonly CounterSet[]
  }
}

const deviceToleration = object<DeviceToleration>({ key: text, operator: text, value: text, effect: text })
const deviceTaint = object<DeviceTaint>({ key: text, value: text, effect: text })
const deviceSelector = object<DeviceSelector>({ cel: object<{ readonly expression?: string }>({ expression: text }) })
const capacityRequests = object<{ readonly requests?: Readonly<Record<string, string>> }>({ requests: map('quantity') })

const subRequest = {
  name: text,
  deviceClassName: text,
  selectors: list(deviceSelector),
  allocationMode: text,
  count: 'number',
  tolerations: list(deviceToleration),
  capacity: capacityRequests,
} as const

const request = object<DeviceRequest>({
  name: text,
  exactly: object<ExactDeviceRequest>({ ...subRequest, adminAccess: 'boolean' }),
  firstAvailable: list(object<DeviceSubRequest>(subRequest)),
})

const constraint = object<DeviceConstraint>({ requests: list(text), matchAttribute: text, distinctAttribute: text })

const allocated = object<AllocatedDevice>({
  request: text,
  driver: text,
  pool: text,
  device: text,
  adminAccess: 'boolean',
  shareID: text,
  consumedCapacity: map('quantity'),
  bindingConditions: list(text),
  bindingFailureConditions: list(text),
})

type ClaimStatus = ResourceClaim['status']
type Allocation = NonNullable<ClaimStatus['allocation']>
type DeviceStatus = NonNullable<ClaimStatus['devices']>[number]

export const resourceClaim: Field<ResourceClaim> = object<ResourceClaim>({
  metadata: objectMeta,
  spec: object<ResourceClaim['spec']>({
    devices: object<NonNullable<ResourceClaim['spec']['devices']>>({
      requests: list(request),
      constraints: list(constraint),
    }),
  }),
  status: object<ClaimStatus>({
    allocation: object<Allocation>({
      nodeSelector,
      devices: object<NonNullable<Allocation['devices']>>({ results: list(allocated) }),
      allocationTimestamp: 'time',
    }),
    reservedFor: list(
      object<{ readonly resource?: string; readonly name?: string; readonly uid?: string }>({
        resource: text,
        name: text,
        uid: text,
      }),
    ),
    devices: list(
      object<DeviceStatus>({
        driver: text,
        pool: text,
        device: text,
        conditions: list(object<{ readonly type?: string; readonly status?: string }>({ type: text, status: text })),
      }),
    ),
  }),
})

export const deviceClass: Field<DeviceClass> = object<DeviceClass>({
  metadata: objectMeta,
  spec: object<DeviceClass['spec']>({ selectors: list(deviceSelector), extendedResourceName: text }),
})

const counters = map(object<{ readonly value?: string }>({ value: 'quantity' }))

const device = object<Device>({
  name: text,
  attributes: map(object<DeviceAttribute>({ string: text, bool: 'boolean', int: 'number', version: text })),
  capacity: map(
    object<{ readonly value?: string; readonly requestPolicy?: unknown }>({ value: 'quantity', requestPolicy: 'json' }),
  ),
  consumesCounters: list(object<NonNullable<Device['consumesCounters']>[number]>({ counterSet: text, counters })),
  nodeName: text,
  nodeSelector,
  allNodes: 'boolean',
  taints: list(deviceTaint),
  bindsToNode: 'boolean',
  bindingConditions: list(text),
  bindingFailureConditions: list(text),
  allowMultipleAllocations: 'boolean',
})

type SliceSpec = ResourceSlice['spec']

export const resourceSlice: Field<ResourceSlice> = object<ResourceSlice>({
  metadata: objectMeta,
  spec: object<SliceSpec>({
    driver: text,
    pool: object<NonNullable<SliceSpec['pool']>>({ name: text, generation: 'number', resourceSliceCount: 'number' }),
    nodeName: text,
    nodeSelector,
    allNodes: 'boolean',
    perDeviceNodeSelection: 'boolean',
    devices: list(device),
    sharedCounters: list(object<CounterSet>({ name: text, counters })),
  }),
})
