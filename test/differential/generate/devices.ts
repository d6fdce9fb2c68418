import type { PodResourceClaim, PodSpec } from '#model/api/pod.ts'
import { type Item, namespaces, type World, zoneLabel, zones } from './world.ts'

const apiVersion = 'resource.k8s.io/v1'

/** Devices in slices, classes that select them, claims and templates. */
export function addDevices(world: World): void {
  const { dice } = world
  if (!world.uses('devices', 0.9)) return
  for (const node of world.named('Node')) if (dice.chance(0.75)) addSlice(world, node)
  if (dice.chance(0.25)) addShared(world)
  deviceClass(
    world,
    'gpu',
    'device.driver == "gpu.example.com"',
    dice.chance(0.5) ? { extendedResourceName: 'example.com/card' } : {},
  )
  deviceClass(world, 'big', 'device.attributes["gpu.example.com"].model == "big"')
  for (let index = dice.between(1, 4); index > 0; index--) addClaim(world, `devices-${index}`)
  for (const name of ['one', 'two']) {
    const metadata = { name, namespace: dice.pick(namespaces), uid: world.uid() }
    world.add({ apiVersion, kind: 'ResourceClaimTemplate', metadata, spec: { spec: claimSpec(world) } })
  }
}

/** Extended resources that a DeviceClass may back. */
export const deviceResources = ['example.com/card', 'deviceclass.resource.kubernetes.io/big'] as const

function deviceClass(world: World, name: string, expression: string, more: object = {}): void {
  world.add({
    apiVersion,
    kind: 'DeviceClass',
    metadata: { name, uid: world.uid() },
    spec: { selectors: [{ cel: { expression } }], ...more },
  })
}

function devicesOf(world: World, count: number): object[] {
  const { dice } = world
  return dice.times(count, (index) => ({
    name: `dev-${index}`,
    attributes: {
      model: { string: dice.pick(['big', 'small']) },
      cores: { int: dice.pick([2, 8]) },
      numa: { int: dice.between(0, 1) },
      firmware: { version: dice.pick(['1.2.3', '2.0.0']) },
      ...(dice.chance(0.3) ? { shared: { bool: true } } : {}),
    },
    capacity: { memory: { value: dice.pick(['8Gi', '16Gi']) } },
    ...(dice.chance(0.15) ? { taints: [{ key: 'broken', effect: dice.pick(['NoSchedule', 'None']) }] } : {}),
  }))
}

function addSlice(world: World, node: string): void {
  const { dice } = world
  const pool = { name: node, generation: 1, resourceSliceCount: dice.chance(0.93) ? 1 : 2 }
  const driver = dice.chance(0.9) ? 'gpu.example.com' : 'nic.example.com'
  const metadata = { name: `slice-${node}`, uid: world.uid() }
  world.add({
    apiVersion,
    kind: 'ResourceSlice',
    metadata,
    spec: { driver, pool, nodeName: node, devices: devicesOf(world, dice.between(1, 3)) },
  })
}

function addShared(world: World): void {
  const { dice } = world
  const nodeSelector = {
    nodeSelectorTerms: [{ matchExpressions: [{ key: zoneLabel, operator: 'In', values: [dice.pick(zones)] }] }],
  }
  const where = dice.chance(0.5) ? { allNodes: true } : { nodeSelector }
  const pool = { name: 'fabric', generation: 1, resourceSliceCount: 1 }
  const metadata = { name: 'slice-fabric', uid: world.uid() }
  world.add({
    apiVersion,
    kind: 'ResourceSlice',
    metadata,
    spec: { driver: 'gpu.example.com', pool, ...where, devices: devicesOf(world, 2) },
  })
}

function exactly({ dice }: World): object {
  const expression = dice.pick([
    'device.attributes["gpu.example.com"].model == "big"',
    'device.capacity["gpu.example.com"].memory.compareTo(quantity("10Gi")) >= 0',
    'device.attributes["gpu.example.com"].cores > 4',
    'device.attributes["gpu.example.com"].firmware.isGreaterThan(semver("1.5.0"))',
    '"shared" in device.attributes["gpu.example.com"]',
  ])
  const all = dice.chance(0.12)
  return {
    deviceClassName: dice.pick(['gpu', 'gpu', 'gpu', 'big', ...(dice.chance(0.1) ? ['gone'] : [])]),
    allocationMode: all ? 'All' : 'ExactCount',
    ...(all ? {} : { count: dice.pick([1, 1, 2]) }),
    ...(dice.chance(0.4) ? { selectors: [{ cel: { expression } }] } : {}),
    ...(dice.chance(0.3) ? { tolerations: [{ key: 'broken', operator: 'Exists' }] } : {}),
  }
}

function claimSpec(world: World): object {
  const { dice } = world
  const requests = dice.times(dice.between(1, 2), (index) => {
    const name = `r${index}`
    if (!dice.chance(0.25)) return { name, exactly: exactly(world) }
    return { name, firstAvailable: dice.times(2, (at) => ({ name: `s${at}`, ...exactly(world) })) }
  })
  const constraints = dice.chance(0.2)
    ? { constraints: [{ matchAttribute: dice.pick(['gpu.example.com/numa', 'gpu.example.com/model']) }] }
    : {}
  return { devices: { requests, ...constraints } }
}

function addClaim(world: World, name: string): Item {
  const { dice } = world
  const nodes = world.named('Node')
  const [first] = nodes
  const allocated = first !== undefined && dice.chance(0.35)
  const node = first === undefined ? '' : dice.pick([first, ...nodes])
  const nodeSelector = {
    nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [node] }] }],
  }
  const results = [{ request: 'r0', driver: 'gpu.example.com', pool: node, device: 'dev-0' }]
  const spec = allocated
    ? {
        devices: {
          requests: [{ name: 'r0', exactly: { deviceClassName: 'gpu', allocationMode: 'ExactCount', count: 1 } }],
        },
      }
    : claimSpec(world)
  return world.add({
    apiVersion,
    kind: 'ResourceClaim',
    metadata: { name, namespace: dice.pick(namespaces), uid: world.uid() },
    spec,
    ...(allocated
      ? { status: { allocation: { devices: { results }, nodeSelector, allocationTimestamp: '2026-01-01T00:00:00Z' } } }
      : {}),
  })
}

/** The claims of one Pod, its own or made from a template. */
export function claimsFor(world: World, namespace: string): PodSpec {
  const { dice } = world
  if (!world.uses('devices', 0.8)) return {}
  const made = dice
    .sample(world.named('ResourceClaim', namespace), 1)
    .map((resourceClaimName): PodResourceClaim => ({ name: 'own', resourceClaimName }))
  const templates = dice.some(world.named('ResourceClaimTemplate', namespace), 0.4)
  const wanted = templates.map(
    (resourceClaimTemplateName, index): PodResourceClaim => ({ name: `t${index}`, resourceClaimTemplateName }),
  )
  const resourceClaims = [...made, ...wanted]
  return resourceClaims.length === 0 ? {} : { resourceClaims }
}
