import type { Answer, ApiClient } from './api-client.ts'
import type { Item } from './generate/world.ts'

/** What is read back and what is swept away: all that the scheduler looks at. */
const kinds: readonly (readonly [apiVersion: string, kind: string])[] = [
  ['v1', 'Pod'],
  ['v1', 'PersistentVolumeClaim'],
  ['resource.k8s.io/v1', 'ResourceClaim'],
  ['resource.k8s.io/v1', 'ResourceClaimTemplate'],
  ['storage.k8s.io/v1', 'VolumeAttachment'],
  ['v1', 'PersistentVolume'],
  ['v1', 'Node'],
  ['storage.k8s.io/v1', 'CSINode'],
  ['storage.k8s.io/v1', 'CSIDriver'],
  ['storage.k8s.io/v1', 'CSIStorageCapacity'],
  ['storage.k8s.io/v1', 'StorageClass'],
  ['resource.k8s.io/v1', 'ResourceSlice'],
  ['resource.k8s.io/v1', 'DeviceClass'],
]

/** Made once and kept from cluster to cluster. */
const kept: ReadonlySet<string> = new Set(['Namespace', 'RuntimeClass', 'PriorityClass'])

/** The order in which objects are put: what others name comes first. */
const order = [
  'Namespace',
  'RuntimeClass',
  'PriorityClass',
  'StorageClass',
  'CSIDriver',
  'DeviceClass',
  'Node',
  'CSINode',
  'CSIStorageCapacity',
  'ResourceSlice',
  'ResourceClaimTemplate',
  'ResourceClaim',
  'PersistentVolumeClaim',
  'PersistentVolume',
  'VolumeAttachment',
  'Pod',
]

/** An object that the API server would not take. */
export interface Rejection {
  readonly item: Item
  readonly message: string
}

/** Puts everything but the waiting Pods, and waits until the controllers have bound what is to be bound. */
export async function putSurroundings(api: ApiClient, items: readonly Item[]): Promise<Rejection[]> {
  const rejected: Rejection[] = []
  const uids = new Map<string, string>()
  for (const kind of order) {
    const wanted = items.filter((item) => item.kind === kind && !isOwned(item) && !isWaiting(item))
    // A Pod that has ended ends before the others come: kube-scheduler keeps host ports as a set, and
    // forgets the port of a Pod that runs when another that held it too ends later. No kubelet runs both.
    for (const wave of [wanted.filter(hasEnded), wanted.filter((item) => !hasEnded(item))]) {
      const answers = await Promise.all(wave.map((item) => put(api, item, uids)))
      answers.forEach((answer, at) => {
        const item = wave[at]
        if (item !== undefined && answer.status >= 300)
          rejected.push({ item, message: String(answer.body.message ?? '') })
      })
    }
  }
  await untilBound(api, items)
  return rejected
}

/** What a controller makes for a Pod, it makes here too. */
function isOwned({ kind, metadata }: Item): boolean {
  const owners = metadata.ownerReferences as readonly unknown[] | undefined
  return owners !== undefined && (kind === 'ResourceClaim' || owners.length > 0)
}

function hasEnded({ kind, status }: Item): boolean {
  return kind === 'Pod' && ['Succeeded', 'Failed'].includes((status as { phase?: string } | undefined)?.phase ?? '')
}

/** A Pod that is to find a node. */
export function isWaiting({ kind, spec, metadata }: Item): boolean {
  if (kind !== 'Pod' || metadata.deletionTimestamp !== undefined) return false
  return (spec as { nodeName?: string } | undefined)?.nodeName === undefined
}

async function put(api: ApiClient, item: Item, uids: Map<string, string>): Promise<Answer> {
  const { status, ...rest } = withoutServersFields(item, uids)
  const made = await api.create(rest as Item)
  if (made.status === 409 && kept.has(item.kind)) {
    return api.patch(
      item,
      item.kind === 'Namespace' ? { metadata: { labels: { env: null, team: null, ...item.metadata.labels } } } : {},
    )
  }
  if (made.status >= 300) return made
  const metadata = made.body.metadata as { uid?: string }
  uids.set(`${item.metadata.namespace ?? ''}/${item.metadata.name}`, metadata.uid ?? '')
  const whole =
    status !== undefined && !['PersistentVolume', 'PersistentVolumeClaim', 'VolumeAttachment'].includes(item.kind)
  const stated = whole ? await api.patch(item, { status: withoutClaims(status as object) }, '/status') : made
  if (item.metadata.deletionTimestamp === undefined) return stated
  return api.delete(item)
}

function withoutClaims(status: object): object {
  return { ...status, resourceClaimStatuses: undefined }
}

/** Binds a volume to its claim as it is there now; what binds a claim is left to the controller. */
function withoutServersFields(item: Item, uids: ReadonlyMap<string, string>): Item {
  const {
    uid: _uid,
    resourceVersion: _version,
    creationTimestamp: _created,
    deletionTimestamp: _deleted,
    ownerReferences: _owners,
    ...metadata
  } = item.metadata
  const spec = item.spec as Record<string, unknown> | undefined
  if (item.kind === 'PersistentVolumeClaim') {
    const lost = (item.status as { phase?: string } | undefined)?.phase === 'Lost'
    return { ...item, metadata: lost ? metadata : { ...metadata, annotations: {} } }
  }
  const ref = spec?.claimRef as { namespace?: string; name?: string; uid?: string } | undefined
  if (item.kind !== 'PersistentVolume' || ref?.uid === undefined) return { ...item, metadata }
  const uid = uids.get(`${ref.namespace ?? ''}/${ref.name ?? ''}`)
  return { ...item, metadata, spec: { ...spec, claimRef: { ...ref, uid } } }
}

async function untilBound(api: ApiClient, items: readonly Item[]): Promise<void> {
  const bound = items.filter(
    ({ kind, status }) =>
      kind === 'PersistentVolumeClaim' && (status as { phase?: string } | undefined)?.phase === 'Bound',
  )
  for (let turn = 0; bound.length > 0 && turn < 25; turn++) {
    const claims = await api.list('v1', 'PersistentVolumeClaim')
    const open = claims.filter(
      ({ spec, status }) =>
        (spec as { volumeName?: string }).volumeName !== undefined &&
        (status as { phase?: string }).phase === 'Pending',
    )
    if (open.length === 0) return
    await pause(200)
  }
}

/** Everything the scheduler looks at, as the server holds it. */
export async function readBack(api: ApiClient): Promise<Item[]> {
  const all: readonly (readonly [string, string])[] = [['v1', 'Namespace'], ...kinds]
  return (await Promise.all(all.map(([apiVersion, kind]) => api.list(apiVersion, kind)))).flat()
}

/** Takes away all that a cluster is made of. */
export async function sweep(api: ApiClient): Promise<void> {
  for (let turn = 0; turn < 60; turn++) {
    const left = (await Promise.all(kinds.map(([apiVersion, kind]) => api.list(apiVersion, kind)))).flat()
    if (left.length === 0) return
    await Promise.all(left.map((item) => remove(api, item)))
    if (turn > 2) await pause(100)
  }
  throw new Error('the cluster of the last run does not go away')
}

async function remove(api: ApiClient, item: Item): Promise<void> {
  if (item.metadata.finalizers !== undefined) await api.patch(item, { metadata: { finalizers: null } })
  await api.delete(item, { gracePeriodSeconds: 0, propagationPolicy: 'Background' })
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
