import type { Placement } from '#components/component.ts'
import { toleratedByValues, tolerationLists } from '#components/lookup.ts'
import { coversAll, madeBefore } from '#components/made-before.ts'
import { placementsOf } from '#components/registry.ts'
import { subjectOf } from '#components/subject.ts'
import type { Taint } from '#model/api/node.ts'
import type { Pod, Toleration } from '#model/api/pod.ts'
import type { ApiObject } from '#model/cluster-state.ts'
import { isRecord } from '#model/raw-object.ts'
import { isTolerated } from '#model/toleration.ts'
import { revisionsOf } from '#ownership/helm/release.ts'
import type { Cause } from '#report/explain-report.ts'
import type { PluginBlocker } from '#scheduler/evaluate.ts'
import { tolerationText } from '#taints/exact-toleration.ts'
import { smallestTolerations } from '#taints/smallest-tolerations.ts'
import { evictionOf } from './eviction.ts'
import type { Inquiry } from './inquiry.ts'
import { asSentence } from './words.ts'

/**
 * Why the tolerations that the Pod lacks are not on it: set and not passed on, set since it was made, or out of every
 * setting's reach. Undefined where no toleration would help, or where there is nothing but to set one.
 */
export function settingCause(pod: Pod, inquiry: Inquiry): Cause | undefined {
  const wanted = lackedBy(pod, inquiry)
  if (wanted.length === 0) return undefined
  const { question } = inquiry.whoseOf(pod)
  const [natural, ...others] = placementsOf(question, wanted)
  if (natural === undefined) return ofUnknownSystem(pod, wanted, inquiry)
  return ofPlacement(natural, others, wanted)
}

/**
 * The same for a Pod that another one waits for: also where its tolerations are set, and whether those of the one that
 * waits are any help.
 */
export function settingBehind(waiting: Pod, behind: Pod, inquiry: Inquiry): Cause | undefined {
  const cause = settingCause(behind, inquiry) ?? setElsewhere(behind, inquiry)
  if (cause === undefined) return undefined
  const { root } = inquiry.whoseOf(waiting)
  const barring = taintsBarring(behind, inquiry)
  const does = barring.length > 0 && barring.every((taint) => isTolerated(taint, waiting.spec.tolerations))
  const name = root.metadata.name ?? ''
  return does
    ? { ...cause, summary: `${cause.summary} Tolerating it in ${name} does not help: it does already.` }
    : cause
}

/** Helper Pods that are made from a template of their own. */
function setElsewhere(pod: Pod, inquiry: Inquiry): Cause | undefined {
  const [natural] = placementsOf(inquiry.whoseOf(pod).question, lackedBy(pod, inquiry))
  if (natural?.target.kind !== 'ConfigMap') return undefined
  const { namespace = '', name = '', path = '' } = natural.target
  const summary = `Its tolerations come from ConfigMap ${namespace}/${name} (${path}), not from the Pod that waits, nor from the provisioner's own.`
  return { code: 'SetElsewhere', summary, configMap: { namespace, name }, path }
}

/** The taints that keep a Pod off the nodes it may go to, or that take it off the node it has. */
function taintsBarring(pod: Pod, inquiry: Inquiry): readonly Taint[] {
  const node = inquiry.nodeNamed(pod.spec.nodeName ?? '')
  if (node !== undefined) return evictionOf(pod, node)?.taints ?? []
  return inquiry
    .verdictOf(pod)
    .nodes.filter(({ blockers }) => blockers.every(({ plugin }) => plugin === 'TaintToleration'))
    .flatMap(({ blockers }) => blockers.flatMap(taintsOf))
}

function taintsOf({ reasons }: PluginBlocker): readonly Taint[] {
  return reasons.flatMap(({ fact }) => (fact.kind === 'Taints' ? fact.taints : []))
}

