import type { AnyField } from '#model/field.ts'
import { parseQuantity } from '#model/quantity.ts'

/** Told of each value that is not as the API would write it; the value is then left out. */
export type OnOdd = (path: string, problem: string) => void

/**
 * Keeps of a JSON value what its field table names, and nothing else. Equal parts of different objects stay
 * equal but separate; `Interner` shares them.
 */
export function decode(field: AnyField, value: unknown, path: string, onOdd: OnOdd): unknown {
  if (value === null || value === undefined) return undefined
  if (typeof field === 'string') return decodeScalar(field, value, path, onOdd)
  if (field.kind === 'list') {
    if (!Array.isArray(value)) return odd(value, 'a list', path, onOdd)
    return value.map((item, index) => decode(field.of, item, `${path}[${index}]`, onOdd) ?? emptyOf(field.of))
  }
  if (typeof value !== 'object' || Array.isArray(value)) return odd(value, 'an object', path, onOdd)
  return field.kind === 'map'
    ? decodeMap(field.of, value, path, onOdd)
    : decodeFields(field.fields, value as Record<string, unknown>, path, onOdd)
}

function decodeMap(of: AnyField, value: object, path: string, onOdd: OnOdd): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  for (const [key, item] of Object.entries(value)) {
    const decoded = decode(of, item, `${path}[${key}]`, onOdd)
    if (decoded !== undefined) define(kept, key, decoded)
    else if (item === null && of === 'string') define(kept, key, '')
  }
  return kept
}

function decodeFields(
  fields: Readonly<Record<string, AnyField>>,
  value: Readonly<Record<string, unknown>>,
  path: string,
  onOdd: OnOdd,
): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  for (const name in fields) {
    const part = fields[name]
    if (part === undefined || !Object.hasOwn(value, name)) continue
    const decoded = decode(part, value[name], path === '' ? name : `${path}.${name}`, onOdd)
    if (decoded !== undefined) kept[name] = decoded
  }
  return kept
}

function decodeScalar(field: string, value: unknown, path: string, onOdd: OnOdd): unknown {
  switch (field) {
    case 'json':
      return value
    case 'boolean':
      return typeof value === 'boolean' ? value : odd(value, 'true or false', path, onOdd)
    case 'number':
      return typeof value === 'number' ? value : odd(value, 'a number', path, onOdd)
    case 'intOrString':
      return typeof value === 'string' || typeof value === 'number'
        ? String(value)
        : odd(value, 'a string', path, onOdd)
    case 'quantity':
      return decodeQuantity(value, path, onOdd)
    default:
      return typeof value === 'string' ? value : odd(value, 'a string', path, onOdd)
  }
}

function decodeQuantity(value: unknown, path: string, onOdd: OnOdd): unknown {
  if (typeof value !== 'string' && typeof value !== 'number') return odd(value, 'a quantity', path, onOdd)
  const text = String(value)
  const amount = parseQuantity(text)
  if (amount === undefined) return odd(value, 'a quantity such as 500m or 2Gi', path, onOdd)
  if (amount < 0n) return odd(value, 'zero or more', path, onOdd)
  return text
}

function odd(value: unknown, wanted: string, path: string, onOdd: OnOdd): undefined {
  const shown = JSON.stringify(value) ?? String(value)
  onOdd(path, `is ${shown.length > 60 ? `${shown.slice(0, 57)}...` : shown}, where ${wanted} belongs`)
}

/** What stands for an item that could not be decoded, so that the others keep their places. */
function emptyOf(field: AnyField): unknown {
  if (typeof field === 'string') return ''
  return field.kind === 'list' ? [] : {}
}

/** Sets a key that may be called `__proto__` without touching the prototype. */
export function define(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true })
  else target[key] = value
}
