import { parse } from 'yaml'
import { boundedYaml } from '#model/repeated-key.ts'

/** Reads YAML text that stands inside an object; undefined for what is no YAML. */
export function readYaml(text: string): unknown {
  try {
    return parse(text, { ...boundedYaml, maxAliasCount: 100 })
  } catch {
    return undefined
  }
}
