import { objectIndex } from '#model/object-index.ts'
import { groupOf, ownerReferencesOf, textAt } from '#model/raw-object.ts'
import type { FoundOrigin, OriginQuestion, OriginReader } from '#ownership/origin.ts'

/** The groups that the API server itself serves; any other is a custom resource's. */
const ownGroups = new Set([
  '',
  'apps',
  'autoscaling',
  'batch',
  'extensions',
  'policy',
  ...[
    'admissionregistration',
    'apiextensions',
    'apiregistration',
    'certificates',
    'coordination',
    'discovery',
    'events',
    'flowcontrol.apiserver',
    'internal.apiserver',
    'networking',
    'node',
    'rbac.authorization',
    'resource',
    'scheduling',
    'storage',
    'storagemigration',
  ].map((name) => `${name}.k8s.io`),
])

/**
 * An operator's custom resource: the root of the owner chain itself, or an owner of the root that the operator named
 * without the controller flag. What a person edits is that resource, where it has a field for it.
 */
export const operatorResourceOrigin: OriginReader = {
  kind: 'OperatorResource',
  recognise({ root, chain, cluster, behind }: OriginQuestion) {
    if (behind !== undefined) return undefined
    const own = textAt(root, 'metadata', 'namespace')
    if (isCustom(root.apiVersion)) {
      return foundOf(root.apiVersion, root.kind, own, root.metadata.name ?? '', 'the root of the owner chain', root)
    }
    const last = chain.owners.at(-1)
    if (last !== undefined && isCustom(last.apiVersion)) {
      return foundOf(last.apiVersion, last.kind, last.namespace, last.name, 'the last owner that is known', last.object)
    }
    const owner = ownerReferencesOf(root).find((one) => isCustom(one.apiVersion))
    if (owner === undefined) return undefined
    const index = objectIndex(cluster)
    const { apiVersion, kind, name } = owner
    const named = index.find(apiVersion, kind, own, name) ?? index.find(apiVersion, kind, undefined, name)
    const object =
      named === undefined || owner.uid === undefined || named.metadata.uid === owner.uid ? named : undefined
    const namespace = object === undefined ? own : textAt(object, 'metadata', 'namespace')
    return foundOf(apiVersion, kind, namespace, name, 'an owner reference without the controller flag', object)
  },
}

function isCustom(apiVersion: string): boolean {
  return !ownGroups.has(groupOf(apiVersion))
}

function foundOf(
  apiVersion: string,
  resource: string,
  namespace: string | undefined,
  name: string,
  evidence: string,
  object: FoundOrigin['object'],
): FoundOrigin {
  const place = namespace === undefined ? {} : { namespace }
  return {
    origin: { kind: 'OperatorResource', apiVersion, resource, ...place, name, evidence },
    ...(object === undefined ? {} : { object }),
  }
}
