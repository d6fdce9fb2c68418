import type { BlockedNodes, Diagnosis } from '#report/explain-report.ts'

/** Fewer than these stand each for itself. */
const mergeFrom = 4

/**
 * Diagnoses of one owner that differ only in the node that each Pod is on, or meant for, as one entry: the Pods of a
 * DaemonSet, or of a workload that has its nodes already.
 */
export function mergeAlike(diagnoses: readonly Diagnosis[]): readonly Diagnosis[] {
  const groups = new Map<string, Diagnosis[]>()
  for (const one of diagnoses) {
    const key = keyOf(one)
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups.values()].flatMap((alike) => (alike.length < mergeFrom ? alike : [merged(alike)]))
}

function keyOf(diagnosis: Diagnosis): string {
  const { state, owners, pods, causes } = diagnosis
  const [owner] = owners
  const isPinned = state === 'Bound' || targetGroups(diagnosis).length < diagnosis.nodes.blocked.length
  if (owner === undefined || !isPinned || diagnosis.waitsFor !== undefined)
    return `${pods[0]?.namespace}/${pods[0]?.name} ${owner?.name}`
  const codes = causes.filter(({ code }) => code !== 'MeantForAnotherNode').map(({ code }) => code)
  const targets = targetGroups(diagnosis).flatMap(({ blockers }) =>
    blockers.map(({ plugin, reasons }) => `${plugin} ${reasons.join('|')}`),
  )
  return [
    state,
    owner.uid ?? '',
    owner.kind,
    owner.namespace ?? '',
    owner.name,
    ...(state === 'Bound' ? codes : targets),
  ].join(' ')
}

/** The nodes that the Pod is meant for. */
function targetGroups({ nodes }: Diagnosis): readonly BlockedNodes[] {
  return nodes.blocked.filter(
    ({ blockers }) =>
      !blockers.some(({ reasons }) => reasons.some((text) => /^node\(s\) didn't satisfy plugin/.test(text))),
  )
}

function merged(alike: readonly Diagnosis[]): Diagnosis {
  const [first] = alike as readonly [Diagnosis, ...Diagnosis[]]
  const pods = alike.flatMap((one) => one.pods)
  const blocked = new Map<string, BlockedNodes>()
  for (const group of alike.flatMap(targetGroups)) {
    const key = group.blockers.map(({ plugin, details = [] }) => `${plugin} ${details.join('|')}`).join('\n')
    const known = blocked.get(key)
    blocked.set(key, known === undefined ? group : { ...known, nodes: [...known.nodes, ...group.nodes].sort() })
  }
  const isBound = first.state === 'Bound'
  const answer = isBound ? first.answer : `Each is meant for a node that does not take it.`
  const rest = isBound ? [`the answer is that of ${first.pods[0]?.name ?? 'one'}; the others differ in their node`] : []
  return {
    ...first,
    pods,
    answer,
    nodes: { ...first.nodes, blocked: [...blocked.values()] },
    notes: [...rest, ...first.notes],
  }
}
