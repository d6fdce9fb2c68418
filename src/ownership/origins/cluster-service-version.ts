import { objectIndex } from '#model/object-index.ts'
import { groupOf, labelOf, ownerReferencesOf, textAt } from '#model/raw-object.ts'
import type { FoundOrigin, OriginQuestion, OriginReader } from '#ownership/origin.ts'

const group = 'operators.coreos.com'
const apiVersion = `${group}/v1alpha1`

/**
 * The ClusterServiceVersion that the Operator Lifecycle Manager installs an operator's Deployments from: named by an
 * owner reference without the controller flag, and by labels. Behind it stands the Subscription, whose
 * `spec.config.tolerations` a person edits; the manager puts back what is edited elsewhere.
 * @see operator-framework/operator-lifecycle-manager pkg/lib/ownerutil, doc/design/subscription-config.md
 */
export const clusterServiceVersionOrigin: OriginReader = {
  kind: 'ClusterServiceVersion',
  recognise(question) {
    const { behind } = question
    if (behind === undefined) return ofRoot(question)
    return behind.origin.kind === 'ClusterServiceVersion' ? subscriptionOf(question, behind) : undefined
  },
}

function ofRoot({ root, cluster }: OriginQuestion): FoundOrigin | undefined {
  const isItself = root.kind === 'ClusterServiceVersion' && groupOf(root.apiVersion) === group
  const owner = ownerReferencesOf(root).find(
    (one) => one.kind === 'ClusterServiceVersion' && groupOf(one.apiVersion) === group,
  )
  const labelled = labelOf(root, 'olm.owner.kind') === 'ClusterServiceVersion'
  const name = isItself ? root.metadata.name : (owner?.name ?? (labelled ? labelOf(root, 'olm.owner') : undefined))
  const own = textAt(root, 'metadata', 'namespace')
  const namespace = isItself || owner !== undefined ? own : (labelOf(root, 'olm.owner.namespace') ?? own)
  if (name === undefined || namespace === undefined) return undefined
  const object = objectIndex(cluster).find(apiVersion, 'ClusterServiceVersion', namespace, name)
  const evidence =
    owner === undefined ? (isItself ? 'the root of the owner chain' : 'label olm.owner') : 'owner reference'
  return {
    origin: { kind: 'ClusterServiceVersion', namespace, name, evidence },
    ...(object === undefined ? {} : { object }),
  }
}

function subscriptionOf({ cluster }: OriginQuestion, { origin }: FoundOrigin): FoundOrigin | undefined {
  const object = objectIndex(cluster)
    .ofKind(group, 'Subscription')
    .find((one) => one.metadata.namespace === origin.namespace && textAt(one, 'status', 'installedCSV') === origin.name)
  if (object === undefined) return undefined
  const evidence = 'status.installedCSV of the Subscription'
  const namespace = textAt(object, 'metadata', 'namespace')
  const place = namespace === undefined ? {} : { namespace }
  return { origin: { kind: 'Subscription', ...place, name: object.metadata.name ?? '', evidence }, object }
}
