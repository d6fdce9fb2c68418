import type { LabelSelector, LabelSelectorRequirement, NodeSelector, NodeSelectorTerm } from './api/meta.ts'
import { oncePer } from './once-per.ts'

export type Labels = Readonly<Record<string, string>>

const none: Labels = Object.freeze({})

/** The value of a label, without what JavaScript objects inherit. */
export function labelOf(labels: Labels | undefined, key: string): string | undefined {
  return labels !== undefined && Object.hasOwn(labels, key) ? labels[key] : undefined
}

/**
 * Whether a label selector matches; absent matches nothing, empty matches everything.
 * Undefined where the selector is not valid (an operator nobody knows, `In` without values).
 * @see apimachinery/pkg/apis/meta/v1/helpers.go LabelSelectorAsSelector (kubernetes v1.36.2)
 */
export function selects(selector: LabelSelector | undefined, labels: Labels = none): boolean {
  if (selector === undefined) return false
  for (const [key, value] of Object.entries(selector.matchLabels ?? {})) {
    if (labelOf(labels, key) !== value) return false
  }
  return (selector.matchExpressions ?? []).every((requirement) => meets(requirement, labels))
}

/** The first thing wrong with a label selector, as a clause; undefined where it is valid. */
export function selectorProblem(selector: LabelSelector | undefined): string | undefined {
  for (const { key, operator, values } of selector?.matchExpressions ?? []) {
    const given = values?.length ?? 0
    if (operator === 'In' || operator === 'NotIn') {
      if (given === 0) return `operator ${operator} of key ${key ?? ''} has no values`
    } else if (operator === 'Exists' || operator === 'DoesNotExist') {
      if (given > 0) return `operator ${operator} of key ${key ?? ''} takes no values`
    } else return `operator ${operator ?? '(none)'} of key ${key ?? ''} is not known`
  }
  return undefined
}

function meets({ key = '', operator, values = [] }: LabelSelectorRequirement, labels: Labels): boolean {
  const value = labelOf(labels, key)
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value)
    case 'NotIn':
      return value === undefined || !values.includes(value)
    case 'Exists':
      return value !== undefined
    case 'DoesNotExist':
      return value === undefined
    default:
      return false
  }
}

/**
 * Whether a node selector matches a node: any of its terms. A term that is empty or cannot be parsed never matches.
 * `name` is absent where only labels may be looked at (PersistentVolumes); `matchFields` then match nothing.
 * @see component-helpers/scheduling/corev1/nodeaffinity/nodeaffinity.go NodeSelector.Match (kubernetes v1.36.2)
 */
export function selectsNode(selector: NodeSelector, labels: Labels = none, name?: string): boolean {
  return (selector.nodeSelectorTerms ?? []).some((term) => termSelectsNode(term, labels, name))
}

function termSelectsNode(term: NodeSelectorTerm, labels: Labels, name: string | undefined): boolean {
  const { matchExpressions = [], matchFields = [] } = term
  if (matchExpressions.length === 0 && matchFields.length === 0) return false
  if (!termIsValid(term)) return false
  if (!matchExpressions.every((requirement) => nodeMeets(requirement, labels))) return false
  return name === undefined || matchFields.every((requirement) => fieldMeets(requirement, name))
}

/** Whether kube-scheduler can parse the term; one it cannot parse matches no node. */
export const termIsValid = oncePer(
  // Each term is held against thousands of nodes.
  ({ matchExpressions = [], matchFields = [] }: NodeSelectorTerm): boolean =>
    matchExpressions.every(expressionIsValid) && matchFields.every(fieldIsValid),
)

const qualifiedName = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)$/
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/
const labelValue = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/

function isLabelKey(key: string): boolean {
  const slash = key.indexOf('/')
  if (slash === -1) return qualifiedName.test(key)
  const prefix = key.slice(0, slash)
  return prefix.length <= 253 && subdomain.test(prefix) && qualifiedName.test(key.slice(slash + 1))
}

function isLabelValue(value: string): boolean {
  return value.length <= 63 && labelValue.test(value)
}

function expressionIsValid({ key = '', operator, values = [] }: LabelSelectorRequirement): boolean {
  if (!isLabelKey(key) || !values.every(isLabelValue)) return false
  switch (operator) {
    case 'In':
    case 'NotIn':
      return values.length > 0
    case 'Exists':
    case 'DoesNotExist':
      return values.length === 0
    case 'Gt':
    case 'Lt':
      return values.length === 1 && parseInt64(values[0] ?? '') !== undefined
    default:
      return false
  }
}

function fieldIsValid({ key, operator, values = [] }: LabelSelectorRequirement): boolean {
  return key === 'metadata.name' && (operator === 'In' || operator === 'NotIn') && values.length === 1
}

function nodeMeets(requirement: LabelSelectorRequirement, labels: Labels): boolean {
  const { key = '', operator, values = [] } = requirement
  if (operator !== 'Gt' && operator !== 'Lt') return meets(requirement, labels)
  const value = labelOf(labels, key)
  const left = value === undefined ? undefined : parseInt64(value)
  const right = parseInt64(values[0] ?? '')
  if (left === undefined || right === undefined) return false
  return operator === 'Gt' ? left > right : left < right
}

function fieldMeets({ operator, values = [] }: LabelSelectorRequirement, name: string): boolean {
  const equal = values[0] === name
  return operator === 'In' ? equal : !equal
}

/** Reads a whole number as Go's `strconv.ParseInt(text, 10, 64)` does: sign and leading zeros allowed. */
export function parseInt64(text: string): bigint | undefined {
  if (!/^[+-]?\d{1,400}$/.test(text)) return undefined
  const value = BigInt(text.startsWith('+') ? text.slice(1) : text)
  return value >= -(2n ** 63n) && value < 2n ** 63n ? value : undefined
}
