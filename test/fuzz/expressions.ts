import fc from 'fast-check'
import type { Device } from '#model/api/resource.ts'

/** The device that the expressions ask of: every kind of attribute, texts as long as the API takes them. */
export const device: Device = {
  name: 'gpu-0',
  attributes: {
    text: { string: 'a'.repeat(64) },
    model: { string: 'A100' },
    count: { int: 8 },
    flag: { bool: true },
    version: { version: '1.2.3' },
  },
  capacity: { memory: { value: '40Gi' } },
}

const names = ['device', 'a', 'b', 'c', 'd']
const methods = [
  ...['size', 'matches', 'startsWith', 'contains', 'lowerAscii', 'replace', 'split', 'substring', 'indexOf'],
  ...['compareTo', 'isGreaterThan', 'add', 'sub', 'asInteger', 'orValue', 'or', 'hasValue', 'major', 'toString'],
]
const functions = [
  ...['has', 'size', 'matches', 'string', 'int', 'double', 'quantity', 'isQuantity', 'semver', 'dyn', 'optional.of'],
  ...['sets.contains', 'sets.intersects', 'sets.equivalent', 'constructor', '__proto__'],
]
const loops = ['all', 'exists', 'exists_one', 'filter', 'map']

/** An expression of the grammar: hardly ever of the right types, as deep and as wide as an API server would take. */
const grammatical: fc.Arbitrary<string> = fc.letrec<{ one: string }>((tie) => {
  const one = tie('one')
  const name = fc.constantFrom(...names)
  const few = fc.array(one, { maxLength: 3 }).map((all) => all.join(', '))
  return {
    one: fc.oneof(
      { maxDepth: 7, depthSize: 'large' },
      fc.constantFrom(
        ...['1', '-1', '9223372036854775807', '1.5', 'true', 'null', '""', '"a"', '"A100"', '"1.2.3"', '"40Gi"'],
        ...['"a*a*a*b"', '"(a|aa)+$"', `"${'x'.repeat(200)}"`, '[]', '{}', '[1, 2, 3]', '{"a": 1}'],
        ...['device.driver', 'device.attributes["gpu.example.com"].text', 'device.capacity["gpu.example.com"].memory'],
        ...['device.attributes["gpu.example.com"].version', 'device.attributes["other"]', ...names],
      ),
      fc
        .tuple(one, fc.constantFrom('+', '-', '*', '/', '%', '==', '!=', '<', '>=', 'in', '&&', '||'), one)
        .map(([a, op, b]) => `(${a} ${op} ${b})`),
      fc.tuple(fc.constantFrom('!', '-'), one).map(([op, a]) => `${op}(${a})`),
      fc.tuple(one, one, one).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
      few.map((all) => `[${all}]`),
      fc.tuple(one, one).map(([key, value]) => `{${key}: ${value}}`),
      fc.tuple(one, name).map(([a, field]) => `${a}.${field}`),
      fc.tuple(one, fc.constantFrom('', '?'), one).map(([a, mark, b]) => `${a}[${mark}${b}]`),
      fc.tuple(one, fc.constantFrom(...methods), few).map(([a, method, args]) => `${a}.${method}(${args})`),
      fc.tuple(fc.constantFrom(...functions), few).map(([called, args]) => `${called}(${args})`),
      fc.tuple(one, fc.constantFrom(...loops), name, one).map(([a, loop, by, body]) => `${a}.${loop}(${by}, ${body})`),
      fc.tuple(name, one, one).map(([by, value, body]) => `cel.bind(${by}, ${value}, ${body})`),
    ),
  }
}).one

const token = fc.constantFrom(
  ...['device', '.', '[', ']', '(', ')', '"x"', '==', '&&', '||', '!', 'has', 'all', 'in', '1', '-', '?', ':', ' '],
  ...['matches', '{', '}', ','],
)

/** Each name is twice the one before it, in one of the ways in which a value grows; the last is then looked at. */
const doubled: fc.Arbitrary<string> = fc
  .tuple(
    fc.integer({ min: 1, max: 55 }),
    fc.constantFrom('[X, X]', 'X + X', '{"a": X, "b": X}', 'X.map(y, X)', 'X.replace("a", X)'),
    fc.constantFrom('[1, 2]', '"aa"', 'device.attributes["gpu.example.com"].text', '["aaaa", "aaaa"]'),
    fc.constantFrom(
      ...['X == X', 'X in [X]', 'X.size() > 0', 'sets.contains(X, X)', 'X.all(y, y == X)', 'X.matches("a*a*a*b")'],
      ...['X.all(y, X.exists(z, z.matches("a*a*a*b")))', 'X.contains(X + "b")', 'sets.equivalent([X], [X])'],
    ),
  )
  .map(([times, grow, first, last]) => {
    let text = last.replaceAll('X', `v${times}`)
    for (let at = times; at > 0; at -= 1) text = `cel.bind(v${at}, ${grow.replaceAll('X', `v${at - 1}`)}, ${text})`
    return `cel.bind(v0, ${first}, ${text})`
  })

/** Loops in loops. */
const looped: fc.Arbitrary<string> = fc
  .tuple(
    fc.integer({ min: 1, max: 8 }),
    fc.integer({ min: 1, max: 400 }),
    fc.constantFrom('"a*a*a*b"', '"(a|b)*c"', '"(x+x+)+y"'),
  )
  .map(([depth, width, pattern]) => {
    const list = `[${Array.from({ length: width }, () => `"${'a'.repeat(20)}"`).join(',')}]`
    let text = `device.attributes["gpu.example.com"].text.matches(${pattern}) == (x0 == "")`
    for (let at = 0; at < depth; at += 1) text = `l.all(x${at}, ${text})`
    return `cel.bind(l, ${list}, ${text})`
  })

export const hostileExpression: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: grammatical },
  { weight: 2, arbitrary: doubled },
  { weight: 1, arbitrary: looped },
  { weight: 2, arbitrary: fc.array(token, { maxLength: 60 }).map((tokens) => tokens.join('')) },
  fc.integer({ min: 1, max: 9000 }).map((depth) => '('.repeat(depth)),
  fc.integer({ min: 1, max: 5000 }).map((depth) => `${'!'.repeat(depth)}true`),
  fc.integer({ min: 1, max: 2000 }).map((count) => Array.from({ length: count }, () => '1').join('+')),
)
