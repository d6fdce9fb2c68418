import type { Pod } from '#model/api/pod.ts'
import type { DeviceClass, ResourceClaim } from '#model/api/resource.ts'
import { selectsNode } from '#model/selector.ts'
import type { ClusterView, NodeView } from '#scheduler/framework/cluster-view.ts'
import { providedByDeviceClass } from '#scheduler/framework/extended-resources.ts'
import {
  type Because,
  fits,
  notComputed,
  type Outcome,
  refusedForGood,
  type Unknown,
  unknownWithout,
} from '#scheduler/framework/outcome.ts'
import { type Plugin, skip } from '#scheduler/framework/plugin.ts'
import type { Rules } from '#scheduler/framework/rules.ts'
import { allocatedState } from './allocated.ts'
import { allocate } from './allocator.ts'
import { bindingState } from './binding.ts'
import { claimsOf } from './claims.ts'
import { classesOf } from './classes.ts'
import { type ExtendedNeed, extendedNeed, extendedResourcesOf, offeredBy } from './extended.ts'
import { gatherPools } from './pools.ts'
import { claimReason, namesOf } from './reasons.ts'

/**
 * ResourceClaims: those that are allocated must be usable on the node, for all others together the node must have
 * devices. Extended resources that a DeviceClass provides are such a claim too (since 1.36).
 * @see scheduler/framework/plugins/dynamicresources/dynamicresources.go PreFilter, Filter (kubernetes v1.36.2)
 */
export const dynamicResources: Plugin = {
  name: 'DynamicResources',
  prepare(pod, cluster, rules) {
    if (!rules.dynamicResources) return skip
    const claims = claimsOf(pod, cluster, rules)
    if ('kind' in claims) return claims
    const extended = extendedOf(pod, cluster, rules)
    if (claims.length === 0 && extended === undefined) return skip
    const allocated = claims.filter(({ status }) => status.allocation !== undefined)
    const waiting = claims.filter(({ status }) => status.allocation === undefined)
    const found = classesOf(waiting, cluster)
    if (found.kind !== 'classes') return found
    const classes = extended === undefined ? found.classes : allClasses(cluster)
    const need: Need = { pod, cluster, rules, allocated, waiting, extended, classes }
    return { kind: 'filter', filter: (node) => filter(need, node) }
  },
}

interface Need {
  readonly pod: Pod
  readonly cluster: ClusterView
  readonly rules: Rules
  readonly allocated: readonly ResourceClaim[]
  readonly waiting: readonly ResourceClaim[]
  readonly extended: Extended | undefined
  readonly classes: ReadonlyMap<string, DeviceClass>
}

function allClasses(cluster: ClusterView): ReadonlyMap<string, DeviceClass> {
  return new Map(cluster.list('deviceclasses').items.map((one) => [one.metadata.name ?? '', one]))
}

interface Extended {
  readonly resources: ReadonlySet<string>
  /** Class by resource. */
  readonly classes: ReadonlyMap<string, string>
  /** What a try before this one left behind: the scheduler deletes it and tries again. */
  readonly stale: string | undefined
}

const annotation = 'resource.kubernetes.io/extended-resource-claim'

/** Undefined where no DeviceClass has to do with what the Pod requests, or could have. */
function extendedOf(pod: Pod, cluster: ClusterView, rules: Rules): Extended | undefined {
  if (!rules.dynamicResourcesExtras) return undefined
  const resources = extendedResourcesOf(pod)
  if (resources.size === 0) return undefined
  const { names, missing } = providedByDeviceClass(cluster)
  if (missing === undefined && ![...resources].some((resource) => names.has(resource))) return undefined
  const { name, uid } = pod.metadata
  const stale = cluster
    .list('resourceclaims')
    .items.find(
      ({ metadata, spec }) =>
        metadata.annotations?.[annotation] === 'true' &&
        metadata.ownerReferences?.some(
          (owner) => owner.controller === true && owner.name === name && owner.uid === uid,
        ) &&
        spec.devices?.requests !== undefined,
    )
  return { resources, classes: names, stale: stale?.metadata.name }
}

