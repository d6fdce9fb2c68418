import { Command } from '@oclif/core/command'
import * as Flags from '@oclif/core/flags'
import { renderJson } from '#output/json.ts'
import { suggestMarkdown } from '#output/markdown/suggest.ts'
import { renderPatches } from '#output/suggest/patch.ts'
import { renderValues } from '#output/suggest/values.ts'
import { suggestWords } from '#output/suggest/words.ts'
import type { Style } from '#output/text/style.ts'
import { renderYaml } from '#output/yaml.ts'
import { suggest } from '#remedies/suggest.ts'
import type { SuggestReport } from '#report/suggest-report.ts'
import { readClusters } from './clusters.ts'
import { connectionFlags, displayFlags, scopeFlags } from './flags.ts'
import { scopeOf } from './scope.ts'
import { streams, wantsColor } from './streams.ts'

export default class Suggest extends Command {
  static override summary = 'What do I change, in which file, and will it be enough?'
  static override description = `What do I change, in which file, and will it be enough?

Prints on standard output the YAML to paste: the smallest tolerations that let the Pending Pods in, in the values or
the object that makes them; and on standard error what it opens, what stays closed and what is still to be done.
Every node it says it opens was computed with the change made. It never changes anything itself.`
  static override usage = 'suggest [TYPE/NAME | POD ...] [options]'
  static override examples = [
    '# What to change for the Pending Pods of the current namespace',
    'kubectl taintdoctor suggest',
    '',
    '# Into a file, then into the release',
    'kubectl taintdoctor suggest -n shop > values.yaml',
    'helm upgrade shop ./chart -n shop --reset-then-reuse-values -f values.yaml',
    '',
    '# Into a values file of your own, as a diff',
    'kubectl taintdoctor suggest -n shop --values my-values.yaml -o diff',
    '',
    '# As patches for kubectl',
    'kubectl taintdoctor suggest -n shop -o patch',
  ]
  static override strict = false
  static override flags = {
    ...scopeFlags,
    output: Flags.string({
      char: 'o',
      options: ['values', 'patch', 'diff', 'wide', 'json', 'yaml', 'markdown', 'name'],
      description:
        'values, patch, diff (with --values), wide, json, yaml, markdown or name. Default: values, and words on standard error.',
    }),
    values: Flags.string({
      helpValue: 'FILE',
      description: 'Your own values file: it is printed with the change made, comments kept.',
    }),
    'exit-code': Flags.boolean({ description: 'Exit with 1 when something is suggested.' }),
    ...connectionFlags,
    ...displayFlags,
  }

  override async run(): Promise<void> {
    const { argv, flags } = await this.parse(Suggest)
    const scope = scopeOf(argv as string[], flags)
    const { stdout, stderr, env, now } = streams()
    const clusters = await readClusters(flags, scope)
    const report: SuggestReport = {
      apiVersion: 'taintdoctor.dev/v1alpha1',
      kind: 'SuggestReport',
      clusters: clusters.map((cluster) => suggest(cluster.state, cluster.scope, cluster.options)),
    }
    const style: Style = {
      width: stderr.columns || 80,
      color: wantsColor(stderr, env, flags['no-color']),
      now: now(),
      wide: flags.output === 'wide',
      namespaces: flags['all-namespaces'],
    }
    if (flags.output === undefined || flags.output === 'wide') stderr.write(suggestWords(report, style))
    stdout.write(await render(flags.output, flags.values, report, style))
    const isSomething = report.clusters.some(({ suggestions }) => suggestions.length > 0)
    process.exitCode = flags['exit-code'] && isSomething ? 1 : 0
  }
}

async function render(
  format: string | undefined,
  file: string | undefined,
  report: SuggestReport,
  style: Style,
): Promise<string> {
  if (format === 'diff' || file !== undefined) {
    const { valuesFileAnswer } = await import('./values-file.ts')
    return valuesFileAnswer(file, format, report)
  }
  switch (format) {
    case 'json':
      return renderJson(report)
    case 'yaml':
      return renderYaml(report)
    case 'markdown':
      return suggestMarkdown(report, style)
    case 'patch':
      return renderPatches(report)
    case 'name':
      return report.clusters
        .flatMap(({ suggestions }) =>
          suggestions.flatMap(({ workloads }) => workloads.map(({ kind, name }) => `${kind.toLowerCase()}/${name}\n`)),
        )
        .join('')
    default:
      return renderValues(report)
  }
}
