import type { Inquiry } from '#diagnosis/inquiry.ts'
import { type NamedObject, objectsNamed, type Scope } from '#diagnosis/scope.ts'
import { isRecord, valueAt } from '#model/raw-object.ts'
import type { Want } from '#model/want.ts'

const versions: Readonly<Record<string, string>> = { '': 'v1', apps: 'apps/v1', batch: 'batch/v1' }

/** The workloads that were named; and of Deployments their ReplicaSets, without which their Pods are not known. */
export function namedWants({ named = [], namespace }: Scope, inquiry: Inquiry): readonly Want[] {
  if (namespace === undefined) return []
  const workloads = named.filter(isWorkload)
  const objects = workloads.map(
    ({ kind, group, name }): Want => ({
      kind: 'object',
      apiVersion: versions[group] ?? `${group}/v1`,
      kindName: kind,
      namespace,
      name,
    }),
  )
  const replicaSets = workloads
    .filter(({ kind }) => kind === 'Deployment')
    .flatMap((one) => objectsNamed(inquiry.state, one, namespace))
    .flatMap((deployment): readonly Want[] => {
      const labels = valueAt(deployment, 'spec', 'selector', 'matchLabels')
      const pairs = isRecord(labels) ? Object.entries(labels).map(([key, value]) => `${key}=${String(value)}`) : []
      const labelSelector = pairs.length === 0 ? {} : { labelSelector: pairs.join(',') }
      return [{ kind: 'list', group: 'apps', resource: 'replicasets', namespace, ...labelSelector }]
    })
  return [...objects, ...replicaSets]
}

export function isWorkload({ resource }: NamedObject): boolean {
  return resource !== 'pods' && resource !== 'nodes' && resource !== 'persistentvolumeclaims'
}
