import { type ASTNode, Environment } from '@marcbachmann/cel-js'

/** One node of a parsed expression. */
export type CelNode = ASTNode

/** Made when the first expression is read: hardly any cluster has one. */
let environment: Environment | undefined

const settings = {
  enableOptionalTypes: true,
  limits: { maxAstNodes: 5000, maxDepth: 60, maxListElements: 500, maxMapEntries: 100, maxCallArguments: 16 },
}

const known = new Map<string, CelNode | undefined>()

/**
 * Reads an expression; undefined where the library cannot, or where it is longer than an API server stores.
 * Only the syntax is the library's: see `cel-evaluate.ts` for what an expression means.
 */
export function parseCel(expression: string): CelNode | undefined {
  if (known.has(expression)) return known.get(expression)
  const node = read(expression)
  if (known.size > 1000) known.clear()
  known.set(expression, node)
  return node
}

function read(expression: string): CelNode | undefined {
  if (expression.length > 10 * 1024) return undefined
  try {
    environment ??= new Environment(settings)
    return environment.parse(expression).ast
  } catch {
    // Not swallowed: the caller says of which expression it knows nothing.
    return undefined
  }
}
