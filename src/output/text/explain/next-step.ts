import type { Style } from '#output/text/style.ts'
import type { Wait } from '#report/explain-parts.ts'
import type { BlockedNodes, Diagnosis } from '#report/explain-report.ts'

const types: Readonly<Record<string, string>> = {
  Deployment: 'deploy',
  ReplicaSet: 'rs',
  ReplicationController: 'rc',
  StatefulSet: 'sts',
  DaemonSet: 'ds',
  Job: 'job',
  CronJob: 'cronjob',
}

/** The command to paste next, in lines that fit; undefined where a suggestion would have nothing to say. */
export function nextStep(diagnosis: Diagnosis, { width, source = [] }: Style): readonly string[] | undefined {
  if (diagnosis.causes.some(({ code }) => code === 'LeftOver')) return undefined
  const target = targetOf(diagnosis)
  if (target === undefined || !mayHelp(diagnosis)) return undefined
  const words = ['kubectl taintdoctor suggest', `-n ${target.namespace}`, target.name, ...source]
  const room = width - 10
  const lines: string[] = []
  for (const word of words) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length + 3 <= room) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(lines.length === 0 ? word : `  ${word}`)
  }
  return lines.map((line, index) => (index < lines.length - 1 ? `${line} \\` : line))
}

/** A toleration may open a node, or a setting is behind it that does not reach the Pod, or one that it waits for. */
function mayHelp({ nodes, causes, podBlockers, waitsFor = [] }: Diagnosis): boolean {
  if (waitsFor.some(isKnownAndGone)) return true
  const bySetting = causes.some(({ code }) => ['SettingNotPassedOn', 'MadeBeforeTheChange'].includes(code))
  const byTaints = nodes.blocked.some((group) => isWorthIt(group, nodes))
  return bySetting || (podBlockers.length === 0 && nodes.feasible.length === 0 && byTaints)
}

/** A Pod of a known component that is gone: what it is made from can be changed. */
function isKnownAndGone({ component, why, waitsFor = [] }: Wait): boolean {
  return (component !== undefined && why.startsWith('gone: ')) || waitsFor.some(isKnownAndGone)
}

/** Plugins that keep a Pod off nodes which it, or its volume, does not ask for. */
const selecting = ['NodeName', 'NodeAffinity', 'VolumeBinding', 'VolumeZone']

/** The control plane is a last resort: not where other nodes would do but for something else. */
function isWorthIt({ blockers }: BlockedNodes, nodes: Diagnosis['nodes']): boolean {
  const taints = blockers.flatMap((blocker) => blocker.taints ?? [])
  if (blockers.some((blocker) => (blocker.taints ?? []).length === 0) || !taints.every(isTolerable)) return false
  const isLastResort = nodes.blocked.every((group) =>
    group.blockers.some(({ plugin, taints: barring }) => barring !== undefined || selecting.includes(plugin)),
  )
  return isLastResort || !taints.some((taint) => taint.class === 'ControlPlane')
}

function isTolerable({ class: taintClass }: { readonly class: string }): boolean {
  return taintClass !== 'NodeCondition' && taintClass !== 'Lifecycle' && taintClass !== 'Autoscaler'
}

/** The workload that a person edits, or the Pod that stands in another's way; only names that a shell takes as they are. */
function targetOf(diagnosis: Diagnosis): { readonly namespace: string; readonly name: string } | undefined {
  const behind = diagnosis.causes.find(({ of }) => of !== undefined)?.of as
    | { namespace?: string; name?: string }
    | undefined
  const [pod] = diagnosis.pods
  const owner = diagnosis.owners.findLast(({ kind }) => Object.hasOwn(types, kind))
  const namespace = behind?.namespace ?? pod?.namespace ?? owner?.namespace ?? ''
  const name =
    behind?.name !== undefined
      ? `pod/${behind.name}`
      : owner === undefined
        ? `pod/${pod?.name ?? ''}`
        : `${types[owner.kind] ?? ''}/${owner.name}`
  const isPlain = /^[a-z0-9.-]+$/.test(namespace) && /^[a-z]+\/[a-z0-9.-]+$/.test(name)
  return isPlain ? { namespace, name } : undefined
}
