/** What kind of taint it is, and so whether a Pod may be made to tolerate it. */
export type TaintClass =
  | 'Policy'
  | 'ControlPlane'
  | 'NodeCondition'
  | 'Lifecycle'
  | 'Autoscaler'
  | 'Hardware'
  | 'Platform'
