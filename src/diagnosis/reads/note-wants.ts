import type { Inquiry } from '#diagnosis/inquiry.ts'
import type { Pod } from '#model/api/pod.ts'
import type { Want } from '#model/want.ts'

/** Annotations of more namespaces than these are not looked at one by one. */
const mostNamespaces = 5

/** The Namespaces of the Pods in question, for what their annotations add to Pods; none where all are listed anyway. */
export function namespaceWants(pods: readonly Pod[], inquiry: Inquiry, isListed: boolean): readonly Want[] {
  const places = [...new Set(pods.map(({ metadata }) => metadata.namespace ?? ''))]
  if (isListed || places.length > mostNamespaces) return []
  return places
    .filter((name) => inquiry.view.find('namespaces', '', name).kind !== 'found')
    .map((name) => ({ kind: 'object', apiVersion: 'v1', kindName: 'Namespace', name }))
}

/** DaemonSets, where a Pod asks for a device that no node offers. */
export function deviceWants(pods: readonly Pod[], { state }: Inquiry): readonly Want[] {
  const asked = new Set(
    pods.flatMap(({ spec }) =>
      (spec.containers ?? []).flatMap(({ resources }) =>
        Object.keys({ ...resources?.limits, ...resources?.requests }).filter((name) => name.includes('/')),
      ),
    ),
  )
  const isLacking = [...asked].some(
    (name) => !state.lists.nodes.items.some(({ status }) => (status.allocatable?.[name] ?? '0') !== '0'),
  )
  return isLacking ? [{ kind: 'list', group: 'apps', resource: 'daemonsets' }] : []
}
