import { templateOf } from '#components/subject.ts'
import type { Inquiry } from '#diagnosis/inquiry.ts'
import type { Pod } from '#model/api/pod.ts'
import { isRecord, valueAt } from '#model/raw-object.ts'
import type { Fact } from '#scheduler/framework/fact.ts'
import { readWhitelist, whitelistAnnotation } from '#taints/whitelist.ts'

const prefix = 'scheduler.alpha.kubernetes.io/'

/** Labels that keep the Pod off nodes and that its template does not ask for: admission put them into the Pod. */
export function injectedNotes(pod: Pod, facts: readonly Fact[], inquiry: Inquiry): readonly string[] {
  const maker = inquiry.whoseOf(pod).chain.owners[0]
  const template = maker?.object === undefined ? undefined : templateOf(maker.object)
  if (maker === undefined || template === undefined) return []
  const own = valueAt(template.spec, 'nodeSelector')
  const unmet = facts.flatMap((fact) => (fact.kind === 'NodeSelector' ? fact.unmet : []))
  const added = new Set(
    unmet.filter(({ key }) => !(isRecord(own) && Object.hasOwn(own, key))).map(({ key, value }) => `${key}=${value}`),
  )
  if (added.size === 0) return []
  return [
    `node selector ${[...added].join(',')} is not in the template of ${maker.kind} ${maker.name}: admission added it to the Pod, from the node selector of namespace ${pod.metadata.namespace ?? ''} or the cluster's default. Change it there (OpenShift: annotation openshift.io/node-selector of the namespace, which may be empty), then delete the Pod`,
  ]
}

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
