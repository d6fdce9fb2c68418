import type { Placement, PlacementTarget } from '#components/component.ts'
import type { Toleration } from '#model/api/pod.ts'
import type { ClusterState } from '#model/cluster-state.ts'
import { objectIndex } from '#model/object-index.ts'
import { textAt } from '#model/raw-object.ts'
import { tolerates } from '#model/toleration.ts'
import { merged, nested, splitPath, toYaml, withListAt, written } from './yaml-content.ts'

/** The whole value to paste at a place: what stands there and would be lost, then what is new, and what is set besides. */
export function placeValues(
  placement: Placement,
  tolerations: readonly Toleration[],
): Readonly<Record<string, unknown>> {
  let values: Record<string, unknown> = {}
  const { path } = placement.target
  if (placement.takesTolerations && path !== undefined && placement.target.kind !== 'ConfigMap') {
    values = nested(path, wholeList(placement, tolerations).map(written))
  }
  for (const { path: at, value } of placement.sets) values = merged(values, nested(at, value))
  return values
}

/** What stands there and then what is new, without saying anything twice. */
export function wholeList({ standing }: Placement, tolerations: readonly Toleration[]): readonly Toleration[] {
  const fresh = tolerations.filter((one) => !standing.entries.some((entry) => same(entry, one)))
  return [...standing.entries, ...fresh]
}

function same(a: Toleration, b: Toleration): boolean {
  return (
    a.key === b.key &&
    (a.operator ?? 'Equal') === (b.operator ?? 'Equal') &&
    (a.value ?? '') === (b.value ?? '') &&
    (a.effect ?? '') === (b.effect ?? '') &&
    tolerates(a, { key: b.key ?? '', value: b.value ?? '', effect: b.effect ?? '' }) === true
  )
}

/** The YAML to paste for one placement. */
export function contentOf(placement: Placement, tolerations: readonly Toleration[], cluster: ClusterState): string {
  if (placement.reach.kind === 'NotReached' && placement.sets.length === 0 && placement.target.kind === 'HelmValues')
    return ''
  if (placement.target.kind === 'ConfigMap') return configMapContent(placement, tolerations, cluster)
  const values = placeValues(placement, tolerations)
  return Object.keys(values).length === 0 ? '' : toYaml(values)
}

/**
 * A ConfigMap whose key holds YAML as text: the text as it stands, with the list set in it. Where the text could not be
 * read only what belongs into it is given: a whole key would put the rest of it out.
 */
function configMapContent(placement: Placement, tolerations: readonly Toleration[], cluster: ClusterState): string {
  const { target } = placement
  const [, key = '', ...path] = splitPath(target.path ?? '')
  const text = textAt(configMap(target, cluster), 'data', key)
  const list = wholeList(placement, tolerations)
  const changed = text === undefined ? undefined : withListAt(text, path, list)
  if (changed === undefined) return toYaml(nested(path.join('.'), list.map(written)))
  const metadata = { name: target.name, namespace: target.namespace }
  return toYaml({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { [key]: changed } })
}

function configMap({ namespace, name = '' }: PlacementTarget, cluster: ClusterState) {
  return objectIndex(cluster).find('v1', 'ConfigMap', namespace, name)
}
