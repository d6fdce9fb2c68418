/** A template as it was read: text, actions and blocks, in order. */
export type TemplateNode =
  | { readonly kind: 'Text'; readonly text: string }
  | { readonly kind: 'Action'; readonly pipeline: Pipeline; readonly atLineEnd: boolean }
  | {
      readonly kind: 'If' | 'With' | 'Range'
      readonly pipeline: Pipeline
      readonly then: Body
      readonly otherwise: Body
    }
  /** `template` and `block`; the body of a block is a definition of its own. */
  | { readonly kind: 'Template'; readonly name: string; readonly pipeline: Pipeline | undefined; readonly line: number }
  | { readonly kind: 'Break' | 'Continue' }

export type Body = readonly TemplateNode[]

/** Commands, each taking the result of the one before as its last argument. */
export interface Pipeline {
  /** Variables that take the result; `range` may have two. */
  readonly variables: readonly string[]
  readonly assigns: 'Declare' | 'Set' | 'Nothing'
  readonly commands: readonly Command[]
  readonly line: number
}

/** Operands side by side: a function or a method first where there are several. */
export type Command = readonly Operand[]

export type Operand =
  /** `.`, `.Values.a` */
  | { readonly kind: 'Dot'; readonly path: readonly string[] }
  /** `$`, `$x.a` */
  | { readonly kind: 'Variable'; readonly name: string; readonly path: readonly string[] }
  | { readonly kind: 'Literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'Function'; readonly name: string }
  /** `(...)`, `(...).a` */
  | { readonly kind: 'Group'; readonly pipeline: Pipeline; readonly path: readonly string[] }

/** One file: what it renders itself, and what it defines for all. */
export interface ParsedTemplate {
  readonly body: Body
  readonly defines: ReadonlyMap<string, Body>
}
