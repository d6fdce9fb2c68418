import {
  type CelResult,
  type CelValue,
  celError,
  compare,
  equals,
  isList,
  kindOf,
  noSuchOverload,
  unsupported,
} from './cel-values.ts'

/** The binary operators but `&&` and `||`, on values. Whole numbers are 64 bits wide and never wrap. */
export function binary(op: string, a: CelValue, b: CelValue): CelResult {
  switch (op) {
    case '==':
      return isKubernetesType(a) && kindOf(a) !== kindOf(b) ? noSuchOverload : equals(a, b)
    case '!=':
      return !equals(a, b)
    case 'in':
      return contains(b, a)
    case '<':
    case '<=':
    case '>':
    case '>=':
      return ordered(op, a, b)
    case '+':
      if (typeof a === 'string' && typeof b === 'string') return a + b
      if (isList(a) && isList(b)) return [...a, ...b]
      return arithmetic(op, a, b)
    case '-':
    case '*':
    case '/':
    case '%':
      return arithmetic(op, a, b)
    default:
      return unsupported(`the operator ${op}`)
  }
}

/** Kubernetes' own types refuse to be compared with another, where they stand on the left. */
function isKubernetesType(value: CelValue): boolean {
  return kindOf(value) === 'quantity' || kindOf(value) === 'semver'
}

function contains(container: CelValue, value: CelValue): CelResult {
  if (isList(container)) return container.some((item) => equals(item, value))
  if (container === null || typeof container !== 'object') return noSuchOverload
  return container.kind === 'map' ? container.entries.has(value) : noSuchOverload
}

function ordered(op: '<' | '<=' | '>' | '>=', a: CelValue, b: CelValue): CelResult {
  const order = compare(a, b)
  if (order === undefined) return noSuchOverload
  switch (op) {
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '>':
      return order > 0
    default:
      return order >= 0
  }
}

type Arithmetic = '+' | '-' | '*' | '/' | '%'

function arithmetic(op: Arithmetic, a: CelValue, b: CelValue): CelResult {
  if (typeof a === 'number' && typeof b === 'number') return ofDoubles(op, a, b)
  if (typeof a !== 'bigint' || typeof b !== 'bigint') return noSuchOverload
  if (b === 0n && op === '/') return celError('division by zero')
  if (b === 0n && op === '%') return celError('modulus by zero')
  const result = ofInts(op, a, b)
  return result >= -(2n ** 63n) && result < 2n ** 63n ? result : celError('integer overflow')
}

function ofInts(op: Arithmetic, a: bigint, b: bigint): bigint {
  switch (op) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      return a / b
    default:
      return a % b
  }
}

function ofDoubles(op: Arithmetic, a: number, b: number): CelResult {
  switch (op) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      return a / b
    default:
      return noSuchOverload
  }
}