/** The smallest set of tolerations that opens a node to which nothing but taints keeps the Pod from going. */
function lackedBy(pod: Pod, inquiry: Inquiry): readonly Toleration[] {
  const { podBlockers, nodes } = inquiry.verdictOf(pod)
  if (podBlockers.length > 0) return []
  const open = nodes.filter(({ blockers }) => blockers.every(({ plugin }) => plugin === 'TaintToleration'))
  const tainted = open.map(({ node, blockers }) => ({
    name: node.name,
    untolerated: blockers.flatMap(taintsOf),
    otherwiseOpen: true,
    fits: 1,
  }))
  return (
    smallestTolerations({ nodes: tainted, podsWanted: 1, meant: toleratedByValues(inquiry.whoseOf(pod).question) }).best
      ?.tolerations ?? []
  )
}

function ofPlacement(
  natural: Placement,
  others: readonly Placement[],
  wanted: readonly Toleration[],
): Cause | undefined {
  const { reach, evidence, standing, target } = natural
  const what = wanted.map(tolerationText).join(', ')
  if (target.kind === 'PodPatch' && reach.kind === 'Documented') {
    const behind = others.find(({ isSet }) => isSet)
    if (behind === undefined && !/made before/.test(evidence)) return undefined
    return { code: 'MadeBeforeTheChange', summary: sentence(evidence), tolerations: wanted }
  }
  if (reach.kind !== 'NotReached') return undefined
  if (natural.isSet && standing.from !== undefined) {
    const summary = `${sentence(standing.from).slice(0, -1)} tolerate ${what}, but ${evidence}.`
    return { code: 'SettingNotPassedOn', summary, tolerations: wanted, mendedIn: reach.mendedIn, path: target.path }
  }
  return { code: 'NoSettingReaches', summary: sentence(evidence), mendedIn: reach.mendedIn }
}

/** Any release or custom resource: a list of tolerations in it that covers what the Pod lacks, and did not get there. */
function ofUnknownSystem(pod: Pod, wanted: readonly Toleration[], inquiry: Inquiry): Cause | undefined {
  const { origin, root, question } = inquiry.whoseOf(pod)
  const [earlier] = madeBefore(subjectOf(question), wanted)
  if (earlier !== undefined) {
    return { code: 'MadeBeforeTheChange', summary: sentence(earlier.evidence), tolerations: wanted }
  }
  const what = wanted.map(tolerationText).join(', ')
  // A custom resource may come from a chart: its operator is what passes its tolerations on, or does not.
  const byOperator = inResource(root, what, wanted)
  if (byOperator !== undefined) return byOperator
  if (origin?.kind !== 'HelmRelease' || origin.namespace === undefined) return undefined
  const values = revisionsOf(inquiry.state, origin.namespace, origin.name)[0]?.values
  const path = values === undefined ? undefined : pathOfList(values, wanted, '')
  if (path === undefined) return undefined
  const kind = (origin.hookEvents ?? []).length > 0 ? `hook ${root.kind}` : root.kind
  const summary = `The values of release ${origin.name} tolerate ${what} (${path}), but ${kind} ${root.metadata.name ?? ''} does not get it: its template does not read that key, or was made before it was set.`
  return { code: 'SettingNotPassedOn', summary, tolerations: wanted, path }
}

function inResource(root: ApiObject, what: string, wanted: readonly Toleration[]): Cause | undefined {
  if (root.kind === 'Pod' || !isRecord(root.spec) || Object.hasOwn(root.spec, 'template')) return undefined
  const path = pathOfList(root.spec, wanted, 'spec.')
  if (path === undefined) return undefined
  const summary = `${root.kind} ${root.metadata.name ?? ''} tolerates ${what} (${path}), but its controller does not pass that on to this Pod.`
  return { code: 'SettingNotPassedOn', summary, tolerations: wanted, path }
}

/** Where in a tree of values a list of tolerations stands that covers all of these; only the path is told. */
function pathOfList(tree: unknown, wanted: readonly Toleration[], path: string): string | undefined {
  return tolerationLists(tree, path).find(({ entries }) => coversAll(entries, wanted))?.path
}

/** Evidence is a clause, or a sentence already. */
function sentence(evidence: string): string {
  return asSentence(evidence.replace(/\.$/, ''))
}
