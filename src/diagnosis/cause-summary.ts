import type { Fact } from '#scheduler/framework/fact.ts'
import { detailOf, taintText } from './details.ts'
import { asSentence } from './words.ts'

/** A fact and the node it is about; none where it is about the Pod as a whole. */
export interface Located {
  readonly fact: Fact
  readonly node: string | undefined
}

const mostParts = 3

/** What facts of one kind mean, as a sentence or a few: which nodes, and what is there. */
export function summaryOf(located: readonly Located[]): string {
  const groups = new Map<string, { facts: Set<Fact>; nodes: Set<string> }>()
  let last: { fact: Fact; group: { facts: Set<Fact>; nodes: Set<string> } } | undefined
  for (const { fact, node } of located) {
    // Nodes that are rejected alike share the fact.
    const key = last?.fact === fact ? '' : groupKey(fact)
    const group = last?.fact === fact ? last.group : (groups.get(key) ?? { facts: new Set(), nodes: new Set() })
    if (last?.fact !== fact) groups.set(key, group)
    last = { fact, group }
    group.facts.add(fact)
    if (node !== undefined) group.nodes.add(node)
  }
  const parts = [...groups.values()].sort((a, b) => b.nodes.size - a.nodes.size)
  const shown = parts.slice(0, mostParts).map(({ facts, nodes }) => sentence([...facts], [...nodes].sort()))
  const rest = parts.slice(mostParts).reduce((sum, { nodes }) => sum + nodes.size, 0)
  return `${shown.join(' ')}${rest > 0 ? ` ${rest} more node${rest === 1 ? '' : 's'} likewise.` : ''}`
}

/** Facts that a reader takes for one: amounts that differ from node to node do not part them. */
function groupKey(fact: Fact): string {
  switch (fact.kind) {
    case 'Taints':
      return fact.taints.map(taintText).join(' ')
    case 'Insufficient':
      return fact.resource
    case 'TooManyPods':
    case 'Cordoned':
      return ''
    default:
      return detailOf([fact])
  }
}

function sentence(facts: readonly Fact[], nodes: readonly string[]): string {
  const [first] = facts
  const one = nodes.length === 1
  if (first?.kind === 'Taints') {
    const many = first.taints.length > 1
    const which = `taint${many ? 's' : ''} ${first.taints.map(taintText).join(', ')}`
    return `${subject(nodes)} ${one ? 'has' : 'have'} ${which}, which it does not tolerate.`
  }
  if (first?.kind === 'Cordoned') return `${subject(nodes)} ${one ? 'is' : 'are'} cordoned.`
  const detail = detailOf(facts)
  if (nodes.length === 0) return asSentence(detail)
  return `On ${nodeNames(nodes)}: ${detail}.`
}

function subject(nodes: readonly string[]): string {
  return `Node${nodes.length === 1 ? '' : 's'} ${nodeNames(nodes)}`
}

/** Names in one short phrase: all of a few, the first and the last of many. */
export function nodeNames(nodes: readonly string[]): string {
  return nodes.length <= 4 ? nodes.join(', ') : `${nodes[0]} … ${nodes.at(-1)} (${nodes.length})`
}
