import type { Taint } from '#model/api/node.ts'
import { classifyTaint } from './classify-taint.ts'
import type { Group, Tier } from './taint-groups.ts'

/** Taints that are tolerated together, and the nodes that this opens. */
export interface Union {
  readonly taints: readonly Taint[]
  /** The taints as text, sorted. */
  readonly ids: readonly string[]
  readonly nodes: readonly string[]
  readonly fits: number
  readonly tier: Tier
}

/** So many sets are looked at, made from so many groups, before the search goes on by approximation. */
const mostSets = 5000
const mostGroups = 48

/** A set of taints, as sorted ids. */
interface State {
  readonly ids: readonly string[]
  readonly key: string
}

/**
 * The union of groups with the fewest taints in which `wanted` Pods fit, or as many as fit at all.
 * Ties: fewer taints of class Platform, then more room, then the order of names.
 * Looks at sets in the order of their size, so the first that is enough is the least; with very many different taints
 * the search is cut short, and what is found then need not be the least.
 */
export function cheapestUnion(groups: readonly Group[], wanted: number): { union: Union; exact: boolean } {
  const goal = Math.min(wanted, roomOf(groups))
  const platform = platformIds(groups)
  const countOfPlatform = (ids: readonly string[]) => ids.filter((id) => platform.has(id)).length
  const tried = mostPromising(groups, countOfPlatform)
  let states: readonly State[] = [{ ids: [], key: '' }]
  const waiting = new Map<number, Map<string, State>>()
  let looked = 0
  const most = platform.size + groups.reduce((sum, group) => sum + group.ids.length, 0)
  for (let size = 0; size <= most; size++) {
    if (size > 0) states = [...(waiting.get(size)?.values() ?? [])]
    const best = size === 0 ? undefined : bestOf(states, groups, goal, countOfPlatform)
    if (best !== undefined) {
      const nothingSmaller = groups.every(({ ids }) => ids.length >= size)
      return { union: unionOf(best.ids, groups), exact: tried.length === groups.length || nothingSmaller }
    }
    looked += states.length * tried.length
    if (looked > mostSets) break
    for (const state of states) for (const group of tried) keep(waiting, withIds(state, group.ids))
  }
  return { union: unionOf(byApproximation(groups, goal), groups), exact: false }
}

function keep(waiting: Map<number, Map<string, State>>, state: State): void {
  const same = waiting.get(state.ids.length) ?? new Map<string, State>()
  waiting.set(state.ids.length, same.set(state.key, state))
}

/** Of sets of one size, the best that has room enough. */
function bestOf(
  states: readonly State[],
  groups: readonly Group[],
  goal: number,
  countOfPlatform: (ids: readonly string[]) => number,
): State | undefined {
  const [best] = states
    .map((state) => ({ state, room: roomOf(openedBy(state.ids, groups)), platform: countOfPlatform(state.ids) }))
    .filter(({ room }) => room >= goal)
    .sort((a, b) => a.platform - b.platform || b.room - a.room || (a.state.key < b.state.key ? -1 : 1))
  return best?.state
}

/** What tolerating these ids opens. */
export function unionOf(ids: readonly string[], groups: readonly Group[]): Union {
  const taints = new Map(
    groups.flatMap((group) => group.taints.map((taint, at) => [group.ids[at] ?? '', taint] as const)),
  )
  const opened = openedBy(ids, groups)
  return {
    taints: ids.flatMap((id) => taints.get(id) ?? []),
    ids,
    nodes: opened.flatMap((group) => group.nodes),
    fits: roomOf(opened),
    tier: opened.reduce<Tier>((most, { tier }) => Math.max(most, tier) as Tier, 0),
  }
}

function roomOf(groups: readonly Group[]): number {
  return groups.reduce((sum, group) => sum + group.fits, 0)
}

function openedBy(ids: readonly string[], groups: readonly Group[]): Group[] {
  const has = new Set(ids)
  return groups.filter((group) => group.ids.every((id) => has.has(id)))
}

function withIds(state: State, more: readonly string[]): State {
  const ids = [...new Set([...state.ids, ...more])].sort()
  return { ids, key: ids.join(',') }
}

function platformIds(groups: readonly Group[]): ReadonlySet<string> {
  const ids = groups.flatMap((group) =>
    group.taints.flatMap((taint, at) => (classifyTaint(taint).class === 'Platform' ? (group.ids[at] ?? []) : [])),
  )
  return new Set(ids)
}

/** With more groups than can be combined: those that cost least, of these the ones with most room. */
function mostPromising(groups: readonly Group[], platform: (ids: readonly string[]) => number): readonly Group[] {
  if (groups.length <= mostGroups) return groups
  return [...groups]
    .sort((a, b) => a.ids.length - b.ids.length || platform(a.ids) - platform(b.ids) || b.fits - a.fits)
    .slice(0, mostGroups)
}

/** Takes, again and again, the group that has the most room for each taint it adds. */
function byApproximation(groups: readonly Group[], goal: number): readonly string[] {
  const ids = new Set<string>()
  let left = [...groups]
  let room = 0
  while (room < goal && left.length > 0) {
    const added = (group: Group) => group.ids.filter((id) => !ids.has(id)).length
    const value = (group: Group) => group.fits / Math.max(1, added(group))
    const best = left.reduce((a, b) => (value(b) > value(a) ? b : a))
    for (const id of best.ids) ids.add(id)
    const opened = left.filter((group) => group.ids.every((id) => ids.has(id)))
    room += roomOf(opened)
    left = left.filter((group) => !opened.includes(group))
  }
  return withoutNeedless([...ids].sort(), groups, goal)
}

/** Leaves out, one after the other, what is not needed for the goal. */
function withoutNeedless(ids: readonly string[], groups: readonly Group[], goal: number): readonly string[] {
  return ids.reduce<readonly string[]>((kept, id) => {
    const rest = kept.filter((one) => one !== id)
    return roomOf(openedBy(rest, groups)) >= goal ? rest : kept
  }, ids)
}
