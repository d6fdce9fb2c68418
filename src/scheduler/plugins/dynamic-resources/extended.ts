import type { Container, Pod } from '#model/api/pod.ts'
import type { DeviceRequest, ResourceClaim } from '#model/api/resource.ts'
import { parseQuantity, whole } from '#model/quantity.ts'
import type { NodeView } from '#scheduler/framework/cluster-view.ts'
import { isExtendedResource } from '#scheduler/framework/extended-resources.ts'

/** What a node has to provide for a Pod's extended resources by dynamic allocation. */
export type ExtendedNeed =
  /** Nothing: it offers them itself. */
  | { readonly kind: 'nothing' }
  /** It neither offers one of them nor does any DeviceClass. */
  | { readonly kind: 'cannot'; readonly resource: string }
  | { readonly kind: 'claim'; readonly claim: ResourceClaim }

/** Every extended resource of which the Pod requests some; DeviceClasses may or may not provide them. */
export function extendedResourcesOf(pod: Pod): ReadonlySet<string> {
  const names = new Set<string>()
  const lists = [...containersOf(pod).map(({ resources }) => resources?.requests), pod.spec.overhead]
  for (const requests of lists) {
    for (const [name, amount] of Object.entries(requests ?? {})) {
      if (isExtendedResource(name) && (parseQuantity(amount) ?? 0n) > 0n) names.add(name)
    }
  }
  return names
}

/**
 * What is left for dynamic allocation on one node: resources of a DeviceClass of which it offers none itself.
 * @see scheduler/framework/plugins/dynamicresources/extendeddynamicresources.go filterExtendedResources (kubernetes v1.36.2)
 */
export function extendedNeed(
  pod: Pod,
  resources: ReadonlySet<string>,
  classes: ReadonlyMap<string, string>,
  node: NodeView,
): ExtendedNeed {
  const needed = new Map<string, string>()
  for (const resource of resources) {
    const offered = offeredBy(node, resource)
    const className = classes.get(resource)
    if (className !== undefined && (offered ?? 0n) === 0n) needed.set(resource, className)
    else if (offered === undefined) return { kind: 'cannot', resource }
  }
  if (needed.size === 0) return { kind: 'nothing' }
  return { kind: 'claim', claim: claimFor(pod, needed) }
}

/** How much of a resource the node offers, in whole units; undefined where it does not name it. */
export function offeredBy(node: NodeView, resource: string): bigint | undefined {
  const allocatable = node.node.status.allocatable ?? {}
  return Object.hasOwn(allocatable, resource) ? whole(parseQuantity(allocatable[resource] ?? '0') ?? 0n) : undefined
}

function containersOf(pod: Pod): readonly Container[] {
  return [...(pod.spec.initContainers ?? []), ...(pod.spec.containers ?? [])]
}

/** The claim that exists only in the scheduler's memory, with a request for each container that needs one of its own. */
function claimFor(pod: Pod, needed: ReadonlyMap<string, string>): ResourceClaim {
  const namespace = pod.metadata.namespace ?? ''
  const requests = [...needed.keys()].toSorted().flatMap((name) => requestsFor(pod, name, needed.get(name) ?? ''))
  requests.sort((a, b) => ((a.name ?? '') < (b.name ?? '') ? -1 : 1))
  return { metadata: { namespace, name: '<extended-resources>' }, spec: { devices: { requests } }, status: {} }
}

/**
 * Requests of one resource: one for each container that keeps running, and one for the init container that needs
 * most beyond what the running containers after it will take.
 */
function requestsFor(pod: Pod, resource: string, className: string): readonly DeviceRequest[] {
  const containers = containersOf(pod)
  const inits = pod.spec.initContainers?.length ?? 0
  const passes = (i: number): boolean => i < inits && containers[i]?.restartPolicy !== 'Always'
  const wanted = containers.map(({ resources }) => wholeAmount(resources?.requests?.[resource]))
  const lasting = wanted.map((amount, i) => (passes(i) ? 0n : amount))
  const requests: DeviceRequest[] = []
  let most: { readonly index: number; readonly extra: bigint } | undefined
  for (const [i, amount] of wanted.entries()) {
    if (amount === 0n) continue
    if (!passes(i)) {
      requests.push(requestOf(i, containers[i], resource, className, amount))
      continue
    }
    const extra = amount - lasting.slice(i).reduce((sum, one) => sum + one, 0n)
    if (extra > 0n && (most === undefined || most.extra < extra)) most = { index: i, extra }
  }
  if (most !== undefined) {
    requests.push(requestOf(most.index, containers[most.index], resource, className, most.extra))
  }
  return requests
}

function requestOf(
  index: number,
  container: Container | undefined,
  resource: string,
  className: string,
  count: bigint,
): DeviceRequest {
  const position = Object.keys(container?.resources?.requests ?? {})
    .toSorted()
    .indexOf(resource)
  return {
    name: `container-${index}-request-${position}`,
    exactly: { deviceClassName: className, allocationMode: 'ExactCount', count: Number(count) },
  }
}

/** What is no whole number counts as nothing here. */
function wholeAmount(amount: string | undefined): bigint {
  const value = amount === undefined ? 0n : (parseQuantity(amount) ?? 0n)
  return value % 1_000_000_000n === 0n ? value / 1_000_000_000n : 0n
}
