import { type CreateNodeOptions, Document, type DocumentOptions, type SchemaOptions, visit } from 'yaml'
import { escapedInYaml, quoteWhereUnsafe } from '#model/escaped.ts'

/** The report as one YAML document. */
export function renderYaml(report: unknown): string {
  return yamlText(report)
}

/** A value as YAML; what a terminal could take for commands is written as escapes. */
export function yamlText(value: unknown, options: DocumentOptions & SchemaOptions & CreateNodeOptions = {}): string {
  const document = new Document(value, { aliasDuplicateObjects: false, ...options })
  visit(document, { Scalar: (_, scalar) => quoteWhereUnsafe(scalar) })
  return escapedInYaml(document.toString({ lineWidth: 0 }))
}
