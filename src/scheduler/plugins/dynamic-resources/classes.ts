import type { DeviceClass, DeviceRequest, ResourceClaim } from '#model/api/resource.ts'
import type { ClusterView } from '#scheduler/framework/cluster-view.ts'
import { type Failed, type Refused, type Unknown, unknownWithout } from '#scheduler/framework/outcome.ts'
import { refusedAsAWhole } from '#scheduler/framework/plugin.ts'
import { claimReason } from './reasons.ts'

export type Classes = ReadonlyMap<string, DeviceClass>

/**
 * The DeviceClasses of claims that have to be allocated, by name, or the first that is not there.
 * @see scheduler/framework/plugins/dynamicresources/dynamicresources.go validateDeviceClass (kubernetes v1.36.2)
 */
export function classesOf(
  claims: readonly ResourceClaim[],
  cluster: ClusterView,
): { readonly kind: 'classes'; readonly classes: Classes } | Refused | Failed | Unknown {
  const classes = new Map<string, DeviceClass>()
  for (const claim of claims) {
    for (const request of claim.spec.devices?.requests ?? []) {
      const trouble = addClasses(classes, request, claim, cluster)
      if (trouble !== undefined) return trouble
    }
  }
  return { kind: 'classes', classes }
}

function addClasses(
  classes: Map<string, DeviceClass>,
  request: DeviceRequest,
  { metadata }: ResourceClaim,
  cluster: ClusterView,
): Refused | Failed | Unknown | undefined {
  const claimName = metadata.name ?? ''
  const forms = formsOf(request)
  if (forms.length === 0) {
    const where = `resource claim ${metadata.namespace ?? ''}/${claimName}, request ${request.name ?? ''}`
    return refusedAsAWhole(claimReason(`${where}: unknown request type`, claimName, 'NoDevices'))
  }
  for (const [name, deviceClass] of forms) {
    if (deviceClass === '') return { kind: 'failed', message: `request ${name}: unsupported request type` }
    const found = cluster.find('deviceclasses', '', deviceClass)
    if (found.kind === 'unknown') return unknownWithout(found.read)
    if (found.kind === 'absent') {
      const text = `request ${name}: device class ${deviceClass} does not exist`
      return refusedAsAWhole(claimReason(text, claimName, 'ClassNotFound', { deviceClass }))
    }
    classes.set(deviceClass, found.object)
  }
  return undefined
}

/** The names, as messages have them, and classes of what a request asks for. */
function formsOf({ name = '', exactly, firstAvailable = [] }: DeviceRequest): readonly (readonly [string, string])[] {
  if (exactly !== undefined) return [[name, exactly.deviceClassName ?? '']]
  return firstAvailable.map((form) => [`${name}/${form.name ?? ''}`, form.deviceClassName ?? ''] as const)
}
