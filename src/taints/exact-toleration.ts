import type { Taint } from '#model/api/node.ts'
import type { Toleration } from '#model/api/pod.ts'

/** The toleration of just this taint: its key, value and effect; `Exists` with the key where it has no value. */
export function exactToleration(taint: Taint): Toleration {
  const { key = '', value = '', effect } = taint
  const rest = effect === undefined || effect === '' ? {} : { effect }
  return value === '' ? { key, operator: 'Exists', ...rest } : { key, operator: 'Equal', value, ...rest }
}

/** A taint as `kubectl` writes it: `key=value:Effect`, `key:Effect`. */
export function taintText(taint: Taint): string {
  const { key = '', value = '', effect = '' } = taint
  return `${key}${value === '' ? '' : `=${value}`}:${effect}`
}

/** A toleration in the same manner: `key=value:Effect`, `key:Effect (Exists)`, `every taint (Exists)`. */
export function tolerationText(toleration: Toleration): string {
  const { key = '', operator = '', value = '', effect = '' } = toleration
  const where = effect === '' ? '' : `:${effect}`
  if (operator === 'Exists') return key === '' ? `every taint${where} (Exists)` : `${key}${where} (Exists)`
  return `${key}${value === '' ? '' : `=${value}`}${where}${operator === '' || operator === 'Equal' ? '' : ` (${operator})`}`
}

/** Stable order: by key, value, effect. */
export function compareTaints(a: Taint, b: Taint): number {
  return (
    compare(a.key ?? '', b.key ?? '') ||
    compare(a.value ?? '', b.value ?? '') ||
    compare(a.effect ?? '', b.effect ?? '')
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
