// Random clusters on a real control plane, kube-scheduler's words against ours.
//   KUBECONFIG=... npm run test:differential -- --seed 1 --count 300 [--focus spread] [--keep-going] [--replay FILE]
// The control plane is wiped before each cluster: give it one of its own, without kubelets.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { ApiClient } from './api-client.ts'
import { attempt } from './attempt.ts'
import { focusOf, type GeneratedCluster, generateCluster } from './generate/cluster.ts'
import { type Focus, focuses } from './generate/world.ts'
import { shrink } from './shrink.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '10' },
    focus: { type: 'string' },
    replay: { type: 'string' },
    'no-shrink': { type: 'boolean', default: false },
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
  const total = { clusters: 0, placed: 0, compared: 0, rejected: 0, different: 0 }
  for (let index = 0; index < (replay === undefined ? Number(values.count) : 1); index++) {
    const cluster = replay === undefined ? next(index) : (JSON.parse(readFileSync(replay, 'utf8')) as GeneratedCluster)
    const result = await attempt(api, cluster.items, version)
    total.clusters++
    total.placed += result.placed
    total.compared += result.compared
    total.rejected += result.rejected.length
    for (const { item, message } of result.rejected)
      say(`${cluster.id}: not taken: ${item.kind}: ${message.slice(0, 300)}`)
    const [first] = result.differences
    if (first === undefined) continue
    total.different++
    for (const { pod, scheduler, ours } of result.differences)
      say(`${cluster.id} ${pod}\n  scheduler: ${scheduler}\n  ours:      ${ours}`)
    const small = values['no-shrink'] ? result : await shrink(api, cluster.items, first.pod, version)
    const folder = new URL('./found/', import.meta.url)
    mkdirSync(folder, { recursive: true })
    const file = new URL(`${cluster.id}.json`, folder)
    writeFileSync(
      file,
      `${JSON.stringify({ id: cluster.id, version, difference: small.differences[0] ?? first, items: small.state }, null, 1)}\n`,
    )
    say(`  written to ${file.pathname}`)
  }
  api.close()
  say(
    `${version}: ${total.clusters} clusters, ${total.placed} Pods placed, ${total.compared} messages compared, ${total.rejected} objects not taken, ${total.different} clusters that differ`,
  )
  return total.different === 0 ? 0 : 1
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
