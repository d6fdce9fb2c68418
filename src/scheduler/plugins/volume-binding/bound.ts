import type { NodeSelector } from '#model/api/meta.ts'
import type { CSINode, PersistentVolumeClaim } from '#model/api/storage.ts'
import { selectsNode } from '#model/selector.ts'
import { claimReason } from '#scheduler/framework/claim-reasons.ts'
import type { ClusterView, Found, NodeView } from '#scheduler/framework/cluster-view.ts'
import type { Because, Reason } from '#scheduler/framework/outcome.ts'
import type { Rules } from '#scheduler/framework/rules.ts'
import {
  type InTreePlugin,
  isListedAsMigrated,
  pluginOfVolume,
  type TranslatedAffinity,
  translatedAffinity,
} from '#scheduler/framework/volumes/in-tree.ts'

/** A bound claim with what its volume asks of a node. */
export interface BoundClaim {
  readonly name: string
  readonly volume: string
  readonly found: 'found' | 'absent' | Because
  readonly required: NodeSelector | undefined
  /** What it asks of a node that serves the volume by its CSI driver, where that is something else. */
  readonly migrated?: { readonly plugin: InTreePlugin; readonly affinity: TranslatedAffinity }
}

export function boundClaim({ metadata, spec }: PersistentVolumeClaim, cluster: ClusterView): BoundClaim {
  const name = metadata.name ?? ''
  const volume = spec.volumeName ?? ''
  const found = cluster.find('persistentvolumes', '', volume)
  if (found.kind === 'unknown') {
    return { name, volume, found: { kind: 'MissingRead', read: found.read }, required: undefined }
  }
  if (found.kind === 'absent') return { name, volume, found: 'absent', required: undefined }
  const required = found.object.spec.nodeAffinity?.required
  const plugin = pluginOfVolume(found.object)
  if (plugin === undefined) return { name, volume, found: 'found', required }
  const affinity = translatedAffinity(plugin, found.object)
  if (affinity.error === undefined && affinity.required === required) return { name, volume, found: 'found', required }
  return { name, volume, found: 'found', required, migrated: { plugin, affinity } }
}

/** What the bound claims say of a node: nothing where they are content. */
export interface BoundVerdict {
  readonly elsewhere?: Reason
  readonly lost?: Reason
  readonly because: readonly Because[]
  readonly error?: string
}

/**
 * Holds a node's labels against the affinity of each bound volume, in order, up to the first that is missing or refuses.
 * @see volumebinding/binder.go checkBoundClaims, tryTranslatePVToCSI (kubernetes v1.36.2)
 */
export function checkBound(
  claims: readonly BoundClaim[],
  node: NodeView,
  cluster: ClusterView,
  rules: Rules,
): BoundVerdict {
  const because: Because[] = []
  for (const claim of claims) {
    const { name, volume, found } = claim
    if (found === 'absent') {
      const text = 'node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)'
      return { because, lost: claimReason(text, name, 'VolumeNotFound', { volume }) }
    }
    const reaches = found === 'found' ? reachesNode(claim, node, cluster) : found
    if (reaches === true) continue
    if (reaches !== false) {
      // A volume that breaks the plugin is not reached where one before it might refuse.
      if ('error' in reaches) return because.length === 0 ? { because, error: reaches.error } : { because }
      because.push(reaches)
      continue
    }
    const text = rules.oldVolumeAffinityText
      ? 'node(s) had volume node affinity conflict'
      : "node(s) didn't match PersistentVolume's node affinity"
    return { because, elsewhere: { text, fact: { kind: 'VolumeElsewhere', claim: name, volume, by: 'NodeAffinity' } } }
  }
  return { because }
}

function reachesNode(
  { required, migrated }: BoundClaim,
  node: NodeView,
  cluster: ClusterView,
): boolean | Because | { readonly error: string } {
  const own = required === undefined || selectsNode(required, node.labels)
  if (migrated === undefined) return own
  const { plugin, affinity } = migrated
  const csiNode: Found<CSINode> = cluster.find('csinodes', '', node.name)
  const serves = csiNode.kind === 'found' && isListedAsMigrated(plugin, csiNode.object)
  if (csiNode.kind !== 'unknown' && !serves) return own
  const translated =
    affinity.error === undefined
      ? affinity.required === undefined || selectsNode(affinity.required, node.labels)
      : { error: `could not translate pv: ${affinity.error}` }
  if (csiNode.kind !== 'unknown') {
    return typeof translated === 'object' ? { error: `${translated.error}` } : translated
  }
  return translated === own ? own : { kind: 'MissingRead', read: csiNode.read }
}
