import type { CelNode } from './cel.ts'
import { costOf } from './cel-cost.ts'
import { callFunction, callMethod } from './cel-functions.ts'
import { binary } from './cel-operators.ts'
import {
  type CelMap,
  type CelObject,
  type CelResult,
  type CelValue,
  celError,
  isList,
  isTrouble,
  kindOf,
  mapOf,
  noSuchOverload,
  unsupported,
} from './cel-values.ts'

/** How much one evaluation may do: nodes visited, and what their operators and functions look at (`cel-cost.ts`). */
const mostSteps = 100_000

/**
 * What an expression is for one device, as kube-scheduler's own evaluator has it: which of several errors
 * is told, that an unknown domain is an empty map, and `has` over an index. Never more than `mostSteps` steps.
 * @see dynamic-resource-allocation/cel/compile.go DeviceMatches (kubernetes v1.36.2)
 */
export function evaluateCel(node: CelNode, device: CelValue): CelResult {
  return new Evaluation().run(node, { name: 'device', value: device })
}

interface Scope {
  readonly name: string
  readonly value: CelResult
  readonly outer?: Scope
}

type Access = Extract<CelNode, { op: '.' | '.?' | '[]' | '[?]' }>

class Evaluation {
  #left = mostSteps

  run(node: CelNode, scope: Scope): CelResult {
    if (this.#spend(1)) return tooMuch
    switch (node.op) {
      case 'value':
        return literal(node.args)
      case 'id':
        return lookUp(node.args, scope)
      case '.':
      case '[]':
      case '.?':
      case '[?]':
        return this.#access(node, scope)
      case '&&':
        return this.#either(node.args, false, scope)
      case '||':
        return this.#either(node.args, true, scope)
      case '?:':
        return this.#choose(node.args, scope)
      case '!_':
      case '-_':
        return negate(node.op, this.run(node.args, scope))
      case 'list':
        return this.#all(node.args, scope)
      case 'map':
        return this.#map(node.args, scope)
      case 'call':
        return this.#call(node.args, scope)
      case 'rcall':
        return this.#method(node.args, scope)
      default:
        return this.#binary(node.op, node.args as readonly [CelNode, CelNode], scope)
    }
  }

  #spend(steps: number): boolean {
    this.#left -= steps
    return this.#left < 0
  }

