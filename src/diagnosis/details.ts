import { formatAmount } from '#model/amount.ts'
import type { Taint } from '#model/api/node.ts'
import type { Fact } from '#scheduler/framework/fact.ts'
import { few } from './words.ts'

/** Writes a taint as kubectl does: `key=value:Effect`. */
export function taintText({ key = '', value, effect = '' }: Taint): string {
  return value === undefined || value === '' ? `${key}:${effect}` : `${key}=${value}:${effect}`
}

/**
 * What stands behind a reason, in words for people, for all the nodes that share it.
 * The facts are of one kind: one for each node.
 */
export function detailOf(facts: readonly Fact[]): string {
  const [first] = facts
  if (first === undefined) return ''
  switch (first.kind) {
    case 'Cordoned':
      return 'cordoned'
    case 'OtherNodeNamed':
      return `the Pod names node ${first.wanted}`
    case 'Taints':
      return `taint ${first.taints.map(taintText).join(', ')}`
    case 'NodeSelector':
      return `no label ${first.unmet.map(({ key, value }) => `${key}=${value}`).join(', ')}`
    case 'NodeAffinity':
      return `labels do not match the required node affinity: ${affinityText(first.terms)}`
    case 'OtherNodesOnly':
      return first.nodes.length === 1
        ? `the Pod is meant for node ${first.nodes[0]}`
        : `the Pod is meant for ${first.nodes.length} other nodes`
    case 'HostPort':
      return `host port ${first.port}/${first.protocol} is taken${by(held(ofKind(facts, 'HostPort')))}`
    case 'TooManyPods':
      return `too many Pods: ${first.running} of ${first.allocatable}`
    case 'Insufficient':
      return shortage(facts as readonly Extract<Fact, { kind: 'Insufficient' }>[])
    case 'DiskInUse':
      return `disk of volume ${first.volume} is in use${by(held(ofKind(facts, 'DiskInUse')))}`
    case 'ClaimInUse':
      return `ReadWriteOncePod claim ${first.claim} is in use${by(first.heldBy)}`
    case 'VolumeLimit':
      return `max volume count: ${first.attached} of ${first.limit} volumes of ${first.driver} are attached, ${first.wanted} more wanted`
    case 'Claim':
      return claimText(first)
    case 'VolumeElsewhere':
      return `PersistentVolume ${first.volume} of claim ${first.claim} is bound to other nodes (${first.by === 'ZoneLabel' ? 'zone label' : 'node affinity'})`
    case 'NoVolume':
      return noVolumeText(first)
    case 'NoCapacity':
      return `not enough free storage: claim ${first.claim} asks for ${first.requested} of class ${first.storageClass}`
    case 'NoTopologyLabel':
      return `no label ${first.key}, which a topology spread constraint asks for`
    case 'Skew':
      return `topology spread: ${few(ofKind(facts, 'Skew').map(skewText))}, ${first.least} in the emptiest, maxSkew ${first.maxSkew}`
    case 'PodAffinity':
      return `no Pod that its affinity asks for in the same ${first.term.topologyKey ?? 'topology'}`
    case 'PodAntiAffinity':
      return `anti-affinity: a Pod it must not meet runs in ${first.term.topologyKey ?? 'topology'}=${few(ofKind(facts, 'PodAntiAffinity').map(({ value }) => value))}`
    case 'ExistingAntiAffinity':
      return existingText(ofKind(facts, 'ExistingAntiAffinity'))
    case 'ResourceClaim':
      return `ResourceClaim ${first.claim}: ${first.detail ?? first.problem}`
    case 'DeclaredFeatures':
      return `the node does not declare ${first.missing.join(', ')}`
    case 'Error':
      return first.message
    default:
      return first satisfies never
  }
}

/** Those of a kind; a reason's facts are all of one. */
function ofKind<K extends Fact['kind']>(facts: readonly Fact[], kind: K): readonly Extract<Fact, { kind: K }>[] {
  return facts.filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind)
}

