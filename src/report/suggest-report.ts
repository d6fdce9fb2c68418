import type { Toleration } from '#model/api/pod.ts'
import type { BlockedNodes, ClusterHead } from './explain-report.ts'

/** `suggest -o json`: what `contract.md` fixes, and what was added to it since. */
export interface SuggestReport {
  readonly apiVersion: 'taintdoctor.dev/v1alpha1'
  readonly kind: 'SuggestReport'
  readonly clusters: readonly SuggestedCluster[]
}

export interface SuggestedCluster extends ClusterHead {
  readonly suggestions: readonly Suggestion[]
}

export type Reach = 'Proven' | 'Documented' | 'Unknown' | 'NotReached'

export type TargetKind = 'HelmValues' | 'CustomResource' | 'ConfigMap' | 'WorkloadPatch' | 'PodPatch' | 'Node' | 'None'

export interface Target {
  readonly kind: TargetKind
  /** The path in the values or in the object: `backend.tolerations`, `spec.template.spec.tolerations`. */
  readonly path?: string
  readonly release?: string
  readonly namespace?: string
  readonly name?: string
  /** The object's kind and group, where the target is one: `Cluster.provisioning.cattle.io`. */
  readonly resource?: string
  readonly file?: string
}

export interface SuggestedWorkload {
  readonly kind: string
  readonly namespace: string
  readonly name: string
  /** How many Pending Pods it has. */
  readonly pods: number
}

export interface SuggestionBody {
  readonly target: Target
  /** The entries to add. */
  readonly tolerations: readonly Toleration[]
  /** The YAML to paste, complete and valid on its own; `''` where this place has nothing to take. */
  readonly content: string
  readonly apply: readonly string[]
  readonly opens: { readonly nodes: readonly string[]; readonly podsThatFit: number; readonly podsWanted: number }
  readonly stillBlocked: readonly BlockedNodes[]
  readonly reach: Reach
  readonly evidence: string
  readonly warnings: readonly string[]
  /** Values that are set besides, or in place of, tolerations. */
  readonly sets?: readonly { readonly path: string; readonly value: string | number | boolean }[]
  /** What a person must still do afterwards, because no controller will. */
  readonly afterwards?: readonly string[]
}

export interface Alternative extends SuggestionBody {
  readonly requires: string | null
  readonly lasts: string | null
}

export interface Suggestion extends SuggestionBody {
  readonly component: string | null
  readonly workloads: readonly SuggestedWorkload[]
  readonly alternatives: readonly Alternative[]
  /** All components of the workloads, where they are not of one. */
  readonly components?: readonly string[]
  /** Why these tolerations and no others. */
  readonly why?: string
  /** Other sets of tolerations that would do. */
  readonly otherTolerations?: readonly OtherTolerations[]
}

/** Another set of tolerations, and why it was not taken. */
export interface OtherTolerations {
  readonly tolerations: readonly Toleration[]
  readonly opens: readonly string[]
  readonly podsThatFit: number
  readonly reason: string
  readonly warnings: readonly string[]
}
