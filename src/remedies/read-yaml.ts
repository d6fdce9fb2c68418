import { parse } from 'yaml'

/** Reads YAML text that stands inside an object; undefined for what is no YAML. */
export function readYaml(text: string): unknown {
  try {
    return parse(text, { logLevel: 'silent', uniqueKeys: false, prettyErrors: false, maxAliasCount: 100 })
  } catch {
    return undefined
  }
}
