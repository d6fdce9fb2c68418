/** What kind of trouble keeps the cluster from being read at all; `docs/errors.md` has a paragraph for each. */
export type ConnectionErrorCode =
  /** A flag's value cannot be used; the only code that stands for a wrong command line. */
  | 'BadOption'
  | 'NoKubeconfig'
  | 'BadKubeconfig'
  | 'UnknownContext'
  | 'UnknownCluster'
  | 'UnknownUser'
  | 'BadCertificate'
  | 'BadCredentials'
  | 'ExecPlugin'
  | 'AuthProvider'
  | 'Unreachable'
  | 'Timeout'
  | 'ProxyFailed'
  | 'CertificateNotTrusted'
  | 'Unauthorized'

export interface ConnectionTrouble {
  readonly code: ConnectionErrorCode
  /** What failed and why, in one sentence without a full stop; never holds a token, a password or a key. */
  readonly message: string
  /** Where the setting came from: `flag --server`, `cluster "c" in /home/me/.kube/config`. */
  readonly source?: string | undefined
  /** What a person can try, as one clause. */
  readonly hint?: string | undefined
  readonly cause?: unknown
}

/** Nothing can be read from this cluster. `message` says what failed and why; `source` and `hint` go below it. */
export class ConnectionError extends Error {
  readonly code: ConnectionErrorCode
  readonly source: string | undefined
  readonly hint: string | undefined

  constructor(trouble: ConnectionTrouble) {
    super(trouble.message, trouble.cause === undefined ? {} : { cause: trouble.cause })
    this.name = 'ConnectionError'
    this.code = trouble.code
    this.source = trouble.source
    this.hint = trouble.hint
  }
}

/** The system's words for an error that was caught: its message, or whatever it is. */
export function wordsOf(error: unknown): string {
  const message = field(error, 'message')
  return typeof message === 'string' ? message : String(error)
}

/** The code of a system error (`ENOENT`, `ECONNRESET`), or an empty string. */
export function codeOf(error: unknown): string {
  const code = field(error, 'code')
  return typeof code === 'string' ? code : ''
}

function field(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null ? (error as Record<string, unknown>)[name] : undefined
}
