import { homedir } from 'node:os'
import { ConnectionError } from './connection-error.ts'

/** kubectl's connection flags, under kubectl's names; what is absent comes from the kubeconfig. */
export interface ConnectionOptions {
  readonly kubeconfig?: string | undefined
  readonly context?: string | undefined
  readonly cluster?: string | undefined
  readonly user?: string | undefined
  readonly server?: string | undefined
  readonly token?: string | undefined
  readonly as?: string | undefined
  readonly asGroups?: readonly string[] | undefined
  readonly asUid?: string | undefined
  readonly certificateAuthority?: string | undefined
  readonly insecureSkipTlsVerify?: boolean | undefined
  readonly tlsServerName?: string | undefined
  /** `0` for none, `30` seconds, or `1m30s`; absent takes the defaults of `Limits`. */
  readonly requestTimeout?: string | undefined
  /** The `User-Agent` header; `kubectl-taintdoctor/0.1.0`. */
  readonly userAgent?: string | undefined
  /** For those who know better, and for tests. */
  readonly limits?: Partial<Limits> | undefined
}

/** How long and how often is waited. Times are milliseconds; 0 is without end. */
export interface Limits {
  /** Until the connection stands, through the proxy and with TLS. */
  readonly connectMs: number
  /** Until the next byte of an answer. */
  readonly silenceMs: number
  /** For one answer whole, repeats included. */
  readonly answerMs: number
  /** How often a read is sent at most, and the wait before it is sent again, doubled each time. */
  readonly attempts: number
  readonly firstDelayMs: number
  /** The longest `Retry-After` that is waited for. */
  readonly retryAfterMs: number
  /** Connections side by side. */
  readonly connections: number
  /** For an exec plugin that cannot ask a person, and for one that can. */
  readonly pluginMs: number
  readonly interactivePluginMs: number
}

const defaults: Limits = {
  connectMs: 15_000,
  silenceMs: 60_000,
  answerMs: 600_000,
  attempts: 5,
  firstDelayMs: 200,
  retryAfterMs: 30_000,
  connections: 6,
  pluginMs: 60_000,
  interactivePluginMs: 300_000,
}

/** What of the process and the machine a connection depends on. */
export interface ConnectionEnvironment {
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly homeDirectory: string
  /** Whether standard input is a terminal, so that an exec plugin may ask. */
  readonly interactive: boolean
  /** Where an exec plugin's own words go: our standard error as it is, or a function. */
  readonly pluginWords: 'inherit' | ((chunk: Buffer) => void)
  /** Takes a sentence for standard error: something a person should know, though the answer stands. */
  readonly warn: (sentence: string) => void
  /** Where a Pod finds its service account. */
  readonly serviceAccountFolder: string
}

/** The environment of this process. */
export function processEnvironment(): ConnectionEnvironment {
  return {
    variables: process.env,
    homeDirectory: homedir(),
    interactive: process.stdin.isTTY === true,
    pluginWords: 'inherit',
    warn: (sentence) => void process.stderr.write(`warning: ${sentence}\n`),
    serviceAccountFolder: '/var/run/secrets/kubernetes.io/serviceaccount',
  }
}

/** The limits these options ask for. `--request-timeout` rules connecting, silence and the whole answer. */
export function limitsOf(options: ConnectionOptions): Limits {
  const asked = options.requestTimeout === undefined ? undefined : parseTimeout(options.requestTimeout)
  const limits = { ...defaults, ...options.limits }
  if (asked === undefined) return limits
  const connectMs = asked === 0 ? limits.connectMs : Math.min(limits.connectMs, asked)
  return { ...limits, connectMs, silenceMs: asked, answerMs: asked }
}

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** Milliseconds of a kubectl duration: a whole number is seconds, else numbers with units (`1m30s`, `1.5h`, `500ms`). */
export function parseTimeout(text: string): number {
  const trimmed = text.trim()
  if (/^\d{1,9}$/.test(trimmed)) return Number(trimmed) * 1000
  if (!/^(?:\d{1,9}(?:\.\d{1,9})?(?:ms|s|m|h))+$/.test(trimmed)) {
    throw new ConnectionError({
      code: 'BadOption',
      message: `--request-timeout ${JSON.stringify(text)} is no duration`,
      source: 'flag --request-timeout',
      hint: 'use 0 for no limit, seconds such as 30, or a number with a unit such as 5s or 2m',
    })
  }
  let total = 0
  for (const [, amount, unit] of trimmed.matchAll(/([\d.]+)(ms|s|m|h)/g)) {
    total += Number(amount) * (unitMs[unit ?? 's'] ?? 1000)
  }
  return Math.ceil(total)
}
