import type { Diagnosis, ExplainedCluster, ExplainReport } from '#report/explain-report.ts'
import type { SuggestedCluster, SuggestReport } from '#report/suggest-report.ts'
import type { Ran } from '#test/support/run-program.ts'

/** Everything that is wrong with a run in which reads failed, held against the run in which none did; empty is good. */
export function wrongsOf(ran: Ran, healthy: Ran): readonly string[] {
  const wrongs = [...manners(ran)]
  if (ran.code === 3) {
    if (ran.stdout !== '') wrongs.push('code 3, yet something on standard output')
    if (!ran.stderr.includes('error: ')) wrongs.push('code 3 without a word of error')
    return wrongs
  }
  if (ran.code !== 0) return [...wrongs, `code ${ran.code}`]
  const found = parsed(ran.stdout)
  const expected = parsed(healthy.stdout)
  if (found === undefined || expected === undefined) return [...wrongs, 'standard output is no JSON']
  const [mine] = found.clusters
  const [right] = expected.clusters
  if (mine === undefined || right === undefined) return [...wrongs, 'no cluster in the report']
  if ('diagnoses' in mine && 'diagnoses' in right) wrongs.push(...explainWrongs(mine, right))
  if ('suggestions' in mine && 'suggestions' in right) wrongs.push(...suggestWrongs(mine, right))
  if (mine.incomplete.length === 0 && ran.stdout !== healthy.stdout && mine.version !== null) {
    wrongs.push('the answer differs, and nothing is said to be missing')
  }
  return wrongs
}

function manners({ stdout, stderr }: Ran): string[] {
  const text = `${stdout}\n${stderr}`
  const wrongs: string[] = []
  if (/^\s+at .+:\d+:\d+\)?$/m.test(text)) wrongs.push(`a stack trace: ${text.slice(0, 400)}`)
  if (/\[object Object\]|\bundefined\b|\bNaN\b/.test(text)) {
    wrongs.push(`a value that is none: ${/.*(\[object Object\]|\bundefined\b|\bNaN\b).*/.exec(text)?.[0]}`)
  }
  return wrongs
}

type Report = { readonly clusters: readonly (ExplainedCluster | SuggestedCluster)[] }

function parsed(text: string): Report | undefined {
  try {
    return JSON.parse(text) as ExplainReport | SuggestReport
  } catch {
    return undefined
  }
}

function explainWrongs(mine: ExplainedCluster, right: ExplainedCluster): string[] {
  const byPod = new Map(
    right.diagnoses.flatMap((one) => one.pods.map(({ uid }): [string, Diagnosis] => [uid ?? '', one])),
  )
  return mine.diagnoses.flatMap((diagnosis) => {
    const name = diagnosis.pods[0]?.name ?? 'no Pod'
    const expected = byPod.get(diagnosis.pods[0]?.uid ?? '')
    if (expected === undefined) return [`${name}: a diagnosis of Pods that need none`]
    return diagnosisWrongs(diagnosis, expected).map((wrong) => `${name}: ${wrong}`)
  })
}

function diagnosisWrongs(mine: Diagnosis, right: Diagnosis): string[] {
  const wrongs: string[] = []
  if (mine.state !== right.state && mine.state !== 'Undetermined')
    wrongs.push(`state ${mine.state}, not ${right.state}`)
  if (mine.message !== null && mine.message !== right.message) wrongs.push(`message "${mine.message}"`)
  if (mine.nodes.feasible.some((node) => !right.nodes.feasible.includes(node))) {
    wrongs.push(`feasible ${mine.nodes.feasible.join()}, not ${right.nodes.feasible.join()}`)
  }
  const stated = blockersByNode(mine)
  const known = blockersByNode(right)
  for (const [node, blockers] of stated) {
    for (const blocker of blockers)
      if (known.get(node)?.has(blocker) !== true) wrongs.push(`${node} blocked by ${blocker}`)
  }
  for (const { plugin, reasons } of mine.podBlockers) {
    const same = right.podBlockers.some((one) => one.plugin === plugin && String(one.reasons) === String(reasons))
    if (!same) wrongs.push(`the Pod is blocked by ${plugin}: ${String(reasons)}`)
  }
  mine.owners.forEach((owner, at) => {
    if (owner.name !== right.owners[at]?.name) wrongs.push(`owner ${owner.kind} ${owner.name}`)
  })
  if (mine.component !== null && mine.component !== right.component) wrongs.push(`component ${mine.component}`)
  const origin = mine.origin
  if (origin !== null && !lesser.has(origin.kind) && !originsOf(right).some((one) => one.name === origin.name)) {
    wrongs.push(`origin ${origin.kind} ${origin.name}`)
  }
  return wrongs
}

/** True of the object too, but less than what stands behind it: what is left where that could not be read. */
const lesser: ReadonlySet<string> = new Set(['PackagedManifest', 'HelmLabels', 'OperatorResource'])

function originsOf({ origin }: Diagnosis): { readonly name: string }[] {
  const found: { readonly name: string }[] = []
  for (let one = origin; one !== null && one !== undefined; one = (one['origin'] ?? null) as typeof origin)
    found.push(one)
  return found
}

function blockersByNode({ nodes }: Diagnosis): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const group of nodes.blocked) {
    for (const node of group.nodes) {
      const texts = group.blockers.flatMap(({ plugin, reasons }) => reasons.map((reason) => `${plugin}: ${reason}`))
      found.set(node, new Set(texts))
    }
  }
  return found
}

/** Of the same tolerations in both runs, no node may open that did not open in the healthy one. */
function suggestWrongs(mine: SuggestedCluster, right: SuggestedCluster): string[] {
  return mine.suggestions.flatMap((one) => {
    const name = one.workloads[0]?.name ?? ''
    const same = right.suggestions.filter(
      (other) =>
        other.workloads.some((workload) => workload.name === name) &&
        JSON.stringify(other.tolerations) === JSON.stringify(one.tolerations),
    )
    if (same.length === 0) return []
    const opened = new Set(same.flatMap(({ opens }) => opens.nodes))
    const others = one.opens.nodes.filter((node) => !opened.has(node))
    return others.length === 0 ? [] : [`${name}: opens ${others.join()}`]
  })
}
