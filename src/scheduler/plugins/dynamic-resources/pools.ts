import type { NodeSelector } from '#model/api/meta.ts'
import type { CounterSet, Device, ResourceSlice } from '#model/api/resource.ts'
import type { ClusterState } from '#model/cluster-state.ts'
import { selectsNode } from '#model/selector.ts'
import type { NodeView } from '#scheduler/framework/cluster-view.ts'
import type { Rules } from '#scheduler/framework/rules.ts'
import { indexSlices, newestOf, type PoolSlices, sliceOrder } from './slices.ts'

/** A device as it is offered: `id` is `driver/pool/device`. */
export interface OfferedDevice {
  readonly id: string
  readonly driver: string
  readonly device: Device
  readonly slice: ResourceSlice
  readonly pool: Pool
}

/** A driver's pool as one node sees it. */
export interface Pool {
  /** `driver/pool`, as messages name it. */
  readonly id: string
  readonly name: string
  /** Not all of its slices are there: the driver is changing it. */
  readonly incomplete: boolean
  /** What is wrong with it, in kube-scheduler's words; absent where nothing is. */
  readonly invalid?: string
  /** The devices of slices that this node may use. */
  readonly devices: readonly OfferedDevice[]
  /** Every slice of the pool with devices, other nodes' too: all of them may use up its counters. */
  readonly slices: readonly ResourceSlice[]
  readonly counterSets: ReadonlyMap<string, CounterSet>
}

/**
 * The pools with devices for a node, in the order in which devices are tried.
 * DIFFERS: up to 1.35 the scheduler takes pools and slices in no fixed order; this takes the order of 1.36.
 * @see dynamic-resource-allocation/structured/internal/incubating/pools_incubating.go GatherPools (kubernetes v1.36.2)
 */
export function gatherPools(state: ClusterState, node: NodeView, rules: Rules): readonly Pool[] {
  const index = indexSlices(state)
  const byPool = new Map<PoolSlices, ResourceSlice[]>()
  for (const [pool, slice] of [...(index.onNode.get(node.name) ?? []), ...index.shared]) {
    if (!isRelevant(slice, node, rules)) continue
    const slices = byPool.get(pool)
    if (slices === undefined) byPool.set(pool, [slice])
    else slices.push(slice)
  }
  const pools: Pool[] = []
  for (const [all, relevant] of byPool) {
    const pool = makePool(all, newestOf(relevant), rules)
    if (pool !== undefined) pools.push(pool)
  }
  return pools.sort((a, b) => {
    const byConditions = Number(hasConditions(a, rules)) - Number(hasConditions(b, rules))
    return byConditions === 0 ? sliceOrder(a.id, b.id) : byConditions
  })
}

function hasConditions(pool: Pool, rules: Rules): boolean {
  return rules.dynamicResourcesExtras && pool.devices.some(({ device }) => device.bindingConditions !== undefined)
}

function isRelevant({ spec }: ResourceSlice, node: NodeView, rules: Rules): boolean {
  const sharesCounters = (spec.sharedCounters?.length ?? 0) > 0
  if (!rules.dynamicResourcesExtras && (spec.perDeviceNodeSelection !== undefined || sharesCounters)) return false
  if (sharesCounters) return true
  if ((spec.nodeName ?? '') !== '' || spec.allNodes === true || spec.nodeSelector !== undefined) {
    return targets(spec, node)
  }
  return spec.perDeviceNodeSelection === true && (spec.devices ?? []).some((device) => targets(device, node))
}

interface Target {
  readonly nodeName?: string
  readonly allNodes?: boolean
  readonly nodeSelector?: NodeSelector
}

/** Whether a slice, or a device of its own, is for the node. */
export function targets({ nodeName, allNodes, nodeSelector }: Target, node: NodeView): boolean {
  if ((nodeName ?? '') !== '') return nodeName === node.name
  if (allNodes === true) return true
  return nodeSelector !== undefined && selectsNode(nodeSelector, node.labels, node.name)
}

