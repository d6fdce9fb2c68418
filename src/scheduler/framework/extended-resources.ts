import type { DeviceClass } from '#model/api/resource.ts'
import type { ClusterState, MissingRead } from '#model/cluster-state.ts'
import type { ClusterView } from './cluster-view.ts'

/** The extended resources that DeviceClasses offer, each with the class's name. */
export interface ProvidedResources {
  readonly names: ReadonlyMap<string, string>
  readonly missing?: MissingRead
}

const provided = new WeakMap<ClusterState, ProvidedResources>()

/**
 * Which extended resources may be asked for although no node offers them, since a DeviceClass does:
 * the one it names, and `deviceclass.resource.kubernetes.io/` with the class's own name.
 * Of classes that name the same resource the newest has it, of equally old ones the first by name.
 * DIFFERS: the scheduler may forget the second name of a class that lost its first, by the order of events.
 * @see dynamic-resource-allocation/deviceclass/extendedresourcecache (kubernetes v1.36.2)
 */
export function providedByDeviceClass(cluster: ClusterView): ProvidedResources {
  const known = provided.get(cluster.state)
  if (known !== undefined) return known
  const { items, missing } = cluster.list('deviceclasses')
  const names = new Map<string, string>()
  for (const { metadata, spec } of items.toSorted(lastWins)) {
    const name = metadata.name ?? ''
    names.set(`${implicitPrefix}${name}`, name)
    if (spec.extendedResourceName !== undefined) names.set(spec.extendedResourceName, name)
  }
  const found = missing === undefined ? { names } : { names, missing }
  provided.set(cluster.state, found)
  return found
}

const implicitPrefix = 'deviceclass.resource.kubernetes.io/'

/** Whether a DeviceClass could provide a resource of this name. */
export function isExtendedResource(name: string): boolean {
  if (name.startsWith(implicitPrefix)) return true
  return name.includes('/') && !name.includes('kubernetes.io/') && !name.startsWith('requests.')
}

/** Older first; among equally old ones the later name first. RFC 3339 in UTC compares as text. */
function lastWins(a: DeviceClass, b: DeviceClass): number {
  const [at, bt] = [a.metadata.creationTimestamp ?? '', b.metadata.creationTimestamp ?? '']
  if (at !== bt) return at < bt ? -1 : 1
  return (a.metadata.name ?? '') < (b.metadata.name ?? '') ? 1 : -1
}
