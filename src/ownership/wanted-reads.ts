import type { ApiObject, ClusterState } from '#model/cluster-state.ts'
import { schedulerKinds } from '#model/kinds.ts'
import { objectIndex } from '#model/object-index.ts'
import { groupOf, type NamedOwner, type OwnedObject, ownerReferencesOf, textAt } from '#model/raw-object.ts'
import { missingReadOf } from '#model/resource-name.ts'
import { type Want, wantKey } from '#model/want.ts'
import type { FoundOrigin } from './origin.ts'
import { wantsOfOrigin, wantsOfRoot } from './origin-wants.ts'
import { looseOwners, ownerChain, rootOf } from './owner-chain.ts'
import { originsOf } from './registry.ts'
import { joinWants } from './wants.ts'

/**
 * What has to be read next to know the owners of these objects, and what put them there. Pure: a reader asks, reads,
 * and asks again with the new state, until nothing is wanted. `asked` holds the keys (`wantKey`) of what it asked for
 * before, since a list that brought nothing leaves no trace in the state.
 *
 * Only objects named by a reference, an annotation or a label are wanted, and lists narrowed to a release or a name.
 */
export function wantedReads(
  objects: readonly OwnedObject[],
  cluster: ClusterState,
  asked: ReadonlySet<string> = new Set(),
): readonly Want[] {
  const wants: Want[] = []
  const roots = new Map<ApiObject, OwnedObject>()
  const walked = new Set<string>()
  for (const object of objects) {
    const [first] = ownerReferencesOf(object)
    const key =
      first === undefined
        ? undefined
        : `${object.metadata.namespace ?? ''} ${JSON.stringify(ownerReferencesOf(object))}`
    if (key !== undefined && walked.has(key)) continue
    if (key !== undefined) walked.add(key)
    const chain = ownerChain(object, cluster)
    const last = chain.owners.at(-1)
    if (last !== undefined && last.object === undefined) push(wants, wantOf(last, last.namespace, cluster))
    roots.set(rootOf(object as ApiObject, chain), object)
  }
  for (const [root, object] of roots) wants.push(...wantsOfOrigins(root, object, cluster))
  return joinWants(wants.filter((want) => !asked.has(wantKey(want)) && !isMissing(want, cluster))).filter(
    (want) => !asked.has(wantKey(want)),
  )
}

function push(wants: Want[], want: Want | undefined): void {
  if (want !== undefined) wants.push(want)
}

function wantsOfOrigins(root: ApiObject, object: OwnedObject, cluster: ClusterState): Want[] {
  const chain = ownerChain(object, cluster)
  const origins: readonly FoundOrigin[] = originsOf({ root, chain, cluster })
  const named = looseOwners(root, cluster)
    .filter((owner) => owner.object === undefined)
    .flatMap((owner) => wantOf(owner, owner.namespace, cluster) ?? [])
  return [...named, ...wantsOfRoot(root, cluster), ...origins.flatMap((found) => wantsOfOrigin(found, root, cluster))]
}

/** An object that a reference names, unless its kind is one that is listed whole anyway. */
function wantOf(
  { apiVersion, kind, name }: Pick<NamedOwner, 'apiVersion' | 'kind' | 'name'>,
  namespace: string | undefined,
  cluster: ClusterState,
): Want | undefined {
  const isListed = Object.values(schedulerKinds).some(
    (info) => info.kind === kind && info.group === groupOf(apiVersion),
  )
  if (isListed || isKnown(apiVersion, kind, namespace, name, cluster)) return undefined
  return { kind: 'object', apiVersion, kindName: kind, ...(namespace === undefined ? {} : { namespace }), name }
}

function isKnown(
  apiVersion: string,
  kind: string,
  namespace: string | undefined,
  name: string,
  cluster: ClusterState,
): boolean {
  const index = objectIndex(cluster)
  const found = index.find(apiVersion, kind, namespace, name) ?? index.find(apiVersion, kind, undefined, name)
  return textAt(found, 'metadata', 'name') !== undefined
}

/** What was refused once is not asked for again. */
function isMissing(want: Want, { missing }: ClusterState): boolean {
  if (want.kind === 'object') {
    const { apiVersion, kindName: kind, namespace, name } = want
    return (
      missingReadOf(missing, { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) }) !==
      undefined
    )
  }
  const resource = want.group === '' ? want.resource : `${want.resource}.${want.group}`
  return missing.some(
    (read) =>
      read.resource === resource &&
      read.name === undefined &&
      (read.namespace === undefined || read.namespace === want.namespace),
  )
}
