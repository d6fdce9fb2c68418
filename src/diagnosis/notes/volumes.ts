import { claimNames } from '#diagnosis/claim-names.ts'
import type { Inquiry } from '#diagnosis/inquiry.ts'
import { claimFacts, selectedNode } from '#diagnosis/waits/claim.ts'
import type { Pod } from '#model/api/pod.ts'
import type { PersistentVolume } from '#model/api/storage.ts'
import { parseQuantity } from '#model/quantity.ts'
import { selectsNode } from '#model/selector.ts'
import type { Fact } from '#scheduler/framework/fact.ts'

/** Where the volumes can be used that keep the Pod off nodes, and whether any node is there. */
export function volumeNotes(pod: Pod, facts: readonly Fact[], inquiry: Inquiry): readonly string[] {
  return [
    ...elsewhere(facts, inquiry),
    ...withoutClass(pod, facts, inquiry),
    ...nearly(pod, facts, inquiry),
    ...chosenNodeGone(pod, inquiry),
  ]
}

function elsewhere(facts: readonly Fact[], inquiry: Inquiry): readonly string[] {
  const names = new Map(
    facts.flatMap((fact) => (fact.kind === 'VolumeElsewhere' ? [[fact.volume, fact.claim] as const] : [])),
  )
  return [...names].flatMap(([name, claim]) => {
    const found = inquiry.view.find('persistentvolumes', '', name)
    return found.kind === 'found' ? noteOf(found.object, claim, inquiry) : []
  })
}

/** Claims that name no StorageClass, or one that is not there: which there are, and which is the default. */
function withoutClass(pod: Pod, facts: readonly Fact[], { view }: Inquiry): readonly string[] {
  const isLacking = facts.some(
    (fact) => fact.kind === 'Claim' && (fact.problem === 'NoClass' || fact.problem === 'ClassNotFound'),
  )
  if (!isLacking || view.missing('storageclasses') !== undefined) return []
  const classes = view.list('storageclasses').items
  const names = classes.map(({ metadata }) => metadata.name ?? '').slice(0, 5)
  const standard = classes.find(({ metadata }) => metadata.annotations?.[defaultClass] === 'true')?.metadata.name
  const there =
    names.length === 0
      ? 'there is no StorageClass'
      : standard === undefined
        ? `there ${names.length === 1 ? 'is StorageClass' : 'are StorageClasses'} ${names.join(', ')}, and none is the default`
        : `StorageClass ${standard} is the default`
  const claims = claimNames(pod).flatMap((name) => {
    const found = view.find('persistentvolumeclaims', pod.metadata.namespace ?? '', name)
    return found.kind === 'found' && found.object.status.phase !== 'Bound' ? [found.object] : []
  })
  const unnamed = claims.some(({ spec }) => spec.storageClassName === undefined)
  const cure = unnamed
    ? 'a claim that names none gets the default one as soon as there is one'
    : 'the class of a claim cannot be changed: make the StorageClass, or delete the claim and make it with another'
  return [`${there}; ${cure}`]
}

const defaultClass = 'storageclass.kubernetes.io/is-default-class'

/** Volumes of the claim's class that nobody has and that it does not get all the same: left over, or too small. */
function nearly(pod: Pod, facts: readonly Fact[], { view }: Inquiry): readonly string[] {
  const wanting = new Set(facts.flatMap((fact) => (fact.kind === 'NoVolume' ? fact.claims : [])))
  if (view.missing('persistentvolumes') !== undefined) return []
  return [...wanting].flatMap((name) => {
    const found = view.find('persistentvolumeclaims', pod.metadata.namespace ?? '', name)
    if (found.kind !== 'found') return []
    const { storageClassName: wanted = '', resources } = found.object.spec
    const asked = parseQuantity(resources?.requests?.storage ?? '0') ?? 0n
    const ofClass = view.list('persistentvolumes').items.filter(({ spec }) => (spec.storageClassName ?? '') === wanted)
    const left = ofClass.filter(({ status }) => status.phase === 'Released').map(({ metadata }) => metadata.name ?? '')
    const small = ofClass
      .filter(
        ({ spec, status }) =>
          status.phase === 'Available' && (parseQuantity(spec.capacity?.storage ?? '0') ?? 0n) < asked,
      )
      .map(({ metadata, spec }) => `${metadata.name ?? ''} (${spec.capacity?.storage ?? '?'})`)
    return [
      ...(left.length === 0
        ? []
        : [
            `PersistentVolume ${some(left)} of the same class ${left.length === 1 ? 'is' : 'are'} Released: the claim is gone and the data is not. Without spec.claimRef it is free for claim ${name}`,
          ]),
      ...(small.length === 0
        ? []
        : [
            `PersistentVolume ${some(small)} ${small.length === 1 ? 'is' : 'are'} free, and smaller than the ${resources?.requests?.storage ?? ''} that claim ${name} asks for`,
          ]),
    ]
  })
}

function some(names: readonly string[]): string {
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`
}

/** Claims whose volume is to be made for a node that is gone: nobody makes it, and no other node is chosen. */
function chosenNodeGone(pod: Pod, inquiry: Inquiry): readonly string[] {
  const { view } = inquiry
  if (view.missing('nodes') !== undefined) return []
  return claimNames(pod).flatMap((name) => {
    const namespace = pod.metadata.namespace ?? ''
    const found = view.find('persistentvolumeclaims', namespace, name)
    if (found.kind !== 'found') return []
    const { isBound, node } = claimFacts(found.object, inquiry)
    if (isBound || node === undefined || inquiry.nodeNamed(node) !== undefined) return []
    return [
      `the volume of claim ${name} is to be made for node ${node}, which does not exist any more: let the scheduler choose again with \`kubectl -n ${namespace} annotate pvc ${name} ${selectedNode}-\``,
    ]
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
  const zone = Object.entries(metadata.labels ?? {}).filter(([key]) =>
    /topology.*\/zone$|failure-domain.*\/zone$/.test(key),
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
  if (near.length > 0) return `: ${near.slice(0, 3).join(', ')}${near.length > 3 ? ` and ${near.length - 3} more` : ''}`
  const keys = (required.nodeSelectorTerms ?? []).flatMap(({ matchExpressions = [] }) =>
    matchExpressions.map(({ key = '' }) => key),
  )
  const key = keys.find((one) => view.nodes.some(({ labels }) => Object.hasOwn(labels, one)))
  const values = key === undefined ? [] : [...new Set(view.nodes.flatMap(({ labels }) => labels[key] ?? []))].sort()
  const are = values.length === 0 || values.length > 5 ? '' : ` (there: ${values.join(', ')})`
  return `, and no node is there${are}: bring such a node, or give the volume up`
}
