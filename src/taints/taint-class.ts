/**
 * What kind of taint it is, and so whether a Pod may be made to tolerate it.
 * The same words as the report's `TaintClass`.
 */
export type TaintClass =
  | 'Policy'
  | 'ControlPlane'
  | 'NodeCondition'
  | 'Lifecycle'
  | 'Autoscaler'
  | 'Hardware'
  | 'Platform'

/** What is known of a taint. */
export interface TaintFacts {
  readonly class: TaintClass
  /** One clause for people: who sets it and what it means. */
  readonly meaning: string
  /** Whose taint it is: `Kubernetes`, `Karpenter`; `heuristic` where only the key's wording was looked at. */
  readonly source: string
  /** What to do instead of tolerating it, as a clause; absent where nothing can be said in general. */
  readonly instead?: string
  /** False for a taint that an ordinary Pod never should tolerate, whatever its class. */
  readonly tolerable: boolean
}
