import type { Body, Operand, ParsedTemplate, Pipeline, TemplateNode } from './ast.ts'
import { type Kit, print } from './functions/kit.ts'
import { functionNamed } from './functions/registry.ts'
import { libraryTemplate } from './library.ts'
import { hasMark, isAllMarks, linesMark, type Marks } from './marks.ts'
import { parseTemplate } from './parse.ts'
import { Unfollowable } from './trouble.ts'
import { fieldOf, isList, isMap, isNil, type Places, truth, Unknown, type Value } from './value.ts'

/** How a template is followed: where a condition is not known, as if it were true, or false; or all ways at once. */
export type Way = 'Then' | 'Else' | 'Both'

/** What a template is followed with. */
export interface Evaluated {
  /** Files and definitions by their names; what none of them has is not in the record. */
  readonly templates: ReadonlyMap<string, Body>
  readonly way: Way
  readonly places: Places
  readonly marks: Marks
  readonly budget: Budget
}

/** How many steps are left, for all that is followed to answer one question. */
export interface Budget {
  steps: number
}

const maxSteps = 300_000
const maxItems = 20_000
const maxText = 4 * 1024 * 1024
const maxDepth = 60

type Leaves = 'Break' | 'Continue' | undefined
interface Scope {
  readonly dot: Value
  readonly variables: Map<string, Value>
  readonly outer: Scope | undefined
}

/**
 * Follows templates as Go would run them, as far as that can be told: what is not known goes on as unknown. With
 * `Both` the result is no manifest; then only the reads that it leaves behind count.
 * @see text/template/exec.go (go 1.24), helm.sh/helm pkg/engine/engine.go (v3.22.0)
 */
export class Evaluation {
  private readonly setup: Evaluated
  private readonly kit: Kit
  private steps = 0
  private length = 0
  private depth = 0
  private place = ''

  constructor(setup: Evaluated) {
    this.setup = setup
    this.kit = { places: setup.places, unknown: (because) => this.unknown(because), step: () => this.step() }
  }

  /** The text that a file or a definition renders to. */
  render(name: string, data: Value): string {
    const body = this.setup.templates.get(name)
    if (body === undefined) return print(this.unknown(`template "${name}" is not in the record`))
    return this.inside(name, body, data)
  }

  private inside(name: string, body: Body, data: Value): string {
    if (++this.depth > maxDepth) throw new Unfollowable(`templates include each other more than ${maxDepth} deep`)
    const before = this.place
    this.place = name
    const out: string[] = []
    this.run(body, { dot: data, variables: new Map([['$', data]]), outer: undefined }, out)
    this.place = before
    this.depth--
    return out.join('')
  }

  private step(): void {
    if (++this.steps > maxSteps || --this.setup.budget.steps < 0) throw new Unfollowable('it takes too many steps')
  }

  private unknown(because: string): Unknown {
    return new Unknown(this.setup.marks.note(`${this.place}: ${because}`))
  }

  private run(body: Body, scope: Scope, out: string[]): Leaves {
    for (const node of body) {
      this.step()
      const leaves = this.node(node, scope, out)
      if (leaves !== undefined) return leaves
    }
    return undefined
  }

  private node(node: TemplateNode, scope: Scope, out: string[]): Leaves {
    switch (node.kind) {
      case 'Text':
        return this.write(node.text, out)
      case 'Action': {
        const value = this.pipeline(node.pipeline, scope)
        if (node.pipeline.assigns !== 'Nothing') return undefined
        const text = print(value)
        return this.write(node.atLineEnd && text !== '' && isAllMarks(text) ? text + linesMark : text, out)
      }
      case 'Template': {
        const data = node.pipeline === undefined ? null : this.pipeline(node.pipeline, scope)
        return this.write(print(this.include(node.name, data)), out)
      }
      case 'Range':
        return this.range(node, scope, out)
      case 'If':
      case 'With':
        return this.choice(node, scope, out)
      default:
        return this.setup.way === 'Both' ? undefined : node.kind
    }
  }

  private write(text: string, out: string[]): undefined {
    this.length += text.length
    if (this.length > maxText) throw new Unfollowable('it renders more than 4 MiB')
    out.push(text)
  }

  private choice(node: Block, scope: Scope, out: string[]): Leaves {
    const inner: Scope = { dot: scope.dot, variables: new Map(), outer: scope }
    const value = this.pipeline(node.pipeline, inner)
    const taken: Scope = node.kind === 'With' ? { dot: value, variables: new Map(), outer: inner } : inner
    if (this.setup.way === 'Both') {
      this.run(node.then, taken, out)
      return this.run(node.otherwise, inner, out)
    }
    const isTaken = truth(value) ?? this.setup.way === 'Then'
    return isTaken ? this.run(node.then, taken, out) : this.run(node.otherwise, inner, out)
  }

