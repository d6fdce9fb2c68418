import type { Taint } from '#model/api/node.ts'
import { classifyTaint } from './classify-taint.ts'
import { taintText } from './exact-toleration.ts'
import type { Group, Tier } from './taint-groups.ts'

/** Taints that are tolerated together, and the nodes that this opens. */
export interface Union {
  readonly taints: readonly Taint[]
  readonly nodes: readonly string[]
  readonly fits: number
  readonly tier: Tier
}

/** So many sets are looked at before the search goes on by approximation. */
const mostSets = 20_000

interface State {
  /** The ids of the taints, sorted. */
  readonly ids: readonly string[]
  readonly key: string
  readonly platform: number
}

/**
 * The union of groups with the fewest taints in which `wanted` Pods fit, or as many as fit at all.
 * Ties: fewer taints of class Platform, then more room, then the order of names.
 * Looks at sets in the order of their size, so the first that is enough is the least.
 */
export function cheapestUnion(groups: readonly Group[], wanted: number): { union: Union; exact: boolean } {
  const taints = new Map(groups.flatMap((group) => group.taints.map((taint) => [taintText(taint), taint] as const)))
  const parts = groups.map((group) => ({ group, ids: group.taints.map(taintText) }))
  const goal = Math.min(
    wanted,
    groups.reduce((sum, group) => sum + group.fits, 0),
  )
  const opens = (state: State) => {
    const has = new Set(state.ids)
    return parts.filter((part) => part.ids.every((id) => has.has(id))).map((part) => part.group)
  }
  const room = (state: State) => opens(state).reduce((sum, group) => sum + group.fits, 0)
  const grow = (state: State, ids: readonly string[]) => stateOf([...state.ids, ...ids], taints)
  const done = (state: State, exact: boolean) => ({ union: asUnion(state, taints, opens(state)), exact })

  const bySize: Map<string, State>[] = [new Map([['', stateOf([], taints)]])]
  let looked = 0
  for (let size = 0; size < bySize.length; size++) {
    const states = [...(bySize[size] ?? new Map<string, State>()).values()]
    const enough = states.filter((state) => size > 0 && room(state) >= goal)
    const [best] = enough.sort((a, b) => a.platform - b.platform || room(b) - room(a) || (a.key < b.key ? -1 : 1))
    if (best !== undefined) return done(best, true)
    for (const state of states) {
      for (const part of parts) {
        const next = grow(state, part.ids)
        if (next.ids.length === size) continue
        if (++looked > mostSets) return done(byApproximation(stateOf([], taints), parts, goal, grow, room), false)
        const same = bySize[next.ids.length] ?? new Map<string, State>()
        bySize[next.ids.length] = same.set(next.key, next)
      }
    }
    for (let at = 0; at < bySize.length; at++) bySize[at] ??= new Map()
  }
  return done(stateOf([...taints.keys()], taints), true)
}

function stateOf(ids: readonly string[], taints: ReadonlyMap<string, Taint>): State {
  const sorted = [...new Set(ids)].sort()
  const platform = sorted.filter((id) => classifyTaint(taints.get(id) ?? {}).class === 'Platform').length
  return { ids: sorted, key: sorted.join(','), platform }
}

/** Takes, again and again, the group that brings the most room for each taint it adds. */
function byApproximation(
  start: State,
  parts: readonly { readonly ids: readonly string[] }[],
  goal: number,
  grow: (state: State, ids: readonly string[]) => State,
  room: (state: State) => number,
): State {
  let state = start
  while (room(state) < goal) {
    const before = room(state)
    let best: { next: State; gain: number } | undefined
    for (const part of parts) {
      const next = grow(state, part.ids)
      const added = next.ids.length - state.ids.length
      if (added === 0) continue
      const gain = Math.min(goal, room(next)) - before
      if (best === undefined || gain / added > best.gain) best = { next, gain: gain / added }
    }
    if (best === undefined) return state
    state = best.next
  }
  return state
}

function asUnion(state: State, taints: ReadonlyMap<string, Taint>, opened: readonly Group[]): Union {
  return {
    taints: state.ids.flatMap((id) => taints.get(id) ?? []),
    nodes: opened.flatMap((group) => group.nodes),
    fits: opened.reduce((sum, group) => sum + group.fits, 0),
    tier: Math.max(0, ...opened.map((group) => group.tier)) as Tier,
  }
}
