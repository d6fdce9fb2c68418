import { decode } from '#cluster/decode/decode.ts'
import { redactHelmRelease, redactValues } from '#cluster/decode/helm-redact.ts'
import { objectMeta } from '#model/api/meta.ts'
import { podTemplate } from '#model/api/pod.ts'
import type { ApiObject } from '#model/cluster-state.ts'
import { helmReleaseKind } from '#model/helm-release.ts'
import { groupOf, isRecord, listAt, valueAt } from '#model/raw-object.ts'
import { withoutCredentials } from '#model/without-credentials.ts'
import { keptAnnotations } from './kept-annotations.ts'
import { keptData } from './kept-data.ts'

/**
 * An object as a snapshot may hold it: what is read of it, and nothing in which a secret may stand. Of kinds that are
 * not Kubernetes' own the keys, switches and numbers stay, and texts where they name things or are about scheduling.
 */
export function redactObject(object: ApiObject): ApiObject {
  if (object.apiVersion === helmReleaseKind.apiVersion && object.kind === helmReleaseKind.kind) return release(object)
  const { apiVersion, kind } = object
  const metadata = metadataOf(object.metadata)
  if (object.kind === 'Secret') return { apiVersion, kind, metadata }
  if (object.kind === 'ConfigMap' && groupOf(apiVersion) === '') {
    const data = keptData(object)
    return { apiVersion, kind, metadata, ...(data === undefined ? {} : { data }) }
  }
  const setting = settingOf(object)
  return { apiVersion, kind, metadata, ...restOf(object), ...setting }
}

/** Rancher's settings hold all sorts of things as text; versions are read. */
function settingOf({ apiVersion, kind, metadata, value }: ApiObject): { value?: string } {
  const isVersion = /^(?:server|fleet)-version$/.test(metadata.name ?? '')
  if (groupOf(apiVersion) !== 'management.cattle.io' || kind !== 'Setting' || !isVersion) return {}
  return typeof value === 'string' && /^[\w.+-]{1,64}$/.test(value) ? { value } : {}
}

/** The rest of an object, without its metadata. */
function restOf({ apiVersion, kind: _kind, metadata: _metadata, ...rest }: ApiObject): Record<string, unknown> {
  const part = isBuiltIn(groupOf(apiVersion)) ? builtIn : redactValues
  return Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, part(value, key)]))
}

/** Groups of Kubernetes' own kinds, whose fields are known to hold no secrets but where `dropped` says. */
function isBuiltIn(group: string): boolean {
  return !group.includes('.') || group.endsWith('.k8s.io')
}

/** Fields of Kubernetes' own kinds that may hold secrets, or are large, and are never read. */
const dropped = new Set([
  ...['env', 'envFrom', 'command', 'args', 'lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'],
  ...['data', 'binaryData', 'stringData', 'caBundle', 'managedFields', 'annotations'],
])

function builtIn(value: unknown, key: string): unknown {
  if (dropped.has(key)) return undefined
  if (key === 'template' && isRecord(value)) return templateOf(value)
  if (Array.isArray(value)) return value.map((item) => builtIn(item, ''))
  if (isRecord(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, builtIn(part, name)]))
  }
  return typeof value === 'string' ? withoutCredentials(value) : value
}

/** A Pod template, as far as Pods themselves are read; of the environment, the one name that says how a file is found. */
function templateOf(template: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept = decode(podTemplate, template, '', () => {}) as Record<string, unknown>
  const metadata = isRecord(kept['metadata']) ? { metadata: metadataOf(kept['metadata']) } : {}
  if (!isRecord(kept['spec'])) return { ...kept, ...metadata }
  const containers = listAt(template, 'spec', 'containers')
  const named = listAt(kept, 'spec', 'containers').map((container, at) => {
    const env = listAt(containers[at], 'env').filter((one) => keptVariables.has(String(valueAt(one, 'name'))))
    return env.length === 0 || !isRecord(container)
      ? container
      : { ...container, env: env.map((one) => ({ name: valueAt(one, 'name') })) }
  })
  return { ...kept, ...metadata, spec: { ...kept['spec'], ...(named.length === 0 ? {} : { containers: named }) } }
}

const keptVariables = new Set(['CONFIG_MOUNT_PATH'])

/** `metadata` by its table, with the annotations that are read. */
export function metadataOf(metadata: unknown): ApiObject['metadata'] {
  const { annotations, ...rest } = (decode(objectMeta, metadata, '', () => {}) ?? {}) as ApiObject['metadata']
  const kept = keptAnnotations(annotations)
  return { ...rest, ...(kept === undefined ? {} : { annotations: kept }) }
}

function release(object: ApiObject): ApiObject {
  const redacted = redactHelmRelease(object)
  const parts = (name: string) => ({
    [name]: listAt(redacted, name).map((entry) => {
      const rendered = valueAt(entry, 'object')
      if (!isRecord(entry) || !isRecord(rendered)) return entry
      return { ...entry, object: redactObject({ metadata: {}, apiVersion: '', kind: '', ...rendered } as ApiObject) }
    }),
  })
  return {
    ...redacted,
    metadata: metadataOf(redacted.metadata),
    ...('objects' in redacted ? parts('objects') : {}),
    ...('hooks' in redacted ? parts('hooks') : {}),
  }
}
