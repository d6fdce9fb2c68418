import { templateOf } from '#components/subject.ts'
import { type Inquiry, whoseIs } from '#diagnosis/inquiry.ts'
import { ownershipPart } from '#diagnosis/ownership-part.ts'
import { serviceSelects } from '#diagnosis/services.ts'
import { pick } from '#diagnosis/states/judgement.ts'
import { isReady, waitingClause } from '#diagnosis/waits/waiting-clause.ts'
import { asSentence } from '#diagnosis/words.ts'
import type { ApiObject } from '#model/cluster-state.ts'
import { annotationOf, isRecord, valueAt } from '#model/raw-object.ts'
import type { Labels } from '#model/selector.ts'
import type { Wait } from '#report/explain-parts.ts'
import type { Cause, Diagnosis } from '#report/explain-report.ts'
import { type Refusal, refusalOf } from './refusal.ts'
import type { ShortOfPods } from './short-of-pods.ts'

/** The diagnosis of a controller whose Pods are refused before they exist: no Pods, and why there are none. */
export function refusedDiagnosis(short: ShortOfPods, inquiry: Inquiry): Diagnosis {
  const { object, wanted, there, said, since } = short
  const refusal = refusalOf(said)
  const lacking = wanted - there
  const has = there === 0 ? 'none' : `${there} of ${wanted}`
  const count =
    wanted === 1 && there === 0
      ? 'its Pod'
      : there === 0
        ? `any of its ${wanted} Pods`
        : `${pick(lacking, 'one', String(lacking))} of its ${wanted} Pods`
  const answer = `${object.kind} ${object.metadata.name ?? ''} cannot make ${count}: ${refusal.why}.`
  const waitsFor = backendWaits(refusal, inquiry)
  const cause: Cause = {
    code: refusal.code,
    summary: asSentence(refusal.why),
    wanted,
    created: there,
    serverMessage: refusal.message,
    ...(refusal.quota === undefined
      ? {}
      : { quota: refusal.quota, amounts: amountsOf(refusal, object.metadata.namespace, inquiry) }),
    ...(since === undefined ? {} : { since }),
  }
  return {
    pods: [],
    state: 'NotCreated',
    answer,
    message: null,
    schedulerMessage: null,
    ...ownershipPart(whoseIs(object, inquiry.state), object),
    podBlockers: [],
    nodes: { total: inquiry.state.lists.nodes.items.length, feasible: [], blocked: [], undetermined: [] },
    causes: [cause],
    ...(waitsFor.length === 0 ? {} : { waitsFor }),
    remedies: [],
    notes: [
      `it has ${has === 'none' ? 'no Pod' : has}; no Pod is Pending, so \`kubectl get pods\` shows nothing`,
      ...(isItsOwnWebhook(object, refusal, inquiry)
        ? [
            `its own Pods stand behind that webhook, so neither can start before the other: leave its namespace out of the webhook, or set its failurePolicy to Ignore until they run`,
          ]
        : refusal.mend === undefined
          ? []
          : [refusal.mend]),
      ...(refusal.code === 'NamespaceSelectorConflict' ? selectorsOf(object, inquiry) : []),
      ...nextLimits(refusal, object.metadata.namespace, inquiry),
    ],
  }
}

/** Whether the Pods that the webhook keeps out are those that would answer it. */
function isItsOwnWebhook(object: ApiObject, { service }: Refusal, { index }: Inquiry): boolean {
  if (service === undefined || service.namespace !== object.metadata.namespace) return false
  const found = index.find('v1', 'Service', service.namespace, service.name)
  const labels = templateOf(object)?.labels
  if (found === undefined || !isRecord(labels)) return false
  const { namespace } = service
  return serviceSelects(found, { metadata: { namespace, labels: labels as Labels }, spec: {}, status: {} })
}

/** The two node selectors that contradict each other, as far as they can be read. */
function selectorsOf(object: ApiObject, { index }: Inquiry): readonly string[] {
  const text = (value: unknown): string =>
    isRecord(value)
      ? Object.entries(value)
          .map(([key, one]) => `${key}=${String(one)}`)
          .join(',')
      : ''
  const own = text(valueAt(templateOf(object)?.spec, 'nodeSelector'))
  const namespace = index.find('v1', 'Namespace', undefined, object.metadata.namespace ?? '')
  const annotated = namespace === undefined ? undefined : annotationOf(namespace, namespaceSelector)
  return [
    ...(own === '' ? [] : [`its template asks for ${own}`]),
    ...(annotated === undefined ? [] : [`its namespace adds ${annotated}`]),
  ]
}

const namespaceSelector = 'scheduler.alpha.kubernetes.io/node-selector'

/** What the quota holds now, where it could be read; the server's message is of the last try. */
function amountsOf({ quota = '', amounts = [] }: Refusal, namespace: string | undefined, inquiry: Inquiry) {
  const object = inquiry.index.find('v1', 'ResourceQuota', namespace, quota)
  const now = (part: string, resource: string): string | undefined => {
    const values = valueAt(object, 'status', part)
    const value = isRecord(values) && Object.hasOwn(values, resource) ? values[resource] : undefined
    return typeof value === 'string' ? value : undefined
  }
  return amounts.map((one) => ({
    ...one,
    used: now('used', one.resource) ?? one.used,
    limited: now('hard', one.resource) ?? one.limited,
  }))
}

/** A quota that is full in several ways is said to be so by the server at once; other quotas come after it. */
function nextLimits({ code, quota }: Refusal, namespace: string | undefined, { index }: Inquiry): readonly string[] {
  if (code !== 'QuotaExceeded') return []
  const others = index
    .ofKind('', 'ResourceQuota')
    .filter(({ metadata }) => metadata.namespace === namespace && metadata.name !== quota)
  return others.length === 0
    ? []
    : [`the namespace has other quotas as well: ${others.map(({ metadata }) => metadata.name ?? '').join(', ')}`]
}

/** The Pods behind a webhook that does not answer. */
function backendWaits({ webhook = '', service }: Refusal, inquiry: Inquiry): readonly Wait[] {
  if (service === undefined) return []
  const object = inquiry.index.find('v1', 'Service', service.namespace, service.name)
  const pods =
    object === undefined ? [] : inquiry.podsIn(service.namespace).filter((pod) => serviceSelects(object, pod))
  const hook = {
    kind: 'Webhook',
    name: webhook,
    role: 'admission webhook',
    about: `Service ${service.namespace}/${service.name}`,
  }
  if (object === undefined) return [{ ...hook, why: 'its Service was not read, or does not exist' }]
  const waiting = pods.filter((pod) => !isReady(pod))
  if (pods.some(isReady)) return []
  if (waiting.length === 0) return [{ ...hook, why: 'no Pod stands behind its Service' }]
  const waitsFor = waiting.slice(0, 3).map((pod) => ({
    kind: 'Pod',
    namespace: pod.metadata.namespace ?? '',
    name: pod.metadata.name ?? '',
    role: 'backend Pod',
    why: waitingClause(pod, inquiry),
  }))
  return [{ ...hook, why: 'no Pod behind its Service is ready', waitsFor }]
}
