import type { Pod, PodSpec, PodStatus } from '#model/api/pod.ts'
import { parseQuantity } from '#model/quantity.ts'
import type { ClusterView, NodeView } from '#scheduler/framework/cluster-view.ts'
import { providedByDeviceClass } from '#scheduler/framework/extended-resources.ts'
import { type Because, fits, type Outcome, type Reason, refusedForGood } from '#scheduler/framework/outcome.ts'
import type { Plugin } from '#scheduler/framework/plugin.ts'
import { type Amounts, isRestartable, requestsOf, roundedAmount, usedBy } from '#scheduler/framework/pod-requests.ts'
import type { Rules } from '#scheduler/framework/rules.ts'

const sidecarsOff = 'Pod has a restartable init container and the SidecarContainers feature is disabled'

/**
 * Refuses a node without room for one more Pod, or for what this one requests. All shortages are reported together.
 * Since 1.34 a request above the node's allocatable amount is final: preemption cannot help.
 * @see noderesources/fit.go PreFilter, fitsRequest (kubernetes v1.36.2)
 */
export const nodeResourcesFit: Plugin = {
  name: 'NodeResourcesFit',
  prepare(pod, cluster, rules) {
    if (!rules.sidecars && (pod.spec.initContainers ?? []).some(isRestartable)) {
      const refusal = refusedForGood({ text: sidecarsOff, fact: { kind: 'Error', message: sidecarsOff } })
      return { kind: 'filter', filter: () => refusal }
    }
    const wanted = [...requestsOf(pod, rules)].filter(([name, amount]) => amount > 0n && isCounted(name))
    const delegated = delegatedToDevices(cluster, rules)
    const missing = cluster.missing('pods')
    const unread: Because[] = missing === undefined ? [] : [{ kind: 'MissingRead', read: missing }]
    return { kind: 'filter', filter: (node) => judge(node, roomOf(node, rules), { wanted, delegated, unread, rules }) }
  },
}

type Delegated = (resource: string) => 'yes' | 'no' | Because

interface Question {
  /** What the Pod requests, without zeros. */
  readonly wanted: readonly (readonly [string, bigint])[]
  readonly delegated: Delegated
  readonly unread: readonly Because[]
  readonly rules: Rules
}

function judge(node: NodeView, room: Room, question: Question): Outcome {
  const { unread, rules } = question
  const reasons: Reason[] = []
  const running = BigInt(node.pods.length)
  const places = room.allocatable.get('pods') ?? 0n
  if (running + 1n > places) {
    reasons.push({ text: 'Too many pods', fact: { kind: 'TooManyPods', running, allocatable: places } })
  }
  const { short, tooSmall, because } = shortages(room, question)
  for (const reason of short) reasons.push(reason)
  const missing = [...unread, ...because]
  if (reasons.length === 0) return missing.length === 0 ? fits : { kind: 'unknown', because: missing }
  const outcome = { kind: 'refused', resolvable: !(tooSmall && rules.tooSmallIsUnresolvable), reasons } as const
  return missing.length === 0 ? outcome : { ...outcome, incomplete: missing }
}

interface Shortages {
  readonly short: readonly Reason[]
  /** The node would be too small even when empty. */
  readonly tooSmall: boolean
  readonly because: readonly Because[]
}

const none: Shortages = { short: [], tooSmall: false, because: [] }

function shortages(room: Room, { wanted, delegated }: Question): Shortages {
  let short: Reason[] | undefined
  let because: Because[] | undefined
  let tooSmall = false
  for (const [resource, requested] of wanted) {
    const offered = room.allocatable.get(resource) ?? 0n
    const byDevices = offered <= 0n && isScalar(resource) ? delegated(resource) : 'no'
    if (byDevices === 'yes') continue
    if (byDevices !== 'no') because = [...(because ?? []), byDevices]
    else if (requested > offered - (room.used.get(resource) ?? 0n)) {
      short = [...(short ?? []), shortage(resource, requested, room)]
      tooSmall ||= requested > offered
    }
  }
  return short === undefined && because === undefined ? none : { short: short ?? [], because: because ?? [], tooSmall }
}

function shortage(resource: string, requested: bigint, { allocatable, used }: Room): Reason {
  const offered = allocatable.get(resource) ?? 0n
  const fact = {
    kind: 'Insufficient',
    resource,
    requested,
    used: used.get(resource) ?? 0n,
    allocatable: offered,
  } as const
  return { text: `Insufficient ${resource}`, fact }
}

interface Room {
  readonly allocatable: Amounts
  readonly used: Amounts
}

const rooms = new WeakMap<NodeView, { rules: Rules; room: Room }>()
const taken = new WeakMap<object, Taken>()

interface Taken {
  readonly rules: Rules
  readonly initContainers: PodSpec['initContainers']
  readonly overhead: PodSpec['overhead']
  readonly resources: PodSpec['resources']
  readonly status: PodStatus
  readonly amounts: Amounts
}

/** What the node offers and what its Pods take of it. */
function roomOf(node: NodeView, rules: Rules): Room {
  const known = rooms.get(node)
  if (known?.rules === rules) return known.room
  const used = new Map<string, bigint>()
  for (const pod of node.pods) {
    for (const [name, amount] of takenBy(pod, rules)) {
      if (isCounted(name)) used.set(name, (used.get(name) ?? 0n) + amount)
    }
  }
  const allocatable = new Map<string, bigint>()
  for (const [name, text] of Object.entries(node.node.status.allocatable ?? {})) {
    allocatable.set(name, roundedAmount(name, parseQuantity(text) ?? 0n))
  }
  const room = { allocatable, used }
  rooms.set(node, { rules, room })
  return room
}

/** Pods of one template share these parts and take the same: it is worked out once for them. */
function takenBy(pod: Pod, rules: Rules): Amounts {
  const { containers, initContainers, overhead, resources } = pod.spec
  const { status } = pod
  const known = containers === undefined ? undefined : taken.get(containers)
  if (
    known?.rules === rules &&
    known.initContainers === initContainers &&
    known.overhead === overhead &&
    known.resources === resources &&
    known.status === status
  ) {
    return known.amounts
  }
  const amounts = usedBy(pod, rules)
  if (containers !== undefined) taken.set(containers, { rules, initContainers, overhead, resources, status, amounts })
  return amounts
}

/** Whether the DynamicResources plugin answers for a resource that the node itself does not offer. */
function delegatedToDevices(cluster: ClusterView, rules: Rules): Delegated {
  if (!rules.dynamicResourcesExtras) return () => 'no'
  const { names, missing } = providedByDeviceClass(cluster)
  return (resource) => {
    if (names.has(resource)) return 'yes'
    return missing === undefined ? 'no' : { kind: 'MissingRead', read: missing }
  }
}

function isCounted(resource: string): boolean {
  return resource === 'cpu' || resource === 'memory' || resource === 'ephemeral-storage' || isScalar(resource)
}

/** Extended resources, huge pages, attachable volumes and everything else of kubernetes.io. */
function isScalar(resource: string): boolean {
  if (resource.startsWith('hugepages-') || resource.startsWith('attachable-volumes-')) return true
  if (resource.includes('kubernetes.io/')) return true
  return resource.includes('/') && !resource.startsWith('requests.')
}
