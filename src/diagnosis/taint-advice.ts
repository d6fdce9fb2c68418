import type { Taint } from '#model/api/node.ts'
import type { Pod } from '#model/api/pod.ts'
import { tolerates } from '#model/toleration.ts'
import type { Fact } from '#scheduler/framework/fact.ts'
import { classifyTaint } from '#taints/classify-taint.ts'
import { taintText } from '#taints/exact-toleration.ts'
import { nearMisses } from '#taints/near-miss.ts'
import { type Located, nodeNames } from './cause-summary.ts'

/**
 * Tolerations of the Pod that miss one of these taints by little, each as a sentence. One that fits a taint of another
 * node was meant for that: then only an effect of the same taint counts as missed.
 */
export function nearMissesOf({ spec }: Pod, taints: readonly Taint[], everyTaint: readonly Taint[]): readonly string[] {
  const each = new Map(taints.map((taint) => [taintText(taint), taint]))
  const missed = [...each.values()].flatMap((taint) => nearMisses(taint, spec.tolerations))
  const meant = missed.filter(
    ({ kind, toleration }) => kind === 'Effect' || !everyTaint.some((taint) => tolerates(toleration, taint)),
  )
  return [...new Set(meant.map(({ sentence }) => sentence))]
}

/** What to do about taints that are not to be tolerated, each as a sentence with its nodes. */
export function mendOf(located: readonly Located[]): readonly string[] {
  const byKey = new Map<string, { taint: Taint; nodes: Set<string> }>()
  const notTolerable = new Map<Fact, readonly Taint[]>()
  for (const { fact, node } of located) {
    let taints = notTolerable.get(fact)
    if (taints === undefined) {
      taints = fact.kind === 'Taints' ? fact.taints.filter((taint) => !classifyTaint(taint).tolerable) : []
      notTolerable.set(fact, taints)
    }
    for (const taint of taints) {
      const known = byKey.get(taint.key ?? '') ?? { taint, nodes: new Set() }
      byKey.set(taint.key ?? '', known)
      if (node !== undefined) known.nodes.add(node)
    }
  }
  return [...byKey.values()].map(({ taint, nodes }) => mendSentence(taint, [...nodes].sort()))
}

function mendSentence(taint: Taint, nodes: readonly string[]): string {
  const { meaning, instead } = classifyTaint(taint)
  const where = nodes.length === 0 ? '' : ` (${nodeNames(nodes)})`
  const todo = instead ?? 'wait, or see what is to remove it'
  return `${todo.charAt(0).toUpperCase()}${todo.slice(1)}${where}. Taint ${taint.key ?? ''} ${saying(meaning)}${since(taint)}; do not tolerate it.`
}

/** Cluster Autoscaler writes the time of its decision, in Unix seconds, as the value: one long past was left behind. */
function since({ key = '', value = '' }: Taint): string {
  if (!/ClusterAutoscaler$/.test(key) || !/^\d{10}$/.test(value)) return ''
  return ` (since ${new Date(Number(value) * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC)`
}

/** `is set by ...`, `marks ...`: what the table says of a taint, after its name. */
function saying(meaning: string): string {
  if (/^(?:keeps|marks|reserves) /.test(meaning)) return meaning
  return meaning.startsWith('by its name ') ? meaning.replace('by its name ', 'by its name is ') : `is ${meaning}`
}
