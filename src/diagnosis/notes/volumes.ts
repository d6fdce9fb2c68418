import type { Inquiry } from '#diagnosis/inquiry.ts'
import { few } from '#diagnosis/words.ts'
import type { PersistentVolume } from '#model/api/storage.ts'
import { selectsNode } from '#model/selector.ts'
import type { Fact } from '#scheduler/framework/fact.ts'

/** Where the volumes can be used that keep the Pod off nodes, and whether any node is there. */
export function volumeNotes(facts: readonly Fact[], inquiry: Inquiry): readonly string[] {
  const names = new Map(
    facts.flatMap((fact) => (fact.kind === 'VolumeElsewhere' ? [[fact.volume, fact.claim] as const] : [])),
  )
  return [...names].flatMap(([name, claim]) => {
    const found = inquiry.view.find('persistentvolumes', '', name)
    return found.kind === 'found' ? noteOf(found.object, claim, inquiry) : []
  })
}

function noteOf({ metadata, spec }: PersistentVolume, claim: string, inquiry: Inquiry): readonly string[] {
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
  const zone = Object.entries(metadata.labels ?? {}).filter(
    ([key]) => key.endsWith('/zone') && /topology|failure-domain/.test(key),
  )
  const places = where.length > 0 ? where : zone.map(([key, value]) => `${key} = ${value}`)
  return places.length === 0
    ? []
    : [
        `PersistentVolume ${name} of claim ${claim} can be used only where ${places.join(' or ')}${nodesThere(spec, inquiry)}`,
      ]
}

/** Which nodes are where the volume can be used; and if none is, where they are. */
function nodesThere(spec: PersistentVolume['spec'], { view }: Inquiry): string {
  const required = spec.nodeAffinity?.required
  if (required === undefined || view.missing('nodes') !== undefined) return ''
  const near = view.nodes.filter(({ labels }) => selectsNode(required, labels)).map(({ name }) => name)
  if (near.length > 0) return `: ${few(near)}`
  const keys = (required.nodeSelectorTerms ?? []).flatMap(({ matchExpressions = [] }) =>
    matchExpressions.map(({ key = '' }) => key),
  )
  const key = keys.find((one) => view.nodes.some(({ labels }) => Object.hasOwn(labels, one)))
  const values = key === undefined ? [] : [...new Set(view.nodes.flatMap(({ labels }) => labels[key] ?? []))].sort()
  const are = values.length === 0 || values.length > 5 ? '' : ` (there: ${values.join(', ')})`
  return `, and no node is there${are}: bring such a node, or give the volume up`
}
