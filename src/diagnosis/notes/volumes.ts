import type { Inquiry } from '#diagnosis/inquiry.ts'
import type { PersistentVolume } from '#model/api/storage.ts'
import type { Fact } from '#scheduler/framework/fact.ts'

/** Where the volumes can be used that keep the Pod off nodes, and whether any node is there. */
export function volumeNotes(facts: readonly Fact[], inquiry: Inquiry): readonly string[] {
  const names = new Map(
    facts.flatMap((fact) => (fact.kind === 'VolumeElsewhere' ? [[fact.volume, fact.claim] as const] : [])),
  )
  return [...names].flatMap(([name, claim]) => {
    const found = inquiry.view.find('persistentvolumes', '', name)
    return found.kind === 'found' ? noteOf(found.object, claim) : []
  })
}

function noteOf({ metadata, spec }: PersistentVolume, claim: string): readonly string[] {
  const name = metadata.name ?? ''
  const terms = spec.nodeAffinity?.required?.nodeSelectorTerms ?? []
  const isForNoNode = terms.some(({ matchExpressions = [] }) =>
    matchExpressions.some(({ key, values = [] }) => key === 'kubernetes.io/hostname' && values.includes('')),
  )
  if (isForNoNode) {
    return [
      `PersistentVolume ${name} asks for a node whose kubernetes.io/hostname is empty, which none is: the provisioner gave up waiting for its helper Pod and wrote it all the same. No toleration helps; delete the claim ${claim} and the volume, and let them be made again`,
    ]
  }
  const where = terms
    .map(({ matchExpressions = [] }) =>
      matchExpressions.map(({ key, operator, values = [] }) => `${key} ${operator} ${values.join('|')}`).join(' and '),
    )
    .filter((text) => text !== '')
  const zone = Object.entries(metadata.labels ?? {}).filter(([key]) =>
    /topology.*\/zone$|failure-domain.*\/zone$/.test(key),
  )
  const places = where.length > 0 ? where : zone.map(([key, value]) => `${key} = ${value}`)
  return places.length === 0
    ? []
    : [`PersistentVolume ${name} of claim ${claim} can be used only where ${places.join(' or ')}`]
}
