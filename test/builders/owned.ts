import { gzipSync } from 'node:zlib'
import type { OwnerReference } from '#model/api/meta.ts'

type Meta = {
  name: string
  namespace?: string
  uid: string
  labels?: Record<string, string>
  annotations?: Record<string, string>
  ownerReferences?: OwnerReference[]
}

/** Builds an object of any kind as JSON, in `default`, with a uid of its own. Each method gives a new builder. */
export class ObjectBuilder {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: Meta
  readonly [field: string]: unknown

  constructor(apiVersion: string, kind: string, metadata: Meta, rest: object = {}) {
    this.apiVersion = apiVersion
    this.kind = kind
    this.metadata = metadata
    Object.assign(this, rest)
  }
  in(namespace: string): ObjectBuilder {
    return this.with({ namespace, uid: `${this.kind}-${namespace}-${this.metadata.name}` })
  }
  clusterWide(): ObjectBuilder {
    const { namespace, ...metadata } = this.metadata
    return new ObjectBuilder(this.apiVersion, this.kind, metadata, this.rest())
  }
  withUid(uid: string): ObjectBuilder {
    return this.with({ uid })
  }
  labelled(labels: Record<string, string>): ObjectBuilder {
    return this.with({ labels: { ...this.metadata.labels, ...labels } })
  }
  annotated(annotations: Record<string, string>): ObjectBuilder {
    return this.with({ annotations: { ...this.metadata.annotations, ...annotations } })
  }
  ownedBy(...references: OwnerReference[]): ObjectBuilder {
    return this.with({ ownerReferences: [...(this.metadata.ownerReferences ?? []), ...references] })
  }
  /** Fields beside `metadata`. */
  having(fields: object): ObjectBuilder {
    return new ObjectBuilder(this.apiVersion, this.kind, this.metadata, { ...this.rest(), ...fields })
  }
  private with(metadata: Partial<Meta>): ObjectBuilder {
    return new ObjectBuilder(this.apiVersion, this.kind, { ...this.metadata, ...metadata }, this.rest())
  }
  private rest(): object {
    const { apiVersion, kind, metadata, ...rest } = this
    return rest
  }
}

/** `anObject('apps/v1 Deployment', 'web')`. */
export function anObject(type: string, name: string): ObjectBuilder {
  const [apiVersion = '', kind = ''] = type.split(' ')
  return new ObjectBuilder(apiVersion, kind, { name, namespace: 'default', uid: `${kind}-default-${name}` })
}

type Named = { apiVersion: string; kind: string; metadata: { name: string; uid: string } }

/** The reference with which a controller names itself. */
export function by(owner: Named): OwnerReference {
  return { ...loosely(owner), controller: true }
}

/** A reference without the controller flag. */
export function loosely({ apiVersion, kind, metadata }: Named): OwnerReference {
  return { apiVersion, kind, name: metadata.name, uid: metadata.uid }
}

export interface ReleaseFacts {
  readonly status?: string
  readonly revision?: number
  readonly chart?: object
  readonly values?: object
  readonly manifest?: string
  readonly hooks?: readonly object[]
}

/** A release as Helm writes it down, before it is packed. */
export function releaseJson(namespace: string, name: string, facts: ReleaseFacts = {}): object {
  const { status = 'deployed', revision = 1, chart = {}, values = {}, manifest = '', hooks = [] } = facts
  return {
    name,
    namespace,
    version: revision,
    info: { status },
    chart: { metadata: { name, version: '1.0.0', appVersion: '5.0' }, templates: [], values: {}, ...chart },
    config: values,
    manifest,
    hooks,
  }
}

/** The Secret that holds a release. */
export function aRelease(namespace: string, name: string, facts: ReleaseFacts = {}): ObjectBuilder {
  const packed = gzipSync(JSON.stringify(releaseJson(namespace, name, facts))).toString('base64')
  return aRecord(namespace, name, packed, facts)
}

/** The Secret of a release with whatever bytes in it, base64 once. */
export function aRecord(namespace: string, name: string, packed: string, facts: ReleaseFacts = {}): ObjectBuilder {
  const { status = 'deployed', revision = 1 } = facts
  return anObject('v1 Secret', `sh.helm.release.v1.${name}.v${revision}`)
    .in(namespace)
    .labelled({ owner: 'helm', name, status, version: String(revision) })
    .having({ type: 'helm.sh/release.v1', data: { release: Buffer.from(packed).toString('base64') } })
}

/** One document of a rendered manifest. */
export function rendered(source: string, object: object): string {
  return `---\n# Source: ${source}\n${JSON.stringify(object)}\n`
}
