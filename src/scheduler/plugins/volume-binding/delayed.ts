import type { MissingRead } from '#model/cluster-state.ts'
import { parseQuantity, type Quantity } from '#model/quantity.ts'
import type { ClusterView, NodeView } from '#scheduler/framework/cluster-view.ts'
import type { Because, Reason } from '#scheduler/framework/outcome.ts'
import type { Rules } from '#scheduler/framework/rules.ts'
import type { DelayedClaim } from './classify.ts'
import { matcherFor, type VolumeMatcher } from './matching.ts'
import { type Provisioner, provisionerFor } from './provisioning.ts'
import { noVolume } from './reasons.ts'

/** The claims to bind with the Pod, made ready to be held against nodes. */
export interface DelayedClaims {
  /** Claims that have a node already, for which a volume is being made. */
  readonly selected: readonly { readonly node: string; readonly provisioner: Provisioner }[]
  /** The others, smallest first. */
  readonly open: readonly Open[]
  /** Volumes that could not be read. */
  readonly missing: MissingRead | undefined
}

interface Open {
  readonly matcher: VolumeMatcher
  readonly provisioner: Provisioner
}

export function delayedClaims(claims: readonly DelayedClaim[], cluster: ClusterView, rules: Rules): DelayedClaims {
  const selected: { node: string; provisioner: Provisioner }[] = []
  const open: (Open & { readonly size: Quantity })[] = []
  for (const one of claims) {
    const node = selectedNode(one)
    const matcher = matcherFor(one.claim, cluster, rules)
    const provisioner = provisionerFor(one, cluster, matcher.hasCandidates)
    if (node !== undefined) selected.push({ node, provisioner })
    else open.push({ matcher, provisioner, size: sizeOf(one) })
  }
  open.sort((a, b) => (a.size < b.size ? -1 : Number(a.size > b.size)))
  return { selected, open, missing: cluster.missing('persistentvolumes') }
}

function selectedNode({ claim }: DelayedClaim): string | undefined {
  return claim.metadata.annotations?.['volume.kubernetes.io/selected-node']
}

function sizeOf({ claim }: DelayedClaim): Quantity {
  return parseQuantity(claim.spec.resources?.requests?.storage ?? '0') ?? 0n
}

/** What the claims to bind say of a node: the first reason against it, and what might be another. */
export interface DelayedVerdict {
  readonly reason?: Reason
  readonly because: readonly Because[]
  readonly error?: string
}

/**
 * Finds a volume for each claim on a node, or sees whether one can be made there.
 * With volumes unread, a claim is content where a volume could be made for it: then it gets one either way.
 * @see volumebinding/binder.go FindPodVolumes, findMatchingVolumes, checkVolumeProvisions (kubernetes v1.36.2)
 */
export function checkDelayed({ selected, open, missing }: DelayedClaims, node: NodeView): DelayedVerdict {
  const bindsElsewhere = selected.find((one) => one.node !== node.name)
  if (bindsElsewhere !== undefined) {
    return { reason: noVolume(bindsElsewhere.provisioner.claim, 'SelectedNode'), because: [] }
  }
  const chosen = new Set<string>()
  const unmatched: Provisioner[] = []
  for (const { matcher, provisioner } of open) {
    if (matcher.error !== undefined) return { error: matcher.error, because: [] }
    if (matcher.odd !== undefined) return { because: [matcher.odd] }
    const volume = matcher.find(node.labels, chosen)
    if (volume === undefined || missing !== undefined) unmatched.push(provisioner)
    if (volume !== undefined) chosen.add(volume)
  }
  const making = makeAll(
    selected.map((one) => one.provisioner),
    node,
  )
  if (making.reason !== undefined) return making
  const more = makeAll(unmatched, node)
  if (missing === undefined || (more.reason === undefined && more.because.length === 0)) {
    return { ...more, because: [...making.because, ...more.because] }
  }
  return { because: [...making.because, ...more.because, { kind: 'MissingRead', read: missing }] }
}

/** In order, up to the first that certainly cannot be made. */
function makeAll(claims: readonly Provisioner[], node: NodeView): DelayedVerdict {
  const because: Because[] = []
  for (const claim of claims) {
    const verdict = claim.check(node.labels)
    if (verdict.reason !== undefined) return { reason: verdict.reason, because }
    because.push(...verdict.because)
  }
  return { because }
}
