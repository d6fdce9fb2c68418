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
 * @see dynamic-resource-allocation/deviceclass/extendedresourcecache (kubernetes v1.36.2)
 */
export function providedByDeviceClass(cluster: ClusterView): ProvidedResources {
  const known = provided.get(cluster.state)
  if (known !== undefined) return known
  const { items, missing } = cluster.list('deviceclasses')
  const names = new Map<string, string>()
  for (const { metadata, spec } of items) {
    const name = metadata.name ?? ''
    names.set(`deviceclass.resource.kubernetes.io/${name}`, name)
    if (spec.extendedResourceName !== undefined) names.set(spec.extendedResourceName, name)
  }
  const found = missing === undefined ? { names } : { names, missing }
  provided.set(cluster.state, found)
  return found
}
