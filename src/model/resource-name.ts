import type { MissingRead } from './cluster-state.ts'
import { groupOf } from './raw-object.ts'

/** What a read asked for, by kind. */
export interface AskedFor {
  readonly apiVersion: string
  readonly kind: string
  readonly namespace?: string
  /** Absent for a list. */
  readonly name?: string
}

/**
 * The resource names that a kind may have, most likely first: `deployments.apps`. Kubernetes builds plural names by
 * the same few rules for nearly all kinds; where a custom resource differs, discovery knows better.
 */
export function resourceNamesOf(apiVersion: string, kind: string): readonly string[] {
  const one = kind.toLowerCase()
  const plurals = [`${one}s`, `${one}es`, one, ...(one.endsWith('y') ? [`${one.slice(0, -1)}ies`] : [])]
  const group = groupOf(apiVersion)
  const full = group === '' ? plurals : plurals.map((plural) => `${plural}.${group}`)
  if (one.endsWith('y')) full.unshift(...full.splice(3))
  return /(?:s|x|ch|sh)$/.test(one) ? [full[1] ?? '', ...full] : full
}

/** The missing read that would have brought what is asked for: of that object, of its namespace or of all. */
export function missingReadOf(missing: readonly MissingRead[], asked: AskedFor): MissingRead | undefined {
  if (missing.length === 0) return undefined
  const names = resourceNamesOf(asked.apiVersion, asked.kind)
  const covers = missing.filter(
    (read) =>
      names.includes(read.resource) &&
      (read.namespace === undefined || read.namespace === asked.namespace) &&
      (read.name === undefined || read.name === asked.name),
  )
  return covers.find((read) => read.name !== undefined) ?? covers[0]
}
