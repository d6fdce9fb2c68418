import type { CSINode } from '#model/api/storage.ts'
import { parseQuantity, whole } from '#model/quantity.ts'
import type { NodeView } from '#scheduler/framework/cluster-view.ts'
import type { Rules } from '#scheduler/framework/rules.ts'

export interface Limits {
  /** Whether the node limits anything at all. */
  readonly any: boolean
  /** Every driver with a limit that can be named. */
  readonly drivers: readonly string[]
  /** Most volumes of a driver; undefined where there is no limit. */
  of(driver: string): number | undefined
}

const prefix = 'attachable-volumes-'

/**
 * How many volumes of each driver a node takes: from its CSINode, and up to 1.31 from `allocatable` too.
 * Names there that were shortened to 63 characters are not read back: no kubelet of these releases writes them.
 * @see nodevolumelimits/csi.go getVolumeLimits (kubernetes v1.36.2, v1.31.14)
 */
export function limitsOf(node: NodeView, csiNode: CSINode | undefined, rules: Rules): Limits {
  const byDriver = new Map<string, number>()
  const others = rules.allocatableVolumeLimits ? fromAllocatable(node, byDriver) : 0
  for (const { name = '', allocatable } of csiNode?.spec.drivers ?? []) {
    if (allocatable?.count !== undefined) byDriver.set(name, allocatable.count)
  }
  return {
    any: byDriver.size + others > 0,
    drivers: [...byDriver.keys()],
    of: (driver) => byDriver.get(driver),
  }
}

/** Adds the limits of CSI drivers and counts the others. */
function fromAllocatable(node: NodeView, byDriver: Map<string, number>): number {
  let others = 0
  for (const [resource, amount] of Object.entries(node.node.status.allocatable ?? {})) {
    if (!resource.startsWith(prefix)) continue
    const driver = resource.startsWith(`${prefix}csi-`) ? resource.slice(`${prefix}csi-`.length) : undefined
    if (driver === undefined) others++
    else byDriver.set(driver, Number(whole(parseQuantity(amount) ?? 0n)))
  }
  return others
}