  #binary(op: string, [left, right]: readonly [CelNode, CelNode], scope: Scope): CelResult {
    const a = this.run(left, scope)
    if (isTrouble(a)) return a
    const b = this.run(right, scope)
    if (isTrouble(b)) return b
    return this.#priced(op, [a, b], () => binary(op, a, b))
  }

  #access(node: Access, scope: Scope): CelResult {
    const [left, by] = node.args
    const target = this.run(left, scope)
    if (isTrouble(target)) return target
    const key = typeof by === 'string' ? by : this.run(by, scope)
    if (isTrouble(key)) return key
    const optional = node.op === '.?' || node.op === '[?]' || kindOf(target) === 'optional'
    return optional ? optionalField(target, key) : field(target, key)
  }

  /** `&&` and `||`: the deciding value wins over errors on either side, else the first error is told. */
  #either([left, right]: readonly [CelNode, CelNode], deciding: boolean, scope: Scope): CelResult {
    const a = this.run(left, scope)
    if (a === deciding || kindOf(a) === 'unsupported') return a
    const b = this.run(right, scope)
    if (b === deciding || kindOf(b) === 'unsupported') return b
    for (const side of [a, b]) if (typeof side !== 'boolean') return isTrouble(side) ? side : noSuchOverload
    return !deciding
  }

  #choose([condition, yes, no]: readonly [CelNode, CelNode, CelNode], scope: Scope): CelResult {
    const decided = this.run(condition, scope)
    if (isTrouble(decided)) return decided
    if (typeof decided !== 'boolean') return noSuchOverload
    return this.run(decided ? yes : no, scope)
  }

  #all(nodes: readonly CelNode[], scope: Scope): CelResult {
    const values: CelValue[] = []
    for (const node of nodes) {
      const value = this.run(node, scope)
      if (isTrouble(value)) return value
      values.push(value)
    }
    return values
  }

  #map(pairs: readonly (readonly [CelNode, CelNode])[], scope: Scope): CelResult {
    const entries: [CelValue, CelValue][] = []
    for (const pair of pairs) {
      const values = this.#all(pair, scope)
      if (isTrouble(values)) return values
      if (!isList(values)) continue
      const [key = null, value = null] = values
      entries.push([key, value])
    }
    return mapOf(entries)
  }

  #call([name, nodes]: readonly [string, readonly CelNode[]], scope: Scope): CelResult {
    const [first] = nodes
    if (name === 'has' && nodes.length === 1 && first !== undefined) return this.#has(first, scope)
    const values = this.#all(nodes, scope)
    return isList(values) ? this.#priced(name, values, () => callFunction(name, values)) : values
  }

  #has(node: CelNode, scope: Scope): CelResult {
    if (node.op !== '.') return unsupported('has() of something other than a field')
    const target = this.run(node.args[0], scope)
    if (isTrouble(target)) return target
    if (isFieldless(target)) return false
    if (isList(target)) return unsupported('has() of a list')
    if (target.kind !== 'map') return unsupported(`has() of a field of ${target.kind}`)
    return valueAt(target, node.args[1]) !== undefined
  }

  #method([name, receiver, nodes]: readonly [string, CelNode, readonly CelNode[]], scope: Scope): CelResult {
    if (receiver.op === 'id' && !isBound(receiver.args, scope)) {
      if (receiver.args === 'cel' && name === 'bind') return this.#bind(nodes, scope)
      const values = this.#all(nodes, scope)
      const full = `${receiver.args}.${name}`
      return isList(values) ? this.#priced(full, values, () => callFunction(full, values)) : values
    }
    const [variable, ...bodies] = nodes
    if (comprehensions.has(name) && variable?.op === 'id' && bodies.length > 0)
      return this.#comprehend(name, this.run(receiver, scope), variable.args, bodies, scope)
    const target = this.run(receiver, scope)
    if (isTrouble(target)) return target
    const values = this.#all(nodes, scope)
    if (!isList(values)) return values
    return this.#priced(name, [target, ...values], () => callMethod(name, target, values))
  }

  #bind([variable, value, body]: readonly CelNode[], scope: Scope): CelResult {
    if (variable?.op !== 'id' || value === undefined || body === undefined) return unsupported('cel.bind')
    // CEL binds late: an error in a value that is never used is none.
    const bound = this.run(value, scope)
    if (kindOf(bound) === 'unsupported') return bound
    return this.run(body, { name: variable.args, value: bound, outer: scope })
  }

  #comprehend(name: string, range: CelResult, variable: string, bodies: readonly CelNode[], scope: Scope): CelResult {
    if (isTrouble(range)) return range
    const items = itemsOf(range)
    if (items === undefined) return noSuchOverload
    const within = (value: CelValue): Scope => ({ name: variable, value, outer: scope })
    const [body, transform] = bodies
    if (body === undefined || bodies.length > (name === 'map' ? 2 : 1)) return unsupported(`${name}() of two variables`)
    if (name === 'all' || name === 'exists') return this.#quantify(name === 'exists', items, body, within)
    if (name !== 'map') return this.#filter(name, items, body, within)
    return this.#transform(items, transform === undefined ? undefined : body, transform ?? body, within)
  }

  #filter(name: string, items: readonly CelValue[], body: CelNode, within: (v: CelValue) => Scope): CelResult {
    const kept: CelValue[] = []
    for (const item of items) {
      const tested = this.run(body, within(item))
      if (isTrouble(tested)) return tested
      if (typeof tested !== 'boolean') return noSuchOverload
      if (tested) kept.push(item)
    }
    return name === 'filter' ? kept : kept.length === 1
  }

  #transform(
    items: readonly CelValue[],
    condition: CelNode | undefined,
    body: CelNode,
    within: (v: CelValue) => Scope,
  ): CelResult {
    const values: CelValue[] = []
    for (const item of items) {
      const tested = condition === undefined ? true : this.run(condition, within(item))
      if (isTrouble(tested)) return tested
      if (typeof tested !== 'boolean') return noSuchOverload
      const value = tested ? this.run(body, within(item)) : undefined
      if (value === undefined) continue
      if (isTrouble(value)) return value
      values.push(value)
    }
    return values
  }

  #quantify(deciding: boolean, items: readonly CelValue[], body: CelNode, within: (v: CelValue) => Scope): CelResult {
    let trouble: CelResult | undefined
    for (const item of items) {
      const value = this.run(body, within(item))
      if (value === deciding || kindOf(value) === 'unsupported') return value
      if (typeof value !== 'boolean') trouble ??= isTrouble(value) ? value : noSuchOverload
    }
    return trouble ?? !deciding
  }

  /** Pays for what an operator or a function looks at and copies, before it does. */
  #priced(name: string, args: readonly CelValue[], act: () => CelResult): CelResult {
    return this.#spend(costOf(name, args)) ? tooMuch : act()
  }
}

