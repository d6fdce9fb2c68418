import { gunzipSync } from 'node:zlib'
import type { ApiObject } from '#model/cluster-state.ts'
import { type HelmChartRecord, type HelmRelease, helmReleaseKind } from '#model/helm-release.ts'
import { isRecord, labelOf, listAt, textAt, valueAt } from '#model/raw-object.ts'
import { parseHooks, parseManifest } from './helm-manifest.ts'

/** No record is larger than what etcd takes (1.5 MiB), so what is beyond this is no record. */
const maxStored = 16 * 1024 * 1024
const maxUnpacked = 64 * 1024 * 1024
/** Deeper values are no person's: what walks them later need not guard against it. */
const maxDepth = 200

/** Whether an object is where Helm keeps a release: a Secret of its type, or a ConfigMap that it labelled. */
export function isHelmRecord(object: ApiObject): boolean {
  if (textAt(object, 'metadata', 'name') === undefined) return false
  if (object.kind === 'Secret') return object.type === 'helm.sh/release.v1' || isLabelled(object)
  return object.kind === 'ConfigMap' && isLabelled(object) && textAt(object, 'data', 'release') !== undefined
}

function isLabelled(object: ApiObject): boolean {
  return labelOf(object, 'owner') === 'helm' && /^sh\.helm\.release\.v\d+\./.test(object.metadata.name ?? '')
}

/** What can be known of a record without unpacking it: the release, its revision and status, from labels and name. */
export function helmRecordHead(record: ApiObject): Pick<HelmRelease, 'release' | 'revision' | 'status'> {
  const named = /^sh\.helm\.release\.v\d+\.(.+)\.v(\d+)$/.exec(record.metadata.name ?? '')
  const revision = Number(labelOf(record, 'version') ?? named?.[2])
  const status = labelOf(record, 'status')
  return {
    release: labelOf(record, 'name') ?? named?.[1] ?? record.metadata.name ?? '',
    ...(Number.isSafeInteger(revision) ? { revision } : {}),
    ...(status === undefined ? {} : { status }),
  }
}

/**
 * Unpacks a record: base64 and gzip in a Secret, which the API wraps in base64 once more. What cannot be unpacked
 * comes back with its labels' facts and a `problem`.
 */
export function decodeHelmRelease(record: ApiObject): ApiObject {
  const namespace = textAt(record, 'metadata', 'namespace')
  const uid = textAt(record, 'metadata', 'uid')
  const creationTimestamp = textAt(record, 'metadata', 'creationTimestamp')
  const head = helmRecordHead(record)
  const base = {
    ...helmReleaseKind,
    metadata: {
      name: `${head.release}.v${head.revision ?? 0}`,
      ...(namespace === undefined ? {} : { namespace }),
      ...(uid === undefined ? {} : { uid }),
      ...(creationTimestamp === undefined ? {} : { creationTimestamp }),
      labels: kept(record.metadata.labels),
    },
    ...head,
    storedIn: `${record.kind} ${record.metadata.name ?? ''}`,
  }
  const unpacked = unpack(record)
  return typeof unpacked === 'string' ? { ...base, problem: unpacked } : { ...base, ...contents(unpacked, base) }
}

/** Labels say who installed the release: Rancher's app catalogue marks its own. */
function kept(labels: unknown): Record<string, string> {
  if (!isRecord(labels)) return {}
  return Object.fromEntries(
    Object.entries(labels).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

/** The record as JSON holds it, or what is wrong with it. */
function unpack(record: ApiObject): Readonly<Record<string, unknown>> | string {
  const stored = textAt(record, 'data', 'release')
  if (stored === undefined) return 'the record holds no release'
  if (stored.length > maxStored) return `the record is larger than ${maxStored / 2 ** 20} MiB`
  const inner = record.kind === 'Secret' ? Buffer.from(stored, 'base64').toString('latin1') : stored
  if (/[^A-Za-z0-9+/=\s]/.test(inner)) return 'the record is not base64'
  const bytes = Buffer.from(inner, 'base64')
  const json = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzip(bytes) : bytes.toString('utf8')
  if (typeof json !== 'string') return json.problem
  try {
    const parsed: unknown = JSON.parse(json)
    if (!isRecord(parsed)) return 'the record is no JSON object'
    return isDeeperThan(parsed, maxDepth) ? `the record is nested more than ${maxDepth} levels deep` : parsed
  } catch {
    return 'the record is neither gzip nor whole JSON'
  }
}

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((part) => isDeeperThan(part, levels - 1))
}

function gunzip(bytes: Buffer): string | { readonly problem: string } {
  try {
    return gunzipSync(bytes, { maxOutputLength: maxUnpacked }).toString('utf8')
  } catch (error) {
    const code = isRecord(error) || error instanceof Error ? (error as { code?: unknown }).code : undefined
    if (code === 'ERR_BUFFER_TOO_LARGE')
      return { problem: `the record unpacks to more than ${maxUnpacked / 2 ** 20} MiB` }
    return { problem: code === 'Z_BUF_ERROR' ? 'the record is cut off' : 'the record is damaged: it does not unpack' }
  }
}

function contents(
  release: Readonly<Record<string, unknown>>,
  base: { metadata: { namespace?: string } },
): Partial<HelmRelease> {
  const version = valueAt(release, 'version')
  const status = textAt(release, 'info', 'status')
  const chart = valueAt(release, 'chart')
  const name = textAt(release, 'name')
  if (name === undefined || !isRecord(chart))
    return { problem: 'the record has no name or no chart: another Helm wrote it' }
  const namespace = textAt(release, 'namespace')
  const manifest = valueAt(release, 'manifest')
  const values = valueAt(release, 'config')
  return {
    release: name,
    ...(namespace === undefined || namespace === base.metadata.namespace
      ? {}
      : { problem: `the record stands in another namespace than its release, ${namespace}` }),
    ...(typeof version === 'number' ? { revision: version } : {}),
    ...(status === undefined ? {} : { status }),
    chart: chartOf(chart),
    values: isRecord(values) ? values : {},
    objects: typeof manifest === 'string' ? parseManifest(manifest) : [],
    hooks: parseHooks(listAt(release, 'hooks')),
  }
}

function chartOf(chart: Readonly<Record<string, unknown>>): HelmChartRecord {
  const defaults = valueAt(chart, 'values')
  const annotations = valueAt(chart, 'metadata', 'annotations')
  return {
    ...textFields(valueAt(chart, 'metadata'), ['name', 'version', 'appVersion'] as const),
    annotations: kept(annotations),
    dependencies: listAt(chart, 'metadata', 'dependencies').map((dependency) =>
      textFields(dependency, ['name', 'alias', 'version', 'condition'] as const),
    ),
    templates: listAt(chart, 'templates').flatMap((template) => {
      const name = textAt(template, 'name')
      const data = textAt(template, 'data')
      return name === undefined || data === undefined
        ? []
        : [{ name, text: Buffer.from(data, 'base64').toString('utf8') }]
    }),
    values: isRecord(defaults) ? defaults : {},
  }
}

function textFields<K extends string>(from: unknown, names: readonly K[]): { [P in K]?: string } {
  const found: { [P in K]?: string } = {}
  for (const name of names) {
    const value = textAt(from, name)
    if (value !== undefined) found[name] = value
  }
  return found
}
