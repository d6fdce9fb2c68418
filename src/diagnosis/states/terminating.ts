import { evictedAtOnce, evictionOf } from '#diagnosis/eviction.ts'
import type { Inquiry } from '#diagnosis/inquiry.ts'
import { brokenOf, isUnreachable } from '#diagnosis/node-health.ts'
import { controllerOf } from '#model/api/meta.ts'
import type { Pod } from '#model/api/pod.ts'
import { type Judgement, outside } from './judgement.ts'

/** Pods that are being deleted; undefined for all others. */
export function terminating(pod: Pod, inquiry: Inquiry): Judgement | undefined {
  if (pod.metadata.deletionTimestamp === undefined) return undefined
  const dead = deadNodeOf(pod, inquiry)
  const finalizers = pod.metadata.finalizers ?? []
  const kept = finalizers.length === 0 ? [] : [`finalizers keep it: ${finalizers.join(', ')}`]
  const evicted = dead === undefined ? evictedNow(pod, inquiry) : undefined
  if (evicted !== undefined) return outside('Terminating', 'NoExecuteLoop', evicted, { notes: kept })
  if (dead === undefined) {
    return outside('Terminating', 'Terminating', 'It is being deleted; the scheduler leaves it alone.', { notes: kept })
  }
  const owner = controllerOf(pod.metadata)
  const identity =
    owner?.kind === 'StatefulSet'
      ? ` StatefulSet ${owner.name ?? ''} makes no Pod of the same name until this one is gone.`
      : ''
  const answer = `It is being deleted, but its node ${pod.spec.nodeName} ${dead}: only its kubelet can confirm that it has ended.${identity}`
  const mend = `bring node ${pod.spec.nodeName} back; or, once it is certainly off, delete the Node object or give it the taint node.kubernetes.io/out-of-service`
  return outside('Terminating', 'StuckTerminating', answer, { notes: [mend, ...kept] })
}

/** A Pod that goes because of a NoExecute taint: whoever made it makes the next one for the same end. */
function evictedNow(pod: Pod, inquiry: Inquiry): string | undefined {
  const node = pod.spec.nodeName ?? ''
  const eviction = evictionOf(pod, inquiry.nodeNamed(node))
  if (eviction?.afterSeconds !== 0) return undefined
  return `It is being deleted: node ${node} ${evictedAtOnce(pod, eviction)}.`
}

function deadNodeOf({ spec }: Pod, inquiry: Inquiry): string | undefined {
  const name = spec.nodeName ?? ''
  if (name === '' || inquiry.view.missing('nodes') !== undefined) return undefined
  const node = inquiry.nodeNamed(name)
  if (node === undefined) return 'no longer exists'
  if (!isUnreachable(node)) return undefined
  return `is ${brokenOf(node)?.why ?? 'not reachable'}`
}
