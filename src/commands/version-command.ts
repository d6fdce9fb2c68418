import { Command } from '@oclif/core/command'
import * as Flags from '@oclif/core/flags'
import { streams } from './streams.ts'
import { version, versionText } from './version.ts'

export default class Version extends Command {
  static override summary = 'The version of this program.'
  static override examples = ['kubectl taintdoctor version', 'kubectl taintdoctor version -o json']
  static override flags = { output: Flags.string({ char: 'o', options: ['json'], description: 'Print it as JSON.' }) }

  override async run(): Promise<void> {
    const { flags } = await this.parse(Version)
    const { stdout } = streams()
    if (flags.output === 'json') {
      const platform = `${process.platform}/${process.arch}`
      stdout.write(`${JSON.stringify({ version, node: process.versions.node, platform }, null, 2)}\n`)
    } else stdout.write(versionText())
  }
}
