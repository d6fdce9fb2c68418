import { Command } from '@oclif/core/command'
import * as Flags from '@oclif/core/flags'
import { connect } from '#cluster/access/index.ts'
import { LiveCluster } from '#cluster/live/live-cluster.ts'
import { snapshotItems } from '#cluster/snapshot/snapshot-items.ts'
import { type SnapshotFormat, snapshotText, writeWhole } from '#cluster/snapshot/write-snapshot.ts'
import type { MissingRead } from '#model/cluster-state.ts'
import { Failure } from '#model/failure.ts'
import { safeText } from '#output/safe-text.ts'
import { connectionOptions } from './connection.ts'
import { connectionFlags, displayFlags, scopeFlags } from './flags.ts'
import { startProgress } from './progress.ts'
import { readForSnapshot, type SnapshotReads } from './snapshot-reads.ts'
import { type Streams, streams } from './streams.ts'

const {
  snapshot: _snapshot,
  'server-version': _version,
  'all-contexts': _all,
  context: _context,
  ...oneCluster
} = connectionFlags

export default class Snapshot extends Command {
  static override summary = 'Save what the others need, to share or to work offline.'
  static override description = `Save what the others need, to share or to work offline.

Writes a v1 List that kubectl and every other tool can read: what explain and suggest read for the Pending Pods of the
namespace, and nothing else. Secrets, environment variables, command lines and the texts of Helm values stay out of
it; the first item says what was left out, and which reads were denied.`
  static override usage = 'snapshot [-n NAMESPACE | -A] [--to FILE] [options]'
  static override examples = [
    '# Of all namespaces, into a file',
    'kubectl taintdoctor snapshot -A --to cluster.json',
    '',
    '# And what explain says of it',
    'kubectl taintdoctor explain -A --snapshot cluster.json',
    '',
    '# Through a pipe',
    'kubectl taintdoctor snapshot -n shop | gzip > shop.json.gz',
  ]
  static override flags = {
    namespace: scopeFlags.namespace,
    'all-namespaces': scopeFlags['all-namespaces'],
    to: Flags.string({
      helpValue: 'FILE',
      description: 'The file to write, whole or not at all, readable by you alone. Default: standard output.',
    }),
    output: Flags.string({ char: 'o', options: ['json', 'yaml'], description: 'json or yaml. Default: json.' }),
    context: Flags.string({ helpValue: 'NAME', description: 'The kubeconfig context.' }),
    ...oneCluster,
    'no-progress': displayFlags['no-progress'],
  }

  override async run(): Promise<void> {
    const { flags } = await this.parse(Snapshot)
    const everywhere = flags['all-namespaces']
    if (flags.namespace !== undefined && everywhere) {
      throw new Failure('WrongArgument', '-n and -A exclude each other', { hint: 'leave one of them out', exitCode: 2 })
    }
    const { context, ...others } = flags
    const connection = await connect(
      connectionOptions({ ...others, context: undefined, 'all-contexts': false }, context),
    )
    const cluster = new LiveCluster(connection)
    const namespace = everywhere ? undefined : (flags.namespace ?? cluster.namespace)
    const progress = startProgress('reading', streams(), !flags['no-progress'])
    let reads: SnapshotReads
    try {
      reads = await readForSnapshot(cluster, namespace, progress)
    } finally {
      progress.stop()
      await cluster.close()
    }
    await write(reads, namespace, flags.to, flags.output === 'yaml' ? 'yaml' : 'json')
  }
}

async function write(
  { state, kinds, lists }: SnapshotReads,
  namespace: string | undefined,
  to: string | undefined,
  format: SnapshotFormat,
): Promise<void> {
  const { stdout, stderr, now } = streams()
  let objects = -1
  const counted = function* (items: Iterable<object>): Generator<object> {
    for (const item of items) {
      objects += 1
      yield item
    }
  }
  const facts = { takenAt: new Date(now()), namespace: namespace ?? null, kinds, lists }
  const parts = snapshotText(counted(snapshotItems(state, facts)), format)
  if (to === undefined) for (const part of parts) stdout.write(part)
  else await writeWhole(to, parts)
  const missing = [
    ...Object.values(state.lists).flatMap((listing) => listing.missing ?? []),
    ...state.missing.filter(({ reason }) => reason !== 'NotFound'),
  ]
  warn(missing, stderr)
  if (to !== undefined) stderr.write(`${safeText(to)}: ${objects} objects of ${safeText(state.name)}\n`)
}

/** What the file cannot know, since it could not be read. */
function warn(missing: readonly MissingRead[], stderr: Streams['stderr']): void {
  const texts = missing.map(({ resource, namespace, name, message }) => {
    const where = namespace === undefined ? '' : ` in ${namespace}`
    return `warning: not in it: ${safeText(`${resource}${name === undefined ? '' : `/${name}`}${where}: ${message}`)}\n`
  })
  for (const text of new Set(texts)) stderr.write(text)
}
