import { editDistance } from '#model/edit-distance.ts'
import { Failure } from '#model/failure.ts'
import { safeText } from '#output/safe-text.ts'
import type { Streams } from './streams.ts'

/** Says on standard error what went wrong, and gives the exit code of the contract. */
export function reportError(error: unknown, { stderr, env }: Streams, commands: readonly string[]): number {
  const { message, hint, code } = describe(error, commands)
  stderr.write(`error: ${message.split('\n').map(safeText).join('\n')}\n`)
  if (hint !== undefined) stderr.write(`${hint.split('\n').map(safeText).join('\n')}\n`)
  if ((env['TAINTDOCTOR_DEBUG'] ?? '') !== '' && error instanceof Error) stderr.write(`${error.stack ?? ''}\n`)
  return code
}

function describe(error: unknown, commands: readonly string[]): { message: string; hint?: string; code: number } {
  if (error instanceof Failure) {
    return { message: error.message, ...(error.hint === undefined ? {} : { hint: error.hint }), code: error.exitCode }
  }
  const { message = String(error), hint, exitCode, code, oclif, command, parse, flags } = error as ErrorShape
  const also = hint === undefined ? {} : { hint }
  if (command !== undefined) {
    return { message, hint: nearestHint(command, commands, `commands: ${commands.join(', ')}`), code: 2 }
  }
  if (flags !== undefined) {
    const [flag = ''] = flags
    const known = Object.entries(parse?.input?.flags ?? {}).flatMap(([name, { char }]) => [
      `--${name}`,
      ...(char === undefined ? [] : [`-${char}`]),
    ])
    return { message: `unknown flag ${flags.join(', ')}`, hint: nearestHint(flag, known, 'see --help'), code: 2 }
  }
  // oclif adds "See more help with --help" on a line of its own.
  const [head = ''] = message.split('\nSee more help')
  if (oclif !== undefined) return { message: head.trim(), hint: 'see --help', code: oclif.exit ?? 2 }
  return { message: head, ...also, code: exitCode ?? (code === 'BadOption' ? 2 : 3) }
}

interface ErrorShape {
  readonly message?: string
  readonly hint?: string
  readonly exitCode?: number
  /** Of a ConnectionError. */
  readonly code?: string
  readonly oclif?: { readonly exit?: number }
  readonly command?: string
  readonly flags?: readonly string[]
  readonly parse?: { readonly input?: { readonly flags?: Readonly<Record<string, { readonly char?: string }>> } }
}

/** The known word that is nearest to a mistyped one, as a question; something else where none is near. */
export function nearestHint(word: string, known: readonly string[], otherwise: string): string {
  let best = ''
  let least = Math.max(2, Math.floor(word.length / 3)) + 1
  for (const one of known) {
    const distance = editDistance(word, one, least)
    if (distance < least) {
      best = one
      least = distance
    }
  }
  return best === '' ? otherwise : `did you mean ${best}?`
}
