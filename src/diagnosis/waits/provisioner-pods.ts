import { lastOf } from '#diagnosis/events.ts'
import type { Inquiry } from '#diagnosis/inquiry.ts'
import { needsNode } from '#diagnosis/scope.ts'
import { controllerOf } from '#model/api/meta.ts'
import type { Pod } from '#model/api/pod.ts'
import type { Wait } from '#report/explain-parts.ts'
import { taintText } from '#taints/exact-toleration.ts'
import type { ClaimFacts } from './claim.ts'
import { knownProvisioner, type Provisioner } from './provisioners.ts'
import { isReady, waitingClause } from './waiting-clause.ts'

/** What a claim's provisioner waits for: its helper Pods first, then its own Pods, then what it said last. */
export function provisionerWaits(facts: ClaimFacts, provisioner: string, inquiry: Inquiry): readonly Wait[] {
  const known = knownProvisioner(provisioner)
  const helpers = known?.helpers === undefined ? [] : helperWaits(facts, known, inquiry)
  if (helpers.length > 0) return helpers
  const pods = podsOf(facts, known, inquiry)
  const running = pods.filter(isReady)
  if (pods.length > 0 && running.length === 0) {
    return onePerOwner(pods).map((pod) => podWait(pod, 'provisioner Pod', inquiry))
  }
  const { node } = facts
  if (node !== undefined && inquiry.view.missing('nodes') === undefined && inquiry.nodeNamed(node) === undefined) {
    return [{ kind: 'Node', name: node, role: 'node', why: 'does not exist any more' }]
  }
  const nodePlugin = nodePluginWait(facts, provisioner, pods, inquiry)
  if (nodePlugin !== undefined) return [nodePlugin]
  const failed = lastOf(eventsOfClaim(facts, inquiry), 'ProvisioningFailed')
  const [first] = running
  if (first !== undefined) {
    return failed === undefined ? [] : [{ ...named(first, 'provisioner Pod'), why: `it failed: ${failed.message}` }]
  }
  return [unseenProvisioner(provisioner, failed?.message, inquiry)]
}

function unseenProvisioner(provisioner: string, failed: string | undefined, { view }: Inquiry): Wait {
  const base = { kind: 'Provisioner', name: provisioner, role: 'provisioner' }
  if (failed !== undefined) return { ...base, why: `it failed: ${failed}` }
  return view.missing('pods') === undefined
    ? { ...base, why: 'none of its Pods is known by name here: see that it runs' }
    : { ...base, why: 'its Pods are in a namespace that could not be read' }
}

function podWait(pod: Pod, role: string, inquiry: Inquiry): Wait {
  const { component } = inquiry.whoseOf(pod)
  const id = component === undefined ? {} : { component: component.id }
  return { ...named(pod, role), ...id, why: waitingClause(pod, inquiry) }
}

function named({ metadata }: Pod, role: string): Omit<Wait, 'why'> {
  return { kind: 'Pod', namespace: metadata.namespace ?? '', name: metadata.name ?? '', role }
}

/** The Pods of the provisioner itself: by the name its events give, else as its manifests name them. */
function podsOf(facts: ClaimFacts, known: Provisioner | undefined, inquiry: Inquiry): readonly Pod[] {
  const { items } = inquiry.state.lists.pods
  const said = eventsOfClaim(facts, inquiry).map(({ component }) => component)
  return items.filter(({ metadata, status }) => {
    if (status.phase === 'Succeeded' || status.phase === 'Failed') return false
    const name = metadata.name ?? ''
    if (isNamedIn(said, name)) return true
    return known?.pods.test(name) === true && !isHelper(metadata.ownerReferences)
  })
}

/** External provisioners write events as `PROVISIONER_POD_ID`. */
function isNamedIn(components: readonly string[], pod: string): boolean {
  return components.some((component) => component.split('_').at(-2) === pod && component.includes('_'))
}

function isHelper(ownerReferences: Pod['metadata']['ownerReferences']): boolean {
  return (ownerReferences ?? []).length === 0
}

function eventsOfClaim({ claim }: ClaimFacts, { events }: Inquiry) {
  return events.about('PersistentVolumeClaim', claim.metadata.namespace ?? '', claim.metadata.name ?? '')
}

function onePerOwner(pods: readonly Pod[]): readonly Pod[] {
  const byOwner = new Map<string, Pod>()
  for (const pod of pods) {
    const owner = controllerOf(pod.metadata)
    const key = owner?.uid ?? pod.metadata.uid ?? ''
    if (!byOwner.has(key) || needsNode(pod)) byOwner.set(key, pod)
  }
  return [...byOwner.values()]
}

