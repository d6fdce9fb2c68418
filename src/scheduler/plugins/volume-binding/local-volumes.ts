import type { NodeSelectorTerm } from '#model/api/meta.ts'
import type { BoundClaim } from './bound.ts'

/**
 * The nodes that bound local volumes leave to look at, in releases that take a volume's host names for node names;
 * undefined where they leave all, or where a volume is missing.
 * @see volumebinding/binder.go GetEligibleNodes; volume/util/util.go GetLocalPersistentVolumeNodeNames (kubernetes v1.28.15)
 */
export function nodesOfLocalVolumes(claims: readonly BoundClaim[]): ReadonlySet<string> | undefined {
  if (claims.some(({ found }) => found !== 'found')) return undefined
  let nodes: ReadonlySet<string> | undefined
  for (const { required } of claims) {
    const names = (required?.nodeSelectorTerms ?? []).flatMap(hostNames)
    if (names.length === 0) continue
    const before = nodes
    nodes = new Set(before === undefined ? names : names.filter((name) => before.has(name)))
  }
  return nodes
}

function hostNames({ matchExpressions = [] }: NodeSelectorTerm): readonly string[] {
  const lists = matchExpressions
    .filter(({ key, operator }) => key === 'kubernetes.io/hostname' && operator === 'In')
    .map(({ values = [] }) => values)
  const [first = [], ...others] = lists
  return first.filter((name) => others.every((list) => list.includes(name)))
}
