import type { NodeSelectorTerm } from '#model/api/meta.ts'
import type { Taint } from '#model/api/node.ts'
import type { PodAffinityTerm } from '#model/api/pod.ts'

/** `namespace/name` of a Pod that is in the way. */
export type PodName = string

/**
 * What stands behind a reason: the taint, the amounts, the claim. Kube-scheduler's sentence says less.
 * Amounts are in thousandths for `cpu` and in whole units (bytes, devices) for everything else.
 */
export type Fact =
  | { readonly kind: 'Cordoned' }
  | { readonly kind: 'OtherNodeNamed'; readonly wanted: string }
  /** All taints of the node that the Pod does not tolerate, the reported one first. */
  | { readonly kind: 'Taints'; readonly taints: readonly Taint[] }
  | { readonly kind: 'NodeSelector'; readonly unmet: readonly { readonly key: string; readonly value: string }[] }
  | { readonly kind: 'NodeAffinity'; readonly terms: readonly NodeSelectorTerm[] }
  /** The Pod may only go to these nodes, by `matchFields`. */
  | { readonly kind: 'OtherNodesOnly'; readonly nodes: readonly string[] }
  | {
      readonly kind: 'HostPort'
      readonly ip: string
      readonly protocol: string
      readonly port: number
      readonly heldBy: readonly PodName[]
    }
  | { readonly kind: 'TooManyPods'; readonly running: bigint; readonly allocatable: bigint }
  | {
      readonly kind: 'Insufficient'
      readonly resource: string
      readonly requested: bigint
      readonly used: bigint
      readonly allocatable: bigint
    }
  | { readonly kind: 'DiskInUse'; readonly volume: string; readonly heldBy: readonly PodName[] }
  | { readonly kind: 'ClaimInUse'; readonly claim: string; readonly heldBy: readonly PodName[] }
  | {
      readonly kind: 'VolumeLimit'
      readonly driver: string
      readonly limit: number
      readonly attached: number
      readonly wanted: number
    }
  /** Something is wrong with a PersistentVolumeClaim as such, wherever the Pod might go. */
  | {
      readonly kind: 'Claim'
      readonly claim: string
      readonly problem:
        | 'NotFound'
        | 'NotCreatedYet'
        | 'NotOwner'
        | 'Lost'
        | 'Deleting'
        | 'Unbound'
        | 'VolumeNotFound'
        | 'NoClass'
        | 'ClassNotFound'
      readonly volume?: string
      readonly storageClass?: string
    }
  | {
      readonly kind: 'VolumeElsewhere'
      readonly claim: string
      readonly volume: string
      readonly by: 'NodeAffinity' | 'ZoneLabel'
    }
  | {
      readonly kind: 'NoVolume'
      readonly claims: readonly string[]
      readonly because: 'NoMatch' | 'SelectedNode' | 'NoProvisioner' | 'Topology'
    }
  | { readonly kind: 'NoCapacity'; readonly claim: string; readonly storageClass: string; readonly requested: string }
  | { readonly kind: 'NoTopologyLabel'; readonly key: string }
  | {
      readonly kind: 'Skew'
      readonly key: string
      readonly value: string
      readonly count: number
      readonly least: number
      readonly maxSkew: number
    }
  | { readonly kind: 'PodAffinity'; readonly term: PodAffinityTerm }
  | { readonly kind: 'PodAntiAffinity'; readonly term: PodAffinityTerm; readonly value: string }
  | {
      readonly kind: 'ExistingAntiAffinity'
      readonly key: string
      readonly value: string
      readonly pods: readonly PodName[]
    }
  | {
      readonly kind: 'ResourceClaim'
      readonly claim: string
      readonly problem:
        | 'NotFound'
        | 'NotCreatedYet'
        | 'NotOwner'
        | 'Deleting'
        | 'ClassNotFound'
        | 'Elsewhere'
        | 'NoDevices'
      readonly deviceClass?: string
      readonly detail?: string
    }
  | { readonly kind: 'DeclaredFeatures'; readonly missing: readonly string[] }
  | { readonly kind: 'Error'; readonly message: string }
