import type { LabelSelector } from '#model/api/meta.ts'
import type { Pod, TopologySpreadConstraint } from '#model/api/pod.ts'
import { type Labels, labelOf, selects } from '#model/selector.ts'
import type { Rules } from '#scheduler/framework/rules.ts'
import { selectorError } from '#scheduler/framework/selector-error.ts'

/** A `DoNotSchedule` constraint of a Pod, with its defaults filled in. */
export interface Constraint {
  readonly key: string
  readonly maxSkew: number
  readonly minDomains: number
  /** Nodes that the Pod's node selector and affinity do not match are left out of the count. */
  readonly honorsAffinity: boolean
  /** Nodes with a taint that the Pod does not tolerate are left out of the count. */
  readonly honorsTaints: boolean
  /** 1 where the Pod itself will be counted once it runs, else 0. */
  readonly self: number
  /** Which running Pods are counted, `matchLabelKeys` included. */
  readonly selector: LabelSelector | undefined
  /** Whether any running Pod can be counted: a selector that is absent or empty counts none. */
  readonly countsPods: boolean
}

export type Constraints =
  | { readonly kind: 'parsed'; readonly constraints: readonly Constraint[] }
  | { readonly kind: 'failed'; readonly message: string }

/**
 * The Pod's hard constraints in its own order. The scheduler's default constraints are soft and filter nothing.
 * @see podtopologyspread/common.go filterTopologySpreadConstraints (kubernetes v1.36.2)
 */
export function hardConstraints(pod: Pod, rules: Rules): Constraints {
  const constraints: Constraint[] = []
  for (const constraint of pod.spec.topologySpreadConstraints ?? []) {
    if (constraint.whenUnsatisfiable !== 'DoNotSchedule') continue
    const error = selectorError(constraint.labelSelector, rules)
    if (error !== undefined) return { kind: 'failed', message: errorText(error, rules) }
    constraints.push(parse(constraint, pod.metadata.labels ?? {}))
  }
  return { kind: 'parsed', constraints }
}

function errorText(error: string, rules: Rules): string {
  const step = rules.spreadErrorsNameTheStep ? 'get constraints from pod: ' : ''
  return `${step}obtaining pod's hard topology spread constraints: ${error}`
}

function parse(constraint: TopologySpreadConstraint, labels: Labels): Constraint {
  const selector = withLabelKeys(constraint.labelSelector, constraint.matchLabelKeys ?? [], labels)
  return {
    key: constraint.topologyKey ?? '',
    maxSkew: constraint.maxSkew ?? 0,
    minDomains: constraint.minDomains ?? 1,
    honorsAffinity: (constraint.nodeAffinityPolicy ?? 'Honor') === 'Honor',
    honorsTaints: constraint.nodeTaintsPolicy === 'Honor',
    self: selects(selector, labels) ? 1 : 0,
    selector,
    countsPods: selector !== undefined && !isEmpty(selector),
  }
}

/** Adds the Pod's own values of `matchLabelKeys`. Keys that the Pod does not carry add nothing; nothing makes an absent selector match. */
function withLabelKeys(
  selector: LabelSelector | undefined,
  keys: readonly string[],
  labels: Labels,
): LabelSelector | undefined {
  if (selector === undefined) return undefined
  const added = keys.flatMap((key) => {
    const value = labelOf(labels, key)
    return value === undefined ? [] : [{ key, operator: 'In', values: [value] }]
  })
  return added.length === 0
    ? selector
    : { ...selector, matchExpressions: [...(selector.matchExpressions ?? []), ...added] }
}

function isEmpty({ matchLabels = {}, matchExpressions = [] }: LabelSelector): boolean {
  return Object.keys(matchLabels).length === 0 && matchExpressions.length === 0
}
