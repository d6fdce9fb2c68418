import { AsyncLocalStorage } from 'node:async_hooks'
import type { Readable } from 'node:stream'

/** What a command may touch of the process it runs in. Tests pass their own. */
export interface Streams {
  readonly stdin: Readable
  readonly stdout: Output
  readonly stderr: Output
  readonly env: Readonly<Record<string, string | undefined>>
  /** Milliseconds since 1970. */
  readonly now: () => number
}

export interface Output {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

const current = new AsyncLocalStorage<Streams>()

/** Runs a program with these streams in the place of the process's own. */
export function withStreams<T>(streams: Streams, program: () => Promise<T>): Promise<T> {
  return current.run(streams, program)
}

/** The streams of the running command. */
export function streams(): Streams {
  return current.getStore() ?? processStreams()
}

export function processStreams(): Streams {
  return { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr, env: process.env, now: Date.now }
}

/** Whether colour carries meaning on this stream: a terminal, and nobody asked for none. */
export function wantsColor(stream: Output, env: Streams['env'], noColor: boolean): boolean {
  return stream.isTTY === true && !noColor && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb'
}