const tooMuch = unsupported('it takes too many steps')
const comprehensions = new Set(['all', 'exists', 'exists_one', 'existsOne', 'filter', 'map'])

function literal(value: unknown): CelResult {
  if (value === null) return null
  if (typeof value === 'bigint' || typeof value === 'number') return value
  if (typeof value === 'string' || typeof value === 'boolean') return value
  return unsupported('a literal of an unsigned number or of bytes')
}

function lookUp(name: string, scope: Scope): CelResult {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) if (at.name === name) return at.value
  return unsupported(`the name ${name}`)
}

function isBound(name: string, scope: Scope): boolean {
  return kindOf(lookUp(name, scope)) !== 'unsupported'
}

function negate(op: '!_' | '-_', value: CelResult): CelResult {
  if (isTrouble(value)) return value
  if (op === '!_') return typeof value === 'boolean' ? !value : noSuchOverload
  if (typeof value === 'number') return -value
  return typeof value === 'bigint' ? binary('-', 0n, value) : noSuchOverload
}

function itemsOf(range: CelValue): readonly CelValue[] | undefined {
  if (isList(range)) return range
  return range !== null && typeof range === 'object' && range.kind === 'map' ? [...range.entries.keys()] : undefined
}

function valueAt(map: CelMap, key: CelValue): CelValue | undefined {
  return map.entries.get(key) ?? map.fallback
}

function field(target: CelValue, key: CelValue): CelResult {
  if (isList(target)) return item(target, key)
  if (isFieldless(target)) return absent(key)
  if (target.kind !== 'map') return unsupported(`a field of ${target.kind}`)
  return (isKey(key) ? valueAt(target, key) : undefined) ?? absent(key)
}

type Key = string | bigint | boolean

function isKey(value: CelValue): value is Key {
  return typeof value === 'string' || typeof value === 'bigint' || typeof value === 'boolean'
}

function absent(key: CelValue): CelResult {
  return isKey(key) ? celError(`no such key: ${key}`) : unsupported('such a key')
}

/** A value that has no fields is taken for one that has not this field. */
function isFieldless(value: CelValue): value is Exclude<CelValue, readonly CelValue[] | CelObject> {
  return value === null || typeof value !== 'object' || kindOf(value) === 'semver'
}

function item(list: readonly CelValue[], index: CelValue): CelResult {
  if (typeof index !== 'bigint') return unsupported('such an index')
  return list[Number(index)] ?? celError(`index out of bounds: ${index}`)
}

function optionalField(target: CelValue, key: CelValue): CelResult {
  if (target !== null && typeof target === 'object' && !isList(target) && target.kind === 'optional') {
    return target.value === undefined ? target : optionalField(target.value, key)
  }
  const found = field(target, key)
  if (!isTrouble(found)) return { kind: 'optional', value: found }
  const absent = found.kind === 'error' && found !== noSuchOverload
  return absent ? { kind: 'optional' } : unsupported('an optional field of such a value')
}
