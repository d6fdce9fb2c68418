import { evictionOf } from '#diagnosis/eviction.ts'
import type { Inquiry } from '#diagnosis/inquiry.ts'
import { autoscalerReasons } from '#diagnosis/notes/autoscaler.ts'
import { needsNode, type Scope } from '#diagnosis/scope.ts'
import { claimFacts, claimsOf, claimWait } from '#diagnosis/waits/claim.ts'
import { knownProvisioner } from '#diagnosis/waits/provisioners.ts'
import type { Pod } from '#model/api/pod.ts'
import type { ListWant, Want } from '#model/want.ts'

/** From this many objects on, one list of a namespace is less work for the server than a list for each. */
const listFrom = 5

/** The Events that the answer about these Pods needs: of Pods that do not start, of claims that are waited for, of refusals. */
export function eventWants(pods: readonly Pod[], scope: Scope, inquiry: Inquiry): readonly Want[] {
  return [
    ...refusals(scope),
    ...ofPods(pods.filter(needsOwnEvents)),
    ...ofAutoscalers(pods, scope, inquiry),
    ...evictions(pods, inquiry),
    ...ofClaims(pods, inquiry),
  ]
}

/** What controllers were refused, wherever the question looks for Pods that may not exist. */
function refusals({ named, namespace }: Scope): readonly Want[] {
  if (named === undefined) return [eventList(namespace, 'reason=FailedCreate')]
  const workloads = named.filter(({ group }) => group === 'apps' || group === 'batch')
  if (workloads.length === 0 || namespace === undefined) return []
  const own = workloads.map(({ kind, name }) =>
    eventList(namespace, `involvedObject.kind=${kind},involvedObject.name=${name}`),
  )
  return [eventList(namespace, 'reason=FailedCreate'), ...own]
}

/** Pods that have a node and do not run, that a queue holds back, or that another scheduler looks after. */
function needsOwnEvents({ metadata, spec, status }: Pod): boolean {
  if ((spec.nodeName ?? '') !== '') return (status.phase ?? 'Pending') === 'Pending'
  const isGated = (spec.schedulingGates ?? []).length > 0
  const isOthers = (spec.schedulerName ?? '') !== '' && spec.schedulerName !== 'default-scheduler'
  return isOthers || (isGated && metadata.labels?.['kueue.x-k8s.io/queue-name'] !== undefined)
}

function ofPods(pods: readonly Pod[]): readonly Want[] {
  return perNamespace(
    pods.map(({ metadata }) => ({ namespace: metadata.namespace ?? '', name: metadata.name ?? '' })),
    'Pod',
  )
}

/** What autoscalers said of Pods that look for a node. */
function ofAutoscalers(pods: readonly Pod[], { namespace }: Scope, inquiry: Inquiry): readonly Want[] {
  const places = [...new Set(pods.filter(needsNode).map(({ metadata }) => metadata.namespace ?? ''))]
  if (places.length === 0) return []
  const wide = namespace === undefined || places.length > 1 ? undefined : namespace
  return autoscalerReasons(inquiry).map((reason) => eventList(wide, `reason=${reason}`))
}

/** Whether Pods of the same owner were evicted before. */
function evictions(pods: readonly Pod[], inquiry: Inquiry): readonly Want[] {
  const places = pods
    .filter((pod) => evictionOf(pod, inquiry.nodeNamed(pod.spec.nodeName ?? '')) !== undefined)
    .map(({ metadata }) => metadata.namespace ?? '')
  return [...new Set(places)].map((namespace) => eventList(namespace, 'reason=TaintManagerEviction'))
}

/** What provisioners said of the claims that are waited for; and whether helper Pods of theirs were evicted. */
function ofClaims(pods: readonly Pod[], inquiry: Inquiry): readonly Want[] {
  const waited = pods.flatMap((pod) =>
    claimsOf(pod, inquiry).filter((claim) => claimWait(claim, inquiry) !== undefined),
  )
  const helpers = waited.some((claim) => {
    const provisioner = claimFacts(claim, inquiry).provisioner
    return provisioner !== undefined && knownProvisioner(provisioner)?.helpers !== undefined
  })
  const names = waited.map(({ metadata }) => ({ namespace: metadata.namespace ?? '', name: metadata.name ?? '' }))
  return [
    ...perNamespace(names, 'PersistentVolumeClaim'),
    ...(helpers ? [eventList(undefined, 'reason=TaintManagerEviction')] : []),
  ]
}

function perNamespace(objects: readonly { namespace: string; name: string }[], kind: string): readonly Want[] {
  const places = new Map<string, Set<string>>()
  for (const { namespace, name } of objects) places.set(namespace, (places.get(namespace) ?? new Set()).add(name))
  return [...places].flatMap(([namespace, names]) =>
    names.size >= listFrom
      ? [eventList(namespace, `involvedObject.kind=${kind}`)]
      : [...names].map((name) => eventList(namespace, `involvedObject.kind=${kind},involvedObject.name=${name}`)),
  )
}

function eventList(namespace: string | undefined, fieldSelector: string): ListWant {
  return {
    kind: 'list',
    group: '',
    resource: 'events',
    fieldSelector,
    ...(namespace === undefined ? {} : { namespace }),
  }
}
