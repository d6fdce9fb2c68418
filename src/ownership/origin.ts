import type { ApiObject, ClusterState } from '#model/cluster-state.ts'
import type { OwnerChain } from './owner-chain.ts'

/** What put the root object into the cluster. Fields that are not known are absent, never guessed. */
export interface Origin {
  readonly kind: OriginKind
  /** Where one kind of origin may be of several APIs: a Rancher Cluster, an operator's resource. */
  readonly apiVersion?: string
  /** The kind of an operator's resource. */
  readonly resource?: string
  readonly namespace?: string
  readonly name: string
  readonly chart?: string
  readonly chartVersion?: string
  /** The chart's application version. */
  readonly appVersion?: string
  /** Helm's word for how the release stands: `deployed`, `pending-install`, `failed`. */
  readonly status?: string
  readonly revision?: number
  /** The template that made the root object: `fleet/templates/job_cleanup_gitrepojobs.yaml`. */
  readonly template?: string
  /** Where the root object is a Helm hook, when it runs: `post-install`. */
  readonly hookEvents?: readonly string[]
  /** Where Helm deletes a hook by itself: `before-hook-creation`, `hook-succeeded`. */
  readonly hookDeletePolicies?: readonly string[]
  /** What is known to be wrong with this answer: a record that could not be unpacked. */
  readonly doubt?: string
  /** How it is known: `Helm release record sh.helm.release.v1.fleet.v1`, `label app.kubernetes.io/managed-by`. */
  readonly evidence: string
  /** What made this origin in turn: the Fleet Bundle behind a Helm release, the GitRepo behind a Bundle. */
  readonly origin?: Origin
}

export type OriginKind =
  | 'HelmRelease'
  | 'FleetBundle'
  | 'FleetBundleDeployment'
  | 'GitRepo'
  | 'HelmOp'
  | 'FleetCluster'
  | 'RancherApp'
  | 'RancherSystemChart'
  | 'RancherCluster'
  | 'HelmChart'
  | 'PackagedManifest'
  | 'ArgoApplication'
  | 'FluxHelmRelease'
  | 'FluxKustomization'
  | 'OperatorResource'
  | 'ClusterServiceVersion'
  | 'Subscription'
  | 'MicroK8sAddon'

/**
 * What an origin reader looks at: the root object (a Pod without owners is its own root) and the whole cluster. With
 * `behind` the question is what made that origin, which itself made the root.
 */
export interface OriginQuestion {
  readonly root: ApiObject
  /** From the Pod (not in it) to the root. */
  readonly chain: OwnerChain
  readonly cluster: ClusterState
  readonly behind?: FoundOrigin
}

/** An origin that was found, and the object that stands for it, where it was read. */
export interface FoundOrigin {
  readonly origin: Origin
  readonly object?: ApiObject
}

/** One thing that puts objects into clusters. Recognises only what is its own. */
export interface OriginReader {
  readonly kind: OriginKind
  /** The object to be recognised is `behind.object` where there is a `behind`. Undefined where it is not its own. */
  recognise(question: OriginQuestion): FoundOrigin | undefined
}
