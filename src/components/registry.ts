import type { Pod, Toleration } from '#model/api/pod.ts'
import type { OriginKind } from '#ownership/origin.ts'
import type {
  Component,
  ComponentQuestion,
  KnownSystem,
  KnownVersion,
  Piece,
  Placement,
  RemakeQuestion,
} from './component.ts'
import { fleet } from './fleet/fleet.ts'
import { fleetdm } from './fleetdm.ts'
import { hostpath } from './hostpath.ts'
import { k3s } from './k3s/k3s.ts'
import { disagreement } from './known-version.ts'
import { localPath } from './local-path.ts'
import { coversAll, madeBefore } from './made-before.ts'
import { also, podPatch } from './placements.ts'
import { rancher } from './rancher/rancher.ts'
import { type Subject, subjectOf } from './subject.ts'

/** Every system whose workloads are known. No two recognise the same workload. */
export const knownSystems: readonly KnownSystem[] = [fleet, rancher, hostpath, localPath, k3s, fleetdm]

/** Which known piece a workload is, with its version; undefined where it belongs to no known system. */
export function componentOf(question: ComponentQuestion): Component | undefined {
  const found = pieceOf(subjectOf(question))
  return found === undefined ? undefined : { id: found.piece.id, version: found.version }
}

/**
 * Where the tolerations of a workload are set, the natural place first; empty where it belongs to no known system.
 * `wanted` are the tolerations that the Pod lacks: where they are set already, what then keeps the Pod comes first.
 */
export function placementsOf(question: ComponentQuestion, wanted: readonly Toleration[]): readonly Placement[] {
  const subject = subjectOf(question)
  const found = pieceOf(subject)
  if (found === undefined) return []
  const { piece, version } = found
  const earlier = madeBefore(subject, wanted)
  if (earlier.length > 0) return earlier
  const places = piece.placements({ subject, version, wanted }).map((place) => asItStands(place, wanted))
  const [natural, ...others] = setBefore(subject, places)
  if (natural === undefined) return []
  const warnings = [disagreement(version), madeByAnother(subject, natural)].filter((text) => text !== undefined)
  return [also(natural, { warnings }), ...others]
}

/** A Pod of a known piece as its maker would make it now; undefined for pieces of which that is not known. */
export function remadePod(id: string, question: RemakeQuestion): Pod | undefined {
  const piece = knownSystems.flatMap(({ pieces }) => pieces).find((one) => one.id === id)
  return piece?.remade?.(question)
}

/** What is known of selectors of the workload's charts that match too much; empty where nothing is. */
export function selectorFactsOf(question: ComponentQuestion): readonly string[] {
  const subject = subjectOf(question)
  const system = knownSystems.find(({ pieces }) => pieces.some((piece) => piece.recognises(subject)))
  return system?.selectorFacts?.(subject) ?? []
}

/** Says whether the list holds what is wanted; a place that reaches nothing needs no commands. */
function asItStands(place: Placement, wanted: readonly Toleration[]): Placement {
  const isSet = place.takesTolerations && wanted.length > 0 && coversAll(place.standing.entries, wanted)
  const dropped =
    place.reach.kind === 'NotReached' && ['HelmValues', 'CustomResource', 'ConfigMap'].includes(place.target.kind)
  return { ...place, isSet, ...(dropped ? { apply: [], afterwards: [] } : {}) }
}

/** Where the natural place holds the tolerations already and passes them on, the Pod is what is left to change. */
function setBefore(subject: Subject, places: readonly Placement[]): readonly Placement[] {
  const [natural, ...others] = places
  if (natural === undefined || !natural.isSet || natural.reach.kind === 'Unknown') return places
  const already = `${natural.standing.from ?? 'The list'} holds these tolerations already: setting them again changes nothing.`
  const warnings = [already.charAt(0).toUpperCase() + already.slice(1)]
  if (natural.reach.kind === 'NotReached') return [also(natural, { warnings }), ...others]
  const evidence = `${natural.standing.from ?? 'the list'} holds them and passes them on; this Pod was made before, or the change has not come through`
  const patch = podPatch(subject, { evidence, warnings, afterwards: natural.afterwards })
  return [patch, natural, ...others.filter((place) => place.target.kind !== 'PodPatch')]
}

/** What makes Helm releases by itself, and so undoes what a person does with helm. */
const releaseMakers: readonly OriginKind[] = [
  'FleetBundle',
  'FleetBundleDeployment',
  'HelmOp',
  'HelmChart',
  'ArgoApplication',
  'FluxHelmRelease',
  'FluxKustomization',
]

/** A sentence where the release to change belongs to something that holds its values; undefined where it does not. */
function madeByAnother({ origin }: Subject, { target }: Placement): string | undefined {
  const maker = origin?.origin
  const isItsRelease = target.release === origin?.name && target.namespace === origin?.namespace
  if (maker === undefined || target.kind !== 'HelmValues' || !isItsRelease || !releaseMakers.includes(maker.kind))
    return undefined
  const place = maker.namespace === undefined ? maker.name : `${maker.namespace}/${maker.name}`
  return `Release ${target.release ?? ''} is made by ${maker.kind} ${place}: set the value there, for what helm changes is undone.`
}

interface Found {
  readonly piece: Piece
  readonly version: KnownVersion | undefined
}

function pieceOf(subject: Subject): Found | undefined {
  for (const system of knownSystems) {
    const piece = system.pieces.find((one) => one.recognises(subject))
    if (piece !== undefined) return { piece, version: system.versionOf(subject, piece) }
  }
  return undefined
}