function held(facts: readonly { readonly heldBy: readonly string[] }[]): readonly string[] {
  return facts.flatMap(({ heldBy }) => heldBy)
}

function by(pods: readonly string[]): string {
  return pods.length === 0 ? '' : ` by ${few(pods)}`
}

function skewText({ count, key, value }: Extract<Fact, { kind: 'Skew' }>): string {
  return `${count} matching Pods in ${key}=${value}`
}

function existingText(facts: readonly Extract<Fact, { kind: 'ExistingAntiAffinity' }>[]): string {
  const pods = facts.flatMap((fact) => fact.pods)
  const where = few(facts.map(({ key, value }) => `${key}=${value}`))
  return `anti-affinity of another Pod in ${where}${pods.length > 0 ? `: ${few(pods)}` : ''}`
}

function shortage(facts: readonly Extract<Fact, { kind: 'Insufficient' }>[]): string {
  const [first] = facts
  if (first === undefined) return ''
  const { resource, requested } = first
  const amount = (value: bigint): string => formatAmount(resource, value)
  const free = (fact: typeof first): bigint => (fact.allocatable > fact.used ? fact.allocatable - fact.used : 0n)
  const best = facts.reduce((a, b) => (free(b) > free(a) ? b : a))
  const largest = facts.reduce((a, b) => (b.allocatable > a.allocatable ? b : a))
  const head = `Insufficient ${resource}: needs ${amount(requested)}`
  if (largest.allocatable === 0n) return `${head}, the node${facts.length > 1 ? 's offer' : ' offers'} none`
  if (requested > largest.allocatable)
    return `${head}, ${facts.length > 1 ? 'the largest' : 'the node'} has ${amount(largest.allocatable)} in all`
  return `${head}, ${facts.length > 1 ? 'at most ' : ''}${amount(free(best))} of ${amount(best.allocatable)} free`
}

function affinityText(terms: Extract<Fact, { kind: 'NodeAffinity' }>['terms']): string {
  const written = terms.map(({ matchExpressions = [], matchFields = [] }) =>
    [...matchExpressions, ...matchFields]
      .map(({ key, operator, values = [] }) => `${key} ${operator}${values.length > 0 ? ` ${values.join('|')}` : ''}`)
      .join(' and '),
  )
  const shown = written.slice(0, 3).map((term) => (term === '' ? '(an empty term)' : term))
  return `${shown.join(' or ')}${written.length > 3 ? ' or ...' : ''}`
}

function claimText({ claim, problem, volume, storageClass }: Extract<Fact, { kind: 'Claim' }>): string {
  const name = `PersistentVolumeClaim ${claim}`
  switch (problem) {
    case 'NotFound':
      return `${name} does not exist`
    case 'NotCreatedYet':
      return `${name} of its ephemeral volume has not been created yet`
    case 'NotOwner':
      return `${name} exists, but was not made for this Pod`
    case 'Lost':
      return `${name} has lost its PersistentVolume ${volume ?? ''}`.trimEnd()
    case 'Deleting':
      return `${name} is being deleted`
    case 'Unbound':
      return `${name} is not bound${storageClass === undefined || storageClass === '' ? '' : ` (class ${storageClass})`}`
    case 'VolumeNotFound':
      return `PersistentVolume ${volume ?? ''} of claim ${claim} does not exist`
    case 'NoClass':
      return `${name} has neither a volume nor a StorageClass`
    case 'ClassNotFound':
      return `StorageClass ${storageClass ?? ''} of claim ${claim} does not exist`
    default:
      return problem satisfies never
  }
}

function noVolumeText({ claims, because }: Extract<Fact, { kind: 'NoVolume' }>): string {
  const name = `claim ${claims.join(', ')}`
  switch (because) {
    case 'NoMatch':
      return `no free PersistentVolume for ${name}`
    case 'SelectedNode':
      return `the volume of ${name} is being made for another node`
    case 'NoProvisioner':
      return `no free PersistentVolume for ${name}, and its class provisions none`
    case 'Topology':
      return `the class of ${name} makes no volumes here`
    default:
      return because satisfies never
  }
}
