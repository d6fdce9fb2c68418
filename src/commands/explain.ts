import { Command } from '@oclif/core/command'
import * as Flags from '@oclif/core/flags'
import { diagnose } from '#diagnosis/diagnose.ts'
import { renderExplainAs } from '#output/explain-formats.ts'
import { jsonPieces } from '#output/json.ts'
import type { Style } from '#output/text/style.ts'
import { withRemedies } from '#remedies/with-remedies.ts'
import type { ExplainReport } from '#report/explain-report.ts'
import { readClusters } from './clusters.ts'
import { printPage } from './explain-code.ts'
import { connectionFlags, displayFlags, scopeFlags } from './flags.ts'
import { failWhereNotFound } from './not-found.ts'
import { scopeOf } from './scope.ts'
import { streams, wantsColor } from './streams.ts'

export default class Explain extends Command {
  static override summary = 'Why is it Pending?'
  static override description = `Why is it Pending?

Says for each Pending Pod which nodes would not take it and all the reasons why, as kube-scheduler's own
filters judge it, who owns it, and what keeps it waiting. Without arguments: every Pending Pod of the namespace.`
  static override usage = 'explain [TYPE/NAME | POD ...] [options]'
  static override examples = [
    '# Every Pending Pod of the current namespace',
    'kubectl taintdoctor explain',
    '',
    '# Of all namespaces, as JSON',
    'kubectl taintdoctor explain -A -o json',
    '',
    '# The Pods of one workload',
    'kubectl taintdoctor explain deploy/web -n shop',
    '',
    '# A cluster that was saved to a file',
    'kubectl get nodes,pods,pvc,pv,sc -A -o json > cluster.json',
    'kubectl taintdoctor explain -A --snapshot cluster.json',
  ]
  static override strict = false
  static override flags = {
    ...scopeFlags,
    output: Flags.string({
      char: 'o',
      options: ['wide', 'json', 'yaml', 'markdown', 'html', 'name'],
      description: 'wide, json, yaml, markdown, html or name. Default: text for people.',
    }),
    'exit-code': Flags.boolean({ description: 'Exit with 1 when a Pod in scope is blocked.' }),
    watch: Flags.boolean({
      char: 'w',
      description: 'Go on explaining as things change, until nothing in scope waits any more.',
    }),
    code: Flags.string({
      helpValue: 'CODE',
      description: 'Print what is known of a cause, by its code. Reads no cluster.',
    }),
    'check-access': Flags.boolean({
      description:
        "Say what this user's answers will lack, and the role that would complete them. Asks, and changes nothing.",
    }),
    ...connectionFlags,
    ...displayFlags,
  }

  override async run(): Promise<void> {
    const { argv, flags } = await this.parse(Explain)
    const scope = scopeOf(argv as string[], flags)
    const { stdout, env, now } = streams()
    if (flags.code !== undefined) return printPage(flags.code, flags['no-color'])
    if (flags['check-access']) {
      const { checkAccess } = await import('./check-access.ts')
      stdout.write(await checkAccess(flags, scope))
      return
    }
    const style = (): Style => ({
      width: stdout.columns || 80,
      color: wantsColor(stdout, env, flags['no-color']),
      now: now(),
      wide: flags.output === 'wide',
      namespaces: flags['all-namespaces'],
      source: sourceFlags(flags),
    })
    if (flags.watch) {
      const { watchExplain } = await import('./watch.ts')
      const render = (report: ExplainReport): string => renderExplainAs(flags.output, report, style())
      return watchExplain(flags, scope, { format: flags.output, render })
    }
    const clusters = await readClusters(flags, scope)
    failWhereNotFound(clusters)
    const report: ExplainReport = {
      apiVersion: 'taintdoctor.dev/v1alpha1',
      kind: 'ExplainReport',
      clusters: clusters.map(({ state, scope: own, options }) => {
        const cluster = diagnose(state, own, options)
        return showsRemedies.has(flags.output ?? '') ? withRemedies(cluster, state, own, options) : cluster
      }),
    }
    if (flags.output === 'html') {
      const { explainPage } = await import('./explain-page.ts')
      stdout.write(explainPage(report, clusters, now()))
    } else if (flags.output === 'json') for (const piece of jsonPieces(report)) stdout.write(piece)
    else stdout.write(renderExplainAs(flags.output, report, style()))
    const isBlocked = report.clusters.some(({ diagnoses }) => diagnoses.some(({ state }) => blocked.has(state)))
    process.exitCode = flags['exit-code'] && isBlocked ? 1 : 0
  }
}

/** The formats that say what would open a node; the text leaves that to `suggest`. */
const showsRemedies: ReadonlySet<string> = new Set(['json', 'yaml'])

/** The flags that name the one cluster that was read, so that commands to paste ask the same one. */
function sourceFlags(flags: {
  readonly snapshot: readonly string[] | undefined
  readonly context: readonly string[] | undefined
}): readonly string[] {
  const [snapshot, ...others] = flags.snapshot ?? []
  const [context, ...rest] = flags.context ?? []
  const quoted = (text: string): string => (/^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`)
  if (snapshot !== undefined && others.length === 0) return [`--snapshot ${quoted(snapshot)}`]
  return context !== undefined && rest.length === 0 ? [`--context ${quoted(context)}`] : []
}

const blocked: ReadonlySet<string> = new Set(['Unschedulable', 'Gated', 'NoScheduler', 'NotCreated', 'Undetermined'])
