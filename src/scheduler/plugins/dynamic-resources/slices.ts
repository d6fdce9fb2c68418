import type { ResourceSlice } from '#model/api/resource.ts'
import type { ClusterState } from '#model/cluster-state.ts'
import { oncePer } from '#model/once-per.ts'

/** Every slice of one pool, of any generation. */
export interface PoolSlices {
  /** `driver/pool`. */
  readonly id: string
  readonly driver: string
  readonly name: string
  readonly slices: readonly ResourceSlice[]
}

type OfPool = readonly [PoolSlices, ResourceSlice]

/** The ResourceSlices of a cluster by where they have to be looked at. */
export interface SliceIndex {
  /** Slices that name their node. */
  readonly onNode: ReadonlyMap<string, readonly OfPool[]>
  /** Slices for several nodes, and those with shared counters. */
  readonly shared: readonly OfPool[]
}

/** Made once for each state. */
export const indexSlices = oncePer(({ lists }: ClusterState) => makeIndex(lists.resourceslices.items))

function makeIndex(slices: readonly ResourceSlice[]): SliceIndex {
  const pools = new Map<string, PoolSlices & { readonly slices: ResourceSlice[] }>()
  const onNode = new Map<string, OfPool[]>()
  const shared: OfPool[] = []
  for (const slice of slices) {
    const { driver = '', nodeName = '', sharedCounters = [] } = slice.spec
    const name = slice.spec.pool?.name ?? ''
    const id = `${driver}/${name}`
    const pool = pools.get(id) ?? { id, driver, name, slices: [] }
    pools.set(id, pool)
    pool.slices.push(slice)
    if (nodeName === '' || sharedCounters.length > 0) shared.push([pool, slice])
    else if (onNode.has(nodeName)) onNode.get(nodeName)?.push([pool, slice])
    else onNode.set(nodeName, [[pool, slice]])
  }
  return { onNode, shared }
}

/** The slices of the newest generation among these. */
export function newestOf(slices: readonly ResourceSlice[]): readonly ResourceSlice[] {
  const generation = slices.reduce((newest, { spec }) => Math.max(newest, spec.pool?.generation ?? 0), 0)
  return slices.filter(({ spec }) => (spec.pool?.generation ?? 0) === generation)
}

/** Orders names as kube-scheduler does. */
export function sliceOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