function filter(need: Need, node: NodeView): Outcome {
  const { cluster, extended } = need
  const asked = extended === undefined ? undefined : askedOfNode(need, extended, node)
  if (asked !== undefined && asked.kind !== 'nothing' && asked.kind !== 'claim') return asked
  const special = asked?.kind === 'claim' ? [asked.claim] : []
  const waiting = [...need.waiting, ...special]
  if (waiting.length > 0) {
    const missing = cluster.missing('resourceslices')
    if (missing !== undefined) return unknownWithout(missing)
    const devices = findDevices(need, waiting, node)
    if (devices.kind !== 'fits') return devices
  }
  return usable(need, node)
}

/** Whether the allocated claims are within the node's reach. */
function usable({ allocated, rules }: Need, node: NodeView): Outcome {
  const elsewhere = allocated.filter(({ status }) => {
    const selector = status.allocation?.nodeSelector
    return selector !== undefined && !selectsNode(selector, node.labels, node.name)
  })
  const near = allocated.filter((claim) => !elsewhere.includes(claim))
  const states = rules.dynamicResourcesExtras ? near.map((claim) => [claim, bindingState(claim)] as const) : []
  const failed = states.filter(([, state]) => state === 'failed').map(([claim]) => claim)
  if (elsewhere.length + failed.length > 0) {
    const claims = namesOf([...elsewhere, ...failed])
    return refusedForGood(claimReason('resourceclaim not available on the node', claims, 'Elsewhere'))
  }
  const waiting = states.filter(([, state]) => state === 'waiting').map(([claim]) => claim)
  if (waiting.length === 0) return fits
  return notComputed(`whether the time is over in which the devices of ResourceClaim ${namesOf(waiting)} may get ready`)
}

/** What of the extended resources the node has to provide by devices. */
type Asked = Exclude<ExtendedNeed, { kind: 'cannot' }>

function askedOfNode(need: Need, extended: Extended, node: NodeView): Asked | Outcome {
  const { cluster, pod } = need
  if (extended.stale !== undefined) {
    return refusedForGood(claimReason('cannot schedule extended resource claim', extended.stale, 'NoDevices'))
  }
  const absent = [...extended.resources].filter((name) => (offeredBy(node, name) ?? 0n) === 0n)
  if (absent.length === 0) return { kind: 'nothing' }
  const unread = [cluster.missing('deviceclasses'), cluster.missing('resourceclaims')].filter(
    (read) => read !== undefined,
  )
  if (unread.length > 0) return unknownWithout(...unread)
  const asked = extendedNeed(pod, extended.resources, extended.classes, node)
  if (asked.kind !== 'cannot') return asked
  return refusedForGood(claimReason('cannot fit resource', asked.resource, 'NoDevices', { detail: asked.resource }))
}

/** Enough for any search of practice, and bounded over all nodes together. */
function stepsFor(cluster: ClusterView): number {
  return Math.max(20_000, Math.min(500_000, Math.floor(20_000_000 / Math.max(cluster.nodes.length, 1))))
}

function findDevices(need: Need, claims: readonly ResourceClaim[], node: NodeView): Outcome {
  const { cluster, rules } = need
  const pools = gatherPools(cluster.state, node, rules)
  const allocated = allocatedState(cluster.state, rules)
  const { classes } = need
  const result = allocate({ node, pools, claims, classes, allocated, rules, steps: stepsFor(cluster) })
  const names = namesOf(claims)
  switch (result.kind) {
    case 'found':
      return orUnknown(cluster, fits)
    case 'none':
      return refusedForGood(claimReason('cannot allocate all claims', names, 'NoDevices'))
    case 'invalidPools':
      return refusedForGood(claimReason('invalid resource pools were encountered', names, 'NoDevices'))
    case 'failed':
      return orUnknown(cluster, result)
    case 'notComputed':
      return notComputed(result.what)
  }
}

/** Claims that could not be read may hold what was found. */
function orUnknown(cluster: ClusterView, outcome: Outcome): Outcome | Unknown {
  const missing = cluster.missing('resourceclaims')
  if (missing === undefined) return outcome
  const because: Because[] = [{ kind: 'MissingRead', read: missing }]
  return { kind: 'unknown', because }
}
