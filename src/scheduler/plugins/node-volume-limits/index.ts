import type { CSINode } from '#model/api/storage.ts'
import type { MissingRead } from '#model/cluster-state.ts'
import { missingClaimReason } from '#scheduler/framework/claim-reasons.ts'
import type { ClusterView, NodeView } from '#scheduler/framework/cluster-view.ts'
import {
  type Because,
  failed,
  fits,
  type Outcome,
  refusedForGood,
  unknownWithout,
} from '#scheduler/framework/outcome.ts'
import { type Plugin, skip } from '#scheduler/framework/plugin.ts'
import type { Rules } from '#scheduler/framework/rules.ts'
import { claimNotFound } from '#scheduler/framework/volumes/claims.ts'
import { countsAsCsi } from '#scheduler/framework/volumes/in-tree.ts'
import { type Attachable, attachablesOf } from './attachable.ts'
import { attachedTo, volumeKey } from './attached.ts'
import { weigh } from './count.ts'
import { limitsOf } from './limits.ts'

/**
 * Refuses a node where the Pod's volumes would be more than a CSI driver can attach there.
 * The gate VolumeLimitScaling is off in every release, so a driver that is not on the node is no reason.
 * @see nodevolumelimits/csi.go PreFilter, Filter (kubernetes v1.36.2)
 */
export const nodeVolumeLimits: Plugin = {
  name: 'NodeVolumeLimits',
  prepare(pod, cluster, rules) {
    const wanted = attachablesOf(pod, cluster)
    if (wanted.length === 0) return skip
    const namespace = pod.metadata.namespace ?? ''
    return { kind: 'filter', filter: (node) => judge(node, wanted, { cluster, rules, namespace }) }
  },
}

interface Context {
  readonly cluster: ClusterView
  readonly rules: Rules
  readonly namespace: string
}

function judge(node: NodeView, wanted: readonly Attachable[], context: Context): Outcome {
  const { cluster, rules } = context
  const found = cluster.find('csinodes', '', node.name)
  if (found.kind === 'unknown') return withoutCsiNode(found.read, wanted, context)
  const csiNode = found.kind === 'found' ? found.object : undefined
  const volumes = new Map<string, string>()
  const unread: Because[] = []
  for (const one of wanted) {
    if (one.kind === 'volume') {
      if (isCounted(one, csiNode, rules)) volumes.set(volumeKey(one.driver, one.handle), one.driver)
    } else if (one.kind === 'volumeUnread') unread.push({ kind: 'MissingRead', read: one.read })
    else {
      const trouble = troubleWith(one, csiNode, context)
      if (trouble !== undefined) return trouble
    }
  }
  if (volumes.size === 0 && unread.length === 0) return fits
  const limits = limitsOf(node, csiNode, rules)
  if (!limits.any) return fits
  const attached = attachedTo(node, csiNode, cluster, rules)
  if (attached.error !== undefined) return failed(attached.error)
  return weigh(volumes, unread, attached, limits)
}

/** Trouble with a claim is the same on every node, unless an inline volume before it breaks the plugin on some. */
function withoutCsiNode(read: MissingRead, wanted: readonly Attachable[], context: Context): Outcome {
  for (const one of wanted) {
    if (one.kind === 'untranslatable') break
    if (one.kind === 'volume' || one.kind === 'volumeUnread') continue
    return troubleWith(one, undefined, context) ?? unknownWithout(read)
  }
  return unknownWithout(read)
}

type Trouble = Exclude<Attachable, { kind: 'volume' | 'volumeUnread' }>

function troubleWith(one: Trouble, csiNode: CSINode | undefined, { rules, namespace }: Context): Outcome | undefined {
  switch (one.kind) {
    case 'claimUnread':
      return unknownWithout(one.read)
    case 'broken':
      return failed(one.error)
    case 'untranslatable':
      if (!countsAsCsi(one.plugin, csiNode, rules.portworxMigration)) return undefined
      return failed(one.error)
    case 'claimNotFound': {
      const text = `looking up PVC ${namespace}/${one.claim.name}: ${claimNotFound(one.claim.name)}`
      if (rules.missingClaimBreaksLimits) return failed(text)
      return refusedForGood(missingClaimReason(one.claim, text))
    }
  }
}

function isCounted(one: Extract<Attachable, { kind: 'volume' }>, csiNode: CSINode | undefined, rules: Rules): boolean {
  return one.plugin === undefined || countsAsCsi(one.plugin, csiNode, rules.portworxMigration)
}
