import type { ClusterState, MissingRead } from '#model/cluster-state.ts'
import { type SchedulerKind, schedulerKinds } from '#model/kinds.ts'
import type { Incomplete } from '#report/explain-report.ts'

/** What is not known without a kind, as a clause. */
export const consequences: { readonly [K in SchedulerKind]: string } = {
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
    const { missing, readNamespaces = [] } = state.lists[kind]
    // A cluster that could not be read at all is said once.
    if (missing === undefined || missing.resource === 'cluster') continue
    // Of claims those of the Pod's own namespace are all that matters; of Pods, those elsewhere take room too.
    const partly = readNamespaces.length > 0 && kind !== 'pods'
    reads.push(
      report(missing, partly ? `only those of namespace ${readNamespaces.join(', ')} are known` : consequences[kind]),
    )
  }
  // An object that is not there is known not to be there.
  const others = state.missing.filter(({ reason, name }) => reason !== 'NotFound' || name === undefined)
  for (const missing of others.sort(byKey(readKey))) {
    const read = report(missing, missing.aside === true ? aside : consequenceOf(missing))
    reads.push(missing.aside === true ? { ...read, minor: true } : read)
  }
  const oddities = [...state.oddities].sort(byKey(oddityKey)).slice(0, mostOddities)
  for (const { kind, namespace, name, path, problem } of oddities) {
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

const aside = 'how a known system is set up is known only in part'

const mostOddities = 50

/** Reads come back in whatever order the server answers them. */
function byKey<T>(keyOf: (one: T) => string): (a: T, b: T) => number {
  return (a, b) => {
    const [left, right] = [keyOf(a), keyOf(b)]
    return left < right ? -1 : left > right ? 1 : 0
  }
}

function readKey({ resource, namespace = '', name = '', message }: MissingRead): string {
  return `${resource} ${namespace} ${name} ${message}`
}

function oddityKey({ kind, namespace = '', name, path }: ClusterState['oddities'][number]): string {
  return `${kind} ${namespace} ${name} ${path}`
}

function report({ resource, namespace, name, reason, message }: MissingRead, consequence: string): Incomplete {
  return {
    resource,
    ...(namespace === undefined ? {} : { namespace }),
    ...(name === undefined ? {} : { name }),
    reason,
    message,
    consequence,
    ...(consequence === minor[resource] && resource !== 'events' ? { minor: true } : {}),
  }
}

/** Reads that add to an answer and take nothing from it where they are missing. */
const minor: Readonly<Record<string, string>> = {
  events: 'what controllers tried and failed to do is unknown',
  namespaces: 'what annotations of the namespace add to its Pods is unknown',
  resourcequotas: 'how much of the quota is used now is unknown',
  'validatingwebhookconfigurations.admissionregistration.k8s.io': 'whether a webhook waits for these Pods is unknown',
  'mutatingwebhookconfigurations.admissionregistration.k8s.io': 'whether a webhook waits for these Pods is unknown',
  services: 'whether selectors of Services match too much is unknown',
  'poddisruptionbudgets.policy': 'whether selectors of PodDisruptionBudgets match too much is unknown',
  'endpointslices.discovery.k8s.io': 'which Pods are behind a Service is unknown',
  'daemonsets.apps': 'whether a device plugin is there is unknown',
}

function consequenceOf({ resource, name }: MissingRead): string {
  if (resource === 'cluster') return 'nothing is known of this cluster'
  if (resource === 'secrets' || resource === 'configmaps')
    return 'Helm releases are known only by labels and annotations'
  const known = Object.hasOwn(minor, resource) ? minor[resource] : undefined
  if (known !== undefined) return known
  if (resource === 'pods') return 'whether that Pod exists is unknown'
  return name === undefined
    ? `owners of this kind are named, but not followed further`
    : 'the chain of owners ends there'
}
