// The demo: starts an embedded API server for each of the demo's clusters and runs the real command against them.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { kubeconfig } from '#test/apiserver/kubeconfig.ts'
import { type ApiServer, startApiServer } from '#test/apiserver/server.ts'
import { type DemoCluster, demoClusters } from './cluster.ts'

interface Step {
  /** One line on standard error, before the command runs. */
  readonly says: string
  readonly args: readonly string[]
}

/** What the demo runs, in this order. A further command is a further entry. */
function steps(clusters: readonly DemoCluster[]): Step[] {
  const explained = clusters.map(({ context, shows }) => ({
    says: `Cluster ${context}: ${shows}.`,
    args: ['explain', '-A', '--context', context],
  }))
  const suggested = {
    says: 'What to change for FleetDM, in its values, and whether it is enough:',
    args: ['suggest', '-n', 'fleetdm', '--context', 'platform'],
  }
  return [...explained, suggested]
}

/** Exit codes above this one say that a signal ended the command. */
const stopped = 128

process.exitCode = await demo()

async function demo(): Promise<number> {
  const clusters = demoClusters(new Date())
  const servers: ApiServer[] = []
  const folder = mkdtempSync(join(tmpdir(), 'taintdoctor-demo-'))
  try {
    for (const { objects, version, context } of clusters) {
      servers.push(await startApiServer({ objects, version, context, tls: true, token: `demo-${context}` }))
    }
    const file = join(folder, 'kubeconfig')
    writeFileSync(file, kubeconfig(...servers.map((server) => server.access())), { mode: 0o600 })
    let worst = 0
    for (const { says, args } of steps(clusters)) {
      process.stderr.write(`\n${says}\n$ kubectl taintdoctor ${args.join(' ')}\n\n`)
      worst = Math.max(worst, await run(args, file))
      if (worst > stopped) break
    }
    return worst
  } finally {
    await Promise.all(servers.map((server) => server.close()))
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Runs the command on the Node that runs this, with this terminal as its own; resolves to its exit code. */
function run(args: readonly string[], file: string): Promise<number> {
  const command = fileURLToPath(new URL('../../bin/run.js', import.meta.url))
  const child = spawn(process.execPath, [command, ...args], {
    stdio: 'inherit',
    env: { ...process.env, KUBECONFIG: file },
  })
  // Ctrl-C reaches the command by itself, other signals are passed on; it ends first, then the demo cleans up.
  const stay = (): void => {}
  const pass = (signal: NodeJS.Signals): void => void child.kill(signal)
  process.on('SIGINT', stay).on('SIGTERM', pass).on('SIGHUP', pass)
  return new Promise<number>((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code, signal) => resolve(code ?? stopped + (signal === null ? 1 : constants.signals[signal])))
  }).finally(() => process.off('SIGINT', stay).off('SIGTERM', pass).off('SIGHUP', pass))
}
