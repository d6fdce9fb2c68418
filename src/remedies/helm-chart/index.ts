import type { ComponentQuestion, Placement } from '#components/component.ts'
import { coversAll, madeBefore } from '#components/made-before.ts'
import { also, podPatch } from '#components/placements.ts'
import { subjectOf } from '#components/subject.ts'
import type { Toleration } from '#model/api/pod.ts'
import { releaseHolding } from '#ownership/helm/release.ts'
import { feeding, notReached, open, shown, unread } from './answers.ts'
import type { Asked } from './asked.ts'
import { shownByValues } from './by-values.ts'
import { followTemplate } from './follow.ts'
import { asManaged } from './managed.ts'
import { sourceOf, templateText } from './source.ts'

/** Kinds whose Pods have their tolerations from the rendered object itself; those of operators are the operators' own. */
const podMakers = new Set(['Pod', 'ReplicaSet', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'])

/**
 * Where the tolerations of a workload of any Helm release are set, the natural place first: the values path that the
 * chart's own templates, or values and manifest, show to get there. Empty where no release made the workload.
 */
export function chartPlacements(question: ComponentQuestion, wanted: readonly Toleration[]): readonly Placement[] {
  const subject = subjectOf(question)
  const { origin, root, cluster } = subject
  if (origin?.kind !== 'HelmRelease' || !podMakers.has(root.kind)) return []
  const earlier = madeBefore(subject, wanted)
  if (earlier.length > 0) return earlier
  const holding = releaseHolding(root, cluster)
  const release = {
    name: holding?.name ?? origin.name,
    namespace: holding?.namespace ?? origin.namespace ?? subject.namespace,
  }
  const { record, entry } = holding ?? {}
  if (record?.chart === undefined || entry === undefined) {
    const because =
      record?.chart === undefined
        ? (record?.problem ?? 'the release record could not be read')
        : `the manifest of release ${release.name} does not hold it`
    return asManaged(question, unread({ subject, release, wanted }, because)).map((one) => asItStands(one, wanted))
  }
  const asked: Asked = { subject, release, wanted, record, entry, source: sourceOf(entry.source) }
  const places = placesIn(asked)
  return setBefore(
    asked,
    asManaged(question, places).map((one) => asItStands(one, wanted)),
  )
}

function placesIn(asked: Asked): readonly Placement[] {
  const { record, entry, source } = asked
  const text = source === undefined ? undefined : templateText(record, source)
  const followed = source === undefined || text === undefined ? undefined : followTemplate(record, entry, source)
  if (followed?.kind === 'Feeds') return feeding(asked, followed.feedings)
  if (followed?.kind === 'NoKey') return notReached(asked, followed)
  const because = followed?.because ?? 'its template is not in the release record'
  const byValues = shownByValues(record, entry, source)
  return byValues.kind === 'Open' ? open(asked, byValues, because) : shown(asked, byValues, followed?.reads ?? [])
}

function asItStands(place: Placement, wanted: readonly Toleration[]): Placement {
  return { ...place, isSet: place.takesTolerations && wanted.length > 0 && coversAll(place.standing.entries, wanted) }
}

/** Where the values hold the tolerations already, setting them again is no answer. */
function setBefore({ subject }: Asked, places: readonly Placement[]): readonly Placement[] {
  const [natural, ...others] = places
  if (natural === undefined || !natural.isSet || natural.reach.kind === 'Unknown') return places
  const warnings = ['The values hold these tolerations already: setting them again changes nothing.']
  if (natural.reach.kind === 'NotReached' || subject.pod === undefined) return [also(natural, { warnings }), ...others]
  const evidence =
    'the values hold them and the chart passes them on; the workload was changed since, or the change has not come through'
  const patch = podPatch(subject, { evidence, warnings, afterwards: natural.afterwards })
  return [patch, natural, ...others.filter((place) => place.target.kind !== 'PodPatch')]
}