  private range(node: Block, scope: Scope, out: string[]): Leaves {
    const inner: Scope = { dot: scope.dot, variables: new Map(), outer: scope }
    const over = this.pipeline({ ...node.pipeline, assigns: 'Nothing' }, inner)
    const items = this.items(over)
    if (items.length === 0 || this.setup.way === 'Both') this.run(node.otherwise, inner, out)
    for (const [key, value] of items) {
      const each: Scope = { dot: value, variables: new Map(), outer: inner }
      const names = node.pipeline.variables
      const values = names.length > 1 ? [key, value] : [value]
      names.forEach((name, at) => {
        if (node.pipeline.assigns === 'Set') assign(each, name, values[at] ?? null)
        else each.variables.set(name, values[at] ?? null)
      })
      if (this.run(node.then, each, out) === 'Break') break
    }
    return undefined
  }

  private items(over: Value): readonly (readonly [Value, Value])[] {
    const { way } = this.setup
    if (isList(over) && over.length > 0) return over.map((value, at) => [at, value])
    if (isMap(over) && over.size > 0) {
      return [...over].sort(([one], [other]) => (one < other ? -1 : 1)).map(([key, value]) => [key, value])
    }
    if (typeof over === 'number')
      return Array.from({ length: Math.min(Math.max(over, 0), 10_000) }, (_, at) => [at, at])
    if (over instanceof Unknown) return way === 'Else' ? [] : [[over, over]]
    return way === 'Both' ? [[null, null]] : []
  }

  private pipeline(pipeline: Pipeline, scope: Scope): Value {
    let value: Value | undefined
    for (const command of pipeline.commands) value = this.command(command, value, scope)
    const result = value ?? null
    for (const name of pipeline.variables) {
      if (pipeline.assigns === 'Declare') scope.variables.set(name, result)
      else if (pipeline.assigns === 'Set') assign(scope, name, result)
    }
    return result
  }

  private command([first, ...rest]: readonly Operand[], piped: Value | undefined, scope: Scope): Value {
    this.step()
    if (first === undefined) return piped ?? null
    const args = [...rest.map((operand) => this.operand(operand, scope)), ...(piped === undefined ? [] : [piped])]
    if (first.kind === 'Function') return this.call(first.name, args)
    const value = this.operand(first, scope)
    return args.length === 0 ? value : this.unknown('a method that is not followed')
  }

  private operand(operand: Operand, scope: Scope): Value {
    switch (operand.kind) {
      case 'Dot':
        return this.walk(scope.dot, operand.path)
      case 'Variable':
        return this.walk(lookUp(scope, operand.name), operand.path)
      case 'Group':
        return this.walk(this.pipeline(operand.pipeline, scope), operand.path)
      case 'Function':
        return this.call(operand.name, [])
      default:
        return operand.value
    }
  }

  private walk(value: Value, path: readonly string[]): Value {
    return path.reduce((here: Value, key) => fieldOf(here, key, this.setup.places), value)
  }

  private call(name: string, args: readonly Value[]): Value {
    if (name === 'include') return this.include(args[0] ?? null, args[1] ?? null)
    if (name === 'tpl') return this.evaluated(args[0] ?? null, args[1] ?? null)
    if (name === 'fail' && this.setup.way !== 'Both')
      throw new Unfollowable(`it fails: ${print(args[0]).slice(0, 100)}`)
    const made = functionNamed(name)(args, this.kit)
    if (typeof made === 'string' && made.length > maxText) throw new Unfollowable('it makes a text of more than 4 MiB')
    if (isList(made) && made.length > maxItems)
      throw new Unfollowable(`it makes a list of more than ${maxItems} entries`)
    return made
  }

  private include(name: Value, data: Value): Value {
    const known = typeof name === 'string' && !hasMark(name) ? name : undefined
    if (known === undefined) return this.unknown('includes a template whose name is not known')
    const body = this.setup.templates.get(known)
    if (body !== undefined) return this.inside(known, body, data)
    const library = libraryTemplate(known, data, this.kit, (text, context) => this.evaluated(text, context))
    return library ?? this.unknown(`includes "${known}", which is not in the release record`)
  }

  /** `tpl`: a text of the values that is a template itself. */
  private evaluated(text: Value, data: Value): Value {
    if (text instanceof Unknown || isNil(text)) return isNil(text) ? '' : text
    const source = print(text)
    if (!source.includes('{{')) return source
    if (hasMark(source)) return this.unknown('a template in a text that is not known')
    const parsed: ParsedTemplate | { readonly problem: string } = parseTemplate(source)
    if ('problem' in parsed) return this.unknown(`a template in the values: ${parsed.problem}`)
    return this.inside(this.place, parsed.body, data)
  }
}

interface Block {
  readonly kind: 'If' | 'With' | 'Range'
  readonly pipeline: Pipeline
  readonly then: Body
  readonly otherwise: Body
}

function lookUp(scope: Scope, name: string): Value {
  for (let here: Scope | undefined = scope; here !== undefined; here = here.outer) {
    const found = here.variables.get(name)
    if (found !== undefined) return found
  }
  throw new Unfollowable(`variable ${name} is not defined`)
}

function assign(scope: Scope, name: string, value: Value): void {
  for (let here: Scope | undefined = scope; here !== undefined; here = here.outer) {
    if (here.variables.has(name)) {
      here.variables.set(name, value)
      return
    }
  }
  throw new Unfollowable(`variable ${name} is not defined`)
}
