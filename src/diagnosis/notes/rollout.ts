import type { Inquiry } from '#diagnosis/inquiry.ts'
import { controllerOf } from '#model/api/meta.ts'
import type { Pod } from '#model/api/pod.ts'
import type { ApiObject } from '#model/cluster-state.ts'
import { valueAt } from '#model/raw-object.ts'
import { selects } from '#model/selector.ts'
import type { NodeVerdict, PodVerdict } from '#scheduler/evaluate.ts'
import type { Fact } from '#scheduler/framework/fact.ts'
import { usedBy } from '#scheduler/framework/pod-requests.ts'

/** A rolling update that cannot go on: the new Pod waits for a place that an old Pod of its own workload holds. */
export function rolloutNotes(pod: Pod, verdict: PodVerdict, inquiry: Inquiry): readonly string[] {
  const found = surging(pod, inquiry)
  if (found === undefined) return []
  const { workload, instead } = found
  const name = `${workload.kind} ${workload.metadata.name ?? ''}`
  const cure = `a rolling update starts the new Pod before an old one ends. ${instead} lets the old one go first`
  const { root } = inquiry.whoseOf(pod)
  const writer =
    root.kind === workload.kind
      ? ''
      : `; ${root.kind} ${root.metadata.name ?? ''} writes the ${workload.kind}: set it there`
  const isHeld = factsOf(verdict).some((fact) => isHeldByOwn(fact, pod, inquiry))
  if (isHeld) return [`the Pods in its way are of the same ${name}: ${cure}${writer}`]
  for (const node of verdict.nodes) {
    const old = roomOf(node, pod, inquiry)
    if (old !== undefined)
      return [
        `node ${node.node.name} has room for it once ${old}, an older Pod of the same ${name}, is gone: ${cure}${writer}`,
      ]
  }
  return []
}

/** The workload of the Pod, where it makes new Pods before it ends old ones. */
function surging(pod: Pod, inquiry: Inquiry): { readonly workload: ApiObject; readonly instead: string } | undefined {
  const { chain, root } = inquiry.whoseOf(pod)
  const objects = [...chain.owners.map(({ object }) => object), root]
  const workload = objects.find((one) => one?.kind === 'Deployment' || one?.kind === 'DaemonSet')
  if (workload === undefined) return undefined
  if (workload.kind === 'DaemonSet') {
    const surge = valueAt(workload, 'spec', 'updateStrategy', 'rollingUpdate', 'maxSurge') ?? 0
    return isNone(surge) ? undefined : { workload, instead: 'maxSurge: 0 with maxUnavailable: 1' }
  }
  const isRecreate = valueAt(workload, 'spec', 'strategy', 'type') === 'Recreate'
  const surge = valueAt(workload, 'spec', 'strategy', 'rollingUpdate', 'maxSurge') ?? '25%'
  return isRecreate || isNone(surge) ? undefined : { workload, instead: 'maxSurge: 0, or strategy Recreate,' }
}

/** `0` or `0%`. */
function isNone(surge: unknown): boolean {
  return surge === 0 || surge === '0' || surge === '0%'
}

function factsOf(verdict: PodVerdict): readonly Fact[] {
  return verdict.nodes.flatMap(({ blockers }) => blockers.flatMap(({ reasons }) => reasons.map(({ fact }) => fact)))
}

function isHeldByOwn(fact: Fact, pod: Pod, inquiry: Inquiry): boolean {
  switch (fact.kind) {
    case 'HostPort':
    case 'DiskInUse':
    case 'ClaimInUse':
      return fact.heldBy.some((name) => isSiblingNamed(name, pod, inquiry))
    case 'ExistingAntiAffinity':
      return fact.pods.some((name) => isSiblingNamed(name, pod, inquiry))
    case 'PodAntiAffinity':
      return selects(fact.term.labelSelector, pod.metadata.labels)
    default:
      return false
  }
}

function isSiblingNamed(name: string, pod: Pod, inquiry: Inquiry): boolean {
  const other = inquiry.podCalled(name)
  return other !== undefined && isSibling(other, pod, inquiry)
}

function isSibling(other: Pod, pod: Pod, inquiry: Inquiry): boolean {
  const mine = inquiry.whoseOf(pod).root.metadata.uid
  return mine !== undefined && inquiry.whoseOf(other).root.metadata.uid === mine
}

/** The Pod of an older template whose end would make the room that the node lacks, where it lacks nothing else. */
function roomOf({ node, blockers }: NodeVerdict, pod: Pod, inquiry: Inquiry): string | undefined {
  if (blockers.some(({ plugin }) => plugin !== 'NodeResourcesFit')) return undefined
  const facts = blockers.flatMap(({ reasons }) => reasons.map(({ fact }) => fact))
  const hash = pod.metadata.labels?.['pod-template-hash']
  if (facts.length === 0 || hash === undefined) return undefined
  const named = deploymentOf(pod)
  const old = node.pods.find((other) => {
    const theirs = other.metadata.labels?.['pod-template-hash']
    if (theirs === undefined || theirs === hash || other.metadata.namespace !== pod.metadata.namespace) return false
    // Owners are looked up for those only that may be of the same Deployment: there may be a hundred thousand Pods.
    return (
      named !== undefined &&
      deploymentOf(other) === named &&
      facts.every((fact) => fits(fact, other, inquiry)) &&
      isSibling(other, pod, inquiry)
    )
  })
  return old?.metadata.name
}

/** A ReplicaSet is called as its Deployment, with the hash of its template behind. */
function deploymentOf({ metadata }: Pod): string | undefined {
  const owner = controllerOf(metadata)
  const ending = `-${metadata.labels?.['pod-template-hash'] ?? ''}`
  return owner?.kind === 'ReplicaSet' && owner.name?.endsWith(ending) === true
    ? owner.name.slice(0, -ending.length)
    : undefined
}

function fits(fact: Fact, without: Pod, { rules }: Inquiry): boolean {
  if (fact.kind === 'TooManyPods') return true
  if (fact.kind !== 'Insufficient') return false
  const freed = usedBy(without, rules).get(fact.resource) ?? 0n
  return fact.allocatable - fact.used + freed >= fact.requested
}
