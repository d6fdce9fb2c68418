import type { NodeVerdict, PodVerdict } from './evaluate.ts'
import type { PluginName } from './framework/plugin.ts'
import type { Rules } from './framework/rules.ts'
import { profileOf } from './registry.ts'

/**
 * The sentence that kube-scheduler would write into the Pod's condition, without the preemption part.
 * Null where a node is feasible, or where it depends on a verdict that is not known.
 * @see framework/types.go FitError.Error (kubernetes v1.36.2)
 */
export function messageOf(verdict: PodVerdict, rules: Rules): string | null {
  const total = verdict.nodes.length
  if (total === 0) return 'no nodes available to schedule pods'
  const place = new Map(profileOf(rules).map((plugin, index) => [plugin.name, index]))
  const firstUnknown = Math.min(...verdict.podUnknown.map(({ plugin }) => place.get(plugin) ?? 0))
  const [first] = verdict.podBlockers
  if (first !== undefined) {
    if (firstUnknown < (place.get(first.plugin) ?? 0)) return null
    return `0/${total} nodes are available: ${first.reasons.map(({ text }) => text).join(', ')}.`
  }
  if (verdict.podUnknown.some(({ plugin }) => mayRefuseAsAWhole.has(plugin))) return null
  const counts = new Map<string, number>()
  for (const node of verdict.nodes) {
    const reasons = reportedReasons(node, place, firstUnknown)
    if (reasons === null) return null
    if (!rules.leftOutNodesAreNamed && node.blockers[0]?.leftOut) continue
    for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  }
  const entries = [...counts].map(([reason, count]) => `${count} ${reason}`).sort(byCodePoints)
  const head = `0/${total} nodes are available:`
  return entries.length === 0 ? head : `${head} ${entries.join(', ')}.`
}

/** Plugins whose PreFilter, with all read, might reject the Pod before any node is looked at. */
const mayRefuseAsAWhole: ReadonlySet<PluginName> = new Set([
  'VolumeRestrictions',
  'VolumeBinding',
  'VolumeZone',
  'DynamicResources',
])

/** The reasons of the plugin that the scheduler would report for the node; null where that is not known. */
function reportedReasons(
  { blockers, unknown }: NodeVerdict,
  place: ReadonlyMap<PluginName, number>,
  firstUnknown: number,
): readonly string[] | null {
  const [first] = blockers
  if (first === undefined || first.incomplete !== undefined) return null
  if (first.leftOut) return first.reasons.map(({ text }) => text)
  const own = place.get(first.plugin) ?? 0
  if (firstUnknown < own || unknown.some(({ plugin }) => (place.get(plugin) ?? 0) < own)) return null
  return first.reasons.map(({ text }) => text)
}

/** As Go compares strings: by code points. */
function byCodePoints(a: string, b: string): number {
  const left = [...a]
  const right = [...b]
  for (let i = 0; i < left.length && i < right.length; i++) {
    const difference = (left[i]?.codePointAt(0) ?? 0) - (right[i]?.codePointAt(0) ?? 0)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}
