import type { PodSpec } from '#model/api/pod.ts'
import { containersFor } from './containers.ts'
import { claimsFor, deviceResources } from './devices.ts'
import { podAffinityFor, podLabels, spreadFor } from './neighbours.ts'
import { nodeAffinityFor, tolerationsFor } from './placing.ts'
import { volumesFor } from './volumes.ts'
import { type Item, type Meta, namespaces, type World } from './world.ts'

/** Running Pods on nodes, then Pods that wait. No Pod may preempt another, so that things hold still. */
export function addPods(world: World): void {
  const { dice } = world
  world.add({
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name: 'calm-high' },
    value: 1000,
    preemptionPolicy: 'Never',
  })
  world.add({
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name: 'calm-low' },
    value: -10,
    preemptionPolicy: 'Never',
  })
  const nodes = world.named('Node')
  const [first, ...rest] = nodes
  if (first !== undefined) {
    for (let index = dice.between(0, nodes.length * 2); index > 0; index--)
      addRunning(world, `run-${index}`, dice.pick([first, ...rest]))
  }
  for (let index = dice.between(2, 6); index > 0; index--) addPending(world, `wait-${index}`)
  if (first !== undefined && world.uses('nominated')) addNominated(world, dice.pick([first, ...rest]))
}

function addRunning(world: World, name: string, nodeName: string): void {
  const { dice } = world
  const namespace = dice.pick(namespaces)
  const { tolerations: _taken, ...spec } = specFor(world, namespace, true)
  const ends = dice.chance(0.1) ? { deletionTimestamp: '2026-01-01T00:00:00Z', finalizers: ['example.com/keep'] } : {}
  const phase = dice.chance(0.08) ? dice.pick(['Succeeded', 'Failed']) : 'Running'
  // Running Pods tolerate everything, so that no taint drives them out.
  pod(world, { name, namespace, ...ends }, { ...spec, tolerations: [{ operator: 'Exists' }], nodeName }, { phase })
}

function addPending(world: World, name: string): void {
  const { dice } = world
  const namespace = dice.pick(namespaces)
  const calm = dice.pick<PodSpec>([
    {},
    { priorityClassName: 'calm-high', priority: 1000 },
    { priorityClassName: 'calm-low', priority: -10 },
  ])
  const policy: PodSpec = 'priority' in calm ? { preemptionPolicy: 'Never' } : {}
  pod(world, { name, namespace }, { ...specFor(world, namespace, false), ...calm, ...policy }, { phase: 'Pending' })
}

/** A Pod that waits for room it was promised on a node. */
function addNominated(world: World, nominatedNodeName: string): void {
  const { dice } = world
  const namespace = dice.pick(namespaces)
  const spec = {
    ...specFor(world, namespace, false),
    priorityClassName: 'calm-high',
    priority: 1000,
    preemptionPolicy: 'Never',
  }
  pod(
    world,
    { name: 'promised', namespace },
    { ...spec, nodeSelector: { never: 'there' } },
    { phase: 'Pending', nominatedNodeName },
  )
}

function specFor(world: World, namespace: string, runs: boolean): PodSpec {
  const node = nodeAffinityFor(world)
  const pods = podAffinityFor(world)
  const affinity = { ...node.affinity, ...pods }
  const extended = world.named('DeviceClass').length > 0 ? deviceResources : []
  return {
    restartPolicy: 'Always',
    schedulerName: 'default-scheduler',
    ...containersFor(world, { extended: runs ? [] : extended }),
    ...tolerationsFor(world),
    ...node,
    ...(Object.keys(affinity).length > 0 ? { affinity } : {}),
    ...spreadFor(world),
    ...volumesFor(world, namespace),
    ...(runs ? {} : claimsFor(world, namespace)),
    ...(runs ? {} : featuresFor(world)),
  }
}

/** Needs that only nodes which declare a feature can meet. */
function featuresFor(world: World): PodSpec {
  if (!world.uses('features', 0.6)) return {}
  const restartPolicyRules = [{ action: 'RestartAllContainers', exitCodes: { operator: 'In', values: [7] } }]
  return { containers: [{ name: 'c0', image: 'example.com/app:1', restartPolicy: 'Never', restartPolicyRules }] }
}

function pod(world: World, head: Meta, spec: PodSpec, status: Record<string, unknown>): Item {
  const { dice } = world
  const uid = world.uid()
  const { name, namespace = '' } = head
  const statuses = (spec.resourceClaims ?? []).flatMap((claim) => {
    if (claim.resourceClaimTemplateName === undefined || dice.chance(0.08)) return []
    const made = `${name}-${claim.name ?? ''}`
    addOwned(
      world,
      'ResourceClaim',
      made,
      namespace,
      uid,
      templateSpec(world, namespace, claim.resourceClaimTemplateName),
    )
    return [{ name: claim.name, resourceClaimName: made }]
  })
  for (const { name: volumeName = '', ephemeral } of spec.volumes ?? []) {
    if (ephemeral === undefined || dice.chance(0.08)) continue
    addOwned(
      world,
      'PersistentVolumeClaim',
      `${name}-${volumeName}`,
      namespace,
      uid,
      ephemeral.volumeClaimTemplate?.spec ?? {},
    )
  }
  const metadata = { ...head, uid, labels: podLabels(world), creationTimestamp: '2026-01-01T00:00:00Z' }
  const claims = statuses.length > 0 ? { resourceClaimStatuses: statuses } : {}
  return world.add({ apiVersion: 'v1', kind: 'Pod', metadata, spec, status: { ...status, ...claims } })
}

function templateSpec(world: World, namespace: string, name: string): unknown {
  const template = world.items.find(
    ({ kind, metadata }) =>
      kind === 'ResourceClaimTemplate' && metadata.namespace === namespace && metadata.name === name,
  )
  return (template?.spec as { spec?: unknown } | undefined)?.spec ?? {}
}

/** What a controller makes for the Pod. */
function addOwned(world: World, kind: string, name: string, namespace: string, podUid: string, spec: unknown): void {
  const owner = { apiVersion: 'v1', kind: 'Pod', name, uid: podUid, controller: true, blockOwnerDeletion: true }
  const metadata = {
    name,
    namespace,
    uid: world.uid(),
    annotations: {},
    ownerReferences: world.dice.chance(0.95) ? [owner] : [],
  }
  if (kind === 'PersistentVolumeClaim')
    world.add({ apiVersion: 'v1', kind, metadata, spec, status: { phase: 'Pending' } })
  else world.add({ apiVersion: 'resource.k8s.io/v1', kind, metadata, spec })
}
