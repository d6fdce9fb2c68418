import type { NodeSelectorTerm } from '#model/api/meta.ts'
import type { PersistentVolumeClaimSpec, PersistentVolumeSpec, StorageClass } from '#model/api/storage.ts'

type Meta = Record<string, unknown>

const completed = { 'pv.kubernetes.io/bind-completed': 'yes' }

/** A PersistentVolumeClaim as JSON: 5Gi, ReadWriteOnce, in `default`, bound to nothing. Each method gives a new builder. */
export class ClaimBuilder {
  readonly apiVersion = 'v1'
  readonly kind = 'PersistentVolumeClaim'
  readonly metadata: Meta & { name: string; annotations: Record<string, string> }
  readonly spec: PersistentVolumeClaimSpec
  readonly status: { phase: string }

  constructor(metadata: ClaimBuilder['metadata'], spec: PersistentVolumeClaimSpec, status: { phase: string }) {
    this.metadata = metadata
    this.spec = spec
    this.status = status
  }
  in(namespace: string): ClaimBuilder {
    return this.with({ namespace })
  }
  /** Of a storage class. */
  of(storageClassName: string): ClaimBuilder {
    return this.with({}, { storageClassName })
  }
  boundTo(volumeName: string): ClaimBuilder {
    return this.annotated(completed).with({}, { volumeName }, { phase: 'Bound' })
  }
  annotated(annotations: Record<string, string>): ClaimBuilder {
    return this.with({ annotations: { ...this.metadata.annotations, ...annotations } })
  }
  asking(storage: string): ClaimBuilder {
    return this.with({}, { resources: { requests: { storage } } })
  }
  modes(...accessModes: string[]): ClaimBuilder {
    return this.with({}, { accessModes })
  }
  /** Made for a Pod's generic ephemeral volume. */
  madeFor(podUid: string): ClaimBuilder {
    return this.with({ ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: 'p', uid: podUid, controller: true }] })
  }
  terminating(): ClaimBuilder {
    return this.with({ deletionTimestamp: '2026-01-01T00:00:00Z' })
  }
  with(metadata: Meta, spec: PersistentVolumeClaimSpec = {}, status: object = {}): ClaimBuilder {
    return new ClaimBuilder({ ...this.metadata, ...metadata }, { ...this.spec, ...spec }, { ...this.status, ...status })
  }
}

export function aClaim(name: string): ClaimBuilder {
  return new ClaimBuilder(
    { name, namespace: 'default', uid: `claim-${name}`, annotations: {} },
    { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '5Gi' } } },
    { phase: 'Pending' },
  )
}

/** A PersistentVolume as JSON: 10Gi, ReadWriteOnce, Available, of no driver. Each method gives a new builder. */
export class VolumeBuilder {
  readonly apiVersion = 'v1'
  readonly kind = 'PersistentVolume'
  readonly metadata: Meta & { name: string }
  readonly spec: PersistentVolumeSpec
  readonly status: { phase: string }

  constructor(metadata: VolumeBuilder['metadata'], spec: PersistentVolumeSpec, status: { phase: string }) {
    this.metadata = metadata
    this.spec = spec
    this.status = status
  }
  of(storageClassName: string): VolumeBuilder {
    return this.with({ storageClassName })
  }
  /** Reachable where a label has one of these values. */
  where(key: string, ...values: string[]): VolumeBuilder {
    return this.whereTerms({ matchExpressions: [{ key, operator: 'In', values }] })
  }
  on(...nodes: string[]): VolumeBuilder {
    return this.where('kubernetes.io/hostname', ...nodes)
  }
  whereTerms(...nodeSelectorTerms: NodeSelectorTerm[]): VolumeBuilder {
    return this.with({ nodeAffinity: { required: { nodeSelectorTerms } } })
  }
  sized(storage: string): VolumeBuilder {
    return this.with({ capacity: { storage } })
  }
  reservedFor(name: string, uid?: string): VolumeBuilder {
    return this.with({ claimRef: { namespace: 'default', name, ...(uid === undefined ? {} : { uid }) } })
  }
  labelled(labels: Record<string, string>): VolumeBuilder {
    return this.with({}, {}, { labels })
  }
  inPhase(phase: string): VolumeBuilder {
    return this.with({}, { phase })
  }
  terminating(): VolumeBuilder {
    return this.with({}, {}, { deletionTimestamp: '2026-01-01T00:00:00Z' })
  }
  csi(driver: string, volumeHandle = this.metadata.name): VolumeBuilder {
    return this.with({ csi: { driver, volumeHandle } })
  }
  with(spec: PersistentVolumeSpec, status: object = {}, metadata: Meta = {}): VolumeBuilder {
    return new VolumeBuilder(
      { ...this.metadata, ...metadata },
      { ...this.spec, ...spec },
      { ...this.status, ...status },
    )
  }
}

export function aVolume(name: string): VolumeBuilder {
  return new VolumeBuilder(
    { name, uid: `volume-${name}` },
    { capacity: { storage: '10Gi' }, accessModes: ['ReadWriteOnce'] },
    { phase: 'Available' },
  )
}

/** A StorageClass as JSON: bound with the Pod, made by `provisioner`. */
export function aClass(name: string, provisioner: string, rest: Partial<StorageClass> = {}): object {
  const head = { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name } }
  return { ...head, provisioner, volumeBindingMode: 'WaitForFirstConsumer', ...rest }
}

/** A StorageClass that makes nothing: its volumes are there already. */
export function aStaticClass(name: string): object {
  return aClass(name, 'kubernetes.io/no-provisioner')
}

/** A CSINode as JSON, with each driver's limit; undefined where the driver has none. */
export function aCsiNode(
  name: string,
  limits: Record<string, number | undefined> = {},
  migrated: string[] = [],
): object {
  const annotations = { 'storage.alpha.kubernetes.io/migrated-plugins': migrated.join(',') }
  const drivers = Object.entries(limits).map(([driver, count]) => ({
    name: driver,
    nodeID: name,
    allocatable: count === undefined ? undefined : { count },
  }))
  return { apiVersion: 'storage.k8s.io/v1', kind: 'CSINode', metadata: { name, annotations }, spec: { drivers } }
}

export function aCsiDriver(name: string, spec: { storageCapacity?: boolean }): object {
  return { apiVersion: 'storage.k8s.io/v1', kind: 'CSIDriver', metadata: { name }, spec }
}

/** A CSIStorageCapacity as JSON, reachable from nodes of a zone. */
export function aCapacity(storageClassName: string, zone: string, amounts: Record<string, string>): object {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'CSIStorageCapacity',
    metadata: { name: `${storageClassName}-${zone}`, namespace: 'storage' },
    storageClassName,
    nodeTopology: { matchLabels: { 'topology.kubernetes.io/zone': zone } },
    ...amounts,
  }
}

export function anAttachment(attacher: string, nodeName: string, persistentVolumeName: string): object {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'VolumeAttachment',
    metadata: { name: `${nodeName}-${persistentVolumeName}` },
    spec: { attacher, nodeName, source: { persistentVolumeName } },
  }
}
