import { Command } from '@oclif/core/command'
import * as Flags from '@oclif/core/flags'
import { diagnose } from '#diagnosis/diagnose.ts'
import { renderExplainAs } from '#output/explain-formats.ts'
import type { ExplainReport } from '#report/explain-report.ts'
import { readClusters } from './clusters.ts'
import { connectionFlags, displayFlags, scopeFlags } from './flags.ts'
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
      options: ['wide', 'json', 'yaml', 'name'],
      description: 'wide, json, yaml or name. Default: text for people.',
    }),
    'exit-code': Flags.boolean({ description: 'Exit with 1 when a Pod in scope is blocked.' }),
    ...connectionFlags,
    ...displayFlags,
  }

  override async run(): Promise<void> {
    const { argv, flags } = await this.parse(Explain)
    const scope = scopeOf(argv as string[], flags)
    const { stdout, env, now } = streams()
    const clusters = await readClusters(flags, scope)
    const report: ExplainReport = {
      apiVersion: 'taintdoctor.dev/v1alpha1',
      kind: 'ExplainReport',
      clusters: clusters.map((cluster) => diagnose(cluster.state, cluster.scope, cluster.options)),
    }
    stdout.write(
      renderExplainAs(flags.output, report, {
        width: stdout.columns || 80,
        color: wantsColor(stdout, env, flags['no-color']),
        now: now(),
        wide: flags.output === 'wide',
        namespaces: flags['all-namespaces'],
      }),
    )
    const isBlocked = report.clusters.some(({ diagnoses }) => diagnoses.some(({ state }) => blocked.has(state)))
    process.exitCode = flags['exit-code'] && isBlocked ? 1 : 0
  }
}

const blocked: ReadonlySet<string> = new Set(['Unschedulable', 'Gated', 'NoScheduler', 'NotCreated', 'Undetermined'])
