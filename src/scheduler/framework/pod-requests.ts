import type { ResourceList } from '#model/api/meta.ts'
import type { Container, ContainerStatus, Pod } from '#model/api/pod.ts'
import { milli, parseQuantity, type Quantity, whole } from '#model/quantity.ts'
import type { Rules } from './rules.ts'

/** Amounts by resource name: `cpu` in thousandths, everything else in whole units. */
export type Amounts = ReadonlyMap<string, bigint>

type Sums = Map<string, Quantity>

/**
 * What a Pod asks of its node, by its spec alone: how a Pod that waits is counted.
 * @see component-helpers/resource/helpers.go PodRequests (kubernetes v1.36.2)
 */
export function requestsOf(pod: Pod, rules: Rules): Amounts {
  return rounded(total(pod, rules, (container) => container.resources?.requests))
}

/**
 * What a Pod takes of its node: what it asks, or what its containers were given by a resize, whichever is more.
 * @see component-helpers/resource/helpers.go PodRequests, determineEffectiveRequests (kubernetes v1.36.2)
 */
export function usedBy(pod: Pod, rules: Rules): Amounts {
  const statuses = [...(pod.status.containerStatuses ?? []), ...(pod.status.initContainerStatuses ?? [])]
  if (!rules.containerResize || !statuses.some((status) => status.resources !== undefined)) {
    if (!rules.podLevelResize || pod.status.resources === undefined) return requestsOf(pod, rules)
  }
  const byName = new Map(statuses.map((status) => [status.name ?? '', status]))
  const effective = (container: Container): ResourceList | undefined => {
    const status = byName.get(container.name ?? '')
    if (!rules.containerResize || status?.resources === undefined) return container.resources?.requests
    return actual(pod, container.resources?.requests, status)
  }
  return rounded(total(pod, rules, effective, rules.podLevelResize))
}

/** Whether the init container keeps running beside the others (a sidecar). */
export function isRestartable(container: Container): boolean {
  return container.restartPolicy === 'Always'
}

function total(
  pod: Pod,
  rules: Rules,
  requests: (container: Container) => ResourceList | undefined,
  podStatusCounts = false,
): Sums {
  const sums = containersTotal(pod, requests)
  if (rules.podLevelResources) {
    const own = podLevel(pod, podStatusCounts)
    for (const [name, amount] of own) sums.set(name, amount)
  }
  add(sums, pod.spec.overhead)
  return sums
}

/** The larger of what runs at once in the end and what the init containers need on the way there. */
function containersTotal(pod: Pod, requests: (container: Container) => ResourceList | undefined): Sums {
  const sums: Sums = new Map()
  for (const container of pod.spec.containers ?? []) add(sums, requests(container))
  const sidecars: Sums = new Map()
  const peak: Sums = new Map()
  for (const container of pod.spec.initContainers ?? []) {
    if (isRestartable(container)) {
      add(sums, requests(container))
      add(sidecars, requests(container))
      raise(peak, sidecars)
    } else {
      const step: Sums = new Map(sidecars)
      // An ordinary init container counts by its spec, also where its status says otherwise.
      add(step, container.resources?.requests)
      raise(peak, step)
    }
  }
  raise(sums, peak)
  return sums
}

/** The Pod-level requests, which replace what the containers add up to. */
function podLevel(pod: Pod, statusCounts: boolean): Sums {
  const own: Sums = new Map()
  const spec = pod.spec.resources?.requests
  if (spec === undefined) return own
  const { resources, allocatedResources } = pod.status
  const seen: ResourceList | undefined =
    statusCounts && resources !== undefined
      ? actual(pod, spec, allocatedResources === undefined ? { resources } : { resources, allocatedResources })
      : spec
  for (const name of Object.keys(spec)) {
    if (name !== 'cpu' && name !== 'memory' && !name.startsWith('hugepages-')) continue
    own.set(name, parseQuantity(seen?.[name] ?? '0') ?? 0n)
  }
  return own
}

/** The most of what was asked, what is in force and what was promised; what was asked and refused for good is left out. */
function actual(pod: Pod, spec: ResourceList | undefined, status: ContainerStatus): ResourceList {
  const resize = pod.status.conditions?.find((condition) => condition.type === 'PodResizePending')
  const lists = [status.resources?.requests, status.allocatedResources]
  if (resize?.reason !== 'Infeasible') lists.push(spec)
  const most = new Map<string, string>()
  for (const list of lists) {
    for (const [name, text] of Object.entries(list ?? {})) {
      const known = most.get(name)
      if (known === undefined || (parseQuantity(text) ?? 0n) > (parseQuantity(known) ?? 0n)) most.set(name, text)
    }
  }
  return Object.fromEntries(most)
}

function add(sums: Sums, list: ResourceList | undefined): void {
  if (list === undefined) return
  for (const [name, text] of Object.entries(list)) sums.set(name, (sums.get(name) ?? 0n) + (parseQuantity(text) ?? 0n))
}

function raise(sums: Sums, to: Sums): void {
  for (const [name, amount] of to) {
    const known = sums.get(name)
    if (known === undefined || amount > known) sums.set(name, amount)
  }
}

/** Rounded up once, at the end: CPU to thousandths, everything else to whole units. */
function rounded(sums: Sums): Amounts {
  const amounts = new Map<string, bigint>()
  for (const [name, amount] of sums) amounts.set(name, roundedAmount(name, amount))
  return amounts
}

/** A quantity of a resource in the unit it is counted in: thousandths of a CPU, whole units of everything else. */
export function roundedAmount(resource: string, amount: Quantity): bigint {
  return resource === 'cpu' ? milli(amount) : whole(amount)
}
