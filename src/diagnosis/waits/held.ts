import type { Inquiry } from '#diagnosis/inquiry.ts'
import type { Pod } from '#model/api/pod.ts'
import { textAt } from '#model/raw-object.ts'
import type { Held } from '#report/explain-parts.ts'
import { webhooksHeldBy } from './webhooks.ts'

/** What waits for this Pod: the release whose hook it is, the App whose Helm it runs, the cluster whose agent it is. */
export function heldBy(pod: Pod, inquiry: Inquiry): readonly Held[] {
  return [
    ...releaseOfHook(pod, inquiry),
    ...appOfOperation(pod, inquiry),
    ...clusterOfAgent(pod, inquiry),
    ...webhooksHeldBy(pod, inquiry),
  ]
}

/** Helm waits for each hook before it goes on; the release stays pending until then, and refuses every other upgrade. */
function releaseOfHook(pod: Pod, inquiry: Inquiry): readonly Held[] {
  const { origin } = inquiry.whoseOf(pod)
  if (origin?.kind !== 'HelmRelease' || (origin.hookEvents ?? []).length === 0) return []
  const status = origin.status ?? ''
  const place = origin.namespace === undefined ? {} : { namespace: origin.namespace }
  const name = { kind: 'HelmRelease', ...place, name: origin.name }
  if (status.startsWith('pending-')) {
    const what = status.slice('pending-'.length)
    return [{ ...name, why: `The ${what} of release ${origin.name} waits for it (${status}).` }]
  }
  return status === 'failed'
    ? [{ ...name, why: `Release ${origin.name} is failed: helm gave up waiting for this hook.` }]
    : []
}

/** Rancher installs and upgrades Apps, its own system charts too, by a Pod that runs Helm. */
function appOfOperation(pod: Pod, inquiry: Inquiry): readonly Held[] {
  const { name = '', namespace } = pod.metadata
  const operation = inquiry.index
    .ofKind('catalog.cattle.io', 'Operation')
    .find(
      (one) =>
        (textAt(one, 'status', 'podName') ?? one.metadata.name) === name &&
        (textAt(one, 'status', 'podNamespace') ?? namespace) === namespace,
    )
  const release = textAt(operation, 'status', 'release')
  if (operation === undefined || release === undefined) return []
  const place = textAt(operation, 'status', 'namespace')
  const action = textAt(operation, 'status', 'action') ?? 'operation'
  const why = `Rancher's ${action} of ${release} waits for it.`
  return [{ kind: 'App', ...(place === undefined ? {} : { namespace: place }), name: release, why }]
}

/** Until its agent runs, Rancher cannot reach a cluster, and finishes none of its other nodes. */
function clusterOfAgent(pod: Pod, inquiry: Inquiry): readonly Held[] {
  const { component, origin } = inquiry.whoseOf(pod)
  if (component?.id !== 'rancher/cluster-agent') return []
  const isKnown = origin?.kind === 'RancherCluster'
  const nodes = inquiry.state.lists.nodes.items.length
  const others = nodes === 1 ? ', and its other nodes do not finish registering' : ''
  const place = isKnown && origin.namespace !== undefined ? { namespace: origin.namespace } : {}
  const name = isKnown ? origin.name : 'this cluster'
  return [
    {
      kind: 'Cluster',
      ...place,
      name,
      why: `Rancher waits for it: without its agent it does not reach ${isKnown ? `cluster ${name}` : name}${others}.`,
    },
  ]
}
