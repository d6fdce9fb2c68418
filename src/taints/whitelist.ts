import type { Toleration } from '#model/api/pod.ts'

/** The namespace annotation that the admission plugin PodTolerationRestriction reads, where it is switched on. */
export const whitelistAnnotation = 'scheduler.alpha.kubernetes.io/tolerationsWhitelist'

/** What a namespace's annotation says: no whitelist, the entries, or that it cannot be read as a list. */
export type Whitelist =
  | { readonly kind: 'None' }
  | { readonly kind: 'Entries'; readonly entries: readonly Toleration[] }
  | { readonly kind: 'Unreadable' }

/** Reads a namespace's tolerations whitelist; an empty list restricts nothing, as if there were none. */
export function readWhitelist(annotations: Readonly<Record<string, string>> | undefined): Whitelist {
  if (annotations === undefined || !Object.hasOwn(annotations, whitelistAnnotation)) return { kind: 'None' }
  const entries = parseList(annotations[whitelistAnnotation] ?? '')
  if (entries === undefined) return { kind: 'Unreadable' }
  return entries.length === 0 ? { kind: 'None' } : { kind: 'Entries', entries }
}

function parseList(text: string): Toleration[] | undefined {
  if (text.trim() === '') return []
  try {
    const parsed: unknown = JSON.parse(text)
    if (!Array.isArray(parsed) || !parsed.every((item) => typeof item === 'object' && item !== null)) return undefined
    return parsed as Toleration[]
  } catch {
    return undefined
  }
}

/** The tolerations that no entry of the whitelist covers: the API server would refuse Pods with them. */
export function notCovered(tolerations: readonly Toleration[], entries: readonly Toleration[]): Toleration[] {
  return tolerations.filter((toleration) => !entries.some((entry) => covers(entry, toleration)))
}

/**
 * Whether a whitelist entry covers a toleration.
 * @see plugin/pkg/admission/podtolerationrestriction, util/tolerations isSuperset (kubernetes v1.36.2)
 */
export function covers(entry: Toleration, toleration: Toleration): boolean {
  if (equal(entry, toleration)) return true
  const anyKey = keyOf(entry) === '' && operatorOf(entry) === 'Exists'
  if (!anyKey && keyOf(entry) !== keyOf(toleration)) return false
  if ((entry.effect ?? '') !== '' && entry.effect !== toleration.effect) return false
  if (entry.effect === 'NoExecute' && entry.tolerationSeconds !== undefined) {
    if (toleration.tolerationSeconds === undefined || toleration.tolerationSeconds > entry.tolerationSeconds)
      return false
  }
  if (operatorOf(entry) === 'Exists') return true
  return (
    operatorOf(entry) === 'Equal' && operatorOf(toleration) === 'Equal' && givenValue(entry) === givenValue(toleration)
  )
}

const keyOf = (toleration: Toleration) => toleration.key ?? ''
const givenValue = (toleration: Toleration) => toleration.value ?? ''
const operatorOf = (toleration: Toleration) => (toleration.operator ?? '') || 'Equal'

function equal(a: Toleration, b: Toleration): boolean {
  return (
    keyOf(a) === keyOf(b) &&
    givenValue(a) === givenValue(b) &&
    operatorOf(a) === operatorOf(b) &&
    (a.effect ?? '') === (b.effect ?? '') &&
    a.tolerationSeconds === b.tolerationSeconds
  )
}
