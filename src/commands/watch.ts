import { setTimeout as sleep } from 'node:timers/promises'
import { Changes, connect } from '#cluster/access/index.ts'
import { diagnose } from '#diagnosis/diagnose.ts'
import type { Scope } from '#diagnosis/scope.ts'
import { Failure } from '#model/failure.ts'
import { type SchedulerKind, schedulerKinds } from '#model/kinds.ts'
import { isUnread, isWaiting } from '#output/diagnosis-words.ts'
import { safeText } from '#output/safe-text.ts'
import type { ExplainReport } from '#report/explain-report.ts'
import { type ClusterFlags, type ReadCluster, readClusters } from './clusters.ts'
import { connectionOptions } from './connection.ts'
import { type Streams, streams } from './streams.ts'
import { freedLines } from './watch-freed.ts'

/** How a report is shown, and who is told what became of Pods. */
export interface WatchView {
  /** `json` writes a report a line; all else redraws. */
  readonly format: string | undefined
  render(report: ExplainReport): string
}

/** In milliseconds. The pause is longer where a read takes long, so that a large cluster is not read without end. */
export interface WatchPace {
  readonly pause: number
  readonly longestRetry: number
  /** What nobody tells of, such as a quota, is seen after this time at the latest. */
  readonly atLeastEvery: number
}

const usual: WatchPace = { pause: 1000, longestRetry: 30_000, atLeastEvery: 300_000 }

/** Explains, and again whenever something changed, until nothing in scope waits or somebody ends it. */
export async function watchExplain(
  flags: ClusterFlags,
  scope: Scope,
  view: WatchView,
  pace: WatchPace = usual,
): Promise<void> {
  checkFlags(flags, view.format)
  const stop = new AbortController()
  const interrupted = (): void => stop.abort()
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
  const watches = await openWatches(flags, scope)
  try {
    await rounds(flags, scope, view, pace, watches, stop.signal)
  } finally {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted)
    for (const { changes, close } of watches) {
      changes.close()
      await close()
    }
  }
  // As a shell says of a program that Ctrl-C ended.
  if (stop.signal.aborted) process.exitCode = 130
}

function checkFlags({ snapshot = [], ...rest }: ClusterFlags, format: string | undefined): void {
  const wrong = (message: string, hint: string): Failure => new Failure('WrongArgument', message, { hint, exitCode: 2 })
  if (snapshot.length > 0)
    throw wrong('--watch and --snapshot exclude each other', 'a file does not change: leave --watch out')
  const all = (rest as { readonly 'all-contexts'?: boolean })['all-contexts']
  if (all === true) throw wrong('--watch and --all-contexts exclude each other', 'name the clusters with --context')
  if (format !== undefined && !['wide', 'json', 'name'].includes(format)) {
    throw wrong(`--watch cannot write ${format}`, 'use text, wide, name or json')
  }
}

interface OpenWatch {
  readonly changes: Changes
  close(): Promise<void>
}

async function openWatches(flags: ClusterFlags, scope: Scope): Promise<readonly OpenWatch[]> {
  return Promise.all(
    (flags.context ?? [undefined]).map(async (context) => {
      // Watches hold a connection each for long; reads have others.
      const connection = await connect({
        ...connectionOptions(flags, context),
        limits: { connections: 32, attempts: 1 },
      })
      const changes = new Changes(connection)
      const namespace = scope.namespace ?? connection.namespace
      await Promise.all([changes.watch(resourceOf('nodes')), changes.watch(resourceOf('pods'), namespace)])
      return { changes, close: () => connection.close() }
    }),
  )
}

async function rounds(
  flags: ClusterFlags,
  scope: Scope,
  view: WatchView,
  pace: WatchPace,
  watches: readonly OpenWatch[],
  signal: AbortSignal,
): Promise<void> {
  const screen = new Screen(view)
  let before: ExplainReport | undefined
  let retry = pace.pause
  while (!signal.aborted) {
    const began = performance.now()
    let wait = pace.pause
    try {
      const clusters = await readClusters(
        { ...flags, 'no-progress': flags['no-progress'] || before !== undefined },
        scope,
      )
      if (signal.aborted) return
      const report = reportOf(clusters)
      screen.show(
        report,
        before === undefined
          ? []
          : freedLines(
              before,
              report,
              clusters.map(({ state }) => state),
            ),
      )
      before = report
      if (!report.clusters.some((cluster) => isUnread(cluster) || cluster.diagnoses.some(isWaiting))) return
      retry = pace.pause
      await watchMore(clusters, watches, scope)
      wait = Math.max(pace.pause, 3 * (performance.now() - began))
    } catch (error) {
      // What cannot be read at all at first is the command's answer; later it is a gap.
      if (before === undefined) throw error
      screen.trouble(error instanceof Error ? error.message : String(error))
      await pausing(retry, signal)
      retry = Math.min(retry * 2, pace.longestRetry)
      continue
    }
    await pausing(wait, signal)
    const either = new AbortController()
    const both = AbortSignal.any([signal, either.signal])
    await Promise.race([
      ...watches.map(({ changes }) => changes.next(both)),
      sleep(pace.atLeastEvery, undefined, { signal: both }).catch(() => undefined),
    ])
    either.abort()
  }
}

function reportOf(clusters: readonly ReadCluster[]): ExplainReport {
  return {
    apiVersion: 'taintdoctor.dev/v1alpha1',
    kind: 'ExplainReport',
    clusters: clusters.map(({ state, scope, options }) => diagnose(state, scope, options)),
  }
}

/** The kinds that the answer was made of; what has no objects now may have some later. */
async function watchMore(
  clusters: readonly ReadCluster[],
  watches: readonly OpenWatch[],
  { namespace }: Scope,
): Promise<void> {
  await Promise.all(
    clusters.flatMap(({ state }, index) =>
      (Object.keys(schedulerKinds) as SchedulerKind[])
        .filter((kind) => state.lists[kind].items.length > 0)
        .map((kind) => watches[index]?.changes.watch(resourceOf(kind), namespace)),
    ),
  )
}

function resourceOf(kind: SchedulerKind) {
  const { group, version, kind: kindName, namespaced } = schedulerKinds[kind]
  return { group, version, plural: kind, kind: kindName, namespaced }
}

async function pausing(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined)
}

/** Where the reports go: over the last one on a terminal, else one after the other. */
class Screen {
  readonly #view: WatchView
  readonly #streams: Streams
  readonly #freed: string[] = []
  #last = ''
  #isInTrouble = false

  constructor(view: WatchView) {
    this.#view = view
    this.#streams = streams()
  }

  show(report: ExplainReport, freed: readonly string[]): void {
    const { stdout, stderr } = this.#streams
    const lines = freed.map((line) => `${safeText(line)}\n`)
    this.#isInTrouble = false
    if (this.#view.format === 'json') {
      const text = `${JSON.stringify(report)}\n`
      if (text !== this.#last) stdout.write(text)
      this.#last = text
      for (const line of lines) stderr.write(line)
      return
    }
    this.#freed.push(...lines)
    const news = lines.length > 0
    // Ages grow by themselves; only what the report says is news.
    const said = JSON.stringify(report)
    if (said === this.#last && !news) return
    this.#last = said
    const text = this.#view.render(report)
    if (stdout.isTTY === true) stdout.write(`\u001b[H\u001b[2J${text}\n${this.#freed.slice(-10).join('')}`)
    else stdout.write(`${lines.join('')}${text}\n`)
  }

  trouble(message: string): void {
    if (!this.#isInTrouble) this.#streams.stderr.write(`${safeText(message)}; trying again\n`)
    this.#isInTrouble = true
  }
}
