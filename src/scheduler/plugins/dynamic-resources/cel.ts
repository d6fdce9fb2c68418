import { type ASTNode, Environment } from '@marcbachmann/cel-js'
import { oncePerText } from '#model/once-per.ts'

/** One node of a parsed expression. */
export type CelNode = ASTNode

/** Made when the first expression is read: hardly any cluster has one. */
let environment: Environment | undefined

const settings = {
  enableOptionalTypes: true,
  limits: { maxAstNodes: 5000, maxDepth: 60, maxListElements: 500, maxMapEntries: 100, maxCallArguments: 16 },
}

/**
 * Reads an expression; undefined where the library cannot, or where it is longer than an API server stores.
 * Only the syntax is the library's: see `cel-evaluate.ts` for what an expression means.
 */
export const parseCel = oncePerText((expression): CelNode | undefined => {
  if (expression.length > 10 * 1024) return undefined
  try {
    environment ??= new Environment(settings)
    return environment.parse(expression).ast
  } catch {
    // Not swallowed: the caller says of which expression it knows nothing.
    return undefined
  }
}, 1000)
