import { selectorFactsOf } from '#components/registry.ts'
import type { LabelSelector, LabelSelectorRequirement } from '#model/api/meta.ts'
import type { Pod } from '#model/api/pod.ts'
import type { ApiObject } from '#model/cluster-state.ts'
import { isRecord, listAt, textAt, valueAt } from '#model/raw-object.ts'
import { selectorProblem, selects } from '#model/selector.ts'
import type { ObjectName, Overlap } from '#report/explain-parts.ts'
import type { Inquiry, Whose } from './inquiry.ts'
import { serviceSelects } from './services.ts'

/**
 * Selectors of the Pod's namespace that match it although it is another owner's, or that match it rightly and another
 * owner's Pods too. Owners are those of `ownerReferences`; what a label selector says of a Pod is no owner.
 */
export function overlapsOf(pod: Pod, inquiry: Inquiry): readonly Overlap[] {
  const found = controllers.flatMap(({ group, kind }) =>
    inquiry.index.ofKind(group, kind).flatMap((object) => controllerOverlap(object, pod, inquiry)),
  )
  const services = inquiry.index.ofKind('', 'Service').flatMap((service) => serviceOverlap(service, pod, inquiry))
  const budgets = inquiry.index
    .ofKind('policy', 'PodDisruptionBudget')
    .flatMap((one) => budgetOverlap(one, pod, inquiry))
  const all = [...found, ...services, ...budgets]
  if (all.length === 0) return []
  const [mended] = selectorFactsOf(inquiry.whoseOf(pod).question)
  return mended === undefined ? all : all.map((one) => ({ ...one, mended }))
}

const controllers = [
  { group: 'apps', kind: 'Deployment' },
  { group: 'apps', kind: 'ReplicaSet' },
  { group: 'apps', kind: 'StatefulSet' },
  { group: 'apps', kind: 'DaemonSet' },
  { group: '', kind: 'ReplicationController' },
] as const

function controllerOverlap(object: ApiObject, pod: Pod, inquiry: Inquiry): readonly Overlap[] {
  const matches = matcherOf(object)
  if (matches === undefined || object.metadata.namespace !== pod.metadata.namespace || !matches(pod)) return []
  const others = othersMatched(matches, pod, inquiry, (whose) => isOwnedBy(whose, object))
  if (others.length === 0) return []
  const name = `${object.kind} ${object.metadata.name ?? ''}`
  const consequence =
    object.kind === 'Deployment'
      ? `By its labels ${name} seems to own them, and \`kubectl logs\` or a wait for it may pick them; it owns only what its ownerReferences say.`
      : `${name} leaves them alone while another controller owns them, and takes over those without one.`
  return [{ ...nameOf(object), alsoMatches: others, consequence }]
}

/** A Service may well select Pods of several Deployments; the Pods of Jobs hardly ever belong behind one. */
function serviceOverlap(service: ApiObject, pod: Pod, inquiry: Inquiry): readonly Overlap[] {
  if (!serviceSelects(service, pod)) return []
  const others = othersMatched(
    (one) => serviceSelects(service, one),
    pod,
    inquiry,
    (whose) => !isOfJob(whose),
  )
  const serves = inquiry
    .podsIn(pod.metadata.namespace ?? '')
    .some((one) => serviceSelects(service, one) && !isOfJob(inquiry.whoseOf(one)))
  if (others.length === 0 || !serves) return []
  const wrong = endpointsOf(service, others, inquiry)
  const consequence =
    wrong.length === 0
      ? `Once they are ready, Service ${service.metadata.name ?? ''} sends requests to them too.`
      : `Endpoints of Service ${service.metadata.name ?? ''} hold ${wrong.join(', ')}: requests go there too.`
  return [{ ...nameOf(service), alsoMatches: others, consequence }]
}

function budgetOverlap(budget: ApiObject, pod: Pod, inquiry: Inquiry): readonly Overlap[] {
  const matches = matcherOf(budget)
  if (matches === undefined || budget.metadata.namespace !== pod.metadata.namespace || !matches(pod)) return []
  const others = othersMatched(matches, pod, inquiry, (whose) => !isOfJob(whose))
  const serves = inquiry
    .podsIn(pod.metadata.namespace ?? '')
    .some((one) => matches(one) && !isOfJob(inquiry.whoseOf(one)))
  if (others.length === 0 || !serves) return []
  const consequence = `PodDisruptionBudget ${budget.metadata.name ?? ''} counts them: how many Pods may be evicted comes out wrong.`
  return [{ ...nameOf(budget), alsoMatches: others, consequence }]
}

