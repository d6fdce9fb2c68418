import type { ApiObject } from '#model/cluster-state.ts'
import { objectIndex } from '#model/object-index.ts'
import { groupOf, labelOf, textAt } from '#model/raw-object.ts'
import type { FoundOrigin, OriginQuestion, OriginReader } from '#ownership/origin.ts'

type OwnerChain = OriginQuestion['chain']

const apiVersion = 'fleet.cattle.io/v1alpha1'
const sources = [
  { label: 'fleet.cattle.io/repo-name', kind: 'GitRepo' },
  { label: 'fleet.cattle.io/fleet-helm-name', kind: 'HelmOp' },
] as const

/**
 * The GitRepo or HelmOp behind a Fleet Bundle, named by the Bundle's label and standing in its namespace; or itself,
 * where it owns the git job that clones it.
 * @see rancher/fleet pkg/apis/fleet.cattle.io/v1alpha1/gitrepo_types.go RepoLabel, helmop_types.go HelmOpLabel (v0.13.0)
 */
export const fleetSourceOrigin: OriginReader = {
  kind: 'GitRepo',
  recognise({ root, chain, cluster, behind }) {
    if (behind === undefined) return itself(root, chain)
    if (behind.origin.kind !== 'FleetBundle' || behind.origin.namespace === undefined) return undefined
    for (const { label, kind } of sources) {
      const name = labelOf(behind.object, label)
      if (name === undefined) continue
      const { namespace } = behind.origin
      const object = objectIndex(cluster).find(apiVersion, kind, namespace, name)
      const origin = { kind, namespace, name, evidence: `label ${label} of the Bundle` }
      return { origin, ...(object === undefined ? {} : { object }) }
    }
    return undefined
  },
}

/** The last owner is named by its reference even where it was not read. */
function itself(root: ApiObject, chain: OwnerChain): FoundOrigin | undefined {
  const last = chain.owners.at(-1)
  const { apiVersion: version, kind: named } = last ?? root
  const kind = sources.find((source) => source.kind === named)?.kind
  if (kind === undefined || groupOf(version) !== groupOf(apiVersion)) return undefined
  const { namespace, name } = last ?? {
    namespace: textAt(root, 'metadata', 'namespace'),
    name: root.metadata.name ?? '',
  }
  const object = last === undefined ? root : last.object
  return {
    origin: { kind, ...(namespace === undefined ? {} : { namespace }), name, evidence: 'the root of the owner chain' },
    ...(object === undefined ? {} : { object }),
  }
}
