import type { Command } from '@oclif/core/command'
import type { CommandEntry } from './program.ts'

type FlagShape = {
  readonly char?: string
  readonly description?: string
  readonly helpValue?: string
  readonly options?: readonly string[]
  readonly type?: string
  readonly hidden?: boolean
}

/** What `kubectl taintdoctor` alone says. */
export function overview(commands: Readonly<Record<string, CommandEntry>>): string {
  const rows = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(12)}${summary}`)
  return [
    'Why is the Pod Pending, and what do I change? Answers as kube-scheduler would.',
    '',
    'Try:',
    '  kubectl taintdoctor explain              every Pending Pod of the namespace',
    '  kubectl taintdoctor explain -A           of all namespaces',
    '  kubectl taintdoctor explain deploy/web   one workload',
    '',
    'Commands:',
    ...rows,
    '',
    'Use "kubectl taintdoctor COMMAND --help" for its flags. It only reads: nothing in the cluster is ever changed.',
    '',
  ].join('\n')
}

/** The help of one command, as kubectl's reads: what it does, examples, flags, usage, exit codes. */
export function commandHelp(name: string, command: typeof Command): string {
  const known = command.flags ?? {}
  const flags = Object.entries(known) as [string, FlagShape][]
  const examples = (command.examples ?? []) as readonly string[]
  return [
    command.description ?? command.summary ?? '',
    '',
    'Examples:',
    ...examples.map((example) => `  ${example}`),
    '',
    'Options:',
    ...flags.filter(([, { hidden }]) => hidden !== true).flatMap(flagLines),
    '',
    'Usage:',
    `  kubectl taintdoctor ${command.usage ?? `${name} [options]`}`,
    '',
    'Exit codes:',
    '  0  it did its work, whatever it found',
    ...('exit-code' in known ? ['  1  with --exit-code: a Pod in scope is blocked'] : []),
    '  2  the command line is wrong',
    ...('kubeconfig' in known ? unreadable : []),
    '',
    ...('kubeconfig' in known ? environment : []),
  ].join('\n')
}

const unreadable = ['  3  the cluster or the snapshot could not be read at all']

/** What of the environment counts, for the commands that read a cluster. */
const environment = [
  'Environment:',
  '  KUBECONFIG             the kubeconfig files, as for kubectl; without it ~/.kube/config',
  '  HTTPS_PROXY, NO_PROXY  the way to the server, and the servers that need none; also HTTP_PROXY',
  '  NO_COLOR               with any value, no colours',
  '  TAINTDOCTOR_DEBUG      with any value, errors come with the place in the program they come from',
  '',
]

function flagLines([name, { char, description = '', helpValue, options, type }]: [string, FlagShape]): string[] {
  const value = type === 'boolean' ? '' : `=${helpValue ?? (options === undefined ? 'VALUE' : options.join('|'))}`
  return [`    ${char === undefined ? '' : `-${char}, `}--${name}${value}:`, `        ${description}`]
}
