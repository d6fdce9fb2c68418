import type { ApiObject, ClusterState } from '#model/cluster-state.ts'
import type { OwnerChain } from './owner-chain.ts'

/** What put the root object into the cluster. Fields that are not known are absent, never guessed. */
export interface Origin {
  readonly kind: OriginKind
  readonly namespace?: string
  readonly name: string
  readonly chart?: string
  readonly chartVersion?: string
  /** The chart's application version. */
  readonly appVersion?: string
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
  | 'MicroK8sAddon'

/** What an origin reader looks at: the root object (a Pod without owners is its own root) and the whole cluster. */
export interface OriginQuestion {
  readonly root: ApiObject
  /** From the Pod (not in it) to the root. */
  readonly chain: OwnerChain
  readonly cluster: ClusterState
}

/** One thing that puts objects into clusters. Recognises only what is its own. */
export interface OriginReader {
  readonly kind: OriginKind
  /** Undefined where the root is not its own. */
  recognise(question: OriginQuestion): Origin | undefined
}
