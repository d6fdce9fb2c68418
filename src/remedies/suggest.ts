import { nodeNames } from '#diagnosis/cause-summary.ts'
import { headOf } from '#diagnosis/diagnose.ts'
import { podClasses } from '#diagnosis/pod-class.ts'
import { podsInScope, type Scope } from '#diagnosis/scope.ts'
import type { ClusterState } from '#model/cluster-state.ts'
import type { ServerVersion } from '#model/server-version.ts'
import type { SuggestedCluster, Suggestion } from '#report/suggest-report.ts'
import { type ClusterView, viewOf } from '#scheduler/framework/cluster-view.ts'
import type { Rules } from '#scheduler/framework/rules.ts'
import { rulesFor } from '#scheduler/profile.ts'
import { classifyTaint } from '#taints/classify-taint.ts'
import { taintText } from '#taints/exact-toleration.ts'
import { casesBehind } from './behind.ts'
import { type Case, caseOf } from './case.ts'
import { daemonSetCases } from './daemon-set.ts'
import { mergeCases } from './merge.ts'
import { suggestionOf } from './suggestion.ts'
import { taintsOf } from './toleration-need.ts'
import { nodeWays, withoutTolerations } from './without-tolerations.ts'

export interface SuggestOptions {
  readonly version?: ServerVersion
}

/** What to change for the Pods in scope that no node takes, each place once, with what it was shown to do. */
export function suggest(state: ClusterState, scope: Scope, options: SuggestOptions = {}): SuggestedCluster {
  const version = options.version ?? state.version
  const rules = rulesFor(version)
  const view = viewOf(state)
  const suggestions = mergeCases(casesOf(state, scope, options)).map((group): Suggestion => {
    const [first] = group
    return first !== undefined && first.places.length > 0
      ? suggestionOf(group, view, rules)
      : withoutTolerations(group[0] as Case, view, rules)
  })
  return { ...headOf(state, version, rules), suggestions }
}

/** The Pods in scope that no node takes, and those that they wait for, by kind, with what they lack. */
export function casesOf(state: ClusterState, scope: Scope, options: SuggestOptions = {}): readonly Case[] {
  const rules = rulesFor(options.version ?? state.version)
  const view = viewOf(state)
  const inQuestion = podsInScope(state, scope)
  const classes = podClasses(inQuestion, state.lists.pods.items)
  const waiting = classes
    .flatMap(({ pods }) => caseOf(pods, view, rules) ?? [])
    .map((one) => sparingControlPlane(one, view, rules))
  return [...waiting, ...casesBehind(inQuestion, view, rules), ...daemonSetCases(scope, view, rules)]
}

/** Where another node does once it is uncordoned or mended, the control plane is no answer for an ordinary Pod. */
function sparingControlPlane(one: Case, view: ClusterView, rules: Rules): Case {
  const { pod, component, need, verdict, notes = [] } = one
  const closed = (need.best?.taints ?? []).filter((taint) => classifyTaint(taint).class === 'ControlPlane')
  const isOrdinary = component === undefined && !(pod.spec.priorityClassName ?? '').startsWith('system-')
  if (!isOrdinary || closed.length === 0) return one
  const others = verdict.nodes.filter((node) => !taintsOf(node).some((taint) => classifyTaint(taint).tolerable))
  if (nodeWays({ ...one, verdict: { ...verdict, nodes: others } }, view, rules).length === 0) return one
  const note = `Tolerating ${closed.map(taintText).join(', ')} would open ${nodeNames(need.best?.nodes ?? [])} as well, but an ordinary Pod does not belong on the control plane.`
  return { ...one, tolerations: [], places: [], notes: [...notes, note] }
}
