import type { Placement } from '#components/component.ts'
import { inquiryOf } from '#diagnosis/inquiry.ts'
import { curesOf } from '#diagnosis/notes/notes.ts'
import { asSentence } from '#diagnosis/words.ts'
import type { Toleration } from '#model/api/pod.ts'
import type { Alternative, Reach, SuggestedWorkload, Suggestion, SuggestionBody } from '#report/suggest-report.ts'
import type { ClusterView } from '#scheduler/framework/cluster-view.ts'
import type { Rules } from '#scheduler/framework/rules.ts'
import { covers, readWhitelist } from '#taints/whitelist.ts'
import type { Case } from './case.ts'
import { contentOf } from './place-content.ts'
import { addingTolerations, prove } from './prove.ts'

/** One suggestion for all the cases that its natural place mends, proven on all their Pods. */
export function suggestionOf(group: readonly Case[], view: ClusterView, rules: Rules): Suggestion {
  const [first] = group as readonly [Case, ...Case[]]
  const [natural, ...others] = first.places as readonly [Placement, ...Placement[]]
  const tolerations = union(group.map((one) => one.tolerations))
  const components = [...new Set(group.map(({ component }) => component?.id ?? null))]
  const body = bodyOf(natural, tolerations, group, view, rules)
  const steps = new Set(group.flatMap(({ places }) => places[0]?.afterwards ?? []))
  const warnings = new Set([
    ...group.flatMap(({ notes = [] }) => notes),
    ...otherCures(first, view, rules),
    ...body.warnings,
    ...group.flatMap(({ places }) => places[0]?.warnings ?? []),
  ])
  return {
    component: components.length === 1 ? (components[0] ?? null) : null,
    ...(components.length > 1 ? { components: components.filter((id) => id !== null) } : {}),
    workloads: workloadsOf(group),
    ...body,
    afterwards: [...steps],
    warnings: [...warnings],
    alternatives: [
      ...others.map((place) =>
        alternative(place, place.target.kind === 'PodPatch' ? first.tolerations : tolerations, group, view, rules),
      ),
      ...group.slice(1).flatMap((one) =>
        one.places
          .slice(1)
          .filter(({ target }) => target.kind === 'PodPatch')
          .map((place) => alternative(place, one.tolerations, [one], view, rules)),
      ),
    ],
    otherTolerations: first.need.others.map(({ tolerations: set, nodes, podsThatFit, reason, warnings: doubts }) => ({
      tolerations: set,
      opens: nodes,
      podsThatFit,
      reason,
      warnings: doubts,
    })),
    why: whyOf(group),
  }
}

/** Each workload once: Pods of one that wait for different nodes are cases of their own. */
function workloadsOf(group: readonly Case[]): readonly SuggestedWorkload[] {
  const all = new Map<string, SuggestedWorkload>()
  for (const { workload } of group) {
    const key = JSON.stringify([workload.kind, workload.namespace, workload.name])
    all.set(key, { ...workload, pods: workload.pods + (all.get(key)?.pods ?? 0) })
  }
  return [...all.values()]
}

function whyOf(group: readonly Case[]): string {
  const differ = new Set(group.map(({ tolerations }) => JSON.stringify(tolerations))).size > 1
  return differ ? 'each entry is what some of these Pods lack' : (group[0]?.need.best?.reason ?? '')
}

/** What explain knows that would do without any toleration: a rollout or a spread constraint changed. */
function otherCures({ pod, byController, verdict }: Case, { state }: ClusterView, rules: Rules): readonly string[] {
  return byController === true ? [] : curesOf(pod, verdict, inquiryOf(state, rules)).map(asSentence)
}

function alternative(
  place: Placement,
  tolerations: readonly Toleration[],
  group: readonly Case[],
  view: ClusterView,
  rules: Rules,
): Alternative {
  return {
    ...bodyOf(place, tolerations, group.slice(0, 1), view, rules),
    requires: place.requires,
    lasts: place.lasts,
    afterwards: place.afterwards,
  }
}

function bodyOf(
  place: Placement,
  tolerations: readonly Toleration[],
  group: readonly Case[],
  view: ClusterView,
  rules: Rules,
): SuggestionBody {
  const wanted = group.map(({ pod, count, byController }) => ({
    pod,
    count,
    ...(byController === undefined ? {} : { byController }),
  }))
  // A Pod's own patch always reaches that Pod; `NotReached` then says that no lasting setting does.
  const isReached = place.reach.kind !== 'NotReached' || place.requires !== null || place.target.kind === 'PodPatch'
  const helps = isReached && (place.takesTolerations || place.isSet || place.brings === true)
  const { opens, podsThatFit, podsWanted, stillBlocked } = prove(
    helps ? [addingTolerations(tolerations)] : [],
    wanted,
    view,
    rules,
  )
  const names = place.takesTolerations || (place.target.kind === 'HelmValues' && place.sets.length === 0)
  return {
    target: place.target,
    tolerations: names ? tolerations : [],
    content: contentOf(place, tolerations, view.state),
    apply: place.apply,
    ...(place.sets.length === 0 ? {} : { sets: place.sets }),
    opens: { nodes: opens, podsThatFit, podsWanted },
    stillBlocked,
    reach: reachOf(place),
    evidence: evidenceOf(place),
    warnings: [
      ...place.warnings,
      ...(place.standing.unknown === undefined ? [] : [`${place.standing.unknown}.`]),
      ...new Set(group.flatMap(({ need }) => need.best?.warnings ?? [])),
      ...whitelistWarnings(tolerations, group, view),
    ],
  }
}

function reachOf({ reach }: Placement): Reach {
  return reach.kind
}

function evidenceOf({ reach, evidence }: Placement): string {
  if (reach.kind === 'Unknown') return reach.because === evidence ? evidence : `${evidence} (${reach.because})`
  if (reach.kind !== 'NotReached' || reach.mendedIn.length === 0) return evidence
  return `${evidence}; mended in ${reach.mendedIn.join(' and ')}`
}

function union(lists: readonly (readonly Toleration[])[]): readonly Toleration[] {
  const all = new Map(lists.flat().map((one) => [JSON.stringify([one.key, one.operator, one.value, one.effect]), one]))
  return [...all.values()]
}

/** A namespace may let in only Pods with certain tolerations, where an admission plugin is switched on. */
function whitelistWarnings(
  tolerations: readonly Toleration[],
  group: readonly Case[],
  view: ClusterView,
): readonly string[] {
  const namespaces = new Set(group.map(({ pod }) => pod.metadata.namespace ?? ''))
  return [...namespaces].flatMap((name) => {
    const found = view.find('namespaces', '', name)
    if (found.kind !== 'found') return []
    const whitelist = readWhitelist(found.object.metadata.annotations)
    if (whitelist.kind !== 'Entries') return []
    const refused = tolerations.filter((toleration) => !whitelist.entries.some((entry) => covers(entry, toleration)))
    return refused.length === 0
      ? []
      : [
          `Namespace ${name} has a whitelist of tolerations that does not hold these: where admission plugin PodTolerationRestriction is on, such Pods are refused.`,
        ]
  })
}
