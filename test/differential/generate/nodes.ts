import type { Taint } from '#model/api/node.ts'
import { hostLabel, type World, zoneLabel, zones } from './world.ts'

const taintKeys = [
  'dedicated',
  'gpu',
  'node-role.kubernetes.io/control-plane',
  'example.com/spot',
  'Dedicated',
] as const
const effects = ['NoSchedule', 'NoExecute', 'PreferNoSchedule', 'NoSchedule'] as const
export const taintValues = ['', 'team-a', 'team-b', 'true', '5', '10'] as const

/** Namespaces and nodes. */
export function addNodes(world: World): void {
  const { dice } = world
  for (const name of ['default', 'prod', 'tools']) {
    const labels = {
      'kubernetes.io/metadata.name': name,
      ...labelled(world, 'env', ['dev', 'prod'], 0.8),
      ...labelled(world, 'team', ['x', 'y'], 0.5),
    }
    world.add({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, uid: world.uid(), labels } })
  }
  const count = dice.chance(0.02) ? 0 : dice.between(1, world.focus === 'mix' ? 9 : 6)
  for (let index = 0; index < count; index++) addNode(world, `node-${index}`)
}

function addNode(world: World, name: string): void {
  const { dice } = world
  const cordoned = world.uses('taints', 0.25)
  const taints = taintsFor(world)
  if (cordoned && dice.chance(0.5)) taints.push({ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' })
  const offered = offeredBy(world)
  world.add({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, uid: world.uid(), labels: labelsFor(world, name) },
    spec: { ...(cordoned ? { unschedulable: true } : {}), ...(taints.length > 0 ? { taints } : {}) },
    status: {
      capacity: offered,
      allocatable: offered,
      conditions: [{ type: 'Ready', status: dice.chance(0.9) ? 'True' : 'False' }],
      ...(world.uses('features', 0.7) ? { declaredFeatures: declared(world) } : {}),
    },
  })
}

function labelsFor(world: World, name: string): Record<string, string> {
  const { dice } = world
  return {
    'kubernetes.io/os': 'linux',
    ...(dice.chance(0.92) ? { [hostLabel]: dice.chance(0.96) ? name : 'other-name' } : {}),
    ...(dice.chance(0.85)
      ? { [zoneLabel]: dice.pick(zones), 'topology.kubernetes.io/region': dice.pick(['r1', 'r1', 'r2']) }
      : {}),
    ...(world.uses('volumes', 0.3) ? { 'failure-domain.beta.kubernetes.io/zone': dice.pick(zones) } : {}),
    ...labelled(world, 'rack', ['a', 'b'], 0.7),
    ...labelled(world, 'disk', ['ssd', 'hdd', ''], 0.6),
    ...labelled(world, 'cores', ['4', '08', '16', 'many', '9223372036854775807', '0x10'], 0.6),
  }
}

function labelled(
  world: World,
  key: string,
  values: readonly [string, ...string[]],
  share: number,
): Record<string, string> {
  return world.dice.chance(share) ? { [key]: world.dice.pick(values) } : {}
}

function taintsFor(world: World): Taint[] {
  const { dice } = world
  const taints: Taint[] = []
  while (world.uses('taints', 0.7) && taints.length < 4) {
    const value = dice.pick(taintValues)
    const taint = { key: dice.pick(taintKeys), effect: dice.pick(effects), ...(value === '' ? {} : { value }) }
    if (!taints.some(({ key, effect }) => key === taint.key && effect === taint.effect)) taints.push(taint)
  }
  return taints
}

function offeredBy(world: World): Record<string, string> {
  const { dice } = world
  const tight = world.uses('resources', 0.8)
  return {
    cpu: tight ? dice.pick(['500m', '1', '1930m', '2', '0']) : dice.pick(['4', '8', '16']),
    memory: tight ? dice.pick(['512Mi', '1Gi', '1500M', '2Gi', '1073741825']) : dice.pick(['8Gi', '16Gi']),
    pods: tight && dice.chance(0.3) ? dice.pick(['0', '1', '2', '3']) : '110',
    ...(dice.chance(0.8) ? { 'ephemeral-storage': tight ? dice.pick(['1Gi', '5G', '1']) : '100Gi' } : {}),
    ...(world.uses('resources', 0.4) ? { 'example.com/gpu': dice.pick(['0', '1', '4']) } : {}),
    ...(world.uses('resources', 0.3) ? { 'hugepages-2Mi': dice.pick(['0', '4Mi', '1Gi']) } : {}),
    ...(world.uses('resources', 0.1) ? { 'vendor.io/fpga': '2' } : {}),
  }
}

function declared(world: World): string[] {
  return world.dice.some(['GuaranteedQoSPodCPUResize', 'RestartAllContainersOnContainerExits', 'SomethingElse'], 0.5)
}
