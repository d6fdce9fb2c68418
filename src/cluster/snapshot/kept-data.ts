import { parseDocument, stringify } from 'yaml'
import { leftOut } from '#cluster/decode/helm-redact.ts'
import type { ApiObject } from '#model/cluster-state.ts'
import { isRecord } from '#model/raw-object.ts'
import { boundedYaml, repeatedKey } from '#model/repeated-key.ts'
import { withoutCredentials } from '#model/without-credentials.ts'

/** The keys of ConfigMaps in which known systems keep tolerations, or say how they are set up. */
const read: Readonly<Record<string, readonly string[]>> = {
  'fleet-controller': ['config'],
  'rancher-config': ['fleet', 'rancher-webhook'],
  'local-path-config': ['helperPod.yaml'],
}

const secret = /pass|secret|token|apikey|privatekey|credential|certificate/i
const insides = new Set(['env', 'envFrom'])

/**
 * Of a ConfigMap's data the keys that are read. Their text stays as it is, since an answer repeats it; only where a
 * secret may stand in it, it is written again without.
 */
export function keptData(object: ApiObject): Record<string, string> | undefined {
  const { data, metadata } = object
  const keys = Object.hasOwn(read, metadata.name ?? '') ? (read[metadata.name ?? ''] ?? []) : []
  if (!isRecord(data)) return undefined
  const kept = keys.flatMap((key): [string, string][] => {
    const text = data[key]
    return typeof text === 'string' ? [[key, withoutSecrets(text)]] : []
  })
  return kept.length === 0 ? undefined : Object.fromEntries(kept)
}

function withoutSecrets(text: string): string {
  let isChanged = false
  const hide = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => hide(item, key))
    if (isRecord(value))
      return Object.fromEntries(
        Object.entries(value).map(([name, part]) => [
          name,
          hide(part, insides.has(key) && name === 'value' ? 'token' : name),
        ]),
      )
    if (typeof value !== 'string' || value === '') return value
    const shown = secret.test(key) ? leftOut : withoutCredentials(value)
    if (shown !== value) isChanged = true
    return shown
  }
  try {
    const document = parseDocument(text, boundedYaml)
    if (document.errors.length > 0 || repeatedKey(document.contents) !== undefined) return leftOut
    const value = hide(document.toJS({ maxAliasCount: 100 }), '')
    if (!isChanged) return withoutCredentials(text)
    return text.trimStart().startsWith('{') ? JSON.stringify(value) : stringify(value)
  } catch {
    return leftOut
  }
}
