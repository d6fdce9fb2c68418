import { describe, expect, test } from '@jest/globals'
import type { LabelSelector } from '#model/api/meta.ts'
import { parseServerVersion } from '#model/server-version.ts'
import { selectorError } from '#scheduler/framework/selector-error.ts'
import { rulesFor } from '#scheduler/profile.ts'

function expression(operator: string, values: readonly string[] | undefined, key = 'app'): LabelSelector {
  return { matchExpressions: [values === undefined ? { key, operator } : { key, operator, values }] }
}

const name = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'
const ends = 'must start and end with an alphanumeric character'
const nameRule = `must consist of alphanumeric characters, '-', '_' or '.', and ${ends} (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${name}')`
const valueRule = `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and ${ends} (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(${name})?')`
const noValues = "for 'in', 'notin' operators, values set can't be empty"
const tooManyValues = 'values set must be empty for exists and does not exist'
const optionalPrefix = "with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"
const long = 'a'.repeat(64)

const rows: readonly { title: string; selector?: LabelSelector; version?: string; error: string | undefined }[] = [
  { title: 'An absent selector is right', error: undefined },
  { title: 'An empty selector is right', selector: {}, error: undefined },
  { title: 'Values of In and NotIn are right', selector: expression('NotIn', ['a', '']), error: undefined },
  {
    title: 'In needs values',
    selector: expression('In', []),
    error: `values: Invalid value: null: ${noValues}`,
  },
  {
    title: 'Up to 1.33 nothing is printed as Go has it',
    selector: expression('NotIn', undefined),
    version: 'v1.33.13',
    error: `values: Invalid value: []string(nil): ${noValues}`,
  },
  {
    title: 'Exists takes no values',
    selector: expression('Exists', ['x', 'y']),
    error: `values: Invalid value: ["x","y"]: ${tooManyValues}`,
  },
  {
    title: 'Up to 1.33 these too are printed as Go has them',
    selector: expression('DoesNotExist', ['x', 'y']),
    version: 'v1.28.15',
    error: `values: Invalid value: []string{"x", "y"}: ${tooManyValues}`,
  },
  {
    title: 'Operators are known by their exact names, and those of node affinity are others',
    selector: expression('Gt', ['1']),
    error: '"Gt" is not a valid label selector operator',
  },
  {
    title: 'Keys and values of matchLabels are looked at',
    selector: { matchLabels: { ok: 'c d' } },
    error: `values[0][ok]: Invalid value: "c d": ${valueRule}`,
  },
  {
    title: 'Several errors of one requirement stand together',
    selector: expression('In', [long], ''),
    error: `[key: Invalid value: "": name part must be non-empty; name part ${nameRule}, values[0][]: Invalid value: "${long}": must be no more than 63 bytes]`,
  },
  {
    title: 'Up to 1.34 lengths are told in characters',
    selector: expression('In', [long]),
    version: 'v1.34.9',
    error: `values[0][app]: Invalid value: "${long}": must be no more than 63 characters`,
  },
  {
    title: 'A key has one prefix at most',
    selector: expression('Exists', undefined, 'a/b/c'),
    error: `key: Invalid value: "a/b/c": a valid label key ${nameRule} ${optionalPrefix}`,
  },
  {
    title: 'Up to 1.34 a key is called a qualified name',
    selector: expression('Exists', undefined, 'a/b/c'),
    version: 'v1.34.9',
    error: `key: Invalid value: "a/b/c": a qualified name ${nameRule} ${optionalPrefix}`,
  },
  {
    title: 'A prefix is not empty',
    selector: expression('Exists', undefined, '/a'),
    error: 'key: Invalid value: "/a": prefix part must be non-empty',
  },
]

describe('What kube-scheduler says of a selector it cannot read', () => {
  for (const { title, selector, version = 'v1.36.2', error } of rows) {
    test(title, () => {
      expect(selectorError(selector, rulesFor(parseServerVersion(version) ?? null))).toBe(error)
    })
  }
})
