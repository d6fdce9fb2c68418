import type { ClusterState, MissingRead } from '#model/cluster-state.ts'
import { type SchedulerKind, schedulerKinds } from '#model/kinds.ts'
import type { Incomplete } from '#report/explain-report.ts'

const consequences: { readonly [K in SchedulerKind]: string } = {
  nodes: 'which node is blocked by what is unknown',
  namespaces: 'affinity terms that select namespaces by label cannot be judged',
  pods: 'free room, host ports, spread and affinity are known only as far as the Pods that could be read',
  persistentvolumeclaims: 'Pods with claims cannot be judged for their volumes',
  persistentvolumes: 'whether the volumes of claims fit a node is unknown',
  storageclasses: 'claims that are not bound yet cannot be judged',
  csinodes: 'limits on the number of volumes of a node are unknown',
  csidrivers: 'whether storage capacity matters for new volumes is unknown',
  csistoragecapacities: 'free storage for new volumes is unknown',
  volumeattachments: 'limits on the number of volumes of a node are known only from Pods',
  resourceclaims: 'Pods with ResourceClaims cannot be judged for their devices',
  resourceslices: 'Pods with ResourceClaims cannot be judged for their devices',
  deviceclasses: 'whether devices stand behind an extended resource is unknown',
}

/** Every read that is missing, with what cannot be known without it; in a stable order. */
export function incompleteOf(state: ClusterState): readonly Incomplete[] {
  const reads: Incomplete[] = []
  for (const kind of Object.keys(schedulerKinds) as SchedulerKind[]) {
    const { missing } = state.lists[kind]
    if (missing !== undefined) reads.push(report(missing, consequences[kind]))
  }
  for (const missing of state.missing) reads.push(report(missing, consequenceOf(missing)))
  for (const { kind, namespace, name, path, problem } of state.oddities.slice(0, mostOddities)) {
    reads.push({
      resource: kind.toLowerCase(),
      ...(namespace === undefined ? {} : { namespace }),
      name,
      reason: 'OddObject',
      message: `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}: ${path} ${problem}`,
      consequence: 'that field was taken as not set',
    })
  }
  return reads
}

const mostOddities = 50

function report({ resource, namespace, name, reason, message }: MissingRead, consequence: string): Incomplete {
  return {
    resource,
    ...(namespace === undefined ? {} : { namespace }),
    ...(name === undefined ? {} : { name }),
    reason,
    message,
    consequence,
  }
}

function consequenceOf({ resource, name }: MissingRead): string {
  if (resource === 'secrets' || resource === 'configmaps')
    return 'Helm releases are known only by labels and annotations'
  if (resource === 'events') return 'what controllers tried and failed to do is unknown'
  return name === undefined
    ? `owners of this kind are named, but not followed further`
    : 'the chain of owners ends there'
}
