/**
 * What is read of an API object, as data: one field table stands beside each interface in `api/`,
 * and the compiler holds the two together. Decoding (JSON or protobuf), the snapshot and its redaction
 * follow these tables, so a field that is not listed here is never kept.
 */
export type Field<T> = Scalar<T> | ObjectField<T> | ListField<T> | MapField<T>

type ScalarName = 'string' | 'boolean' | 'number' | 'time' | 'quantity' | 'intOrString' | 'json'

/** The names of the scalars that decode to `T`. */
type Scalar<T> = [T] extends [string]
  ? 'string' | 'time' | 'quantity' | 'intOrString'
  : [T] extends [boolean]
    ? 'boolean'
    : [T] extends [number]
      ? 'number'
      : [object] extends [T]
        ? 'json'
        : never

export interface ObjectField<_T> {
  readonly kind: 'object'
  readonly fields: Readonly<Record<string, AnyField>>
}
export interface ListField<_T> {
  readonly kind: 'list'
  readonly of: AnyField
}
export interface MapField<_T> {
  readonly kind: 'map'
  readonly of: AnyField
}

/** A field table without its type, for code that walks it. */
export type AnyField = ScalarName | ObjectField<unknown> | ListField<unknown> | MapField<unknown>

export const text = 'string'

/** A table for the object type `T`: every property of `T` must stand in it, and nothing else. */
export function object<T>(fields: { readonly [K in keyof Required<T>]: Field<NonNullable<T[K]>> }): ObjectField<T> {
  return { kind: 'object', fields: fields as Readonly<Record<string, AnyField>> }
}

export function list<T>(of: Field<T>): ListField<readonly T[]> {
  return { kind: 'list', of: of as AnyField }
}

export function map<T>(of: Field<T>): MapField<Readonly<Record<string, T>>> {
  return { kind: 'map', of: of as AnyField }
}
