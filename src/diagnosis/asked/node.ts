import type { Inquiry } from '#diagnosis/inquiry.ts'
import { nodesVerdict, reportTaint } from '#diagnosis/node-groups.ts'
import { brokenOf } from '#diagnosis/node-health.ts'
import { podClasses } from '#diagnosis/pod-class.ts'
import { needsNode } from '#diagnosis/scope.ts'
import { formatAmount } from '#model/amount.ts'
import type { Node } from '#model/api/node.ts'
import type { Pod } from '#model/api/pod.ts'
import type { AlikePods, AskedNode, AskedObject, KeptOff } from '#report/explain-parts.ts'
import type { NodeVerdict } from '#scheduler/evaluate.ts'
import type { Fact } from '#scheduler/framework/fact.ts'
import { classifyTaint } from '#taints/classify-taint.ts'
import { exactToleration, taintText, tolerationText } from '#taints/exact-toleration.ts'

/** The answer about a node: who is kept off it, by what, and what it would take to open it for each. */
export function askedNode(node: Node, inquiry: Inquiry): AskedObject {
  const name = node.metadata.name ?? ''
  const { items } = inquiry.state.lists.pods
  const waiting = items.filter((pod) => needsNode(pod) && (pod.spec.schedulingGates ?? []).length === 0)
  const keptOff: KeptOff[] = []
  const wouldTake: AlikePods[] = []
  for (const { pods } of podClasses(waiting, items)) {
    const [pod] = pods as readonly [Pod, ...Pod[]]
    const verdict = inquiry.verdictOf(pod)
    const here = verdict.nodes.find((one) => one.node.name === name)
    if (here === undefined) continue
    if (here.blockers.length > 0) keptOff.push(keptOffBy(alike(pods, inquiry), here))
    else if (verdict.podBlockers.length === 0 && here.unknown.length === 0) wouldTake.push(alike(pods, inquiry))
  }
  const broken = brokenOf(node)
  const details: AskedNode = {
    cordoned: node.spec.unschedulable === true,
    ...(broken === undefined ? {} : { broken: broken.why }),
    taints: (node.spec.taints ?? []).map(reportTaint),
    keptOff,
    wouldTake,
  }
  return { kind: 'Node', name, answer: answerOf(details), node: details }
}

function answerOf({ cordoned, broken, keptOff, wouldTake }: AskedNode): string {
  const count = (list: readonly AlikePods[]): number => list.reduce((sum, one) => sum + one.count, 0)
  const [off, on] = [count(keptOff), count(wouldTake)]
  const pods = (number: number): string => `${number.toLocaleString('en')} waiting Pod${number === 1 ? '' : 's'}`
  const state = broken !== undefined ? `It is ${broken}. ` : cordoned ? 'It is cordoned. ' : ''
  if (off === 0 && on === 0) return `${state}No Pod waits that it keeps off.`
  const kept = off === 0 ? 'It keeps no waiting Pod off' : `It keeps ${pods(off)} off`
  return `${state}${kept}${on === 0 ? '' : `, and would take ${pods(on)} now`}.`
}

function alike(pods: readonly Pod[], inquiry: Inquiry): AlikePods {
  const [pod] = pods as readonly [Pod, ...Pod[]]
  const { chain } = inquiry.whoseOf(pod)
  const root = chain.owners.at(-1)
  const { namespace = '', name = '' } = pod.metadata
  return { namespace, name, count: pods.length, ...(root === undefined ? {} : { owner: `${root.kind} ${root.name}` }) }
}

function keptOffBy(pods: AlikePods, verdict: NodeVerdict): KeptOff {
  const [blocked] = nodesVerdict([verdict], false, []).blocked
  const facts = verdict.blockers.flatMap(({ reasons }) => reasons.map(({ fact }) => fact))
  const isCordoned = facts.some(({ kind }) => kind === 'Cordoned')
  const needs = facts.flatMap((fact) => needsOf(fact, isCordoned))
  return { ...pods, blocked: blocked ?? { nodes: [verdict.node.name], blockers: [] }, needs: [...new Set(needs)] }
}

/** What would take a hindrance away, as clauses. */
function needsOf(fact: Fact, isCordoned: boolean): readonly string[] {
  switch (fact.kind) {
    case 'Cordoned':
      return ['uncordoning it']
    case 'Taints':
      // Kubernetes takes the cordon's taint away with the cordon.
      return fact.taints
        .filter(({ key }) => !isCordoned || key !== 'node.kubernetes.io/unschedulable')
        .map((taint) => {
          const { tolerable, instead } = classifyTaint(taint)
          if (tolerable) return `a toleration ${tolerationText(exactToleration(taint))}, or the taint gone`
          return `taint ${taintText(taint)} gone (${instead ?? 'it is not to be tolerated'})`
        })
    case 'NodeSelector':
      return fact.unmet.map(({ key, value }) => `label ${key}=${value} on the node, or another node selector`)
    case 'NodeAffinity':
      return ['labels that its node affinity asks for, or another affinity']
    case 'OtherNodesOnly':
    case 'OtherNodeNamed':
      return ['nothing: it is meant for another node']
    case 'Insufficient': {
      const free = fact.allocatable > fact.used ? fact.allocatable - fact.used : 0n
      if (fact.requested > fact.allocatable)
        return [
          `a smaller request: it asks for ${formatAmount(fact.resource, fact.requested)} ${fact.resource}, the node has ${formatAmount(fact.resource, fact.allocatable)} in all`,
        ]
      return [`${formatAmount(fact.resource, fact.requested - free)} more ${fact.resource} free`]
    }
    case 'TooManyPods':
      return ['one Pod less on it']
    case 'HostPort':
      return [
        `host port ${fact.port}/${fact.protocol} free${fact.heldBy.length === 0 ? '' : ` (held by ${fact.heldBy.join(', ')})`}`,
      ]
    default:
      return []
  }
}
