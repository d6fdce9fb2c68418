// npm run benchmark [-- --small KUBECONFIG] [--large KUBECONFIG] [--rounds N] [--no-stand-in]
// Prints the tables of docs/performance.md. Without --small a small cluster is made up (kubectl must be there); without
// --large $KUBECONFIG is the large one if it is set. Medians; the candidates of a table take turns.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Candidate, measure, table } from './measure.ts'
import { nodes, pods } from './objects.ts'

const { values } = parseArgs({
  options: {
    small: { type: 'string' },
    large: { type: 'string' },
    rounds: { type: 'string' },
    'no-stand-in': { type: 'boolean' },
  },
})
const ours = [process.execPath, 'bin/run.js']
const explain = [...ours, 'explain', '-A', '-o', 'json']
const folder = mkdtempSync(join(tmpdir(), 'benchmark-'))
const rounds = (otherwise: number): number => Number(values.rounds ?? otherwise)

spawnSync(process.execPath, ['bin/run.js', '--version'])
say(`${cpus().length} x ${cpus()[0]?.model}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`)
await startUp()
await small()
large()
core()
if (!values['no-stand-in']) await standIn()
rmSync(folder, { recursive: true })

/** What a start costs, without any cluster. */
async function startUp(): Promise<void> {
  const size = { nodes: 3, assigned: 20, pending: 3, kinds: 3 }
  const snapshot = join(folder, 'snapshot.json')
  const list = { apiVersion: 'v1', kind: 'List', items: [...nodes(size), ...pods(size)] }
  writeFileSync(snapshot, JSON.stringify(list))
  const candidates: Candidate[] = [
    { name: 'node -e 0', command: [process.execPath, '-e', '0'] },
    { name: '--version', command: [...ours, '--version'] },
    { name: 'explain --help', command: [...ours, 'explain', '--help'] },
    { name: 'explain --snapshot', command: [...explain, '--snapshot', snapshot] },
    ...(hasKubectl() ? [{ name: 'kubectl version --client', command: ['kubectl', 'version', '--client'] }] : []),
  ]
  say(table('Start-up', measure(candidates, rounds(11)), 'node -e 0'))
}

async function small(): Promise<void> {
  if (!hasKubectl()) return say('Small cluster: left out, there is no kubectl.')
  if (values.small !== undefined) return say(against('Small cluster', values.small, rounds(9)))
  const size = { nodes: 3, assigned: 20, pending: 3, kinds: 3 }
  const kubeconfig = join(folder, 'kubeconfig')
  // In a process of its own: this one waits while the candidates run.
  const server = spawn(process.execPath, ['test/benchmark/small-server.ts', JSON.stringify(size), kubeconfig], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise((resolve) => server.stdout.once('data', resolve))
  say(against('Small cluster (made up)', kubeconfig, rounds(9)))
  server.kill()
}

function large(): void {
  const kubeconfig = values.large ?? process.env.KUBECONFIG
  if (kubeconfig === undefined || !hasKubectl()) say('Large cluster: left out; give --large KUBECONFIG.')
  else say(against('Large cluster', kubeconfig, rounds(3)))
}

function against(title: string, kubeconfig: string, count: number): string {
  const env = { KUBECONFIG: kubeconfig }
  const candidates: Candidate[] = [
    { name: 'kubectl get pods -A -o json', command: ['kubectl', 'get', 'pods', '-A', '-o', 'json'], env },
    { name: 'kubectl describe pods -A', command: ['kubectl', 'describe', 'pods', '-A'], env },
    { name: 'kubectl get nodes', command: ['kubectl', 'get', 'nodes'], env },
    { name: 'explain -A -o json', command: explain, env },
  ]
  // On a large cluster `describe` asks for every Pod's events: it would run for hours.
  const few = /^Large/.test(title) ? candidates.filter(({ name }) => !name.includes('describe')) : candidates
  const base = /^Large/.test(title) ? 'kubectl get pods -A -o json' : 'kubectl describe pods -A'
  return table(title, measure(few, count), base)
}

/** The judging alone: has to grow with nodes times kinds, and with Pods, and no faster. */
function core(): void {
  const sizes = ['1250 25000 500 100', '2500 50000 1000 100', '5000 100000 2000 100']
  const rows = sizes.map((size) => {
    const words = ['--expose-gc', 'test/benchmark/core.ts', ...size.split(' ')]
    const run = JSON.parse(spawnSync(process.execPath, words, { encoding: 'utf8' }).stdout) as Record<string, number>
    return `| ${size.split(' ').join(' / ')} | ${run.milliseconds} | ${run.cpuMilliseconds} | ${run.stateMiB} | ${run.peakMiB} |`
  })
  const head = '| Judging alone: nodes / running / Pending / kinds | ms | CPU ms | state MiB | peak MiB |'
  say([head, '|---|---|---|---|---|', ...rows].join('\n'))
}

/** The whole of it against a stand-in for a server with 100,000 Pods. */
async function standIn(): Promise<void> {
  const server = spawn(process.execPath, ['test/benchmark/stand-in.ts', '5000', '100000', '2000', '100'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await new Promise<string>((resolve) => server.stdout.once('data', (data) => resolve(String(data).trim())))
  const runs = measure([{ name: 'explain -A -o json', command: [...explain, '-s', url] }], 1)
  say(table('5,000 nodes, 102,000 Pods (stand-in)', runs, 'explain -A -o json'))
  server.kill()
}

function hasKubectl(): boolean {
  return spawnSync('kubectl', ['version', '--client']).status === 0
}

function say(text: string): void {
  console.log(`${text}\n`)
}
