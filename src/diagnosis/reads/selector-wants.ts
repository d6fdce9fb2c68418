import type { Inquiry } from '#diagnosis/inquiry.ts'
import { overlapsOf } from '#diagnosis/overlap.ts'
import { needsNode } from '#diagnosis/scope.ts'
import { isReady } from '#diagnosis/waits/waiting-clause.ts'
import { controllerOf } from '#model/api/meta.ts'
import type { Pod } from '#model/api/pod.ts'
import { listAt, textAt } from '#model/raw-object.ts'
import type { ListWant, Want } from '#model/want.ts'

/** More namespaces than these are not searched for selectors that overlap. */
const mostNamespaces = 5

/** Labels that controllers give their Pods, which no other selector means. */
const ofControllers =
  /^(?:pod-template-hash|controller-uid|job-name|controller-revision-hash|pod-template-generation)$|^(?:batch|apps|statefulset)\.kubernetes\.io\//

/** What holds selectors, in the namespaces where one might match too much; and then the endpoints of those Services. */
export function selectorWants(pods: readonly Pod[], inquiry: Inquiry): readonly Want[] {
  const ofJobs = new Map<string, readonly Pod[]>()
  const jobPods = (namespace: string): readonly Pod[] => {
    const known =
      ofJobs.get(namespace) ?? inquiry.podsIn(namespace).filter((pod) => controllerOf(pod.metadata)?.kind === 'Job')
    ofJobs.set(namespace, known)
    return known
  }
  const doubtful = pods.filter((pod) => mayOverlap(pod, jobPods(pod.metadata.namespace ?? '')))
  const places = [...new Set(doubtful.map(({ metadata }) => metadata.namespace ?? ''))].sort().slice(0, mostNamespaces)
  return [
    ...places.flatMap((namespace) =>
      holders.map(({ group, resource }): ListWant => ({ kind: 'list', group, resource, namespace })),
    ),
    ...endpointWants(doubtful, inquiry),
  ]
}

const holders = [
  { group: 'apps', resource: 'deployments' },
  { group: 'apps', resource: 'replicasets' },
  { group: 'apps', resource: 'statefulsets' },
  { group: '', resource: 'services' },
  { group: 'policy', resource: 'poddisruptionbudgets' },
] as const

/** A Pod of a Job with labels of its own, or one that shares a label with the Pods of a Job. */
function mayOverlap(pod: Pod, jobPods: readonly Pod[]): boolean {
  const own = Object.entries(pod.metadata.labels ?? {}).filter(([key]) => !ofControllers.test(key))
  if (own.length === 0) return false
  if (controllerOf(pod.metadata)?.kind === 'Job') return true
  return jobPods.some((other) => own.some(([key, value]) => other.metadata.labels?.[key] === value))
}

function endpointWants(pods: readonly Pod[], inquiry: Inquiry): readonly Want[] {
  const services = pods.flatMap((pod) => overlapsOf(pod, inquiry)).filter(({ kind }) => kind === 'Service')
  return services.map(({ namespace = '', name }) => ({
    kind: 'list',
    group: 'discovery.k8s.io',
    resource: 'endpointslices',
    namespace,
    labelSelector: `kubernetes.io/service-name=${name}`,
  }))
}

/** Webhooks, where a workload waits of which no Pod is ready; and then the Services in its namespace behind them. */
export function webhookWants(pods: readonly Pod[], inquiry: Inquiry): readonly Want[] {
  const waiting = pods.filter((pod) => needsNode(pod) && isServer(pod))
  if (waiting.length === 0) return []
  const ready = new Set(inquiry.state.lists.pods.items.filter(isReady).map((pod) => controllerOf(pod.metadata)?.uid))
  const down = waiting.filter((pod) => !ready.has(controllerOf(pod.metadata)?.uid))
  if (down.length === 0) return []
  const places = new Set(down.map(({ metadata }) => metadata.namespace ?? ''))
  const group = 'admissionregistration.k8s.io'
  const hooks = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'].flatMap((kind) =>
    inquiry.index.ofKind(group, kind).flatMap((one) => listAt(one, 'webhooks')),
  )
  const services = hooks.flatMap((hook): readonly Want[] => {
    const namespace = textAt(hook, 'clientConfig', 'service', 'namespace')
    const name = textAt(hook, 'clientConfig', 'service', 'name')
    if (namespace === undefined || name === undefined || !places.has(namespace)) return []
    return inquiry.index.find('v1', 'Service', namespace, name) !== undefined
      ? []
      : [{ kind: 'object', apiVersion: 'v1', kindName: 'Service', namespace, name }]
  })
  return [
    { kind: 'list', group, resource: 'validatingwebhookconfigurations' },
    { kind: 'list', group, resource: 'mutatingwebhookconfigurations' },
    ...services,
  ]
}

function isServer(pod: Pod): boolean {
  return ['ReplicaSet', 'StatefulSet', 'DaemonSet'].includes(controllerOf(pod.metadata)?.kind ?? '')
}
