import type { Pod } from '#model/api/pod.ts'
import type { ClusterView, NodeView } from './cluster-view.ts'
import type { Failed, Outcome, Reason, Refused, Unknown } from './outcome.ts'
import type { Rules } from './rules.ts'

/** The filter plugins of kube-scheduler's default profiles 1.28 to 1.36, by their own names. */
export type PluginName =
  | 'NodeUnschedulable'
  | 'NodeName'
  | 'TaintToleration'
  | 'NodeAffinity'
  | 'NodePorts'
  | 'NodeResourcesFit'
  | 'VolumeRestrictions'
  | 'EBSLimits'
  | 'GCEPDLimits'
  | 'NodeVolumeLimits'
  | 'AzureDiskLimits'
  | 'VolumeBinding'
  | 'VolumeZone'
  | 'PodTopologySpread'
  | 'InterPodAffinity'
  | 'DynamicResources'
  | 'NodeDeclaredFeatures'

/** What a plugin made ready for one Pod: its PreFilter's verdict, and its Filter where there is one to run. */
export type Prepared =
  /** Nothing of the Pod concerns this plugin: every node passes. */
  | { readonly kind: 'skip' }
  /** PreFilter rejects the Pod as a whole; `resolvable` is false in every plugin there is. */
  | Refused
  /** PreFilter broke: the scheduler gives the attempt up. */
  | Failed
  /** Nothing can be said for any node. */
  | Unknown
  | FilterReady

export interface FilterReady {
  readonly kind: 'filter'
  /** PreFilter's narrowing: only these nodes are looked at, the others are left out with `leftOut` as the reason. */
  readonly only?: ReadonlySet<string>
  filter(node: NodeView): Outcome
}

/** One of kube-scheduler's plugins. Pure: the same Pod and cluster give the same answer. */
export interface Plugin {
  readonly name: PluginName
  /** Runs PreFilter for the Pod, and makes its Filter ready. The Pod has no node yet. */
  prepare(pod: Pod, cluster: ClusterView, rules: Rules): Prepared
}

export const skip: Prepared = Object.freeze({ kind: 'skip' })

/** A PreFilter rejection of the Pod as a whole. */
export function refusedAsAWhole(...reasons: Reason[]): Refused {
  return { kind: 'refused', resolvable: false, reasons }
}
