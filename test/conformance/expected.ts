import type { Blocker, ExplainedCluster } from '#report/explain-report.ts'

/** What kube-scheduler's own filters said of one node, or of the Pod as a whole. */
export interface Verdict {
  readonly code: string
  readonly plugin?: string
  readonly reasons?: readonly string[]
}

/** What they said of one Pending Pod; a line of the corpus holds a cluster's objects and one of these for each Pod. */
export interface ExpectedPod {
  readonly namespace: string
  readonly name: string
  readonly preFilter?: Verdict
  readonly nodes?: Readonly<Record<string, Verdict>>
  readonly feasible: readonly string[]
  readonly message?: string
  readonly all?: Readonly<Record<string, Readonly<Record<string, Verdict>>>>
}

const text = (reasons: readonly string[] = []): string => [...reasons].sort().join(' | ')
const final = 'UnschedulableAndUnresolvable'

type Hold = (what: string, want: unknown, got: unknown) => void

/** Every difference between the report and the scheduler, as sentences. */
export function differences(
  expected: ExpectedPod,
  cluster: ExplainedCluster,
  nodes: readonly string[],
): readonly string[] {
  const pod = `${expected.namespace}/${expected.name}`
  const diagnosis = cluster.diagnoses.find((one) =>
    one.pods.some(({ namespace, name }) => namespace === expected.namespace && name === expected.name),
  )
  if (diagnosis === undefined) return [`${pod} is not in the report`]
  const found: string[] = []
  const hold: Hold = (what, want, got) => {
    if (JSON.stringify(want) === JSON.stringify(got)) return
    found.push(`${pod}: ${what}: the scheduler says ${JSON.stringify(want)}, the report ${JSON.stringify(got)}`)
  }
  hold('state', expected.feasible.length > 0 ? 'Schedulable' : 'Unschedulable', diagnosis.state)
  hold('feasible nodes', [...expected.feasible].sort(), [...diagnosis.nodes.feasible].sort())
  if (expected.message !== undefined) hold('message', expected.message, diagnosis.message)
  const [whole] = diagnosis.podBlockers
  hold('first Pod blocker', said(expected.preFilter), whole === undefined ? undefined : said({ code: '', ...whole }))
  const blockers = new Map(
    diagnosis.nodes.blocked.flatMap((group) => group.nodes.map((node) => [node, group.blockers])),
  )
  for (const node of nodes) {
    const all = blockers.get(node) ?? []
    if (expected.preFilter === undefined) holdFirst(node, expected.nodes?.[node], all[0], hold)
    holdAll(node, expected, all, hold)
  }
  hold('all Pod blockers', pluginsOn('*', expected), [...diagnosis.podBlockers.map(({ plugin }) => plugin)].sort())
  return found
}

function holdFirst(node: string, want: Verdict | undefined, first: Blocker | undefined, hold: Hold): void {
  hold(`first reason on ${node}`, want && text(want.reasons), first && text(first.reasons))
  if (want !== undefined) hold(`resolvable on ${node}`, want.code !== final, first?.resolvable)
  if (want?.plugin !== undefined) hold(`first plugin on ${node}`, want.plugin, first?.plugin)
}

function holdAll(node: string, expected: ExpectedPod, all: readonly Blocker[], hold: Hold): void {
  hold(`all plugins on ${node}`, pluginsOn(node, expected), [...all.map(({ plugin }) => plugin)].sort())
  for (const blocker of all) {
    const want = expected.all?.[blocker.plugin]?.[node]
    if (want === undefined || want.reasons?.[0] === '(excluded by PreFilter)') continue
    hold(`${blocker.plugin} on ${node}`, text(want.reasons), text(blocker.reasons))
  }
}

function said(verdict: Verdict | undefined): string | undefined {
  return verdict === undefined ? undefined : `${verdict.plugin}: ${text(verdict.reasons)}`
}

function pluginsOn(node: string, { all = {} }: ExpectedPod): readonly string[] {
  return Object.keys(all)
    .filter((plugin) => all[plugin]?.[node] !== undefined)
    .sort()
}
