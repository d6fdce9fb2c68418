import { aCluster } from '#test/builders/cluster.ts'
import type { ApiClient } from './api-client.ts'
import { type Compared, type Difference, differences } from './differences.ts'
import type { Item } from './generate/world.ts'
import { isWaiting, pause, putSurroundings, type Rejection, readBack, sweep } from './live-cluster.ts'
import { provision } from './provisioner.ts'

/** What came of one cluster on the control plane. */
export interface Attempt {
  readonly differences: readonly Difference[]
  readonly rejected: readonly Rejection[]
  /** Waiting Pods that the scheduler placed, and that it left with a message. */
  readonly placed: number
  readonly compared: number
  /** The cluster as the server held it in the end. */
  readonly state: readonly Item[]
}

/**
 * Puts a cluster on the control plane, lets the scheduler look at every waiting Pod, and holds its words against
 * ours. What differs is made again, since the cluster may have changed after the scheduler looked at it.
 */
export async function attempt(api: ApiClient, items: readonly Item[], version: string): Promise<Attempt> {
  await sweep(api)
  const waiting = items.filter(isWaiting)
  const rejected = await putSurroundings(api, items)
  rejected.push(...(await putPods(api, waiting)))
  const taken = waiting.filter((pod) => !rejected.some(({ item }) => item === pod))
  for (let round = 0; ; round++) {
    const { state, found } = await untilEqual(api, taken, version, round)
    if (found.differences.length === 0 || round === 3) return { ...found, rejected, state }
    const again = taken.filter((pod) => found.differences.some((one) => one.pod === nameOf(pod)))
    await Promise.all(again.map((pod) => api.delete(pod, { gracePeriodSeconds: 0 })))
    await pause(300 + 700 * round)
    await putPods(api, again)
  }
}

/** Reads and compares, and once more where the scheduler may not have looked again yet. */
async function untilEqual(
  api: ApiClient,
  pods: readonly Item[],
  version: string,
  round: number,
): Promise<{ state: readonly Item[]; found: Compared }> {
  await untilJudged(api, 8_000)
  const end = Date.now() + 2_000 * (round + 1)
  for (;;) {
    const state = await readBack(api)
    const found = differences(aCluster(state, { serverVersion: version }), pods)
    if (found.differences.length === 0 || Date.now() > end) return { state, found }
    await pause(500)
    await provision(api)
  }
}

function nameOf({ metadata }: Item): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`
}

async function putPods(api: ApiClient, pods: readonly Item[]): Promise<Rejection[]> {
  const rejected: Rejection[] = []
  for (const item of pods) {
    const { status, ...rest } = item
    const { uid: _uid, resourceVersion: _version, creationTimestamp: _created, ...metadata } = item.metadata
    const promised = (status as { nominatedNodeName?: string } | undefined)?.nominatedNodeName
    const made = await api.create({ ...rest, metadata })
    if (made.status >= 300) rejected.push({ item, message: String(made.body.message ?? '') })
    else if (promised !== undefined) await api.patch(item, { status: { nominatedNodeName: promised } }, '/status')
  }
  return rejected
}

/** Waits until each Pod has a node or the scheduler's word, and nothing moves any more. */
async function untilJudged(api: ApiClient, longest: number): Promise<void> {
  const end = Date.now() + longest
  let before = ''
  while (Date.now() < end) {
    await pause(250)
    await provision(api)
    const pods = (await api.list('v1', 'Pod')).map((pod) => ({ pod, said: saidOf(pod) }))
    const now = JSON.stringify(pods.map(({ pod, said }) => [pod.metadata.name, said]))
    if (pods.every(({ said }) => said !== '') && now === before) return
    before = now
  }
}

/** The node it has, or what the scheduler says of it. */
function saidOf({ spec, status }: Item): string {
  const { nodeName } = spec as { nodeName?: string }
  const { conditions = [] } = status as { conditions?: readonly { type?: string; message?: string }[] }
  return nodeName ?? conditions.find(({ type }) => type === 'PodScheduled')?.message ?? ''
}
