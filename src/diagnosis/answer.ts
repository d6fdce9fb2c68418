import type { CauseCode } from '#model/cause-code.ts'
import type { Wait } from '#report/explain-parts.ts'
import type { PodVerdict } from '#scheduler/evaluate.ts'
import { codeOf } from './causes.ts'
import { detailOf } from './details.ts'

/** Why a Pod that no node takes waits, in one sentence: what the scheduler meets first on each node, most nodes first. */
export function unschedulableAnswer(verdict: PodVerdict, waits: readonly Wait[] = []): string {
  const total = verdict.nodes.length
  if (total === 0) return 'The cluster has no nodes.'
  const [whole] = verdict.podBlockers
  if (whole !== undefined) {
    const details = whole.reasons.map(({ fact }) => detailOf([fact]))
    const behind = waits.some(({ waitsFor = [] }) => waitsFor.some(({ kind }) => kind === 'Pod'))
    return `No node is even looked at: ${details.join(', ')}${behind ? ', and that waits for another Pod' : ''}.`
  }
  const target = onlyTarget(verdict)
  if (target !== undefined) return target
  const counts = new Map<CauseCode, number>()
  for (const { blockers } of verdict.nodes) {
    const fact = blockers[0]?.reasons[0]?.fact
    if (fact !== undefined) counts.set(codeOf(fact), (counts.get(codeOf(fact)) ?? 0) + 1)
  }
  const parts = [...counts].sort((a, b) => b[1] - a[1])
  const [first] = parts
  if (parts.length === 1 && first !== undefined) {
    const [code, count] = first
    return total === 1
      ? `The only node ${phrase(code, 1)}.`
      : `No node takes it: ${count} of ${total} ${phrase(code, count)}.`
  }
  return `No node takes it: ${parts.map(([code, count]) => `${count} ${phrase(code, count)}`).join(', ')}.`
}

/** A Pod that is meant for one node, as a DaemonSet's is: only that node tells why it waits. */
function onlyTarget({ nodes }: PodVerdict): string | undefined {
  const meant = nodes.filter(
    ({ blockers }) =>
      !blockers.some(({ reasons }) => reasons.some(({ fact }) => codeOf(fact) === 'MeantForAnotherNode')),
  )
  const [target, ...others] = meant
  if (target === undefined || others.length > 0 || nodes.length === 1) return undefined
  const facts = target.blockers.flatMap(({ reasons }) => reasons.map(({ fact }) => detailOf([fact])))
  return `Node ${target.node.name}, which it is meant for, does not take it: ${facts.join('; ')}.`
}

/** What the nodes do or lack; after a number or "the only node". */
function phrase(code: CauseCode, count: number): string {
  const has = count === 1 ? 'has' : 'have'
  const is = count === 1 ? 'is' : 'are'
  const does = count === 1 ? 'does' : 'do'
  switch (code) {
    case 'UntoleratedTaint':
      return `${has} a taint it does not tolerate`
    case 'NodeCordoned':
      return `${is} cordoned`
    case 'NodeSelectorUnmet':
      return `${does} not have the labels it asks for`
    case 'NodeAffinityUnmet':
      return `${does} not match its node affinity`
    case 'MeantForAnotherNode':
      return `${is} not the node it is meant for`
    case 'HostPortTaken':
      return `${has} no free host port for it`
    case 'TooManyPods':
      return `${has} no place for one more Pod`
    case 'InsufficientResource':
      return `${has} not enough room for what it requests`
    case 'DiskInUse':
      return `${has} its disk in use already`
    case 'ClaimInUse':
      return `${is} ruled out since its ReadWriteOncePod claim is in use`
    case 'VolumeLimitReached':
      return `${has} as many volumes as fit`
    case 'VolumeElsewhere':
      return `${is} out of reach of its volume`
    case 'NoVolumeFits':
      return `${has} no volume for its claim`
    case 'NoStorageCapacity':
      return `${has} too little free storage for its claim`
    case 'SpreadTooSkewed':
      return `would break its topology spread`
    case 'PodAffinityUnmet':
      return `${has} no Pod near that its affinity asks for`
    case 'PodAntiAffinity':
      return `${has} a Pod near that anti-affinity keeps apart`
    case 'NoDevices':
      return `${has} no device for its claim`
    case 'FeatureNotDeclared':
      return `${does} not declare a feature it needs`
    default:
      return `${is} refused (${code})`
  }
}
