import type { ApiObject, ClusterState } from '#model/cluster-state.ts'
import { objectIndex } from '#model/object-index.ts'
import { annotationOf, groupOf, labelOf, listAt, textAt } from '#model/raw-object.ts'
import type { FoundOrigin, OriginQuestion, OriginReader } from '#ownership/origin.ts'

const group = 'argoproj.io'

/**
 * An Argo CD Application. Its annotation `argocd.argoproj.io/tracking-id` names the application and the object itself
 * (`app:apps/Deployment:ns/name`), so that a copy on another object says nothing. Argo CD before 3.0 tracks by a label
 * that other tools set as well: there the Application's own list of resources decides.
 * @see argo-cd docs/user-guide/resource_tracking.md
 */
export const argoApplicationOrigin: OriginReader = {
  kind: 'ArgoApplication',
  recognise(question) {
    const { root, behind } = question
    // Argo CD renders charts without a release: a release beside its mark is what was there before it took over.
    const subject = behind === undefined || behind.origin.kind === 'HelmRelease' ? root : behind.object
    if (subject === undefined) return undefined
    return (
      byTrackingId(subject, question) ?? byLabel(subject, question.cluster) ?? byResources(subject, question.cluster)
    )
  },
}

function byTrackingId(subject: ApiObject, { root, chain, cluster }: OriginQuestion): FoundOrigin | undefined {
  const id = annotationOf(subject, 'argocd.argoproj.io/tracking-id')
  const found = /^([^:]+):([^:/]*)\/([^:/]+):([^:/]*)\/([^:/]+)$/.exec(id ?? '')
  if (found === null) return undefined
  const [, application = '', ofGroup, kind, , name] = found
  // Deployments hand their annotations down to their ReplicaSets: then the id names an owner of the subject.
  const tracked = [subject, ...(subject === root ? chain.owners.map(asNamed) : [])]
  const isTracked = tracked.some(
    (one) => one.kind === kind && groupOf(one.apiVersion) === ofGroup && one.metadata.name === name,
  )
  return isTracked ? foundOf(application, cluster, 'annotation argocd.argoproj.io/tracking-id') : undefined
}

function asNamed(owner: { readonly apiVersion: string; readonly kind: string; readonly name: string }) {
  return { apiVersion: owner.apiVersion, kind: owner.kind, metadata: { name: owner.name } }
}

function byLabel(subject: ApiObject, cluster: ClusterState): FoundOrigin | undefined {
  const application = labelOf(subject, 'argocd.argoproj.io/instance')
  return application === undefined ? undefined : foundOf(application, cluster, 'label argocd.argoproj.io/instance')
}

function byResources(subject: ApiObject, cluster: ClusterState): FoundOrigin | undefined {
  const instance = labelOf(subject, 'app.kubernetes.io/instance')
  if (instance === undefined) return undefined
  const application = objectIndex(cluster)
    .ofKind(group, 'Application')
    .find((one) => one.metadata.name === instance && lists(one, subject))
  return application === undefined ? undefined : found(application, 'status.resources of the Application')
}

function lists(application: ApiObject, subject: ApiObject): boolean {
  return listAt(application, 'status', 'resources').some(
    (one) =>
      textAt(one, 'kind') === subject.kind &&
      (textAt(one, 'group') ?? '') === groupOf(subject.apiVersion) &&
      textAt(one, 'namespace') === subject.metadata.namespace &&
      textAt(one, 'name') === subject.metadata.name,
  )
}

/** An Application outside Argo CD's own namespace is written `NAMESPACE_NAME`. */
function foundOf(application: string, cluster: ClusterState, evidence: string): FoundOrigin {
  const [first = '', second] = application.split('_', 2)
  const [namespace, name] = second === undefined ? [undefined, first] : [first, second]
  const named = objectIndex(cluster)
    .ofKind(group, 'Application')
    .filter((one) => one.metadata.name === name && (namespace === undefined || one.metadata.namespace === namespace))
  const [object] = named
  if (object !== undefined && named.length === 1) return found(object, evidence)
  return { origin: { kind: 'ArgoApplication', ...(namespace === undefined ? {} : { namespace }), name, evidence } }
}

function found(object: ApiObject, evidence: string): FoundOrigin {
  const namespace = textAt(object, 'metadata', 'namespace')
  const chart = textAt(object, 'spec', 'source', 'chart')
  const version = textAt(object, 'spec', 'source', 'targetRevision')
  return {
    origin: {
      kind: 'ArgoApplication',
      ...(namespace === undefined ? {} : { namespace }),
      name: object.metadata.name ?? '',
      ...(chart === undefined ? {} : { chart }),
      ...(chart === undefined || version === undefined ? {} : { chartVersion: version }),
      evidence,
    },
    object,
  }
}
