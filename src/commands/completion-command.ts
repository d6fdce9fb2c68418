import { existsSync, lstatSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { Command } from '@oclif/core/command'
import * as Flags from '@oclif/core/flags'
import { Failure } from '#model/failure.ts'
import { streams } from './streams.ts'

const isWindows = process.platform === 'win32'
const program = `kubectl-taintdoctor${isWindows ? '.exe' : ''}`
/** npm brings the second program along, under this name on Windows. */
const programs = isWindows ? [program, 'kubectl-taintdoctor.cmd'] : [program]
const completer = `kubectl_complete-taintdoctor${isWindows ? '.cmd' : ''}`

export default class Completion extends Command {
  static override summary = 'Let the Tab key complete the words of this program.'
  static override description = `Let the Tab key complete the words of this program.

kubectl asks a program named kubectl_complete-taintdoctor on the PATH what could stand at the cursor. This program
answers under that name; krew makes no link of that name, so it is to be made once. Without --install it only says how.`
  static override examples = [
    '# How it is done',
    'kubectl taintdoctor completion',
    '',
    '# Make the link beside kubectl-taintdoctor',
    'kubectl taintdoctor completion --install',
  ]
  static override flags = {
    install: Flags.boolean({ description: `Make ${completer} beside ${program}, which is found on the PATH.` }),
  }

  override async run(): Promise<void> {
    const { flags } = await this.parse(Completion)
    const { stdout, env } = streams()
    const folder = folderOnPath(env.PATH ?? env.Path ?? '')
    if (folder === undefined) {
      throw new Failure(
        'CompletionLink',
        `${program} is not on the PATH, so kubectl cannot find its completions either`,
        {
          hint: 'put the folder that holds it on the PATH',
          exitCode: 3,
        },
      )
    }
    const link = join(folder, completer)
    if (flags.install) stdout.write(install(link))
    else stdout.write(howTo(link))
  }
}

function folderOnPath(path: string): string | undefined {
  const holds = (folder: string) => programs.some((name) => existsSync(join(folder, name)))
  return path.split(delimiter).find((folder) => folder !== '' && holds(folder))
}

/** Makes the link; leaves alone what is right already, and what is something else. */
function install(link: string): string {
  const target = join(dirname(link), program)
  if (existsSync(link)) {
    if (isWindows || isOurs(link, target)) return `${link} is there already.\n${shells}`
    throw new Failure('CompletionLink', `${link} is there already, and is not this program`, {
      hint: 'remove it, then try again',
      exitCode: 3,
    })
  }
  try {
    // Beside the program and relative, so that an upgrade by krew keeps it right.
    if (isWindows) writeFileSync(link, `@"%~dp0${program}" __complete %*\r\n`)
    else symlinkSync(program, link)
  } catch (error) {
    throw new Failure('CompletionLink', `${link} could not be made: ${(error as Error).message}`, { exitCode: 3 })
  }
  return `${link} is made.\n${shells}`
}

/** A link to the program, or as npm makes it, to what lies beside the program. */
function isOurs(link: string, target: string): boolean {
  return lstatSync(link).isSymbolicLink() && dirname(realpathSync(link)) === dirname(realpathSync(target))
}

function howTo(link: string): string {
  const byHand = isWindows
    ? `a file ${link} with the line\n\n  @"%~dp0${program}" __complete %*`
    : `\n\n  ln -s ${program} '${link.replaceAll("'", "'\\''")}'`
  const state = existsSync(link)
    ? `${link} is there already.\n`
    : `Make it with\n\n  kubectl taintdoctor completion --install\n\nor by hand: ${byHand}\n`
  return `kubectl asks ${completer} for completions. ${state}\n${shells}`
}

const shells =
  "The shell needs kubectl's own completion as well: kubectl completion --help says how to load it (bash, zsh, fish, PowerShell).\n"
