import type { ApiObject } from '#model/cluster-state.ts'
import { helmReleaseKind } from '#model/helm-release.ts'
import { textAt } from '#model/raw-object.ts'
import { resourceNamesOf } from '#model/resource-name.ts'
import { selects } from '#model/selector.ts'
import { parseLabelSelector } from '#model/selector-text.ts'
import type { ListWant } from '#model/want.ts'

/** The resource names that an object may be listed under; an unpacked Helm release stands for what it was stored in. */
export function resourcesOf(object: ApiObject): readonly string[] {
  const { apiVersion, kind } = object
  if (apiVersion === helmReleaseKind.apiVersion && kind === helmReleaseKind.kind) {
    return textAt(object, 'storedIn')?.startsWith('ConfigMap ') === true ? ['configmaps'] : ['secrets']
  }
  return resourceNamesOf(apiVersion, kind)
}

/** Whether a list with these selectors would bring the object. */
export function selectedBy(object: ApiObject, want: ListWant): boolean {
  const { namespace, labelSelector, fieldSelector } = want
  if (namespace !== undefined && object.metadata.namespace !== namespace) return false
  if (labelSelector !== undefined && !hasLabels(object, labelSelector)) return false
  return fieldSelector === undefined || hasFields(object, fieldSelector)
}

function hasLabels(object: ApiObject, text: string): boolean {
  const selector = parseLabelSelector(text)
  return !('problem' in selector) && selects(selector, object.metadata.labels ?? {})
}

function hasFields(object: ApiObject, text: string): boolean {
  return text.split(',').every((part) => {
    const [, path = '', operator, value] = /^([A-Za-z.]+)(!=|==?)(.*)$/.exec(part.trim()) ?? []
    // Of Secrets only Helm's are kept, and those without the type.
    if (path === 'type' && value === 'helm.sh/release.v1') return true
    const isEqual = (textAt(object, ...path.split('.')) ?? '') === value
    return operator === '!=' ? !isEqual : isEqual
  })
}
