import type { LabelSelector, LabelSelectorRequirement } from '#model/api/meta.ts'
import type { Rules } from './rules.ts'

/**
 * What kube-scheduler says of a label selector it cannot parse, word for word; undefined where it can.
 * Of several wrong `matchLabels` the first by key is told: the scheduler's own choice is random.
 * @see apimachinery/pkg/apis/meta/v1/helpers.go LabelSelectorAsSelector, labels/selector.go NewRequirement (kubernetes v1.36.2)
 */
export function selectorError(selector: LabelSelector | undefined, rules: Rules): string | undefined {
  for (const [key, value] of Object.entries(selector?.matchLabels ?? {}).sort()) {
    const error = aggregate(requirementErrors(key, 'Equals', [value], rules))
    if (error !== undefined) return error
  }
  for (const requirement of selector?.matchExpressions ?? []) {
    const error = expressionError(requirement, rules)
    if (error !== undefined) return error
  }
  return undefined
}

function expressionError(requirement: LabelSelectorRequirement, rules: Rules): string | undefined {
  const { key = '', operator = '', values = [] } = requirement
  if (!operators.has(operator)) return `${JSON.stringify(operator)} is not a valid label selector operator`
  return aggregate(requirementErrors(key, operator, values, rules))
}

const operators: ReadonlySet<string> = new Set(['In', 'NotIn', 'Exists', 'DoesNotExist'])

function requirementErrors(key: string, operator: string, values: readonly string[], rules: Rules): string[] {
  const errors: string[] = []
  const keyProblems = labelKeyProblems(key, rules)
  if (keyProblems.length > 0) errors.push(`key: Invalid value: ${JSON.stringify(key)}: ${keyProblems.join('; ')}`)
  if ((operator === 'In' || operator === 'NotIn') && values.length === 0) {
    const problem = "for 'in', 'notin' operators, values set can't be empty"
    errors.push(`values: Invalid value: ${listText(values, rules)}: ${problem}`)
  }
  if ((operator === 'Exists' || operator === 'DoesNotExist') && values.length > 0) {
    const problem = 'values set must be empty for exists and does not exist'
    errors.push(`values: Invalid value: ${listText(values, rules)}: ${problem}`)
  }
  values.forEach((value, index) => {
    const problems = labelValueProblems(value, rules)
    if (problems.length === 0) return
    errors.push(`values[${index}][${key}]: Invalid value: ${JSON.stringify(value)}: ${problems.join('; ')}`)
  })
  return errors
}

/** A list of strings as Go prints it: without any it is nil. */
function listText(values: readonly string[], rules: Rules): string {
  if (!rules.selectorErrorsAsJson) {
    return values.length === 0
      ? '[]string(nil)'
      : `[]string{${values.map((value) => JSON.stringify(value)).join(', ')}}`
  }
  return values.length === 0 ? 'null' : JSON.stringify(values).replaceAll(/[<>&]/g, escaped)
}

/** Go's JSON escapes what has a meaning in HTML. */
function escaped(character: string): string {
  return `\\u00${character.charCodeAt(0).toString(16)}`
}

function aggregate(errors: readonly string[]): string | undefined {
  const different = [...new Set(errors)]
  return different.length > 1 ? `[${different.join(', ')}]` : different[0]
}

const name = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'
const subdomain = '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*'
const nameRegExp = new RegExp(`^${name}$`)
const valueRegExp = new RegExp(`^(${name})?$`)
const subdomainRegExp = new RegExp(`^${subdomain}$`)

const consists = 'must consist of alphanumeric characters'
const ends = 'must start and end with an alphanumeric character'
const nameRule = `${consists}, '-', '_' or '.', and ${ends} (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${name}')`
const valueRule = `a valid label must be an empty string or ${consists.slice('must '.length)}, '-', '_' or '.', and ${ends} (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(${name})?')`
const subdomainRule = `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and ${ends} (e.g. 'example.com', regex used for validation is '${subdomain}')`

function labelKeyProblems(key: string, rules: Rules): string[] {
  const parts = key.split('/')
  if (parts.length > 2) {
    const what = rules.selectorErrorsInBytes ? 'a valid label key' : 'a qualified name'
    return [`${what} ${nameRule} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`]
  }
  const last = parts.at(-1) ?? ''
  const problems = parts.length === 2 ? prefixProblems(parts[0] ?? '', rules) : []
  if (last === '') problems.push('name part must be non-empty')
  else if (byteLength(last) > 63) problems.push(`name part ${tooLong(63, rules)}`)
  if (!nameRegExp.test(last)) problems.push(`name part ${nameRule}`)
  return problems
}

function prefixProblems(prefix: string, rules: Rules): string[] {
  if (prefix === '') return ['prefix part must be non-empty']
  const problems: string[] = []
  if (byteLength(prefix) > 253) problems.push(`prefix part ${tooLong(253, rules)}`)
  if (!subdomainRegExp.test(prefix)) problems.push(`prefix part ${subdomainRule}`)
  return problems
}

function labelValueProblems(value: string, rules: Rules): string[] {
  const problems: string[] = []
  if (byteLength(value) > 63) problems.push(tooLong(63, rules))
  if (!valueRegExp.test(value)) problems.push(valueRule)
  return problems
}

function tooLong(limit: number, rules: Rules): string {
  return `must be no more than ${limit} ${rules.selectorErrorsInBytes ? 'bytes' : 'characters'}`
}

function byteLength(text: string): number {
  return text.length <= 21 ? text.length : new TextEncoder().encode(text).length
}
