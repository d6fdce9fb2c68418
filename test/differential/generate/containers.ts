import type { Container, ContainerPort, PodSpec } from '#model/api/pod.ts'
import type { World } from './world.ts'

const image = 'example.com/app:1'

type Amounts = Readonly<Record<string, string>>

/** Containers with requests and host ports, init containers, sidecars, Pod-level requests and overhead. */
export function containersFor(world: World, named: { readonly extended: readonly string[] }): PodSpec {
  const { dice } = world
  const sidecars = world.uses('resources', 0.25)
  const ports = new Ports(world)
  const pod = podLevel(world)
  const amounts = (): Pick<Container, 'resources'> => (pod === undefined ? resources(world, named.extended) : {})
  const containers = dice.times(
    dice.between(1, 2),
    (index): Container => ({ name: `c${index}`, image, ...amounts(), ...ports.some() }),
  )
  const init = dice.times(world.uses('resources', 0.4) ? dice.between(1, 3) : 0, (index): Container => {
    const restarts = sidecars && dice.chance(0.6) ? { restartPolicy: 'Always', ...ports.some() } : {}
    return { name: `i${index}`, image, ...amounts(), ...restarts }
  })
  const overhead = world.uses('resources', 0.15)
  return {
    containers,
    ...(init.length > 0 ? { initContainers: init } : {}),
    ...(pod === undefined ? {} : { resources: { requests: pod } }),
    ...(overhead ? { runtimeClassName: 'heavy', overhead: runtimeOverhead } : {}),
  }
}

/** What the RuntimeClass `heavy` adds to a Pod. */
export const runtimeOverhead: Amounts = { cpu: '250m', memory: '120Mi' }

function podLevel(world: World): Amounts | undefined {
  const { dice } = world
  if (!world.uses('resources', 0.2)) return undefined
  return {
    ...(dice.chance(0.8) ? { cpu: dice.pick(['1', '2500m', '100m']) } : {}),
    ...(dice.chance(0.6) ? { memory: dice.pick(['1Gi', '512Mi', '3G']) } : {}),
  }
}

function resources(world: World, extended: readonly string[]): Pick<Container, 'resources'> {
  const { dice } = world
  const requests: Record<string, string> = {}
  const limits: Record<string, string> = {}
  if (world.uses('resources')) requests.cpu = dice.pick(['0', '1m', '100m', '250m', '0.5', '1', '1500m', '3'])
  if (world.uses('resources'))
    requests.memory = dice.pick(['0', '64Mi', '128M', '1Gi', '1e9', '1073741824', '1.5Gi', '900m'])
  if (world.uses('resources', 0.3)) requests['ephemeral-storage'] = dice.pick(['1Mi', '500M', '4Gi'])
  if (world.uses('resources', 0.2)) requests['example.com/gpu'] = dice.pick(['1', '2', '0'])
  if (world.uses('resources', 0.1)) requests['vendor.io/fpga'] = '1'
  if (world.uses('resources', 0.15)) {
    requests.cpu ??= '10m'
    requests['hugepages-2Mi'] = dice.pick(['2Mi', '6Mi'])
  }
  for (const name of extended) if (world.uses('devices', 0.3)) requests[name] = dice.pick(['1', '2'])
  for (const [name, amount] of Object.entries(requests))
    if (name.includes('/') || name.startsWith('hugepages-')) limits[name] = amount
  if (Object.keys(requests).length === 0) return {}
  return { resources: { requests, ...(Object.keys(limits).length > 0 ? { limits } : {}) } }
}

/** Host ports of one Pod, none twice. */
class Ports {
  readonly #world: World
  readonly #taken = new Set<string>()

  constructor(world: World) {
    this.#world = world
  }

  some(): Pick<Container, 'ports'> {
    const { dice } = this.#world
    const ports: ContainerPort[] = []
    while (this.#world.uses('ports', 0.6) && ports.length < 3) {
      const hostPort = dice.pick([80, 8080, 443])
      const protocol = dice.pick(['TCP', 'UDP', 'SCTP', 'TCP'])
      const address = dice.pick(['', '0.0.0.0', '127.0.0.1', '10.0.0.1', '::'])
      const key = `${hostPort} ${protocol} ${address}`
      if (this.#taken.has(key)) continue
      this.#taken.add(key)
      ports.push({ containerPort: 80, hostPort, protocol, ...(address === '' ? {} : { hostIP: address }) })
    }
    return ports.length > 0 ? { ports } : {}
  }
}
