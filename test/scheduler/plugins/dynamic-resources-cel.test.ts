import { describe, expect, test } from '@jest/globals'
import { deviceMatches } from '#scheduler/plugins/dynamic-resources/device-matches.ts'
import { aDevice } from '#test/builders/devices.ts'

const device = aDevice(
  'd',
  { x: 1, s: 'abc', b: true, v: 'v1.2.3', 'other.com/q': 'z' },
  { capacity: { mem: { value: '40Gi' }, cores: { value: '1500m' } } },
)
const a = 'device.attributes["d"]'
const c = 'device.capacity["d"]'

const titled: readonly (readonly [string, readonly string[]])[] = [
  [
    'A name without a domain belongs to the driver',
    ['device.driver == "d"', `${a}.x == 1`, 'device.attributes["other.com"].q == "z"'],
  ],
  [
    'has() looks into a domain that may not be there',
    [`has(${a}.x)`, `!has(${a}.y)`, '!has(device.attributes["nope"].x)', 'has(device.attributes.nope)'],
  ],
  ['in does not find the domain that a look-up takes for empty', ['!("nope" in device.attributes)', `"x" in ${a}`]],
  [
    'Numbers compare by value, other types are not equal',
    [`${a}.x == 1.0`, `${a}.x < 1.5`, `${a}.s != 3`, `${a}.x in [1.0, 2.0]`],
  ],
  [
    'Quantities',
    [
      `${c}.mem.compareTo(quantity("1")) > 0`,
      `${c}.mem == quantity("40Gi")`,
      `${c}.mem.asInteger() == 42949672960`,
      `!${c}.cores.isInteger()`,
      `${c}.cores.asApproximateFloat() > 1.2`,
      `${c}.cores.add(1).sub(quantity("500m")) == quantity("2")`,
      `sign(${c}.mem) == 1`,
    ],
  ],
  [
    'Versions',
    [
      `${a}.v.isGreaterThan(semver("1.2.0"))`,
      `${a}.v.compareTo(semver("v1.2", true)) > 0`,
      `${a}.v.compareTo(semver("1.10.0")) < 0`,
      `${a}.v.major() == 1 && ${a}.v.patch() == 3`,
      'isSemver("01.02", true) && !isSemver("1.2")',
      'semver("1.0.0-alpha.1").isLessThan(semver("1.0.0-alpha.beta"))',
      'semver("1.0.0-1").isLessThan(semver("1.0.0"))',
    ],
  ],
  [
    'Texts',
    [
      `${a}.s.startsWith("a") && ${a}.s.endsWith("c") && "xabc".contains(${a}.s)`,
      '"ABC".lowerAscii() == "abc"',
      '"hello".substring(1, 3) == "el"',
      '"hello".indexOf("l") == 2 && "hello".lastIndexOf("l") == 3',
      '"a,b".split(",").size() == 2',
      '"hello".replace("l", "L") == "heLLo"',
    ],
  ],
  [
    "Patterns are Go's",
    [
      '"A100-SXM4".matches("(?i)^a[0-9]+-sxm")',
      '!"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!".matches("^(a+)+$")',
      '"größe".matches("^gr\\\\pL+e$")',
      '"a.b".matches("\\\\Qa.b\\\\E") && !"a\\n".matches("a$")',
    ],
  ],
  [
    'Patterns that mean the same everywhere',
    [`${a}.s.matches("^a.c$")`, `${a}.s.matches("^(abc|def)-?[0-9]*$")`, `!${a}.s.matches("^b")`],
  ],
  [
    'Lists and their macros',
    [
      `[1, 2].exists(i, ${a}.x == i)`,
      '[1, 2, 3].exists_one(i, i == 2)',
      '[1, 2, 3].filter(i, i > 1).size() == 2',
      '[1, 2, 3].map(i, i * 2) == [2, 4, 6]',
      '[1, 2, 3].map(i, i > 1, i * 2)[0] == 4',
      `${a}.exists(k, ${a}[k] == 1)`,
      '[].all(i, false)',
      'sets.contains(["a", "abc"], ["abc"])',
      'sets.intersects([1, 2], [2])',
    ],
  ],
  [
    'Optional fields',
    [
      `${a}.?y.orValue(3) == 3`,
      `${a}.?y.foo.orValue(3) == 3`,
      `${a}[?"s"].orValue("w") == "abc"`,
      'device.attributes[?"q"].x.orValue(3) == 3',
      `${a}.?x.hasValue() && ${a}.?x.value() == 1`,
    ],
  ],
  [
    'A name for a value, worked out only where it is used',
    [`cel.bind(d, ${a}, d.x == 1 && d.b)`, `cel.bind(d, ${a}.y, true)`],
  ],
  [
    'An error counts only where nothing else decides',
    [
      `${a}.y || true`,
      `!(${a}.y && false)`,
      `[1, 2].exists(i, i / 0 == 1 || i == 2)`,
      `!device.allowMultipleAllocations`,
    ],
  ],
]

