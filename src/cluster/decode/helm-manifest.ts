import { LineCounter, parseDocument } from 'yaml'
import type { HelmHook, HelmObject } from '#model/helm-release.ts'
import { groupOf, isRecord, listAt, textAt, valueAt } from '#model/raw-object.ts'
import { boundedYaml } from '#model/repeated-key.ts'

const maxManifest = 16 * 1024 * 1024
const maxDocument = 2 * 1024 * 1024
const maxObjects = 5000

/** Kinds that are large, hold data that is nobody's business, and make no Pods: only their names are read. */
const namesOnly = new Set(['ConfigMap', 'Secret', 'CustomResourceDefinition'])
const podMakers = new Set([
  'Pod',
  'ReplicationController',
  'ReplicaSet',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
])
/** Parts of a container that may hold secrets and that nothing here reads. */
const unread = new Set([
  'env',
  'envFrom',
  'command',
  'args',
  'lifecycle',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
])

/** The objects of a rendered manifest, in its order. `# Source:` at the head of a document names its template. */
export function parseManifest(manifest: string): HelmObject[] {
  if (manifest.length > maxManifest) return [{ problem: `the manifest is larger than ${maxManifest / 2 ** 20} MiB` }]
  const objects: HelmObject[] = []
  for (const text of manifest.split(/^---(?=\s|$)/m)) {
    if (objects.length >= maxObjects)
      return [...objects, { problem: `the manifest has more than ${maxObjects} objects` }]
    objects.push(...parseText(text))
  }
  return objects
}

/** The hooks of a release, from its list of them. */
export function parseHooks(hooks: readonly unknown[]): HelmHook[] {
  return hooks.slice(0, maxObjects).map((hook) => {
    const [object = {}] = parseText(textAt(hook, 'manifest') ?? '')
    const source = textAt(hook, 'path')
    const kind = textAt(hook, 'kind') ?? object.kind
    const name = textAt(hook, 'name') ?? object.name
    const weight = valueAt(hook, 'weight')
    return {
      ...object,
      ...(source === undefined ? {} : { source }),
      ...(kind === undefined ? {} : { kind }),
      ...(name === undefined ? {} : { name }),
      events: texts(listAt(hook, 'events')),
      weight: typeof weight === 'number' ? weight : 0,
      deletePolicies: texts(listAt(hook, 'delete_policies')),
    }
  })
}

function texts(list: readonly unknown[]): string[] {
  return list.filter((item) => typeof item === 'string')
}

function parseText(text: string): HelmObject[] {
  const body = text.trim()
  if (body === '') return []
  const source = /^# Source: (.+)$/m.exec(leadingComments(body))?.[1]?.trim()
  const base = source === undefined ? {} : { source }
  if (text.length > maxDocument)
    return [{ ...base, problem: `the document is larger than ${maxDocument / 2 ** 20} MiB` }]
  const quick = nameOf(body)
  if (quick !== undefined) return [{ ...base, ...quick }]
  const parsed = parseYaml(body)
  return typeof parsed === 'string' ? [{ ...base, problem: parsed }] : parsed.map((item) => ({ ...base, ...item }))
}

function leadingComments(body: string): string {
  return /^(?:[ \t]*(?:#.*)?\n)*/.exec(`${body}\n`)?.[0] ?? ''
}

/** Reads the name of a bulky object by its first lines, as every renderer lays them out; undefined where it is laid out otherwise. */
function nameOf(body: string): HelmObject | undefined {
  const kind = /^kind: (\w+)\s*$/m.exec(body)?.[1]
  if (kind === undefined || !namesOnly.has(kind)) return undefined
  const apiVersion = /^apiVersion: ([\w./-]+)\s*$/m.exec(body)?.[1]
  const metadata = /^metadata:[ \t]*\n((?:[ \t]+.*\n|[ \t]*\n)*)/m.exec(`${body}\n`)?.[1]
  const indent = /^[ \t]+/.exec(metadata ?? '')?.[0]
  if (apiVersion === undefined || metadata === undefined || indent === undefined) return undefined
  const plain = (key: string): string | undefined =>
    new RegExp(`^${indent}${key}: ["']?([\\w.-]+)["']?\\s*$`, 'm').exec(metadata)?.[1]
  const name = plain('name')
  const namespace = plain('namespace')
  if (name === undefined) return undefined
  return { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) }
}

/** One document's objects, or why there are none. Aliases are bounded, so that no document grows without end. */
function parseYaml(body: string): HelmObject[] | string {
  try {
    const lineCounter = new LineCounter()
    const document = parseDocument(body, { ...boundedYaml, lineCounter, merge: true })
    const [error] = document.errors
    if (error !== undefined) {
      const { line, col } = lineCounter.linePos(error.pos[0])
      return `the document is not YAML: ${error.message.slice(0, 200)} at line ${line}, column ${col}`
    }
    const value: unknown = document.toJS({ maxAliasCount: 1000 })
    if (!isRecord(value)) return []
    return (value.kind === 'List' ? listAt(value, 'items').filter(isRecord) : [value]).map(described)
  } catch (error) {
    return `the document is not YAML: ${error instanceof Error ? error.message.slice(0, 200) : 'unknown'}`
  }
}

function described(item: Readonly<Record<string, unknown>>): HelmObject {
  const apiVersion = textAt(item, 'apiVersion')
  const kind = textAt(item, 'kind')
  const namespace = textAt(item, 'metadata', 'namespace')
  const name = textAt(item, 'metadata', 'name')
  return {
    ...(apiVersion === undefined ? {} : { apiVersion }),
    ...(kind === undefined ? {} : { kind }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(name === undefined ? {} : { name }),
    ...(keepsObject(apiVersion ?? '', kind ?? '') ? { object: pruned(item) as object } : {}),
  }
}

/** Workloads and custom resources may hold tolerations; the built-in kinds besides do not. */
function keepsObject(apiVersion: string, kind: string): boolean {
  const group = groupOf(apiVersion)
  return podMakers.has(kind) || (group.includes('.') && !group.endsWith('.k8s.io') && !namesOnly.has(kind))
}

function pruned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pruned)
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !unread.has(key) && key !== 'kubectl.kubernetes.io/last-applied-configuration')
      .map(([key, part]) => [key, pruned(part)]),
  )
}
