import type { Chain, ObjectName, Wait } from '#report/explain-parts.ts'
import type { Diagnosis } from '#report/explain-report.ts'

/** The causes at the ends of the diagnoses' chains, each with all that waits because of it, nearest first. */
export function chainsOf(diagnoses: readonly Diagnosis[]): readonly Chain[] {
  const chains = new Map<string, { cause: Chain['cause']; effects: Map<string, ObjectName> }>()
  const add = (cause: Chain['cause'], effects: readonly ObjectName[]): void => {
    const known = chains.get(keyOf(cause)) ?? { cause, effects: new Map() }
    chains.set(keyOf(cause), known)
    for (const effect of effects) if (!known.effects.has(keyOf(effect))) known.effects.set(keyOf(effect), effect)
  }
  for (const { pods, waitsFor = [], holdsUp = [], answer } of diagnoses) {
    const waiting = pods.slice(0, mostPods).map(({ namespace, name }) => ({ kind: 'Pod', namespace, name }))
    for (const [end, way] of endsWithWays(waitsFor, [])) add({ ...nameOf(end), why: end.why }, [...way, ...waiting])
    const [first] = waiting
    if (first !== undefined && holdsUp.length > 0) add({ ...first, why: answer }, holdsUp.map(nameOf))
  }
  return [...chains.values()].map(({ cause, effects }) => ({ cause, effects: [...effects.values()] }))
}

/** Of many alike Pods a few stand for all; the diagnosis names every one. */
const mostPods = 10

/** Each end of a tree of waits, with the things on the way to it, nearest to the end first. */
function endsWithWays(waits: readonly Wait[], way: readonly ObjectName[]): [Wait, readonly ObjectName[]][] {
  return waits.flatMap((wait): [Wait, readonly ObjectName[]][] =>
    wait.waitsFor === undefined || wait.waitsFor.length === 0
      ? [[wait, way]]
      : endsWithWays(wait.waitsFor, [nameOf(wait), ...way]),
  )
}

function nameOf({ kind, namespace, name }: ObjectName): ObjectName {
  return { kind, ...(namespace === undefined ? {} : { namespace }), name }
}

function keyOf({ kind, namespace = '', name }: ObjectName): string {
  return `${kind} ${namespace}/${name}`
}
