import type { Inquiry } from '#diagnosis/inquiry.ts'
import type { Pod } from '#model/api/pod.ts'
import { readWhitelist, whitelistAnnotation } from '#taints/whitelist.ts'

const prefix = 'scheduler.alpha.kubernetes.io/'

/** What annotations of the Pod's namespace add to it, or forbid, where the admission plugins that read them are on. */
export function namespaceNotes({ metadata, spec }: Pod, { view }: Inquiry): readonly string[] {
  const found = view.find('namespaces', '', metadata.namespace ?? '')
  if (found.kind !== 'found') return []
  const name = metadata.namespace ?? ''
  const annotations = found.object.metadata.annotations ?? {}
  const notes: string[] = []
  const selector = annotations[`${prefix}node-selector`] ?? annotations['openshift.io/node-selector']
  if (selector !== undefined && selector.trim() !== '') {
    const has = selector.split(',').every((pair) => {
      const [key = '', value = ''] = pair.trim().split('=')
      return spec.nodeSelector?.[key] === value
    })
    const effect = has
      ? 'the Pod has it'
      : 'would be added where the admission plugin PodNodeSelector is on; the Pod does not have it'
    notes.push(`namespace ${name} sets node selector ${selector}: ${effect}`)
  }
  const defaults = annotations[`${prefix}defaultTolerations`]
  if (defaults !== undefined && defaults.trim() !== '') {
    notes.push(
      `namespace ${name} has default tolerations (annotation), added where the admission plugin PodTolerationRestriction is on`,
    )
  }
  if (readWhitelist(found.object.metadata.annotations).kind !== 'None') {
    notes.push(
      `namespace ${name} has a whitelist of tolerations (${whitelistAnnotation}): others are refused where the admission plugin PodTolerationRestriction is on`,
    )
  }
  return notes
}
