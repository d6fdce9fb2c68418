import type { Command, Operand, Pipeline } from './ast.ts'
import type { Token } from './lex.ts'
import { Unfollowable } from './trouble.ts'

const maxNesting = 50

/** Reads the inside of an action: `$x := a b | c`. */
export function parsePipeline(tokens: readonly Token[], line: number): Pipeline {
  const reader = { tokens, at: 0, line, depth: 0 }
  const pipeline = pipelineOf(reader)
  if (reader.at < tokens.length) throw new Unfollowable(`line ${line}: a parenthesis too many`)
  return pipeline
}

interface Reader {
  readonly tokens: readonly Token[]
  readonly line: number
  at: number
  depth: number
}

function pipelineOf(reader: Reader): Pipeline {
  if (++reader.depth > maxNesting) throw new Unfollowable(`line ${reader.line}: too many parentheses in each other`)
  const { variables, assigns } = assignment(reader)
  const commands: Command[] = [commandOf(reader)]
  while (isSign(reader.tokens[reader.at], '|')) {
    reader.at++
    commands.push(commandOf(reader))
  }
  reader.depth--
  return { variables, assigns, commands, line: reader.line }
}

function assignment(reader: Reader): Pick<Pipeline, 'variables' | 'assigns'> {
  const variables: string[] = []
  let at = reader.at
  for (;;) {
    const token = reader.tokens[at]
    if (token?.kind !== 'Variable' || token.path.length > 0) break
    variables.push(token.name)
    at++
    if (!isSign(reader.tokens[at], ',')) break
    at++
  }
  const declares = isSign(reader.tokens[at], ':=')
  if (variables.length === 0 || !(declares || isSign(reader.tokens[at], '=')))
    return { variables: [], assigns: 'Nothing' }
  reader.at = at + 1
  return { variables, assigns: declares ? 'Declare' : 'Set' }
}

function commandOf(reader: Reader): Command {
  const operands: Operand[] = []
  for (;;) {
    const operand = operandOf(reader)
    if (operand === undefined) break
    operands.push(operand)
  }
  if (operands.length === 0) throw new Unfollowable(`line ${reader.line}: an expression is missing`)
  return operands
}

function operandOf(reader: Reader): Operand | undefined {
  const token = reader.tokens[reader.at]
  switch (token?.kind) {
    case 'Field':
      reader.at++
      return { kind: 'Dot', path: token.path }
    case 'Variable':
      reader.at++
      return { kind: 'Variable', name: token.name, path: token.path }
    case 'Literal':
      reader.at++
      return { kind: 'Literal', value: token.value }
    case 'Word':
      reader.at++
      return words[token.name] ?? { kind: 'Function', name: token.name }
    case 'Sign':
      return token.sign === '(' ? group(reader) : undefined
    default:
      return undefined
  }
}

const words: Readonly<Record<string, Operand>> = Object.assign(Object.create(null), {
  true: { kind: 'Literal', value: true },
  false: { kind: 'Literal', value: false },
  nil: { kind: 'Literal', value: null },
})

function group(reader: Reader): Operand {
  reader.at++
  const pipeline = pipelineOf(reader)
  const close = reader.tokens[reader.at]
  if (close?.kind !== 'Close') throw new Unfollowable(`line ${reader.line}: a parenthesis is not closed`)
  reader.at++
  return { kind: 'Group', pipeline, path: close.path }
}

function isSign(token: Token | undefined, sign: string): boolean {
  return token?.kind === 'Sign' && token.sign === sign
}
