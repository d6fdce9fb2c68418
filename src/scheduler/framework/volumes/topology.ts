import type { LabelSelectorRequirement, NodeSelector, NodeSelectorTerm } from '#model/api/meta.ts'
import { type Labels, labelOf } from '#model/selector.ts'

const zone = 'topology.kubernetes.io/zone'
const region = 'topology.kubernetes.io/region'
const betaZone = 'failure-domain.beta.kubernetes.io/zone'
const betaRegion = 'failure-domain.beta.kubernetes.io/region'

/** Between several values of one zone or region label. */
export const zoneSeparator = '__'

/**
 * An in-tree volume's node affinity with the CSI driver's zone key: its zone expressions carry that key instead,
 * and where it has none, the zones of the volume's label are asked for. Beta regions become stable ones.
 * @see csi-translation-lib/plugins/in_tree_volume.go translateTopologyFromInTreeToCSI (kubernetes v1.36.2)
 */
export function csiNodeAffinity(
  required: NodeSelector | undefined,
  labels: Labels | undefined,
  key: string,
): NodeSelector | undefined {
  const terms = required?.nodeSelectorTerms ?? []
  const [zoneKey, regionKey] = keysInUse(terms, labels)
  const zoned = hasValues(terms, zoneKey)
    ? renamed(terms, zoneKey, key)
    : withZones(terms, labelOf(labels, zoneKey), key)
  const moved = regionKey === betaRegion && hasValues(zoned, betaRegion) ? renamed(zoned, betaRegion, region) : zoned
  return moved === terms ? required : { nodeSelectorTerms: moved }
}

/** Stable keys, unless the affinity, or failing that the labels, know only the beta zone. */
function keysInUse(terms: readonly NodeSelectorTerm[], labels: Labels | undefined): readonly [string, string] {
  const stable = [zone, region] as const
  const beta = [betaZone, betaRegion] as const
  if (asksFor(terms, zone)) return stable
  if (asksFor(terms, betaZone)) return beta
  if (labelOf(labels, zone) !== undefined) return stable
  return labelOf(labels, betaZone) === undefined ? stable : beta
}

function asksFor(terms: readonly NodeSelectorTerm[], key: string): boolean {
  return terms.some(({ matchExpressions = [] }) => matchExpressions.some((one) => one.key === key))
}

function hasValues(terms: readonly NodeSelectorTerm[], key: string): boolean {
  return terms.some(({ matchExpressions = [] }) =>
    matchExpressions.some((one) => one.key === key && (one.values ?? []).length > 0),
  )
}

function renamed(terms: readonly NodeSelectorTerm[], from: string, to: string): readonly NodeSelectorTerm[] {
  return terms.map(({ matchExpressions = [], ...term }) => ({
    ...term,
    matchExpressions: matchExpressions.map((one) => (one.key === from ? { ...one, key: to } : one)),
  }))
}

function withZones(
  terms: readonly NodeSelectorTerm[],
  label: string | undefined,
  key: string,
): readonly NodeSelectorTerm[] {
  const zones = (label ?? '').split(zoneSeparator).map((one) => one.trim())
  const values = [...new Set(zones.filter((one) => one !== ''))].sort()
  if (values.length === 0) return terms
  const asked: LabelSelectorRequirement = { key, operator: 'In', values }
  const given = terms.length === 0 ? [{}] : terms
  return given.map(({ matchExpressions = [], ...term }: NodeSelectorTerm) => ({
    ...term,
    matchExpressions: [...matchExpressions, asked],
  }))
}
