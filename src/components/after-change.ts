import { annotationOf } from '#model/raw-object.ts'
import { deleteCommand } from './command.ts'
import { helmRelease } from './lookup.ts'
import { forbidsConcurrency, jobOf } from './placements.ts'
import { ownerOfKind, type Subject } from './subject.ts'

/**
 * What a person must still do after a chart's values were changed, because no controller will: end the hanging helm,
 * delete the Job made before. For any Helm release, known system or not.
 */
export function afterHelmUpgrade(
  subject: Subject,
  release: { readonly name: string; readonly namespace: string },
): string[] {
  return [...pendingRelease(subject, release), ...hookJob(subject), ...cronJob(subject)]
}

/** A release that helm is still working on refuses every upgrade. */
function pendingRelease({ cluster }: Subject, { name, namespace }: { name: string; namespace: string }): string[] {
  const status = helmRelease(cluster, namespace, name)?.status ?? ''
  if (!status.startsWith('pending-')) return []
  const verb = status.slice('pending-'.length)
  return [
    `Release ${name} is ${status}: helm refuses another upgrade ("another operation is in progress") until the hanging helm ${verb} ends. Interrupt it, or let it time out; the release then reads failed and can be upgraded. Where helm was killed it stays so: roll back, or uninstall it.`,
  ]
}

/** A hook Job is replaced by the next upgrade only if its delete policy says so. */
export function hookJob(subject: Subject): string[] {
  const job = jobOf(subject)
  const object = ownerOfKind(subject, 'Job')?.object ?? (subject.root.kind === 'Job' ? subject.root : undefined)
  if (job === undefined || annotationOf(object, 'helm.sh/hook') === undefined) return []
  const events = (annotationOf(object, 'helm.sh/hook') ?? '').split(',').map((event) => event.trim())
  if (!events.some((event) => event.endsWith('-upgrade'))) {
    return [
      `Job ${job} is a hook of ${events.join(' and ')} only: helm upgrade does not make it anew. Patch its Pod, or delete the Job and install the release again with these values.`,
    ]
  }
  const policy = annotationOf(object, 'helm.sh/hook-delete-policy') ?? 'before-hook-creation'
  if (policy.includes('before-hook-creation')) {
    return [`The next helm upgrade deletes the hook Job ${job} and makes it anew, with the tolerations.`]
  }
  return [
    `Delete the hook Job first: ${deleteCommand('job', subject.namespace, job)}. Its delete policy is ${policy}, so helm fails with "jobs.batch "${job}" already exists" while it is there.`,
  ]
}

/** A Job that a CronJob made keeps the template it was made from. */
function cronJob(subject: Subject): string[] {
  const owner = ownerOfKind(subject, 'CronJob')
  const job = ownerOfKind(subject, 'Job')?.name
  if (owner === undefined || job === undefined) return []
  const blocked = forbidsConcurrency(subject)
    ? ` CronJob ${owner.name} has concurrencyPolicy Forbid and starts no other while this Job lives.`
    : ''
  return [
    `Then delete Job ${job}: it was made before the change and keeps its old template.${blocked} ${deleteCommand('job', subject.namespace, job)}`,
  ]
}
