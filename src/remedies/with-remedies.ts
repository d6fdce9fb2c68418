import type { Scope } from '#diagnosis/scope.ts'
import type { ClusterState } from '#model/cluster-state.ts'
import type { Diagnosis, ExplainedCluster, Remedy } from '#report/explain-report.ts'
import { type ClusterView, viewOf } from '#scheduler/framework/cluster-view.ts'
import type { Rules } from '#scheduler/framework/rules.ts'
import { rulesFor } from '#scheduler/profile.ts'
import type { Case } from './case.ts'
import { addingTolerations, prove } from './prove.ts'
import { casesOf, type SuggestOptions } from './suggest.ts'
import { nodeWays } from './without-tolerations.ts'

/** Puts into each diagnosis the changes that would open a node, each proven by running the plugins again with it made. */
export function withRemedies(
  cluster: ExplainedCluster,
  state: ClusterState,
  scope: Scope,
  options: SuggestOptions = {},
): ExplainedCluster {
  const rules = rulesFor(options.version ?? state.version)
  const view = viewOf(state)
  const cases = new Map(casesOf(state, scope, options).map((one) => [podKey(one.pod.metadata), one]))
  const remedied = (diagnosis: Diagnosis): Diagnosis => {
    const [first] = diagnosis.pods
    const one = first === undefined ? undefined : cases.get(podKey(first))
    return one === undefined ? diagnosis : { ...diagnosis, remedies: remediesOf(one, view, rules) }
  }
  return { ...cluster, diagnoses: cluster.diagnoses.map(remedied) }
}

function podKey({ namespace = '', name = '' }: { readonly namespace?: string; readonly name?: string }): string {
  return `${namespace}/${name}`
}

function remediesOf(one: Case, view: ClusterView, rules: Rules): readonly Remedy[] {
  if (one.tolerations.length > 0) {
    const { opens, stillBlocked, podsThatFit, podsWanted } = prove(
      [addingTolerations(one.tolerations)],
      [one],
      view,
      rules,
    )
    return [{ kind: 'Toleration', tolerations: one.tolerations, opens, stillBlocked, podsThatFit, podsWanted }]
  }
  return nodeWays(one, view, rules).map(({ target, opens, stillBlocked, evidence, apply }) => ({
    kind: 'Node',
    node: target.name,
    opens: opens.nodes,
    stillBlocked,
    podsThatFit: opens.podsThatFit,
    podsWanted: opens.podsWanted,
    summary: evidence,
    apply,
  }))
}