const errors: readonly (readonly [string, string])[] = [
  [`${a}.nope < 2`, 'no such key: nope'],
  ['device.attributes["nope"].x < 2', 'no such key: x'],
  [`device.attributes["nope"].x == 2 || ${a}.y`, 'no such key: x'],
  [`[1, 2].all(i, ${a}.y == i)`, 'no such key: y'],
  [`${a}.s < 3`, 'no such overload'],
  [`${a}.s && true`, 'no such overload'],
  [`!${a}.s`, 'no such overload'],
  [`${a}.v == "1.2.3"`, 'no such overload'],
  [`${a}.x.startsWith("a")`, 'no such overload'],
  [`${a}.x.isGreaterThan(quantity("1"))`, 'no such overload: isGreaterThan(int, kubernetes.Quantity)'],
  [`${a}.x / 0 == 1`, 'division by zero'],
  [`${a}.x % 0 == 1`, 'modulus by zero'],
  [`${a}.x + 9223372036854775807 == 1`, 'integer overflow'],
  ['[1, 2][5] == 1', 'index out of bounds: 5'],
  [`int(${a}.s) == 1`, "type conversion error from 'string' to 'int'"],
  [`${a}.?y.value() == 1`, 'optional.none() dereference'],
  [`${a}.x`, "CEL result of type int could not be converted to bool: unsupported type conversion from 'int' to bool"],
  [
    `${a}.s`,
    "CEL result of type string could not be converted to bool: unsupported native conversion from string to 'bool'",
  ],
]

const hundred = `[${Array.from({ length: 100 }, (_, i) => i).join(',')}]`

const matchedTwice = `l.all(a, l.all(b, (a + b + a + b).matches("(a|aa){1,100}c") == false))`

const unsupported: readonly (readonly [string, string])[] = [
  ['what cannot be read', 'device.driver == '],
  ['a function that is not followed', 'ip("127.0.0.1").isLoopback()'],
  ['a pattern that Go refuses', '"a".matches("(?=a)")'],
  [
    'a pattern held against each of a thousand texts',
    `cel.bind(l, ${hundred}.map(i, "aaaaaaaaaaaaaaaaaaaa"), ${matchedTwice})`,
  ],
  ['a comparison of lists that hold each other many times', nesting(50, 'X == X')],
  ['a look into lists that hold each other many times', nesting(50, 'sets.contains(X, X)')],
  ['a key of lists that hold each other many times', nesting(50, '1[X] == 1')],
  ['a text put many times into itself', `cel.bind(t, "${'a'.repeat(1000)}", t.replace("a", t).replace("a", t) == "")`],
  ['loops within loops within loops', `${hundred}.all(a, ${hundred}.all(b, ${hundred}.all(c, a + b + c < 300)))`],
  ['a text that doubles with every name', doubling(40)],
  ['an expression longer than any that is stored', `true${' || true'.repeat(2000)}`],
]

describe('CEL selectors', () => {
  test.each(titled)('%s', (_title, expressions) => {
    expect(expressions.map((one) => [one, deviceMatches(one, 'd', device)])).toEqual(
      expressions.map((one) => [one, true]),
    )
  })
  test.each(errors)('%s fails as in kube-scheduler', (expression, text) => {
    expect(deviceMatches(expression, 'd', device)).toEqual({ kind: 'error', text })
  })
  test.each(unsupported)('%s is not evaluated', (_title, expression) => {
    expect(deviceMatches(expression, 'd', device)).toMatchObject({ kind: 'unsupported' })
  })
})

/** `X` of the expression is a list of two lists of two lists. */
function nesting(times: number, expression: string): string {
  let text = expression.replaceAll('X', `x${times}`)
  for (let at = times; at > 0; at -= 1) text = `cel.bind(x${at}, [x${at - 1}, x${at - 1}], ${text})`
  return `cel.bind(x0, [1, 2], ${text})`
}

function doubling(times: number): string {
  const names = Array.from({ length: times }, (_, i) => `x${i}`)
  return `cel.bind(x, "ab", ${names.map((name, i) => `cel.bind(${name}, ${names[i - 1] ?? 'x'} + ${names[i - 1] ?? 'x'}, `).join('')}x0 == "ab"${')'.repeat(times + 1)}`
}
