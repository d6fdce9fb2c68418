import type { KubeObject } from './types.ts'

/** Whether an object is selected. */
export type Predicate = (object: KubeObject) => boolean

/** A selector that cannot be used; the message is what the server answers with 400. */
export class SelectorError extends Error {}

/** Reads `labelSelector`: `a=b`, `a==b`, `a!=b`, `a in (b,c)`, `a notin (b)`, `a`, `!a`, joined by commas. */
export function labelPredicate(selector: string): Predicate {
  const requirements = splitOutsideParentheses(selector).map(labelRequirement)
  return (object) => {
    const labels = object.metadata.labels ?? {}
    return requirements.every((fits) => fits(labels))
  }
}

type Labels = Readonly<Record<string, string>>

function splitOutsideParentheses(selector: string): string[] {
  return selector
    .split(/,(?![^(]*\))/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function labelRequirement(text: string): (labels: Labels) => boolean {
  const set = /^([^\s!=,()]+)\s+(in|notin)\s*\(([^)]*)\)$/.exec(text)
  if (set !== null) {
    const [, key = '', operator, list = ''] = set
    const values = new Set(list.split(',').map((value) => value.trim()))
    if (operator === 'in') return (labels) => key in labels && values.has(labels[key] as string)
    return (labels) => !(key in labels && values.has(labels[key] as string))
  }
  const equal = /^([^\s!=,()]+)\s*(==|=|!=)\s*([^\s!=,()]*)$/.exec(text)
  if (equal !== null) {
    const [, key = '', operator, value] = equal
    return operator === '!=' ? (labels) => labels[key] !== value : (labels) => labels[key] === value
  }
  const exists = /^(!?)\s*([^\s!=,()]+)$/.exec(text)
  if (exists === null) throw new SelectorError(`unable to parse requirement: ${text}`)
  const [, not, key = ''] = exists
  return not === '!' ? (labels) => !(key in labels) : (labels) => key in labels
}

/** Field labels beyond `metadata.name` and `metadata.namespace`, by resource, each with the path it reads. */
const fieldLabels: Readonly<Record<string, readonly string[]>> = {
  pods: [
    ...['spec.nodeName', 'spec.restartPolicy', 'spec.schedulerName', 'spec.serviceAccountName', 'spec.hostNetwork'],
    ...['status.phase', 'status.podIP', 'status.nominatedNodeName'],
  ],
  events: [
    ...['involvedObject.kind', 'involvedObject.namespace', 'involvedObject.name', 'involvedObject.uid'],
    ...['involvedObject.apiVersion', 'involvedObject.resourceVersion', 'involvedObject.fieldPath'],
    ...['reason', 'reportingComponent', 'source', 'type'],
  ],
  secrets: ['type'],
  nodes: ['spec.unschedulable'],
  namespaces: ['status.phase'],
  'jobs.batch': ['status.successful'],
}

/** Reads `fieldSelector`: `a=b`, `a==b`, `a!=b`, joined by commas. An absent field counts as empty. */
export function fieldPredicate(selector: string, resource: string): Predicate {
  const requirements = selector.split(',').filter((part) => part !== '')
  const fits = requirements.map((requirement) => {
    const match = /^([^=!]+)(==|=|!=)(.*)$/.exec(requirement)
    if (match === null) throw new SelectorError(`invalid selector: '${selector}'; can't understand '${requirement}'`)
    const [, label = '', operator, value] = match
    mustBeKnown(label, resource)
    return (object: KubeObject) => (fieldOf(object, label) === value) === (operator !== '!=')
  })
  return (object) => fits.every((matches) => matches(object))
}

function mustBeKnown(label: string, resource: string): void {
  const special = fieldLabels[resource]
  if (label === 'metadata.name' || label === 'metadata.namespace' || special?.includes(label)) return
  if (special !== undefined) throw new SelectorError(`field label not supported: ${label}`)
  throw new SelectorError(`"${label}" is not a known field selector: only "metadata.name", "metadata.namespace"`)
}

function fieldOf(object: KubeObject, label: string): string {
  let value: unknown = object
  for (const part of label === 'source' ? ['source', 'component'] : label.split('.')) {
    value = (value as Record<string, unknown> | undefined)?.[part]
  }
  if (value === undefined && (label === 'spec.unschedulable' || label === 'spec.hostNetwork')) return 'false'
  return value === undefined ? '' : String(value)
}
