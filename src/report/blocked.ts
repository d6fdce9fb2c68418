import type { TaintClass } from './taint-class.ts'

/** One plugin's rejection, with kube-scheduler's own words. */
export interface Blocker {
  readonly plugin: string
  readonly reasons: readonly string[]
  readonly resolvable: boolean
  readonly taints?: readonly ReportedTaint[]
  /** What stands behind each reason, in words for people. */
  readonly details?: readonly string[]
}

export interface ReportedTaint {
  readonly key: string
  readonly value?: string
  readonly effect: string
  readonly class: TaintClass
  readonly meaning: string
  /** What to do instead of tolerating it, as a clause. */
  readonly instead?: string
}

export interface BlockedNodes {
  readonly nodes: readonly string[]
  readonly blockers: readonly Blocker[]
  /** Set where the nodes are cordoned, or where their conditions say that they do not work. */
  readonly mark?: 'cordoned' | 'broken'
  /** Why they are broken, as a clause, where it is the same for all: `not ready: Kubelet stopped posting node status`. */
  readonly condition?: string
  /** Since when; of several the earliest. RFC 3339. */
  readonly since?: string
  /** Plugins that could not judge these nodes: there may be more blockers, and an earlier one. */
  readonly unknown?: readonly UnknownVerdict[]
}

export interface UnknownVerdict {
  readonly plugin: string
  readonly because: readonly string[]
}
