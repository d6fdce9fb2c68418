import { afterHelmUpgrade, hookJob } from '#components/after-change.ts'
import { deleteCommand } from '#components/command.ts'
import type { Placement } from '#components/component.ts'
import { documented, jobOf, noPlace, placement, podPatch, present, workloadPatch } from '#components/placements.ts'
import { ownerOfKind } from '#components/subject.ts'
import { annotationOf } from '#model/raw-object.ts'
import { type Asked, type AskedOfRelease, nameOf, targetOf, templateOf, upgradeOf } from './asked.ts'
import { subchartSwitch, switchesOf } from './switches.ts'
import type { Place } from './template/value.ts'
import { pathOf } from './values.ts'

/** The Pod that waits, where its workload does not replace it by itself. */
export function patched(asked: AskedOfRelease): Placement[] {
  const { subject } = asked
  if (subject.pod === undefined || jobOf(subject) === undefined) return []
  return [podPatch(subject, { warnings: atNextRun(asked) })]
}

/** What works now, while no value gets there: the Pod, and the workload until helm writes it again. */
export function forNow(asked: AskedOfRelease): Placement[] {
  const { subject } = asked
  const pod = subject.pod === undefined ? undefined : podPatch(subject, { warnings: atNextRun(asked) })
  const workload = workloadPatch(subject, {
    lasts: 'until helm writes the workload again',
    warnings: [`An upgrade of release ${asked.release.name} that touches the list, or a new install, undoes it.`],
  })
  return jobOf(subject) === undefined ? present(workload, pod) : present(pod, workload)
}

function atNextRun({ subject }: AskedOfRelease): string[] {
  const job = jobOf(subject)
  if (job === undefined) return []
  const owner = ownerOfKind(subject, 'CronJob')?.name
  if (owner !== undefined) return [`The next Job of CronJob ${owner} waits again.`]
  const object = ownerOfKind(subject, 'Job')?.object ?? subject.root
  return annotationOf(object, 'helm.sh/hook') === undefined ? [] : [`The next run of hook Job ${job} waits again.`]
}

/** Switches of the chart that leave the workload out. */
export function leftOut(asked: Asked, reads: readonly Place[]): Placement[] {
  const { record, entry, source } = asked
  const found = source === undefined ? [] : switchesOf(record, entry, source, reads)
  const whole = subchartSwitch(record, source)
  return [
    ...found.map(({ place, others }) =>
      off(
        asked,
        place,
        `${templateOf(asked)} leaves ${nameOf(asked)} out where .Values.${pathOf(place)} is false`,
        others,
      ),
    ),
    ...(whole === undefined
      ? []
      : [
          off(
            asked,
            whole,
            `the chart leaves subchart ${source?.prefix[0] ?? ''} out where ${pathOf(whole)} is false`,
            ['all of the subchart'],
          ),
        ]),
  ]
}

function off(asked: Asked, place: Place, evidence: string, others: readonly string[]): Placement {
  return placement({
    target: targetOf(asked, place),
    takesTolerations: false,
    sets: [{ path: pathOf(place), value: false }],
    reach: documented,
    evidence,
    apply: upgradeOf(asked),
    afterwards: [
      ...afterHelmUpgrade(asked.subject, asked.release).filter((step) => !hookJob(asked.subject).includes(step)),
      ...staleHook(asked),
    ],
    warnings: others.length === 0 ? [] : [`It also leaves out ${others.join(', ')}.`],
  })
}

/** Helm deletes a hook's Job by its policy only: one that is left out stays. */
function staleHook({ subject }: Asked): string[] {
  const job = jobOf(subject)
  const object = ownerOfKind(subject, 'Job')?.object ?? subject.root
  if (job === undefined || annotationOf(object, 'helm.sh/hook') === undefined) return []
  return [
    `Helm forgets the hook and leaves its Job: delete it by hand. ${deleteCommand('job', subject.namespace, job)}`,
  ]
}

/** The chart itself, for who can change it. */
export function mended(asked: Asked): Placement {
  const key = `${asked.entry.kind === 'Job' || asked.entry.kind === 'CronJob' ? 'job' : 'workload'}.tolerations`
  return noPlace(`${templateOf(asked)} would have to pass a value on, as in: {{- with .Values.${key} }}`, {
    reach: documented,
    requires: 'a chart whose template reads a tolerations key for this workload',
    warnings: ['Mend the template in the chart, or render it through helm --post-renderer.'],
  })
}
