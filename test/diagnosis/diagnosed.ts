import { diagnose } from '#diagnosis/diagnose.ts'
import type { Scope } from '#diagnosis/scope.ts'
import type { Diagnosis, ExplainedCluster } from '#report/explain-report.ts'
import { aCluster } from '#test/builders/cluster.ts'

/** The explained cluster of these objects. */
export function explained(objects: readonly object[], scope: Scope = {}): ExplainedCluster {
  return diagnose(aCluster(objects), scope)
}

/** The diagnosis of the Pod of this name. */
export function diagnosed(objects: readonly object[], pod = 'p', scope: Scope = {}): Diagnosis {
  const found = explained(objects, scope).diagnoses.find(({ pods }) => pods.some(({ name }) => name === pod))
  if (found === undefined) throw new Error(`no diagnosis of Pod ${pod}`)
  return found
}

/** An object that was asked about by name. */
export function asked(kind: string, name: string, namespace = 'default'): Scope {
  const group = ['Pod', 'Node', 'PersistentVolumeClaim'].includes(kind)
    ? ''
    : kind === 'Job' || kind === 'CronJob'
      ? 'batch'
      : 'apps'
  const plural = `${kind.toLowerCase()}s`
  return { namespace, named: [{ kind, group, name, resource: group === '' ? plural : `${plural}.${group}` }] }
}
