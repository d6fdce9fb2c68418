import type { Pod } from '#model/api/pod.ts'
import type { CauseCode } from '#model/cause-code.ts'
import type { Cause } from '#report/explain-report.ts'
import type { PluginBlocker, PodVerdict } from '#scheduler/evaluate.ts'
import type { Fact } from '#scheduler/framework/fact.ts'
import { type Located, nodeNames, summaryOf } from './cause-summary.ts'
import { mendOf, nearMissesOf } from './taint-advice.ts'

/** The code under which a fact is explained. */
export function codeOf(fact: Fact): CauseCode {
  switch (fact.kind) {
    case 'Cordoned':
      return 'NodeCordoned'
    case 'OtherNodeNamed':
    case 'OtherNodesOnly':
      return 'MeantForAnotherNode'
    case 'Taints':
      return 'UntoleratedTaint'
    case 'NodeSelector':
      return 'NodeSelectorUnmet'
    case 'NodeAffinity':
      return 'NodeAffinityUnmet'
    case 'HostPort':
      return 'HostPortTaken'
    case 'TooManyPods':
      return 'TooManyPods'
    case 'Insufficient':
      return 'InsufficientResource'
    case 'DiskInUse':
      return 'DiskInUse'
    case 'ClaimInUse':
      return 'ClaimInUse'
    case 'VolumeLimit':
      return 'VolumeLimitReached'
    case 'Claim':
      return 'ClaimNotReady'
    case 'VolumeElsewhere':
      return 'VolumeElsewhere'
    case 'NoVolume':
      return 'NoVolumeFits'
    case 'NoCapacity':
      return 'NoStorageCapacity'
    case 'NoTopologyLabel':
    case 'Skew':
      return 'SpreadTooSkewed'
    case 'PodAffinity':
      return 'PodAffinityUnmet'
    case 'PodAntiAffinity':
    case 'ExistingAntiAffinity':
      return 'PodAntiAffinity'
    case 'ResourceClaim':
      return fact.problem === 'NoDevices' || fact.problem === 'Elsewhere' ? 'NoDevices' : 'ResourceClaimNotReady'
    case 'DeclaredFeatures':
      return 'FeatureNotDeclared'
    case 'Error':
      return 'SchedulerError'
    default:
      return fact satisfies never
  }
}

/** One cause for each code among the blockers, in the scheduler's order, with the nodes it keeps the Pod off. */
export function causesOf(pod: Pod, verdict: PodVerdict): readonly Cause[] {
  const found = new Map<CauseCode, { facts: Located[]; nodes: string[]; first: number }>()
  const note = (fact: Fact, node: string | undefined, isFirst: boolean): void => {
    const code = codeOf(fact)
    const known = found.get(code) ?? { facts: [], nodes: [], first: 0 }
    found.set(code, known)
    known.facts.push({ fact, node })
    if (node !== undefined && known.nodes.at(-1) !== node) known.nodes.push(node)
    if (isFirst) known.first++
  }
  for (const blocker of verdict.podBlockers) for (const { fact } of blocker.reasons) note(fact, undefined, true)
  for (const { node, blockers } of verdict.nodes) {
    for (const [index, blocker] of blockers.entries()) {
      for (const { fact } of blocker.reasons) note(fact, node.name, index === 0)
    }
  }
  return [...found].map(([code, { facts, nodes, first }]) => ({
    code,
    summary: summaryOf(facts),
    nodes: [...nodes].sort(),
    reportedOn: first,
    ...(code === 'UntoleratedTaint' ? taintAdvice(pod, facts, verdict) : {}),
    ...(code === 'NodeCordoned' ? cordonAdvice(verdict) : {}),
  }))
}

/** The nodes that would take the Pod, were they not cordoned. */
function cordonAdvice({ podBlockers, nodes }: PodVerdict): { mend?: readonly string[] } {
  const isCordonOnly = (blockers: readonly PluginBlocker[]): boolean =>
    blockers.every(({ reasons }) =>
      reasons.every(
        ({ fact }) =>
          fact.kind === 'Cordoned' || (fact.kind === 'Taints' && fact.taints.every(({ key }) => key === cordonTaint)),
      ),
    )
  const closed = podBlockers.length > 0 ? [] : nodes.filter(({ blockers }) => isCordonOnly(blockers))
  if (closed.length === 0) return {}
  const names = closed.map(({ node }) => node.name).sort()
  return { mend: [`Uncordon ${nodeNames(names)} when the maintenance there is over: nothing else keeps the Pod off.`] }
}

const cordonTaint = 'node.kubernetes.io/unschedulable'

function taintAdvice(
  pod: Pod,
  located: readonly Located[],
  { nodes }: PodVerdict,
): { nearMisses?: readonly string[]; mend?: readonly string[] } {
  // Nodes of one pool share their taints, and the facts about them.
  const everyTaint = [...new Set(nodes.map(({ node }) => node.node.spec.taints))].flatMap((taints) => taints ?? [])
  const facts = new Set(located.map(({ fact }) => fact))
  const taints = [...facts].flatMap((fact) => (fact.kind === 'Taints' ? fact.taints : []))
  const nearMisses = nearMissesOf(pod, taints, everyTaint)
  const mend = mendOf(located)
  return { ...(nearMisses.length === 0 ? {} : { nearMisses }), ...(mend.length === 0 ? {} : { mend }) }
}
