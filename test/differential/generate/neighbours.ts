import type { LabelSelector } from '#model/api/meta.ts'
import type { PodAffinityTerm, PodSpec, TopologySpreadConstraint } from '#model/api/pod.ts'
import { apps, hostLabel, namespaces, type World, zoneLabel } from './world.ts'

/** Labels by which other Pods select this one. */
export function podLabels(world: World): Record<string, string> {
  const { dice } = world
  return {
    ...(dice.chance(0.9) ? { app: dice.pick(apps) } : {}),
    ...(dice.chance(0.5) ? { tier: dice.pick(['front', 'back', '']) } : {}),
    ...(dice.chance(0.5) ? { rev: dice.pick(['1', '2']) } : {}),
  }
}

/** Required affinity and anti-affinity to other Pods. */
export function podAffinityFor(world: World): NonNullable<PodSpec['affinity']> {
  const affinity = terms(world, 0.45)
  const anti = terms(world, 0.6)
  return {
    ...(affinity.length > 0 ? { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: affinity } } : {}),
    ...(anti.length > 0 ? { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: anti } } : {}),
  }
}

function terms(world: World, share: number): PodAffinityTerm[] {
  const found: PodAffinityTerm[] = []
  while (world.uses('interpod', share) && found.length < 2) found.push(term(world))
  return found
}

function term(world: World): PodAffinityTerm {
  const { dice } = world
  const labelSelector = selector(world)
  const keyed = labelSelector !== undefined && !uses(labelSelector, 'rev') && dice.chance(0.2)
  return {
    topologyKey: dice.pick([hostLabel, zoneLabel, hostLabel, 'rack', 'nowhere']),
    ...(labelSelector === undefined ? {} : { labelSelector }),
    ...(dice.chance(0.25) ? { namespaces: dice.sample([...namespaces, 'gone'], dice.between(1, 2)) } : {}),
    ...(dice.chance(0.3) ? { namespaceSelector: namespaceSelector(world) } : {}),
    ...(keyed ? { [dice.pick(['matchLabelKeys', 'mismatchLabelKeys'])]: ['rev'] } : {}),
  }
}

function namespaceSelector({ dice }: World): LabelSelector {
  return dice.pick<LabelSelector>([
    {},
    { matchLabels: { env: 'dev' } },
    { matchExpressions: [{ key: 'team', operator: 'In', values: ['x', 'y'] }] },
    { matchExpressions: [{ key: 'env', operator: 'NotIn', values: ['prod'] }] },
    { matchExpressions: [{ key: 'team', operator: 'DoesNotExist' }] },
    { matchLabels: { team: 'x' }, matchExpressions: [{ key: 'env', operator: 'NotIn', values: ['prod'] }] },
  ])
}

function selector({ dice }: World): LabelSelector | undefined {
  const choice = dice.between(0, 9)
  if (choice === 0) return undefined
  if (choice === 1) return {}
  if (choice === 2) return { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['web'] }] }
  if (choice === 3) return { matchExpressions: [{ key: 'tier', operator: dice.pick(['Exists', 'DoesNotExist']) }] }
  if (choice === 4) return { matchLabels: { app: 'web', tier: 'front' } }
  if (choice === 5)
    return {
      matchExpressions: [
        { key: 'app', operator: 'In', values: ['web', 'db'] },
        { key: 'rev', operator: 'NotIn', values: ['1'] },
      ],
    }
  return { matchLabels: { app: dice.pick(apps) } }
}

function uses({ matchLabels = {}, matchExpressions = [] }: LabelSelector, key: string): boolean {
  return key in matchLabels || matchExpressions.some((one) => one.key === key)
}

/** Spread constraints, hard ones mostly; no two with one topology key. */
export function spreadFor(world: World): PodSpec {
  const keys = [zoneLabel, hostLabel, 'rack', 'nowhere'].filter((key) =>
    world.uses('spread', key === 'nowhere' ? 0.05 : 0.5),
  )
  const found = keys.map((topologyKey) => spread(world, topologyKey))
  return found.length === 0 ? {} : { topologySpreadConstraints: found }
}

function spread(world: World, topologyKey: string): TopologySpreadConstraint {
  const { dice } = world
  const hard = dice.chance(0.85)
  const labelSelector = selector(world)
  const keyed = labelSelector !== undefined && !uses(labelSelector, 'rev') && dice.chance(0.3)
  return {
    topologyKey,
    maxSkew: dice.pick([1, 1, 1, 2, 3]),
    whenUnsatisfiable: hard ? 'DoNotSchedule' : 'ScheduleAnyway',
    ...(labelSelector === undefined ? {} : { labelSelector }),
    ...(hard && dice.chance(0.35) ? { minDomains: dice.between(1, 4) } : {}),
    ...policy(world, 'nodeAffinityPolicy'),
    ...policy(world, 'nodeTaintsPolicy'),
    ...(keyed ? { matchLabelKeys: dice.pick([['rev'], ['rev', 'missing']]) } : {}),
  }
}

function policy({ dice }: World, name: 'nodeAffinityPolicy' | 'nodeTaintsPolicy'): TopologySpreadConstraint {
  return dice.chance(0.35) ? { [name]: dice.pick(['Honor', 'Ignore']) } : {}
}
