import type { Inquiry } from '#diagnosis/inquiry.ts'
import type { Pod } from '#model/api/pod.ts'

/** Whether a helper Pod of a provisioner is one that no claim waits for any more; unknown where claims are not known. */
export function isLeftOver(pod: Pod, inquiry: Inquiry): boolean {
  const { component } = inquiry.whoseOf(pod)
  if (component?.id !== 'hostpath/helper' && component?.id !== 'local-path/helper') return false
  const { persistentvolumeclaims: claims } = inquiry.state.lists
  if (claims.missing !== undefined || claims.items.length === 0) return false
  const created = pod.metadata.creationTimestamp ?? ''
  return !claims.items.some(
    ({ metadata, status }) =>
      status.phase !== 'Bound' && (created === '' || (metadata.creationTimestamp ?? '') <= created),
  )
}
