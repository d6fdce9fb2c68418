import type { ClusterState } from '#model/cluster-state.ts'
import { blockedLines, isUnread, isWaiting } from '#output/diagnosis-words.ts'
import type { Diagnosis, ExplainReport } from '#report/explain-report.ts'

/** What became of Pods that waited in one report and do not in the next: a line for each kind of Pod and end. */
export function freedLines(
  before: ExplainReport,
  after: ExplainReport,
  states: readonly ClusterState[],
): readonly string[] {
  return after.clusters.flatMap((cluster, index) => {
    if (isUnread(cluster)) return []
    const still = new Set(cluster.diagnoses.filter(isWaiting).flatMap(({ pods }) => pods.map(keyOf)))
    const nodes = nodesOf(states[index])
    return (before.clusters[index]?.diagnoses ?? []).filter(isWaiting).flatMap((diagnosis) => {
      const gone = diagnosis.pods.filter((pod) => !still.has(keyOf(pod)))
      const ends = new Map<string, string[]>()
      for (const pod of gone) {
        const end = endOf(diagnosis, nodes.get(keyOf(pod)))
        ends.set(end, [...(ends.get(end) ?? []), `${pod.namespace}/${pod.name}`])
      }
      return [...ends].map(([end, names]) => `${someNames(names)}: ${end}`)
    })
  })
}

function keyOf({ namespace, name, uid }: { namespace: string; name: string; uid: string | null }): string {
  return uid ?? `${namespace}/${name}`
}

/** The nodes of the Pods that exist; '' for one without. */
function nodesOf(state: ClusterState | undefined): ReadonlyMap<string, string> {
  return new Map(
    (state?.lists.pods.items ?? []).map(({ metadata, spec }) => {
      const { namespace = '', name = '', uid = null } = metadata
      return [keyOf({ namespace, name, uid }), spec.nodeName ?? '']
    }),
  )
}

function endOf({ nodes, podBlockers }: Diagnosis, node: string | undefined): string {
  if (node === undefined) return 'deleted'
  if (node === '') return 'waits no more'
  const group = nodes.blocked.find((one) => one.nodes.includes(node))
  const whole = podBlockers.flatMap(({ details, reasons }) => details ?? reasons)
  const was = [...whole, ...(group === undefined ? [] : blockedLines(group))]
  if (was.length > 0) return `on node ${node} now; gone is: ${was.join('; ')}`
  return nodes.feasible.includes(node)
    ? `on node ${node} now, which had been free for it`
    : `on node ${node} now, which is new`
}

function someNames(names: readonly string[]): string {
  const [first = ''] = names
  return names.length === 1 ? first : `${first} and ${names.length - 1} more`
}
