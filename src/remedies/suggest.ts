import { headOf } from '#diagnosis/diagnose.ts'
import { podClasses } from '#diagnosis/pod-class.ts'
import { podsInScope, type Scope } from '#diagnosis/scope.ts'
import type { ClusterState } from '#model/cluster-state.ts'
import type { ServerVersion } from '#model/server-version.ts'
import type { SuggestedCluster, Suggestion } from '#report/suggest-report.ts'
import { viewOf } from '#scheduler/framework/cluster-view.ts'
import { rulesFor } from '#scheduler/profile.ts'
import { casesBehind } from './behind.ts'
import { type Case, caseOf } from './case.ts'
import { daemonSetCases } from './daemon-set.ts'
import { mergeCases } from './merge.ts'
import { suggestionOf } from './suggestion.ts'
import { withoutTolerations } from './without-tolerations.ts'

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
  const waiting = classes.flatMap(({ pods }) => caseOf(pods, view, rules) ?? [])
  return [...waiting, ...casesBehind(inQuestion, view, rules), ...daemonSetCases(scope, view, rules)]
}