/** Undefined where the driver has moved on to a newer generation without devices for this node. */
function makePool(all: PoolSlices, relevant: readonly ResourceSlice[], rules: Rules): Pool | undefined {
  const [first] = relevant
  if (first === undefined) return undefined
  const { generation = 0, resourceSliceCount = 0 } = first.spec.pool ?? {}
  // 1.34 looks only at the slices that this node may use, even where the pool has others.
  if (rules.incompletePoolsUsable) return filled(all, relevant, relevant, relevant.length !== resourceSliceCount, rules)
  if (relevant.length === resourceSliceCount) return filled(all, relevant, relevant, false, rules)
  if (all.slices.some(({ spec }) => (spec.pool?.generation ?? 0) > generation)) return undefined
  const current = all.slices.filter(({ spec }) => (spec.pool?.generation ?? 0) === generation)
  const incomplete = current.length !== resourceSliceCount
  // Since 1.36 nothing more is asked of a pool that is not whole.
  if (incomplete && rules.dynamicResourcesExtras) return filled(all, [], [], true, rules)
  return filled(all, relevant, current, incomplete, rules)
}

function filled(
  { id, driver, name }: PoolSlices,
  relevant: readonly ResourceSlice[],
  current: readonly ResourceSlice[],
  incomplete: boolean,
  rules: Rules,
): Pool {
  const ordered = relevant.toSorted((a, b) => sliceOrder(a.metadata.name ?? '', b.metadata.name ?? ''))
  const sharing = ordered.filter(({ spec }) => (spec.sharedCounters?.length ?? 0) > 0)
  const offering = rules.dynamicResourcesExtras ? ordered.filter((slice) => !sharing.includes(slice)) : ordered
  const counterSets = new Map<string, CounterSet>()
  const duplicate = collect(counterSets, sharing)
  const checked = rules.dynamicResourcesExtras
  const invalid =
    duplicateDevice(offering) ??
    (checked ? (duplicate ?? wrongCounters(counterSets, ordered) ?? wrongCounters(counterSets, current)) : undefined)
  const devices: OfferedDevice[] = []
  const slices = current.filter(({ spec }) => (spec.devices?.length ?? 0) > 0)
  const rest = { id, name, incomplete, devices, slices, counterSets }
  const pool: Pool = invalid === undefined ? rest : { ...rest, invalid }
  for (const slice of offering) {
    for (const device of slice.spec.devices ?? []) {
      devices.push({ id: `${id}/${device.name ?? ''}`, driver, device, slice, pool })
    }
  }
  return pool
}

function collect(sets: Map<string, CounterSet>, slices: readonly ResourceSlice[]): string | undefined {
  for (const set of slices.flatMap(({ spec }) => spec.sharedCounters ?? [])) {
    const name = set.name ?? ''
    if (sets.has(name)) return `duplicate counter set name ${name}`
    sets.set(name, set)
  }
  return undefined
}

function duplicateDevice(slices: readonly ResourceSlice[]): string | undefined {
  const names = new Set<string>()
  for (const { name = '' } of slices.flatMap(({ spec }) => spec.devices ?? [])) {
    if (names.has(name)) return `duplicate device name ${name}`
    names.add(name)
  }
  return undefined
}

function wrongCounters(sets: ReadonlyMap<string, CounterSet>, slices: readonly ResourceSlice[]): string | undefined {
  for (const { consumesCounters } of slices.flatMap(({ spec }) => spec.devices ?? [])) {
    for (const { counterSet = '', counters = {} } of consumesCounters ?? []) {
      const set = sets.get(counterSet)
      if (set === undefined) return `counter set ${counterSet} not found`
      const missing = Object.keys(counters).find((name) => !Object.hasOwn(set.counters ?? {}, name))
      if (missing !== undefined) return `counter ${missing} not found in counter set ${counterSet}`
    }
  }
  return undefined
}
