import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'

/** A real control plane by way of real kubectl, on the cluster of `$KUBECONFIG`. Every name of one run has its own mark. */
export const kubeconfig = process.env.KUBECONFIG

export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export function ran(
  program: string,
  args: readonly string[],
  input?: string,
  env: NodeJS.ProcessEnv = process.env,
): Ran {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    encoding: 'utf8',
    input,
    env,
    maxBuffer: 2 ** 28,
  })
  if (error !== undefined) throw error
  return { code: status ?? -1, stdout, stderr }
}

export function kubectl(args: readonly string[], input?: string): string {
  const { code, stdout, stderr } = ran('kubectl', args, input)
  if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`)
  return stdout
}

/** The program as a user starts it. */
export function taintdoctor(...args: readonly string[]): Ran {
  return ran(process.execPath, ['bin/run.js', ...args])
}

export const mark = `e2e-${randomBytes(3).toString('hex')}`

export function apply(...objects: readonly object[]): void {
  kubectl(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }))
}

/** Nodes with a status, as a kubelet would report it. */
export function makeNodes(
  ...nodes: readonly { readonly metadata: { readonly name: string }; readonly status: object }[]
): void {
  apply(...nodes)
  for (const { metadata, status } of nodes) {
    kubectl(['patch', 'node', metadata.name, '--subresource=status', '--type=merge', '-p', JSON.stringify({ status })])
  }
}

export function removeNodes(...names: readonly string[]): void {
  kubectl(['delete', 'node', ...names, '--ignore-not-found', '--wait=false'])
}

/** Asks again until the answer is there; fails after half a minute. */
export async function until<T>(what: string, ask: () => T | undefined): Promise<T> {
  const end = Date.now() + 30_000
  for (;;) {
    const found = ask()
    if (found !== undefined) return found
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
}

interface PodItem {
  readonly metadata: { readonly name: string }
  readonly spec: { readonly nodeName?: string }
  readonly status: {
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string }[]
  }
}

export function pods(namespace: string, ...selector: readonly string[]): readonly PodItem[] {
  return (JSON.parse(kubectl(['get', 'pods', '-n', namespace, '-o', 'json', ...selector])) as { items: PodItem[] })
    .items
}

/** What the scheduler wrote into a Pod's condition; undefined while it has not. */
export function refusal(pod: PodItem): string | undefined {
  return pod.status.conditions?.find(({ type, status }) => type === 'PodScheduled' && status === 'False')?.message
}
