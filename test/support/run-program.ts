import { Readable } from 'node:stream'
import { main } from '#commands/program.ts'

/** What a run of the program left: its exit code and all it wrote. */
export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly stdin?: string
  readonly env?: Readonly<Record<string, string>>
  /** Milliseconds since 1970. */
  readonly now?: number
  /** Whether the outputs are terminals. */
  readonly isTTY?: boolean
  readonly columns?: number
}

/** Runs the program in this process, with streams of its own. */
export async function runProgram(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const out: string[] = []
  const err: string[] = []
  const { isTTY = false, columns = 100, env = {}, now = Date.parse('2026-08-01T12:00:00Z') } = options
  const before = process.exitCode
  try {
    const code = await main(args, {
      stdin: Readable.from([Buffer.from(options.stdin ?? '')]),
      stdout: { isTTY, columns, write: (text) => out.push(text) },
      stderr: { isTTY, columns, write: (text) => err.push(text) },
      env,
      now: () => now,
    })
    return { code, stdout: out.join(''), stderr: err.join('') }
  } finally {
    process.exitCode = before
  }
}