/** The helper Pods that make this claim's volume, or the one of which only events are left. */
function helperWaits(facts: ClaimFacts, known: Provisioner, inquiry: Inquiry): readonly Wait[] {
  const helpers = helpersFor(facts, known, inquiry)
  if (helpers.length > 0) return helpers.map((pod) => podWait(pod, 'helper Pod', inquiry))
  const gone = goneHelper(facts, known, inquiry)
  if (gone === undefined) return []
  const { namespace, name, component } = gone
  const node = facts.node === undefined ? undefined : inquiry.nodeNamed(facts.node)
  const taints = (node?.spec.taints ?? []).filter(({ effect }) => effect === 'NoExecute').map(taintText)
  const by = taints.length === 0 ? 'a NoExecute taint of its node' : `taint ${taints.join(', ')} of node ${facts.node}`
  const from = known.template === undefined ? '' : `; what it tolerates stands in ${known.template}`
  return [
    {
      kind: 'Pod',
      namespace,
      name,
      role: 'helper Pod',
      ...(component === undefined ? {} : { component }),
      why: `gone: made, and evicted by ${by}${from}`,
    },
  ]
}

/** A helper Pod that was evicted and is gone: an event is all that is left of it until the provisioner tries again. */
export interface GoneHelper {
  readonly namespace: string
  readonly name: string
  readonly component: string | undefined
  /** Where it was put, as far as the claim tells. */
  readonly node: string | undefined
}

/** The helper Pod that was made for this claim and is gone; undefined where there is one, or none was evicted. */
export function goneHelper(facts: ClaimFacts, known: Provisioner, inquiry: Inquiry): GoneHelper | undefined {
  const uid = facts.claim.metadata.uid ?? ''
  if (uid === '' || helpersFor(facts, known, inquiry).length > 0) return undefined
  const evicted = inquiry.events
    .ofReason('TaintManagerEviction')
    .findLast(({ name }) => known.helpers?.test(name) === true && name.endsWith(`pvc-${uid}`))
  if (evicted === undefined) return undefined
  const { namespace, name } = evicted
  return { namespace, name, component: known.component, node: facts.node }
}

/** Helper Pods by the claim's uid in their name; where it is not in it, those meant for the same node. */
function helpersFor({ claim, node }: ClaimFacts, { helpers, pods }: Provisioner, inquiry: Inquiry): readonly Pod[] {
  const candidates = inquiry.state.lists.pods.items.filter(
    ({ metadata, status }) =>
      helpers?.test(metadata.name ?? '') === true &&
      isHelper(metadata.ownerReferences) &&
      status.phase !== 'Succeeded' &&
      status.phase !== 'Failed',
  )
  const uid = claim.metadata.uid ?? ''
  const own = candidates.filter(({ metadata }) => uid !== '' && (metadata.name ?? '').endsWith(`pvc-${uid}`))
  if (own.length > 0) return own
  return candidates.filter((pod) => {
    const name = pod.metadata.name ?? ''
    if (isForKnownClaim(name, inquiry) || isOlder(pod, claim.metadata.creationTimestamp)) return false
    const wanted = pod.spec.nodeSelector?.['kubernetes.io/hostname'] ?? pod.spec.nodeName
    return wanted === undefined || wanted === ''
      ? node === undefined || !pods.test(name)
      : isSameNode(wanted, node, inquiry)
  })
}

function isForKnownClaim(name: string, { state }: Inquiry): boolean {
  return state.lists.persistentvolumeclaims.items.some(
    ({ metadata }) => metadata.uid !== undefined && name.endsWith(`pvc-${metadata.uid}`),
  )
}

function isOlder(pod: Pod, than: string | undefined): boolean {
  return than !== undefined && (pod.metadata.creationTimestamp ?? than) < than
}

function isSameNode(hostname: string, node: string | undefined, inquiry: Inquiry): boolean {
  if (node === undefined) return false
  return hostname === node || inquiry.nodeNamed(node)?.metadata.labels?.['kubernetes.io/hostname'] === hostname
}

/** A CSI driver works on a node only where its plugin has registered there. */
function nodePluginWait(facts: ClaimFacts, driver: string, pods: readonly Pod[], inquiry: Inquiry): Wait | undefined {
  const { node } = facts
  if (node === undefined || inquiry.view.missing('csinodes') !== undefined) return undefined
  if (inquiry.view.find('csidrivers', '', driver).kind !== 'found') return undefined
  const csiNode = inquiry.view.find('csinodes', '', node)
  const drivers = csiNode.kind === 'found' ? (csiNode.object.spec.drivers ?? []) : []
  if (drivers.some(({ name }) => name === driver)) return undefined
  const plugin = pods.find((pod) => !isReady(pod) && isMeantFor(pod, node))
  const why = `driver ${driver} is not registered on it: its node plugin does not run there`
  const wait = { kind: 'CSINode', name: node, role: 'node', why }
  return plugin === undefined ? wait : { ...wait, waitsFor: [podWait(plugin, 'node plugin Pod', inquiry)] }
}

function isMeantFor({ spec }: Pod, node: string): boolean {
  if (spec.nodeName === node) return true
  const terms = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? []
  return terms.some(({ matchFields = [] }) => matchFields.some(({ values = [] }) => values.includes(node)))
}
