import { spawn } from 'node:child_process'
import { ConnectionError, codeOf, wordsOf } from './connection-error.ts'
import { type ExecCredential, execApiVersions, execInfo, parseExecCredential } from './exec-credential.ts'
import type { ExecEntry } from './kubeconfig-file.ts'
import type { ConnectionEnvironment, Limits } from './options.ts'
import { shownUrl } from './server-url.ts'
import type { Settings } from './settings.ts'

/** What a plugin is run with. */
export interface PluginRun {
  readonly exec: ExecEntry
  readonly settings: Settings
  /** The cluster's certificate authority, as PEM. */
  readonly authority: Buffer | undefined
  readonly env: ConnectionEnvironment
  readonly limits: Limits
  readonly signal: AbortSignal
}

/**
 * Runs an exec credential plugin once. It may read standard input only where its `interactiveMode` allows and a
 * person is there; else its input is closed. Its words go to our standard error. It is ended when its time is up.
 */
export async function runExecPlugin(run: PluginRun): Promise<ExecCredential> {
  const { exec, env, limits } = run
  const interactive = mayAsk(run)
  const limit = interactive ? limits.interactivePluginMs : limits.pluginMs
  const ended = await ending(run, interactive, limit)
  if (ended.kind === 'late') {
    throw trouble(run, `did not end within ${limit / 1000} s`, 'run it by hand to see what it waits for')
  }
  if (ended.code !== 0) {
    const how = ended.code === null ? `was ended by ${ended.signal}` : `ended with exit code ${ended.code}`
    const hint = env.pluginWords === 'inherit' ? 'what it wrote stands above; it may want a new login' : undefined
    throw trouble(run, how, exec.installHint ?? hint)
  }
  const credential = parseExecCredential(ended.printed, exec.apiVersion)
  if (typeof credential === 'string') throw trouble(run, `gave no credential: ${credential}`)
  return credential
}

function mayAsk(run: PluginRun): boolean {
  const { exec, env } = run
  if (!execApiVersions.includes(exec.apiVersion)) {
    const known = execApiVersions.join(' or ')
    throw trouble(run, `is set to apiVersion ${JSON.stringify(exec.apiVersion)}`, `the kubeconfig has to say ${known}`)
  }
  switch (exec.interactiveMode ?? 'IfAvailable') {
    case 'Never':
      return false
    case 'IfAvailable':
      return env.interactive
    case 'Always':
      if (env.interactive) return true
      throw trouble(run, 'has to ask a person, and standard input is no terminal', 'run this on a terminal')
    default:
      throw trouble(
        run,
        `has interactiveMode ${JSON.stringify(exec.interactiveMode)}`,
        'it can be Never, IfAvailable or Always',
      )
  }
}

type Ending =
  | { readonly kind: 'late' }
  | { readonly kind: 'ended'; readonly code: number | null; readonly signal: string | null; readonly printed: string }

function ending(run: PluginRun, interactive: boolean, limit: number): Promise<Ending> {
  const { exec, settings, env, signal } = run
  const info = execInfo(exec, interactive, shownUrl(settings.server), settings.cluster, run.authority)
  const variables = { ...env.variables, ...Object.fromEntries(exec.env), KUBERNETES_EXEC_INFO: info }
  return new Promise((done, fail) => {
    signal.throwIfAborted()
    const child = spawn(exec.command, exec.args, {
      env: variables,
      stdio: [interactive ? 'inherit' : 'ignore', 'pipe', env.pluginWords === 'inherit' ? 'inherit' : 'pipe'],
    })
    const printed: Buffer[] = []
    const finish = (act: () => void) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
      child.stdout?.destroy()
      child.stderr?.destroy()
      act()
    }
    const stop = (act: () => void) => {
      child.kill('SIGKILL')
      finish(act)
    }
    const abort = () => stop(() => fail(signal.reason))
    const timer = setTimeout(() => stop(() => done({ kind: 'late' })), limit)
    signal.addEventListener('abort', abort, { once: true })
    child.stdout?.on('data', (chunk: Buffer) => printed.push(chunk))
    if (env.pluginWords !== 'inherit') child.stderr?.on('data', env.pluginWords)
    child.once('error', (error) => finish(() => fail(notStarted(run, error))))
    child.once('close', (code, name) =>
      finish(() => done({ kind: 'ended', code, signal: name, printed: Buffer.concat(printed).toString('utf8') })),
    )
  })
}

function notStarted(run: PluginRun, error: Error): ConnectionError {
  const missing = codeOf(error) === 'ENOENT'
  const why = missing ? 'is not installed, or not in PATH' : `cannot be started: ${wordsOf(error)}`
  return trouble(run, why, run.exec.installHint ?? (missing ? `install ${run.exec.command}` : undefined))
}

function trouble(run: PluginRun, what: string, hint?: string): ConnectionError {
  const { exec, settings } = run
  return new ConnectionError({
    code: 'ExecPlugin',
    message: `exec plugin ${exec.command} ${what}`,
    source: settings.userSource,
    hint,
  })
}
