import type { CSINode } from '#model/api/storage.ts'
import type { ClusterState } from '#model/cluster-state.ts'
import { groupBy } from '#model/group-by.ts'
import { oncePer } from '#model/once-per.ts'
import type { ClusterView, NodeView } from '#scheduler/framework/cluster-view.ts'
import type { Because } from '#scheduler/framework/outcome.ts'
import type { Rules } from '#scheduler/framework/rules.ts'
import { countsAsCsi } from '#scheduler/framework/volumes/in-tree.ts'
import { attachablesOf } from './attachable.ts'

/** The CSI volumes on a node. */
export interface Attached {
  /** Driver by volume, of the volumes that Pods of the node mount. */
  readonly byPods: ReadonlyMap<string, string>
  /** How many volumes of a driver are attached to the node without a Pod that mounts them. */
  readonly besides: ReadonlyMap<string, number>
  /** Volumes of Pods that may be there too, of whatever driver: infinite where nobody knows how many. */
  readonly unsureByPods: number
  readonly unsureBesides: number
  readonly because: readonly Because[]
  /** A volume of one of the Pods breaks the plugin on this node. */
  readonly error?: string
}

/** A volume's name among all drivers' volumes. */
export function volumeKey(driver: string, handle: string): string {
  return `${driver}/${handle}`
}

const known = new WeakMap<NodeView, { rules: Rules; attached: Attached }>()

/**
 * The CSI volumes on a node: of its Pods, and (since 1.32) of VolumeAttachments.
 * @see nodevolumelimits/csi.go Filter, getNodeVolumeAttachmentInfo (kubernetes v1.36.2)
 */
export function attachedTo(node: NodeView, csiNode: CSINode | undefined, cluster: ClusterView, rules: Rules): Attached {
  const before = known.get(node)
  if (before?.rules === rules) return before.attached
  const mounted = mountedOn(node, csiNode, cluster, rules)
  const besides = rules.attachmentsCount ? attachedBesides(node, mounted.byPods, cluster) : nothing
  const attached = { ...mounted, ...besides, because: [...mounted.because, ...besides.because] }
  known.set(node, { rules, attached })
  return attached
}

type Mounted = Omit<Attached, 'besides' | 'unsureBesides'>

function mountedOn(node: NodeView, csiNode: CSINode | undefined, cluster: ClusterView, rules: Rules): Mounted {
  const byPods = new Map<string, string>()
  const because: Because[] = []
  let unsureByPods = 0
  const unread = cluster.missing('pods')
  if (unread !== undefined) {
    because.push({ kind: 'MissingRead', read: unread })
    unsureByPods = Number.POSITIVE_INFINITY
  }
  for (const one of node.pods.flatMap((pod) => attachablesOf(pod, cluster))) {
    switch (one.kind) {
      case 'volume':
        if (one.plugin === undefined || countsAsCsi(one.plugin, csiNode, rules.portworxMigration)) {
          byPods.set(volumeKey(one.driver, one.handle), one.driver)
        }
        break
      case 'untranslatable':
        if (!countsAsCsi(one.plugin, csiNode, rules.portworxMigration)) break
        return { byPods, because, unsureByPods, error: one.error }
      case 'broken':
        return { byPods, because, unsureByPods, error: one.error }
      case 'claimNotFound':
        break
      default:
        because.push({ kind: 'MissingRead', read: one.read })
        // An ephemeral volume's claim could turn out to be another Pod's, which breaks the plugin.
        unsureByPods += one.kind === 'claimUnread' && one.ephemeral ? Number.POSITIVE_INFINITY : 1
    }
  }
  return { byPods, because, unsureByPods }
}

type Besides = Pick<Attached, 'besides' | 'unsureBesides' | 'because'>

const nothing: Besides = { besides: new Map(), unsureBesides: 0, because: [] }

function attachedBesides(node: NodeView, byPods: ReadonlyMap<string, string>, cluster: ClusterView): Besides {
  const found = new Map<string, string>()
  const because: Because[] = []
  let unsureBesides = 0
  const unread = cluster.missing('volumeattachments')
  if (unread !== undefined) {
    because.push({ kind: 'MissingRead', read: unread })
    unsureBesides = Number.POSITIVE_INFINITY
  }
  for (const { spec } of attachmentsOf(cluster.state).get(node.name) ?? []) {
    const attacher = spec.attacher ?? ''
    const name = spec.source?.persistentVolumeName
    if (attacher === '' || name === undefined) continue
    const volume = cluster.find('persistentvolumes', '', name)
    if (volume.kind === 'unknown') {
      because.push({ kind: 'MissingRead', read: volume.read })
      unsureBesides++
    } else if (volume.kind === 'found' && volume.object.spec.csi !== undefined) {
      found.set(volumeKey(attacher, volume.object.spec.csi.volumeHandle ?? ''), attacher)
    }
  }
  const besides = new Map<string, number>()
  for (const [volume, driver] of found) {
    if (!byPods.has(volume)) besides.set(driver, (besides.get(driver) ?? 0) + 1)
  }
  return { besides, unsureBesides, because }
}

/** By node. */
const attachmentsOf = oncePer(({ lists }: ClusterState) =>
  groupBy(lists.volumeattachments.items, ({ spec }) => spec.nodeName ?? ''),
)
