import type { Component, ComponentQuestion } from '#components/component.ts'
import { componentOf } from '#components/registry.ts'
import type { Node } from '#model/api/node.ts'
import type { Pod } from '#model/api/pod.ts'
import type { ApiObject, ClusterState } from '#model/cluster-state.ts'
import { groupBy } from '#model/group-by.ts'
import { type ObjectIndex, objectIndex } from '#model/object-index.ts'
import type { Origin } from '#ownership/origin.ts'
import { type OwnerChain, ownerChain, rootOf } from '#ownership/owner-chain.ts'
import { originOf } from '#ownership/registry.ts'
import { evaluate, type PodVerdict } from '#scheduler/evaluate.ts'
import { type ClusterView, viewOf } from '#scheduler/framework/cluster-view.ts'
import type { Rules } from '#scheduler/framework/rules.ts'
import { type Events, eventsOf } from './events.ts'

/** One question to one cluster: what all parts of the answer look at, each thing worked out once. */
export interface Inquiry {
  readonly state: ClusterState
  readonly view: ClusterView
  readonly rules: Rules
  readonly index: ObjectIndex
  readonly events: Events
  verdictOf(pod: Pod): PodVerdict
  /** Who made the Pod, and what put that there. */
  whoseOf(pod: Pod): Whose
  nodeNamed(name: string): Node | undefined
  podsIn(namespace: string): readonly Pod[]
  /** The Pod of this `namespace/name`, as facts name those that hold something. */
  podCalled(name: string): Pod | undefined
}

/** Whose an object is. */
export interface Whose {
  readonly chain: OwnerChain
  readonly root: ApiObject
  readonly origin: Origin | null
  readonly component: Component | undefined
  /** The same, as the known systems are asked. */
  readonly question: ComponentQuestion
}

export function inquiryOf(state: ClusterState, rules: Rules): Inquiry {
  const view = viewOf(state)
  const verdicts = new Map<Pod, PodVerdict>()
  const owners = new Map<Pod, Whose>()
  let nodes: ReadonlyMap<string, Node> | undefined
  let pods: ReadonlyMap<string, readonly Pod[]> | undefined
  return {
    state,
    view,
    rules,
    index: objectIndex(state),
    events: eventsOf(state),
    verdictOf: (pod) => {
      const verdict = remembered(verdicts, pod, () => evaluate(pod, view, rules))
      forgetOldest(verdicts, Math.max(fewest, Math.floor(mostNodeVerdicts / Math.max(view.nodes.length, 1))))
      return verdict
    },
    whoseOf: (pod) => remembered(owners, pod, () => whoseIs(podObject(pod), state, pod)),
    nodeNamed(name) {
      nodes ??= new Map(state.lists.nodes.items.map((node) => [node.metadata.name ?? '', node]))
      return nodes.get(name)
    },
    podCalled(called) {
      const [namespace = '', name = ''] = called.split('/')
      const found = view.find('pods', namespace, name)
      return found.kind === 'found' ? found.object : undefined
    },
    podsIn(namespace) {
      pods ??= groupBy(state.lists.pods.items, ({ metadata }) => metadata.namespace ?? '')
      return pods.get(namespace) ?? []
    },
  }
}

/** Whose an object is that need not be a Pod: a ReplicaSet that could make none. */
export function whoseIs(object: ApiObject, state: ClusterState, pod?: Pod): Whose {
  const chain = ownerChain(object, state)
  const root = rootOf(object, chain)
  const question = { root, chain, cluster: state }
  const origin = originOf(question)
  const asked = { ...question, ...(pod === undefined ? {} : { pod }), ...(origin === null ? {} : { origin }) }
  return { chain, root, origin, component: componentOf(asked), question: asked }
}

export function podObject(pod: Pod): ApiObject {
  return { ...pod, apiVersion: 'v1', kind: 'Pod' }
}

/** Verdicts are made again where one is asked for late; to keep them all would take more than the whole cluster does. */
const mostNodeVerdicts = 20_000
const fewest = 4

function forgetOldest<K, V>(map: Map<K, V>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return
    map.delete(key)
  }
}

function remembered<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const there = map.get(key)
  if (there !== undefined) return there
  const made = make()
  map.set(key, made)
  return made
}
