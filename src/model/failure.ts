/** What can end a command before it has an answer. `docs/errors.md` has a row for each. */
export type FailureCode =
  | 'SnapshotNotFound'
  | 'SnapshotUnreadable'
  | 'SnapshotEmpty'
  | 'SnapshotInvalid'
  | 'SnapshotHoldsNoObjects'
  | 'WrongArgument'
  | 'NotFound'
  | 'ValuesFile'
  | 'NothingForValues'
  | 'PodsForbidden'
  | 'FileUnwritable'
  | 'PodsUnreadable'
  | 'ClustersUnreadable'
  | 'CompletionLink'

/** A failure with one sentence for people: what failed, on what, why; and what to do. */
export class Failure extends Error {
  readonly code: FailureCode
  readonly hint: string | undefined
  /** 2: the command line is wrong; 3: nothing could be read. */
  readonly exitCode: 2 | 3

  constructor(code: FailureCode, message: string, options: { hint?: string; exitCode?: 2 | 3; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.name = 'Failure'
    this.code = code
    this.hint = options.hint
    this.exitCode = options.exitCode ?? 3
  }
}
