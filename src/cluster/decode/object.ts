import type { AnyField } from '#model/field.ts'
import { type SchedulerKind, schedulerKinds } from '#model/kinds.ts'
import { decode } from './decode.ts'

/** An object of a scheduler kind as its field table has it, and what in it is not as the API would write it. */
export interface DecodedObject {
  readonly value: Record<string, unknown>
  readonly oddities: readonly { readonly path: string; readonly problem: string }[]
}

/** Decodes an object as JSON holds it. */
export function decodeObject(kind: SchedulerKind, object: object): DecodedObject {
  const oddities: { path: string; problem: string }[] = []
  const value = decode(schedulerKinds[kind].fields, object, '', (path, problem) => oddities.push({ path, problem }))
  return { value: value as Record<string, unknown>, oddities }
}

/** Every object has its `metadata`, and its `spec` and `status` where its kind has them. */
export function withParts(value: Record<string, unknown>, table: AnyField): Record<string, unknown> {
  if (typeof table === 'string' || table.kind !== 'object') return value
  for (const part of ['metadata', 'spec', 'status']) {
    if (part in table.fields && value[part] === undefined) value[part] = {}
  }
  return value
}
