import { controllerOf } from '#model/api/meta.ts'
import type { Node, Taint } from '#model/api/node.ts'
import type { Pod } from '#model/api/pod.ts'
import { tolerates } from '#model/toleration.ts'
import { taintText } from '#taints/exact-toleration.ts'

/** What the taint-eviction controller does with a Pod on a node with NoExecute taints. */
export interface Eviction {
  readonly taints: readonly Taint[]
  /** Seconds after which it goes; 0: at once. */
  readonly afterSeconds: number
}

/**
 * Whether and when the taint-eviction controller takes the Pod off its node: at once where a NoExecute taint is not
 * tolerated, else after the least `tolerationSeconds` of the first toleration that matches each taint.
 * @see pkg/controller/tainteviction/taint_eviction.go processPodOnNode, getMinTolerationTime (kubernetes v1.36.2)
 */
export function evictionOf(pod: Pod, node: Node | undefined): Eviction | undefined {
  const taints = (node?.spec.taints ?? []).filter(({ effect }) => effect === 'NoExecute')
  const tolerations = pod.spec.tolerations ?? []
  const first = taints.map((taint) => ({ taint, by: tolerations.find((one) => tolerates(one, taint)) }))
  const untolerated = first.filter(({ by }) => by === undefined).map(({ taint }) => taint)
  if (untolerated.length > 0) return { taints: untolerated, afterSeconds: 0 }
  const timed = first.filter(({ by }) => by?.tolerationSeconds !== undefined)
  if (timed.length === 0) return undefined
  const seconds = timed.map(({ by }) => Math.max(0, by?.tolerationSeconds ?? 0))
  const afterSeconds = seconds.reduce((least, one) => Math.min(least, one))
  return { taints: timed.map(({ taint }) => taint), afterSeconds }
}

/** `has taint x=y:NoExecute, which it does not tolerate, so it is evicted at once, and ReplicaSet web makes it again` */
export function evictedAtOnce(pod: Pod, { taints }: Eviction): string {
  return `has taint ${taints.map(taintText).join(', ')}, which it does not tolerate, so it is evicted at once${madeAgain(pod)}`
}

/** Who makes the next Pod for the same end, as a clause; empty where nobody does. */
export function madeAgain({ metadata }: Pod): string {
  const owner = controllerOf(metadata)
  return owner === undefined ? '' : `, and ${owner.kind} ${owner.name} makes it again`
}
