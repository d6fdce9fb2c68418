import type { Inquiry } from '#diagnosis/inquiry.ts'
import { claimFacts, claimsOf, selectedNode } from '#diagnosis/waits/claim.ts'
import { few } from '#diagnosis/words.ts'
import type { Pod } from '#model/api/pod.ts'
import { parseQuantity } from '#model/quantity.ts'
import type { Fact } from '#scheduler/framework/fact.ts'
import { storageClassOf } from '#scheduler/framework/volumes/claims.ts'

/** What keeps the Pod's claims from having a volume, and what would give them one. */
export function claimNotes(pod: Pod, facts: readonly Fact[], inquiry: Inquiry): readonly string[] {
  return [...withoutClass(pod, facts, inquiry), ...nearly(pod, facts, inquiry), ...chosenNodeGone(pod, inquiry)]
}

/** Claims that name no StorageClass, or one that is not there: which there are, and which is the default. */
function withoutClass(pod: Pod, facts: readonly Fact[], inquiry: Inquiry): readonly string[] {
  const { view } = inquiry
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
  const unnamed = claimsOf(pod, inquiry).some(
    ({ spec, status }) => status.phase !== 'Bound' && spec.storageClassName === undefined,
  )
  const cure = unnamed
    ? 'a claim that names none gets the default one as soon as there is one'
    : 'the class of a claim cannot be changed: make the StorageClass, or delete the claim and make it with another'
  return [`${there}; ${cure}`]
}

const defaultClass = 'storageclass.kubernetes.io/is-default-class'

/** Volumes of the claim's class that nobody has and that it does not get all the same: left over, or too small. */
function nearly(pod: Pod, facts: readonly Fact[], inquiry: Inquiry): readonly string[] {
  const { view } = inquiry
  const wanting = new Set(facts.flatMap((fact) => (fact.kind === 'NoVolume' ? fact.claims : [])))
  if (view.missing('persistentvolumes') !== undefined) return []
  return claimsOf(pod, inquiry).flatMap((claim) => {
    const { name = '' } = claim.metadata
    if (!wanting.has(name)) return []
    const { resources } = claim.spec
    const wanted = storageClassOf(claim)
    const asked = parseQuantity(resources?.requests?.storage ?? '0') ?? 0n
    const ofClass = view.list('persistentvolumes').items.filter((volume) => storageClassOf(volume) === wanted)
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
            `PersistentVolume ${few(left)} of the same class ${left.length === 1 ? 'is' : 'are'} Released: the claim is gone and the data is not. Without spec.claimRef it is free for claim ${name}`,
          ]),
      ...(small.length === 0
        ? []
        : [
            `PersistentVolume ${few(small)} ${small.length === 1 ? 'is' : 'are'} free, and smaller than the ${resources?.requests?.storage ?? ''} that claim ${name} asks for`,
          ]),
    ]
  })
}

/** Claims whose volume is to be made for a node that is gone: nobody makes it, and no other node is chosen. */
function chosenNodeGone(pod: Pod, inquiry: Inquiry): readonly string[] {
  if (inquiry.view.missing('nodes') !== undefined) return []
  return claimsOf(pod, inquiry).flatMap((claim) => {
    const { namespace = '', name = '' } = claim.metadata
    const { isBound, node } = claimFacts(claim, inquiry)
    if (isBound || node === undefined || inquiry.nodeNamed(node) !== undefined) return []
    return [
      `the volume of claim ${name} is to be made for node ${node}, which does not exist any more: let the scheduler choose again with \`kubectl -n ${namespace} annotate pvc ${name} ${selectedNode}-\``,
    ]
  })
}
