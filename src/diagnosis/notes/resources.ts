import type { Inquiry } from '#diagnosis/inquiry.ts'
import { valueAt } from '#model/raw-object.ts'
import type { Fact } from '#scheduler/framework/fact.ts'

/** Devices that no node offers: nobody advertises them, which no toleration mends. */
export function resourceNotes(facts: readonly Fact[], inquiry: Inquiry): readonly string[] {
  const lacking = new Set(
    facts.flatMap((fact) => (fact.kind === 'Insufficient' && fact.resource.includes('/') ? [fact.resource] : [])),
  )
  return [...lacking].flatMap((resource) => {
    const isOffered = inquiry.state.lists.nodes.items.some(({ status }) => {
      const amount = Object.hasOwn(status.allocatable ?? {}, resource) ? status.allocatable?.[resource] : undefined
      return amount !== undefined && amount !== '0'
    })
    if (isOffered) return []
    return [
      `no node advertises ${resource}: its device plugin or driver has not registered it on any node${plugins(resource, inquiry)}`,
    ]
  })
}

/** DaemonSets of the same vendor that want no Pod at all. */
function plugins(resource: string, { index }: Inquiry): string {
  const vendor = resource.split('/')[0]?.split('.')[0] ?? ''
  if (vendor.length < 3) return ''
  const idle = index
    .ofKind('apps', 'DaemonSet')
    .filter(
      (one) => one.metadata.name?.includes(vendor) === true && valueAt(one, 'status', 'desiredNumberScheduled') === 0,
    )
    .map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name ?? ''}`)
  return idle.length === 0 ? '' : `; DaemonSet ${idle.join(', ')} wants no Pod on any node`
}
