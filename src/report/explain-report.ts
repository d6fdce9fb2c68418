import type { Toleration } from '#model/api/pod.ts'
import type { BlockedNodes, Blocker, UnknownVerdict } from './blocked.ts'
import type { AskedObject, Chain, Elsewhere, Held, Overlap, Wait } from './explain-parts.ts'

export type { BlockedNodes, Blocker, ReportedTaint, UnknownVerdict } from './blocked.ts'

/** `explain -o json`: what `contract.md` fixes, and what was added to it since. */
export interface ExplainReport {
  readonly apiVersion: 'taintdoctor.dev/v1alpha1'
  readonly kind: 'ExplainReport'
  readonly clusters: readonly ExplainedCluster[]
}

/** What both reports say of a cluster before they answer. */
export interface ClusterHead {
  readonly name: string
  readonly server: string | null
  readonly version: string | null
  /** The release whose rules were applied: `v1.36`. */
  readonly judgedAs: string
  readonly nodeCount: number | null
  readonly incomplete: readonly Incomplete[]
  readonly notes: readonly string[]
}

export interface ExplainedCluster extends ClusterHead {
  readonly diagnoses: readonly Diagnosis[]
  /** One cause for many effects: what stands at the end of the diagnoses' chains. Absent where there is none. */
  readonly chains?: readonly Chain[]
  /** What was asked about by name, beside its Pods' diagnoses. */
  readonly asked?: readonly AskedObject[]
  /** The namespace that was asked about; absent for all. */
  readonly namespace?: string
  /** Set where nothing waits in that namespace, but something does in others. */
  readonly elsewhere?: Elsewhere
}

/** A read that brought nothing or not all, and what cannot be known without it. */
export interface Incomplete {
  readonly resource: string
  readonly namespace?: string
  readonly name?: string
  readonly reason: string
  readonly message: string
  readonly consequence: string
  /** Set where the answer stands without it: only something beside it may be missing. */
  readonly minor?: true
}

export type DiagnosisState =
  | 'Unschedulable'
  | 'Schedulable'
  | 'Gated'
  | 'Bound'
  | 'Terminating'
  | 'NoScheduler'
  | 'NotCreated'
  | 'Undetermined'

/** The answer for all Pods that the scheduler cannot tell apart and that one owner made. */
export interface Diagnosis {
  readonly pods: readonly PodRef[]
  readonly state: DiagnosisState
  /** One sentence, for people: why they wait. */
  readonly answer: string
  readonly message: string | null
  readonly schedulerMessage: string | null
  readonly owners: readonly OwnerRef[]
  /** A word about where the chain ends, where it does not end at a root object. */
  readonly ownersEnd?: string
  readonly origin: OriginRef | null
  readonly component: string | null
  /** How the component's version is known: `chart fleet 0.11.3`. */
  readonly componentVersion?: string
  readonly podBlockers: readonly Blocker[]
  readonly nodes: NodesVerdict
  readonly causes: readonly Cause[]
  /** What the Pods wait for beside a node: a volume, and the Pod that makes it. */
  readonly waitsFor?: readonly Wait[]
  /** What waits for these Pods in turn. */
  readonly holdsUp?: readonly Held[]
  /** Selectors that match these Pods and others', or these Pods and should not. */
  readonly overlaps?: readonly Overlap[]
  readonly remedies: readonly Remedy[]
  readonly notes: readonly string[]
}

export interface PodRef {
  readonly namespace: string
  readonly name: string
  readonly uid: string | null
  readonly createdAt: string | null
}

export interface OwnerRef {
  readonly apiVersion: string
  readonly kind: string
  readonly namespace?: string
  readonly name: string
  readonly uid: string | null
}

/** What put the root object there; the fields after `name` depend on the kind. */
export interface OriginRef {
  readonly kind: string
  readonly namespace?: string
  readonly name: string
  readonly chart?: string
  readonly chartVersion?: string
  readonly [field: string]: unknown
}

export interface NodesVerdict {
  readonly total: number
  readonly feasible: readonly string[]
  readonly blocked: readonly BlockedNodes[]
  /** Nodes that no plugin is known to reject, but of which one could not judge. */
  readonly undetermined: readonly UndeterminedNodes[]
}

export interface UndeterminedNodes {
  readonly nodes: readonly string[]
  readonly unknown: readonly UnknownVerdict[]
}

export interface Cause {
  readonly code: string
  readonly summary: string
  readonly [field: string]: unknown
}

export interface Remedy {
  readonly kind: string
  readonly tolerations?: readonly Toleration[]
  readonly opens: readonly string[]
  readonly stillBlocked: readonly BlockedNodes[]
  readonly [field: string]: unknown
}
