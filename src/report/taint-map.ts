import type { ReportedTaint } from './blocked.ts'

/** The nodes of a cluster by their taints, and who may go there. */
export interface TaintMap {
  /** Larger groups first; untainted nodes too. */
  readonly groups: readonly TaintGroup[]
  /** Each taint that blocks, once. */
  readonly taints: readonly MappedTaint[]
}

/** Nodes with the same taints. */
export interface TaintGroup {
  readonly nodes: readonly string[]
  /** As `key=value:Effect`, the names under which `taints` has them. */
  readonly taints: readonly string[]
  readonly cordoned: number
}

export interface MappedTaint {
  readonly name: string
  readonly taint: ReportedTaint
  readonly nodes: number
  /** Owners of Pods that tolerate it; the most Pods first. */
  readonly toleratedBy: readonly TolerantOwner[]
  /** Owners beyond those that are listed. */
  readonly moreOwners: number
}

export interface TolerantOwner {
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly pods: number
}
