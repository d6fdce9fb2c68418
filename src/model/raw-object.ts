import type { OwnerReference } from './api/meta.ts'
import type { ApiObject } from './cluster-state.ts'

/** What identifies an object and says who owns it: all that following owners needs. */
export interface OwnedObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: ApiObject['metadata']
}

/** Whether a JSON value is an object with fields. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What stands at a path of fields; undefined where a step is missing or no object. */
export function valueAt(value: unknown, ...path: readonly string[]): unknown {
  let here = value
  for (const step of path) {
    if (!isRecord(here) || !Object.hasOwn(here, step)) return undefined
    here = here[step]
  }
  return here
}

/** The text at a path; undefined where there is none, or an empty one. */
export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = valueAt(value, ...path)
  return typeof found === 'string' && found !== '' ? found : undefined
}

/** The list at a path; empty where there is none. */
export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = valueAt(value, ...path)
  return Array.isArray(found) ? found : []
}

/** The value of a label; undefined where it is absent or empty. */
export function labelOf(object: OwnedObject | undefined, key: string): string | undefined {
  return textAt(object, 'metadata', 'labels', key)
}

/** The value of an annotation; undefined where it is absent or empty. */
export function annotationOf(object: OwnedObject | undefined, key: string): string | undefined {
  return textAt(object, 'metadata', 'annotations', key)
}

/** An owner reference that names an object. */
export interface NamedOwner extends OwnerReference {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
}

/** The owner references that name an object, in the order they are written; what names none is left out. */
export function ownerReferencesOf(object: OwnedObject): readonly NamedOwner[] {
  return listAt(object, 'metadata', 'ownerReferences').filter(isNamedOwner)
}

function isNamedOwner(value: unknown): value is NamedOwner {
  return (
    textAt(value, 'apiVersion') !== undefined &&
    textAt(value, 'kind') !== undefined &&
    textAt(value, 'name') !== undefined
  )
}

/** The group of an `apiVersion`; empty for the core group. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/')
  return slash === -1 ? '' : apiVersion.slice(0, slash)
}
