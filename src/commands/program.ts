import type { Command } from '@oclif/core/command'
import { reportError } from './errors.ts'
import { commandHelp, overview } from './help.ts'
import { type Streams, withStreams } from './streams.ts'
import { version, versionText } from './version.ts'

type CommandClass = typeof Command & { readonly examples: readonly string[] }

export interface CommandEntry {
  readonly summary: string
  load(): Promise<{ readonly default: CommandClass }>
}

/** The commands, each loaded only when it is called. */
export const commands: Readonly<Record<string, CommandEntry>> = {
  explain: { summary: 'Why is it Pending?', load: () => import('./explain.ts') as Promise<{ default: CommandClass }> },
  suggest: {
    summary: 'What do I change, in which file, and will it be enough?',
    load: () => import('./suggest.ts') as Promise<{ default: CommandClass }>,
  },
  completion: {
    summary: 'Let the Tab key complete the words of this program.',
    load: () => import('./completion-command.ts') as Promise<{ default: CommandClass }>,
  },
  snapshot: {
    summary: 'Save what the others need, to share or to work offline.',
    load: () => import('./snapshot.ts') as Promise<{ default: CommandClass }>,
  },
  version: {
    summary: 'The version of this program.',
    load: () => import('./version-command.ts') as Promise<{ default: CommandClass }>,
  },
}

/** Runs the program with the words after its name; resolves to the exit code and never rejects. */
export async function main(argv: readonly string[], streams: Streams): Promise<number> {
  return withStreams(streams, async () => {
    try {
      return await dispatch(argv, streams)
    } catch (error) {
      return reportError(error, streams, Object.keys(commands))
    }
  })
}

async function dispatch(given: readonly string[], streams: Streams): Promise<number> {
  const { stdout } = streams
  if (given[0] === '__complete') return (await import('./complete.ts')).complete(given.slice(1), commands, streams)
  const argv = commandFirst(given)
  const [name = '', ...rest] = argv
  if (name === '' || ((name === 'help' || isHelp(name)) && rest.length === 0)) {
    stdout.write(overview(commands))
    return 0
  }
  if ((name === '--version' || name === 'version') && rest.length === 0) {
    stdout.write(versionText())
    return 0
  }
  const wanted = name === 'help' ? (rest[0] ?? '') : name
  const entry = Object.hasOwn(commands, wanted) ? commands[wanted] : undefined
  if (entry === undefined) throw new UnknownCommand(wanted)
  const command = (await entry.load()).default
  if (name === 'help' || beforeDashes(rest).some(isHelp)) {
    stdout.write(commandHelp(wanted, command))
    return 0
  }
  process.exitCode = 0
  // Loaded only where a command runs, after its own modules.
  const [{ run }, { Config }] = [await import('@oclif/core/run'), await import('@oclif/core/config')]
  await run([...argv], await Config.load(configFor(wanted, command) as never))
  return Number(process.exitCode ?? 0)
}

export class UnknownCommand extends Error {
  readonly command: string
  constructor(command: string) {
    super(`unknown command "${command}"`)
    this.command = command
  }
}

function isHelp(word: string): boolean {
  return word === '--help' || word === '-h'
}

function beforeDashes(words: readonly string[]): readonly string[] {
  const at = words.indexOf('--')
  return at === -1 ? words : words.slice(0, at)
}

/** kubectl takes flags before the verb as well: `taintdoctor --context x explain`. */
function commandFirst(argv: readonly string[]): readonly string[] {
  if (argv[0] === undefined || !argv[0].startsWith('-')) return argv
  const at = argv.findIndex((word) => Object.hasOwn(commands, word))
  return at === -1 ? argv : [argv[at] ?? '', ...argv.slice(0, at), ...argv.slice(at + 1)]
}

/** oclif's view of this program: one plugin with the one command that was called, and nothing looked up on disk. */
function configFor(name: string, command: CommandClass) {
  const named = Object.fromEntries(
    Object.entries(command.flags ?? {}).map(([flag, spec]) => [flag, { ...spec, name: flag }]),
  )
  const described = {
    id: name,
    summary: command.summary,
    strict: command.strict,
    hidden: false,
    aliases: [],
    hiddenAliases: [],
    args: command.args ?? {},
    flags: named,
    hasDynamicHelp: false,
    pluginName: 'kubectl-taintdoctor',
    pluginType: 'core',
    load: async () => command,
  }
  const pjson = {
    name: 'kubectl-taintdoctor',
    version,
    description: '',
    oclif: { bin: 'kubectl taintdoctor', dirname: 'kubectl-taintdoctor', topicSeparator: ':' },
  }
  const plugin = {
    name: 'kubectl-taintdoctor',
    alias: 'kubectl-taintdoctor',
    version,
    type: 'core',
    moduleType: 'module',
    isRoot: true,
    valid: true,
    hasManifest: true,
    root: '/',
    options: { root: '/' },
    hooks: {},
    topics: [],
    children: [],
    commandIDs: [name],
    commands: [described],
    manifest: { version, commands: {} },
    async load() {},
    findCommand: async () => command,
    pjson,
  }
  return { root: '/', plugins: new Map([[plugin.name, plugin]]) }
}
