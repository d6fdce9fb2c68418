import type { LabelSelectorRequirement, NodeSelectorTerm } from '#model/api/meta.ts'
import type { PodSpec, Toleration } from '#model/api/pod.ts'
import { taintValues } from './nodes.ts'
import { hostLabel, type World, zoneLabel } from './world.ts'

const keys = [
  'dedicated',
  'gpu',
  'node-role.kubernetes.io/control-plane',
  'node-role.kubernetes.io/master',
  'example.com/spot',
  'dedicate',
  'node.kubernetes.io/unschedulable',
] as const

/** Tolerations of every operator and odd combination that an API server stores. */
export function tolerationsFor(world: World): Pick<PodSpec, 'tolerations'> {
  const tolerations: Toleration[] = []
  while (world.uses('taints', 0.8) && tolerations.length < 5) tolerations.push(toleration(world))
  return tolerations.length === 0 ? {} : { tolerations }
}

function toleration({ dice }: World): Toleration {
  const effect = dice.pick(['', 'NoSchedule', 'NoExecute', 'PreferNoSchedule', 'NoSchedule'])
  const seconds = effect === 'NoExecute' && dice.chance(0.3) ? { tolerationSeconds: dice.pick([0, 300]) } : {}
  const rest = { ...(effect === '' ? {} : { effect }), ...seconds }
  if (dice.chance(0.08)) return { operator: 'Exists', ...rest }
  const key = dice.pick(keys)
  if (dice.chance(0.3)) return { key, operator: 'Exists', ...rest }
  const value = dice.pick(taintValues)
  return { key, ...(dice.chance(0.5) ? { operator: 'Equal' } : {}), ...(value === '' ? {} : { value }), ...rest }
}

/** A node selector and required node affinity; now and then bound to one node as a DaemonSet's Pods are. */
export function nodeAffinityFor(world: World): PodSpec {
  const { dice } = world
  const terms: NodeSelectorTerm[] = []
  if (world.uses('nodeaffinity', 0.7)) terms.push(...dice.times(dice.between(1, 2), () => term(world)))
  const nodeAffinity = { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } }
  return {
    ...(world.uses('nodeaffinity', 0.4) ? { nodeSelector: selector(world) } : {}),
    ...(terms.length > 0 ? { affinity: { nodeAffinity } } : {}),
  }
}

function selector({ dice }: World): Record<string, string> {
  return dice.pick([
    { disk: 'ssd' },
    { disk: '' },
    { rack: 'a' },
    { [zoneLabel]: 'z1' },
    { 'kubernetes.io/os': 'linux' },
    { rack: 'a', disk: 'hdd' },
  ])
}

function term(world: World): NodeSelectorTerm {
  const { dice } = world
  const fields = dice.chance(0.3)
  const expressions = !fields || dice.chance(0.3)
  if (dice.chance(0.05)) return {}
  return {
    ...(expressions ? { matchExpressions: dice.times(dice.between(1, 2), () => requirement(world)) } : {}),
    ...(fields
      ? {
          matchFields: [
            {
              key: 'metadata.name',
              operator: dice.pick(['In', 'In', 'NotIn']),
              values: [dice.pick(['node-0', 'node-1', 'node-2', 'gone'])],
            },
          ],
        }
      : {}),
  }
}

function requirement({ dice }: World): LabelSelectorRequirement {
  switch (dice.between(0, 5)) {
    case 0:
      return {
        key: 'cores',
        operator: dice.pick(['Gt', 'Lt']),
        values: [dice.pick(['3', '4', '8', '016', 'many', '9223372036854775806'])],
      }
    case 1:
      return { key: dice.pick(['disk', 'rack', 'nothing']), operator: dice.pick(['Exists', 'DoesNotExist']) }
    case 2:
      return { key: 'disk', operator: 'NotIn', values: dice.sample(['ssd', 'hdd', ''], dice.between(1, 2)) }
    case 3:
      return { key: hostLabel, operator: 'In', values: dice.sample(['node-0', 'node-1', 'node-2', 'other-name'], 2) }
    case 4:
      return {
        key: zoneLabel,
        operator: dice.pick(['In', 'NotIn']),
        values: dice.sample(['z1', 'z2', 'z3'], dice.between(1, 2)),
      }
    default:
      return { key: 'disk', operator: 'In', values: dice.sample(['ssd', 'hdd', ''], dice.between(1, 2)) }
  }
}
