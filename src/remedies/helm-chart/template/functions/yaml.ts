import { parseDocument, stringify } from 'yaml'
import { boundedYaml } from '#model/repeated-key.ts'
import { hasMark, markOf } from '#remedies/helm-chart/template/marks.ts'
import { fromJson, toJson, Unknown, type Value } from '#remedies/helm-chart/template/value.ts'
import { type Kit, print, type TemplateFunction } from './kit.ts'

/**
 * YAML and JSON, both ways.
 * @see helm.sh/helm pkg/engine/funcs.go (v3.22.0)
 */
export const yaml: Readonly<Record<string, TemplateFunction>> = {
  toYaml: ([value = null]) => (value instanceof Unknown ? value : yamlOf(value)),
  toYamlPretty: ([value = null]) => (value instanceof Unknown ? value : yamlOf(value)),
  toJson: ([value = null]) => (value instanceof Unknown ? value : JSON.stringify(toJson(value, markOf))),
  toPrettyJson: ([value = null]) => (value instanceof Unknown ? value : JSON.stringify(toJson(value, markOf), null, 2)),
  toRawJson: ([value = null]) => (value instanceof Unknown ? value : JSON.stringify(toJson(value, markOf))),
  fromYaml: ([value = null], kit) => parsed(print(value), kit),
  fromYamlArray: ([value = null], kit) => parsed(print(value), kit),
  fromJson: ([value = null], kit) => parsed(print(value), kit),
  fromJsonArray: ([value = null], kit) => parsed(print(value), kit),
}

function yamlOf(value: Value): string {
  return stringify(toJson(value, markOf), { lineWidth: 0, indentSeq: false, aliasDuplicateObjects: false }).trimEnd()
}

/** A text with unknown pieces may be any YAML. */
function parsed(text: string, kit: Kit): Value {
  if (hasMark(text)) return kit.unknown('YAML of a text that is not known')
  try {
    const document = parseDocument(text, boundedYaml)
    if (document.errors.length > 0) return kit.unknown('a text that is not YAML')
    return fromJson(document.toJS({ maxAliasCount: 100 }))
  } catch {
    return kit.unknown('a text that is not YAML')
  }
}
