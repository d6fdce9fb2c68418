// Random clusters on a real control plane, kube-scheduler's words against ours.
//   KUBECONFIG=... npm run test:differential -- --seed 1 --count 300 [--focus spread] [--keep-going] [--replay FILE] [--opens]
// With --opens one suggested patch of each cluster is made, and the scheduler has to place its Pod where it was said.
// The control plane is wiped before each cluster: give it one of its own, without kubelets.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { ApiClient } from './api-client.ts'
import { type Attempt, attempt } from './attempt.ts'
import { focusOf, type GeneratedCluster, generateCluster } from './generate/cluster.ts'
import { type Focus, focuses, type Item } from './generate/world.ts'
import { holdOpens, isTrue } from './opens.ts'
import { shrink } from './shrink.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '10' },
    focus: { type: 'string' },
    replay: { type: 'string' },
    'no-shrink': { type: 'boolean', default: false },
    opens: { type: 'boolean', default: false },
  },
})

const say = (text: string): void => void process.stdout.write(`${text}\n`)

async function main(): Promise<number> {
  const { focus, replay } = values
  if (focus !== undefined && focus !== 'mix' && !focuses.includes(focus as Focus)) {
    say(`--focus ${focus}: one of mix, ${focuses.join(', ')}`)
    return 2
  }
  const api = new ApiClient(process.env.KUBECONFIG ?? '')
  await refuseOthersClusters(api)
  const version = String((await api.send('GET', '/version')).body.gitVersion)
  const total = { clusters: 0, placed: 0, compared: 0, rejected: 0, different: 0, opened: 0, shut: 0 }
  for (let index = 0; index < (replay === undefined ? Number(values.count) : 1); index++) {
    const cluster = replay === undefined ? next(index) : (JSON.parse(readFileSync(replay, 'utf8')) as GeneratedCluster)
    const result = await attempt(api, cluster.items, version)
    total.clusters++
    total.placed += result.placed
    total.compared += result.compared
    total.rejected += result.rejected.length
    for (const { item, message } of result.rejected)
      say(`${cluster.id}: not taken: ${item.kind}: ${message.slice(0, 300)}`)
    if (values.opens) await countOpens(api, cluster.id, result.state, version, total)
    if (result.differences.length === 0) continue
    total.different++
    await keep(api, cluster, result, version)
  }
  api.close()
  say(
    `${version}: ${total.clusters} clusters, ${total.placed} Pods placed, ${total.compared} messages compared, ${total.rejected} objects not taken, ${total.different} clusters that differ`,
  )
  if (values.opens) say(`${total.opened} suggested patches placed their Pod where they said, ${total.shut} did not`)
  return total.different + total.shut === 0 ? 0 : 1
}

/** Says what differs, and writes the smallest cluster in which it still does. */
async function keep(api: ApiClient, cluster: GeneratedCluster, result: Attempt, version: string): Promise<void> {
  for (const { pod, scheduler, ours } of result.differences)
    say(`${cluster.id} ${pod}\n  scheduler: ${scheduler}\n  ours:      ${ours}`)
  const [first] = result.differences
  const isToShrink = !values['no-shrink'] && first !== undefined
  const small = isToShrink ? await shrink(api, cluster.items, first.pod, version) : result
  const folder = new URL('./found/', import.meta.url)
  mkdirSync(folder, { recursive: true })
  const file = new URL(`${cluster.id}.json`, folder)
  const kept = { id: cluster.id, version, difference: small.differences[0] ?? first, items: small.state }
  writeFileSync(file, `${JSON.stringify(kept, null, 1)}\n`)
  say(`  written to ${file.pathname}`)
}

async function countOpens(
  api: ApiClient,
  id: string,
  state: readonly Item[],
  version: string,
  total: { opened: number; shut: number },
): Promise<void> {
  const held = await holdOpens(api, state, version)
  if (held === undefined) return
  if (isTrue(held)) total.opened++
  else {
    total.shut++
    say(`${id} ${held.pod}: said to open ${held.opens.join(', ')}; the scheduler: ${held.node ?? 'nowhere'}`)
  }
}

function next(index: number): GeneratedCluster {
  return generateCluster(Number(values.seed) + index, (values.focus as Focus | undefined) ?? focusOf(index))
}

/** Everything is deleted before each cluster: not on a cluster of somebody's. */
async function refuseOthersClusters(api: ApiClient): Promise<void> {
  const nodes = await api.list('v1', 'Node')
  const other = nodes.find(({ metadata }) => !/^node-\d+$/.test(metadata.name))
  if (other === undefined) return
  throw new Error(
    `${api.server} has node ${other.metadata.name}, which is not of a differential run; everything there would be deleted`,
  )
}

process.exitCode = await main()
