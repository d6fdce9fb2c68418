import type { MissingRead } from '#model/cluster-state.ts'
import type { ApiFailure } from './failure.ts'

/** A resource as the API serves it. */
export interface ApiResource {
  /** Empty for the core group. */
  readonly group: string
  readonly version: string
  /** The plural name in lower case, as paths have it. */
  readonly plural: string
  readonly kind: string
  readonly namespaced: boolean
  readonly shortNames?: readonly string[] | undefined
}

/** `v1`, or `apps/v1`. */
export function apiVersionOf({ group, version }: Pick<ApiResource, 'group' | 'version'>): string {
  return group === '' ? version : `${group}/${version}`
}

/** The plural with its group where it has one, as RBAC and kubectl name it: `nodes`, `storageclasses.storage.k8s.io`. */
export function resourceName({ group, plural }: Pick<ApiResource, 'group' | 'plural'>): string {
  return group === '' ? plural : `${plural}.${group}`
}

/** The path of a resource's list, or of one object; a namespace is left out for what has none. */
export function resourcePath(resource: ApiResource, namespace?: string, name?: string): string {
  const root = resource.group === '' ? '/api' : `/apis/${encodeURIComponent(resource.group)}`
  const parts = [root, encodeURIComponent(resource.version)]
  if (resource.namespaced && namespace !== undefined) parts.push('namespaces', encodeURIComponent(namespace))
  parts.push(encodeURIComponent(resource.plural))
  if (name !== undefined) parts.push(encodeURIComponent(name))
  return parts.join('/')
}

/** A failed read as the cluster state keeps it. */
export function missingRead(
  resource: Pick<ApiResource, 'group' | 'plural'>,
  failure: Pick<ApiFailure, 'reason' | 'message'>,
  namespace?: string,
  name?: string,
): MissingRead {
  return {
    resource: resourceName(resource),
    ...(namespace === undefined ? {} : { namespace }),
    ...(name === undefined ? {} : { name }),
    reason: failure.reason,
    message: failure.message,
  }
}
