import { collections } from './collections.ts'
import type { Kit, TemplateFunction } from './kit.ts'
import { logic } from './logic.ts'
import { text } from './text.ts'
import { yaml } from './yaml.ts'

const known: Readonly<Record<string, TemplateFunction>> = Object.assign(Object.create(null), {
  ...logic,
  ...text,
  ...collections,
  ...yaml,
  toString: text.print,
})

/** The function of this name; what is not known of a chart's functions gives what is not known. */
export function functionNamed(name: string): TemplateFunction {
  const found = known[name] ?? (name.startsWith('must') ? known[withoutMust(name)] : undefined)
  return found ?? ((_, kit: Kit) => kit.unknown(`function ${name}`))
}

/** `mustMerge` is `merge` that fails where the other gives nothing. */
function withoutMust(name: string): string {
  return name.slice(4, 5).toLowerCase() + name.slice(5)
}
