import type { Taint } from '#model/api/node.ts'
import type { Toleration } from '#model/api/pod.ts'
import { editDistance } from '#model/edit-distance.ts'
import { tolerates } from '#model/toleration.ts'
import { taintText, tolerationText } from './exact-toleration.ts'

export type NearMissKind = 'Value' | 'Operator' | 'Effect' | 'LegacyKey' | 'Case' | 'Typo' | 'EmptyKey'

/** A toleration that was meant for the taint, it seems, and does not tolerate it. */
export interface NearMiss {
  readonly kind: NearMissKind
  readonly toleration: Toleration
  /** One sentence: what it says, what the taint says, and what would be right. */
  readonly sentence: string
}

/**
 * The tolerations that miss this taint by little, in the order they stand in the Pod. None where one tolerates it.
 * `others` are the taints of other nodes: a toleration of one of those serves that one, and was not meant for this,
 * unless it is the effect alone that differs.
 */
export function nearMisses(
  taint: Taint,
  tolerations: readonly Toleration[] = [],
  others: readonly Taint[] = [],
): NearMiss[] {
  if (tolerations.some((toleration) => tolerates(toleration, taint))) return []
  return tolerations
    .filter((toleration) => !isDefault(toleration))
    .flatMap((toleration) => nearMiss(taint, toleration) ?? [])
    .filter(({ kind, toleration }) => kind === 'Effect' || !others.some((other) => tolerates(toleration, other)))
}

/** Every Pod gets these by admission; nobody wrote them. */
function isDefault({ key, effect }: Toleration): boolean {
  return effect === 'NoExecute' && (key === 'node.kubernetes.io/not-ready' || key === 'node.kubernetes.io/unreachable')
}

function nearMiss(taint: Taint, toleration: Toleration): NearMiss | undefined {
  const why = (kind: NearMissKind, because: string): NearMiss => ({
    kind,
    toleration,
    sentence: `Toleration ${tolerationText(toleration)} does not match taint ${taintText(taint)}: ${because}.`,
  })
  const key = toleration.key ?? ''
  const taintKey = taint.key ?? ''
  if (key === '') return emptyKey(taint, toleration, why)
  if (key !== taintKey) return otherKey(key, taintKey, why)
  const operator = toleration.operator ?? ''
  if (operator !== '' && operator !== 'Equal' && operator !== 'Exists') {
    return why('Operator', `operator ${operator} is not in force; use Equal or Exists`)
  }
  if (operator !== 'Exists' && (toleration.value ?? '') !== (taint.value ?? ''))
    return otherValue(taint, toleration, why)
  return otherEffect(taint, toleration, why)
}

type Why = (kind: NearMissKind, because: string) => NearMiss

function otherValue(taint: Taint, toleration: Toleration, why: Why): NearMiss {
  const has = toleration.value ?? ''
  const needs = taint.value ?? ''
  if (has === '') {
    const written = toleration.operator === 'Equal' ? 'operator Equal' : 'no operator, which means Equal,'
    return why(
      'Operator',
      `it has ${written} and no value, so it matches only an empty value; give value ${needs} or operator Exists`,
    )
  }
  if (needs === '')
    return why('Value', `the taint has no value and the toleration has ${has}; use operator Exists without a value`)
  if (has.toLowerCase() === needs.toLowerCase()) return why('Case', `the values differ in case: ${has} and ${needs}`)
  return why('Value', `the taint's value is ${needs}, not ${has}`)
}

/** As the taint API of a cloud spells effects; Kubernetes knows only NoSchedule, PreferNoSchedule and NoExecute. */
const squeezed = (effect: string) => effect.replace(/[^a-z]/gi, '').toLowerCase()

function otherEffect(taint: Taint, toleration: Toleration, why: Why): NearMiss {
  const has = toleration.effect ?? ''
  const needs = taint.effect ?? ''
  if (squeezed(has) === squeezed(needs)) return why('Effect', `effect ${has} is not how Kubernetes spells ${needs}`)
  const both =
    needs === 'NoSchedule' || needs === 'NoExecute' ? '; a node may carry both effects, each needs its own entry' : ''
  return why('Effect', `the taint's effect is ${needs}, not ${has}${both}`)
}

/** Without a key only `Exists` is of use; the API server lets nothing else in today, older objects may hold it. */
function emptyKey(taint: Taint, toleration: Toleration, why: Why): NearMiss {
  if (toleration.operator === 'Exists') return otherEffect(taint, toleration, why)
  const value = toleration.value ?? ''
  const matched = value === '' ? 'taints without a value' : `taints of value ${value}`
  return why('EmptyKey', `it has no key and not operator Exists, so it matches only ${matched}`)
}

/** Keys that name the same thing, older name and newer name. */
const sameThing: readonly (readonly string[])[] = [
  ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master', 'node-role.kubernetes.io/controlplane'],
  ['node.kubernetes.io/not-ready', 'node.alpha.kubernetes.io/notReady'],
  ['node.kubernetes.io/unreachable', 'node.alpha.kubernetes.io/unreachable'],
  ['node.kubernetes.io/os', 'beta.kubernetes.io/os', 'kubernetes.io/os'],
  ['node.kubernetes.io/arch', 'beta.kubernetes.io/arch', 'kubernetes.io/arch'],
  ['karpenter.sh/disrupted', 'karpenter.sh/disruption'],
]

function otherKey(key: string, taintKey: string, why: Why): NearMiss | undefined {
  const older = sameThing.some((names) => names.includes(key) && names.includes(taintKey))
  if (older) return why('LegacyKey', `${key} is another name of the same role; the node's taint has key ${taintKey}`)
  if (key.toLowerCase() === taintKey.toLowerCase())
    return why('Case', `the keys differ in case: ${key} and ${taintKey}`)
  const prefixed = key.endsWith(`/${taintKey}`) || taintKey.endsWith(`/${key}`)
  if (prefixed) return why('Typo', `the keys differ in their prefix: ${key} and ${taintKey}`)
  const allowed = Math.min(key.length, taintKey.length) < 6 ? 1 : 2
  if (
    Math.min(key.length, taintKey.length) >= 4 &&
    editDistance(key, taintKey, allowed) <= allowed &&
    !onlyNumbersDiffer(key, taintKey)
  ) {
    return why('Typo', `the keys are spelt differently: ${key} and ${taintKey}`)
  }
  return undefined
}

/** `pool-1` and `pool-2` are two things, not one misspelt. */
function onlyNumbersDiffer(a: string, b: string): boolean {
  return a.replace(/\d+/g, '#') === b.replace(/\d+/g, '#')
}
