import { findResourceType, resourceTypes } from '#model/resource-type.ts'
import { type Answer, answer, answerText, type Candidate, directive, nothing } from './complete-answer.ts'
import { completionQuestion, type KnownFlags, type Question } from './complete-question.ts'
import type { ConnectionFlags } from './connection.ts'
import { connectionFlags, displayFlags, scopeFlags } from './flags.ts'
import type { CommandEntry } from './program.ts'
import type { Streams } from './streams.ts'

type Commands = Readonly<Record<string, CommandEntry>>

/**
 * Answers the Tab key: `words` are those after the program's name, the last one (maybe empty) at the cursor. Never
 * fails and says nothing on standard error, but with TAINTDOCTOR_DEBUG: a person is in the middle of a line.
 * @see https://pkg.go.dev/k8s.io/kubectl/pkg/cmd/plugin (plugin completion)
 */
export async function complete(words: readonly string[], commands: Commands, streams: Streams): Promise<number> {
  let found = nothing
  try {
    found = await completions(words, commands)
  } catch (error) {
    if ((streams.env.TAINTDOCTOR_DEBUG ?? '') !== '') streams.stderr.write(`${String(error)}\n`)
  }
  streams.stdout.write(answerText(found))
  return 0
}

async function completions(words: readonly string[], commands: Commands): Promise<Answer> {
  const shared: KnownFlags = { ...scopeFlags, ...connectionFlags, ...displayFlags }
  const first = completionQuestion(words, shared)
  const command = commandOf(words, shared, commands)
  if (command === undefined || command === 'help') {
    const { asked, prefix } = first
    if (asked.kind !== 'argument') return forFlag(first, shared)
    const isOpen = asked.before.length === (command === 'help' ? 1 : 0)
    return isOpen ? answer(commandNames(commands, command === undefined), prefix) : nothing
  }
  const flags = (await commands[command]?.load())?.default.flags as KnownFlags | undefined
  const question = completionQuestion(words, { ...flags, ...helpFlag })
  const { asked } = question
  if (asked.kind !== 'argument') return forFlag(question, { ...flags, ...helpFlag })
  // Those that can be narrowed by labels are about Pods, and take names.
  return flags !== undefined && 'selector' in flags ? forArgument(question, asked.before.slice(1)) : nothing
}

const helpFlag: KnownFlags = { help: { char: 'h', type: 'boolean', description: 'Says what the command takes.' } }

/** The first word before the cursor that is a command, and no flag's value. */
function commandOf(words: readonly string[], shared: KnownFlags, commands: Commands): string | undefined {
  const { asked } = completionQuestion([...words.slice(0, -1), ''], shared)
  const before = asked.kind === 'argument' ? asked.before : words.slice(0, -1)
  return before.find((word) => word === 'help' || Object.hasOwn(commands, word))
}

function commandNames(commands: Commands, withHelp: boolean): readonly Candidate[] {
  const rows = Object.entries(commands).map(([word, { summary }]) => ({ word, description: summary }))
  return withHelp ? [...rows, { word: 'help', description: 'Help about a command.' }] : rows
}

/** A flag's name, or its value. */
async function forFlag({ asked, prefix, given }: Question, flags: KnownFlags): Promise<Answer> {
  if (asked.kind !== 'value') {
    const open = Object.entries(flags).filter(
      ([name, { hidden, multiple }]) => hidden !== true && (multiple === true || !given.has(name)),
    )
    const rows = open.flatMap(([name, { char, description }]) => [
      { word: `--${name}`, description },
      ...(char !== undefined && !prefix.startsWith('--') ? [{ word: `-${char}`, description }] : []),
    ])
    return answer(rows, prefix)
  }
  const { flag } = asked
  const options = flags[flag]?.options
  if (options !== undefined) return answer(options.map(plain), prefix)
  if (filesOf.has(flag)) return { candidates: [], directive: directive.files }
  const { kubeconfigNames, namespaceNames } = await import('./complete-names.ts')
  const known = connection(given)
  if (flag === 'namespace') return answer((await namespaceNames(known)).map(plain), prefix)
  const of = ({ context: 'name', cluster: 'cluster', user: 'user' } as const)[flag]
  if (of !== undefined) return answer((await kubeconfigNames(known.kubeconfig, of)).map(plain), prefix)
  return nothing
}

const filesOf: ReadonlySet<string> = new Set(['kubeconfig', 'certificate-authority', 'snapshot', 'to', 'values'])

/** `POD`, `TYPE/`, `TYPE/NAME`, or after `TYPE` its names. */
async function forArgument({ prefix, given }: Question, before: readonly string[]): Promise<Answer> {
  const [first] = before
  const isCluster = !given.has('snapshot')
  const names = async (type: string): Promise<readonly string[]> => {
    const found = findResourceType(type)
    if (found === undefined || !isCluster) return []
    return (await import('./complete-names.ts')).objectNames(connection(given), found)
  }
  const unused = (words: readonly string[]) => words.filter((word) => !before.includes(word)).map(plain)
  if (first !== undefined && !first.includes('/') && findResourceType(first) !== undefined) {
    return answer(unused(await names(first)), prefix)
  }
  const slash = prefix.indexOf('/')
  if (slash !== -1) {
    const type = prefix.slice(0, slash)
    return answer(unused((await names(type)).map((name) => `${type}/${name}`)), prefix)
  }
  const types = resourceTypes.flatMap(({ kind, plural, shortNames }) => {
    const word = [...shortNames, kind.toLowerCase(), plural].find((one) => one.startsWith(prefix))
    return word === undefined ? [] : [{ word: `${word}/`, description: kind }]
  })
  // Without the cluster the types are still an answer.
  const pods = await names('pods').catch(() => [])
  return answer([...unused(pods).map(({ word }) => ({ word, description: 'Pod' })), ...types], prefix)
}

function plain(word: string): Candidate {
  return { word }
}

/** The given flags in the shape that the other commands have them in. */
function connection(given: Question['given']): ConnectionFlags & {
  readonly namespace: string | undefined
  readonly 'all-namespaces': boolean
} {
  const entries = Object.entries({ ...connectionFlags, ...scopeFlags } as KnownFlags).map(
    ([name, { type, multiple }]) => {
      const values = given.get(name)
      if (type === 'boolean') return [name, values !== undefined]
      return [name, multiple === true ? values : values?.at(-1)]
    },
  )
  return Object.fromEntries(entries)
}
