import { type Kit, print } from './functions/kit.ts'
import { functionNamed } from './functions/registry.ts'
import { fieldOf, isList, isNil, type Value } from './value.ts'

type Tpl = (text: Value, context: Value) => Value

/**
 * Helm records no subchart's templates, so the ones of library charts are missing. A few of them pass values on in so
 * many charts that they are known here; undefined for all others.
 * @see bitnami/charts bitnami/common/templates/_tplvalues.tpl (2.31)
 */
export function libraryTemplate(name: string, data: Value, kit: Kit, tpl: Tpl): Value | undefined {
  const field = (key: string) => fieldOf(data, key, kit.places)
  switch (name) {
    case 'common.tplvalues.render':
      return rendered(field('value'), field('context'), kit, tpl)
    case 'common.tplvalues.merge':
    case 'common.tplvalues.merge-overwrite': {
      const values = field('values')
      const maps = (isList(values) ? values : []).map((one) =>
        functionNamed('fromYaml')([rendered(one, field('context'), kit, tpl)], kit),
      )
      return yamlOf(functionNamed(name.endsWith('merge') ? 'merge' : 'mergeOverwrite')(maps, kit), kit)
    }
    case 'common.images.pullSecrets':
    case 'common.images.renderPullSecrets':
      return `imagePullSecrets: ${print(kit.unknown(`includes "${name}"`))}`
    default:
      return undefined
  }
}

function rendered(value: Value, context: Value, kit: Kit, tpl: Tpl): Value {
  const text = typeof value === 'string' ? value : isNil(value) ? 'null' : yamlOf(value, kit)
  return print(text).includes('{{') ? tpl(text, context) : text
}

function yamlOf(value: Value, kit: Kit): Value {
  return functionNamed('toYaml')([value], kit)
}