/** The Pods that are matched and should not be, by their roots. */
function othersMatched(
  matches: (pod: Pod) => boolean,
  pod: Pod,
  inquiry: Inquiry,
  isRight: (whose: Whose) => boolean,
): Overlap['alsoMatches'] {
  const byRoot = new Map<string, { name: ObjectName; pods: string[] }>()
  for (const other of inquiry.podsIn(pod.metadata.namespace ?? '')) {
    if (isFinished(other) || !matches(other)) continue
    const whose = inquiry.whoseOf(other)
    if (isRight(whose)) continue
    const { root } = whose
    const key = root.metadata.uid ?? `${root.kind} ${root.metadata.name ?? ''}`
    const known = byRoot.get(key) ?? { name: nameOf(root), pods: [] }
    byRoot.set(key, known)
    known.pods.push(other.metadata.name ?? '')
  }
  return [...byRoot.values()].map(({ name, pods }) => ({ ...name, pods: pods.sort() }))
}

function isFinished({ status }: Pod): boolean {
  return status.phase === 'Succeeded' || status.phase === 'Failed'
}

function isOwnedBy({ chain }: Whose, object: ApiObject): boolean {
  return chain.owners.some(({ uid, kind, name }) =>
    uid !== null && object.metadata.uid !== undefined
      ? uid === object.metadata.uid
      : kind === object.kind && name === object.metadata.name,
  )
}

function isOfJob({ chain, root }: Whose): boolean {
  return root.kind === 'Job' || root.kind === 'CronJob' || chain.owners.some(({ kind }) => kind === 'Job')
}

/** The Pods among those that EndpointSlices of the Service name. */
function endpointsOf(service: ApiObject, others: Overlap['alsoMatches'], { index }: Inquiry): readonly string[] {
  const names = new Set(others.flatMap(({ pods }) => pods))
  const held = index
    .ofKind('discovery.k8s.io', 'EndpointSlice')
    .filter(
      ({ metadata }) =>
        metadata.namespace === service.metadata.namespace &&
        metadata.labels?.['kubernetes.io/service-name'] === service.metadata.name,
    )
    .flatMap((slice) => listAt(slice, 'endpoints').flatMap((endpoint) => textAt(endpoint, 'targetRef', 'name') ?? []))
  return [...new Set(held)].filter((name) => names.has(name)).sort()
}

/** What a selector in `spec.selector` matches; a ReplicationController's is a plain map. */
function matcherOf(object: ApiObject): ((pod: Pod) => boolean) | undefined {
  const raw = valueAt(object, 'spec', 'selector')
  if (!isRecord(raw)) return undefined
  const selector = object.kind === 'ReplicationController' ? { matchLabels: strings(raw) } : readSelector(raw)
  const isEmpty = Object.keys(selector.matchLabels ?? {}).length + (selector.matchExpressions ?? []).length === 0
  if (isEmpty || selectorProblem(selector) !== undefined) return undefined
  return (pod) => selects(selector, pod.metadata.labels)
}

function readSelector(raw: Readonly<Record<string, unknown>>): LabelSelector {
  const matchExpressions = listAt(raw, 'matchExpressions').map((part): LabelSelectorRequirement => {
    const values = listAt(part, 'values').filter((value) => typeof value === 'string')
    return { key: textAt(part, 'key') ?? '', operator: textAt(part, 'operator') ?? '', values }
  })
  return { matchLabels: strings(valueAt(raw, 'matchLabels')), matchExpressions }
}

function strings(raw: unknown): Record<string, string> {
  if (!isRecord(raw)) return {}
  return Object.fromEntries(Object.entries(raw).filter((pair): pair is [string, string] => typeof pair[1] === 'string'))
}

function nameOf({ kind, metadata }: ApiObject): ObjectName {
  const { namespace, name = '' } = metadata
  return { kind, ...(namespace === undefined ? {} : { namespace }), name }
}
