import { Dice } from './dice.ts'

/** What a generated cluster may lean on. */
export const focuses = [
  'taints',
  'nodeaffinity',
  'resources',
  'ports',
  'spread',
  'interpod',
  'volumes',
  'capacity',
  'limits',
  'restrictions',
  'devices',
  'features',
  'nominated',
] as const

export type Focus = (typeof focuses)[number]

/** An object as the API would write it. */
export interface Item {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: Meta
  readonly [field: string]: unknown
}

export interface Meta {
  readonly name: string
  readonly namespace?: string
  readonly uid?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly [field: string]: unknown
}

/** One cluster in the making: its dice, what it leans on, and the objects so far. */
export class World {
  readonly dice: Dice
  readonly focus: Focus | 'mix'
  readonly items: Item[] = []
  #uids = 0

  constructor(seed: number, focus: Focus | 'mix') {
    this.dice = new Dice(seed)
    this.focus = focus
  }

  /** Whether a feature of this focus is used here; `share` scales it down. */
  uses(focus: Focus, share = 1): boolean {
    const lean = this.focus === focus ? 0.8 : this.focus === 'mix' ? 0.3 : 0.07
    return this.dice.chance(lean * share)
  }

  add(item: Item): Item {
    this.items.push(item)
    return item
  }

  uid(): string {
    this.#uids++
    return `00000000-0000-4000-8000-${String(this.#uids).padStart(12, '0')}`
  }

  /** Names of the objects of a kind. */
  named(kind: string, namespace?: string): string[] {
    return this.items
      .filter((item) => item.kind === kind && (namespace === undefined || item.metadata.namespace === namespace))
      .map(({ metadata }) => metadata.name)
  }
}

export const zoneLabel = 'topology.kubernetes.io/zone'
export const hostLabel = 'kubernetes.io/hostname'
export const zones = ['z1', 'z2', 'z3'] as const
export const namespaces = ['default', 'prod', 'tools'] as const
export const apps = ['web', 'db', 'cache'] as const
