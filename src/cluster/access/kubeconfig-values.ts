import { ConnectionError } from './connection-error.ts'

/** A map of a kubeconfig and where it stands, for messages. */
export interface Entry {
  readonly value: Readonly<Record<string, unknown>>
  readonly at: Place
}

interface Place {
  readonly file: string
  readonly path: string
}

type Values = Readonly<Record<string, unknown>>

/** The map an item of a list has to be. */
export function entryOf(item: unknown, at: Place): Entry {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) throw odd(at, '', 'a map')
  return { value: item as Values, at }
}

/** A string; absent where there is none or it is empty. Its value never gets into a message. */
export function stringAt(values: Values, key: string, at: Place): string | undefined {
  const value = own(values, key)
  if (value === undefined) return undefined
  if (typeof value !== 'string') throw odd(at, key, 'a string')
  return value
}

/** A list of strings; empty where there is none. */
export function stringsAt(values: Values, key: string, at: Place): readonly string[] {
  return listAt(values, key, at).map((item) => {
    if (typeof item !== 'string') throw odd(at, key, 'a list of strings')
    return item
  })
}

/** A boolean in any of the spellings YAML has for it. */
export function flagAt(values: Values, key: string, at: Place): boolean | undefined {
  const value = own(values, key)
  if (value === undefined) return undefined
  const word = String(value).toLowerCase()
  if (['true', 'yes', 'on', 'y'].includes(word)) return true
  if (['false', 'no', 'off', 'n'].includes(word)) return false
  throw odd(at, key, 'true or false')
}

/** A list; empty where there is none. */
export function listAt(values: Values, key: string, at: Place): readonly unknown[] {
  const value = own(values, key)
  if (value === undefined) return []
  if (!Array.isArray(value)) throw odd(at, key, 'a list')
  return value
}

/** A map; empty where there is none. */
export function mapAt(values: Values, key: string, at: Place): Values {
  const value = own(values, key)
  if (value === undefined) return {}
  if (typeof value !== 'object' || Array.isArray(value)) throw odd(at, key, 'a map')
  return value as Values
}

/** kubectl writes `clusters: null` for an empty list, and the scalars are read as they are written. */
function own(values: Values, key: string): NonNullable<unknown> | undefined {
  const value = Object.hasOwn(values, key) ? values[key] : undefined
  return value === null || value === '' || value === 'null' || value === '~' ? undefined : value
}

function odd(at: Place, key: string, wanted: string): ConnectionError {
  const path = [at.path, key].filter((part) => part !== '').join('.')
  return new ConnectionError({
    code: 'BadKubeconfig',
    message: `${at.file}: ${path} is not ${wanted}`,
    source: at.file,
  })
}
