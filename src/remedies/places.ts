import type { ComponentQuestion, Placement } from '#components/component.ts'
import { madeBefore } from '#components/made-before.ts'
import { also, podPatch, present, workloadPatch } from '#components/placements.ts'
import { placementsOf } from '#components/registry.ts'
import { type Subject, subjectOf } from '#components/subject.ts'
import type { Toleration } from '#model/api/pod.ts'
import type { Origin } from '#ownership/origin.ts'
import { chartPlacements } from './helm-chart/index.ts'

/** Where the tolerations of a workload are set, the natural place first. Never empty. */
export function placesFor(question: ComponentQuestion, wanted: readonly Toleration[]): readonly Placement[] {
  const known = placementsOf(question, wanted)
  if (known.length > 0) return known
  const subject = subjectOf(question)
  const earlier = madeBefore(subject, wanted)
  if (earlier.length > 0) return earlier
  const byChart = question.origin?.kind === 'HelmRelease' ? chartPlacements(question, wanted) : []
  return byChart.length > 0 ? byChart : plainPlaces(subject, question.origin)
}

/** The workload itself, and the Pod; with a warning where something puts them back. */
function plainPlaces(subject: Subject, origin: Origin | undefined): readonly Placement[] {
  const undone = origin === undefined ? [] : [undoneBy(origin)]
  const template = workloadPatch(subject, { reach: { kind: 'Proven' } })
  const job = subject.chain.owners.find(({ kind }) => kind === 'Job')
  const pod = podPatch(subject, { reach: { kind: 'Proven' } })
  if (template !== undefined) return present(also(template, { warnings: undone }), pod)
  const steps =
    job === undefined
      ? []
      : [`The template of Job ${job.name} cannot be changed: to keep the toleration, make the Job again with it.`]
  const owner = subject.chain.owners.at(-1)
  const maker =
    job === undefined && owner !== undefined
      ? [
          `${owner.kind} ${owner.name} is what this Pod is made from; where it sets tolerations is not known here: see its own fields or its operator's documentation.`,
        ]
      : []
  return [also(pod, { afterwards: steps, warnings: [...undone, ...maker] })]
}

function undoneBy(origin: Origin): string {
  const kind = origin.kind === 'OperatorResource' ? (origin.resource ?? origin.kind) : origin.kind
  return `${kind} ${origin.name} put it there and may undo a patch: see that the change stands there as well.`
}
