import { gzipSync } from 'node:zlib'
import { stringify } from 'yaml'
import { type DemoObject, object } from './objects.ts'

/** What a Helm release's Secret is made from. */
export interface Release {
  readonly name: string
  readonly namespace: string
  readonly revision: number
  readonly status: 'deployed' | 'pending-install' | 'pending-upgrade'
  readonly deployed: string
  readonly chart: {
    readonly name: string
    readonly version: string
    readonly appVersion: string
    readonly description?: string
    readonly home?: string
  }
  /** The chart's default values, and what the user gave. */
  readonly defaults: object
  readonly values: object
  /** Template path below the chart -> its text. */
  readonly templates: Readonly<Record<string, string>>
  /** Template path -> the objects it rendered to. */
  readonly rendered: Readonly<Record<string, readonly DemoObject[]>>
  readonly hooks?: readonly Hook[]
}

/** A hook of a release, with the object it made. */
export interface Hook {
  readonly path: string
  readonly object: DemoObject
  readonly events: readonly string[]
  readonly deletePolicies: readonly string[]
  readonly weight?: number
}

/** Annotations and labels that Helm gives to what it installs, hooks excepted. */
export function ofRelease(
  name: string,
  namespace: string,
): { labels: Record<string, string>; annotations: Record<string, string> } {
  return {
    labels: { 'app.kubernetes.io/managed-by': 'Helm' },
    annotations: { 'meta.helm.sh/release-name': name, 'meta.helm.sh/release-namespace': namespace },
  }
}

/** The Secret in which Helm 3 keeps a release. */
export function releaseSecret(release: Release): DemoObject {
  const { name, namespace, revision, status, deployed } = release
  const labels = {
    name,
    owner: 'helm',
    status,
    version: String(revision),
    modifiedAt: String(Date.parse(deployed) / 1000),
  }
  const packed = gzipSync(JSON.stringify(record(release))).toString('base64')
  const data = { release: Buffer.from(packed).toString('base64') }
  return object(
    'v1/Secret',
    `${namespace}/sh.helm.release.v1.${name}.v${revision}`,
    deployed,
    { labels },
    {
      type: 'helm.sh/release.v1',
      data,
    },
  )
}

const descriptions = {
  deployed: 'Install complete',
  'pending-install': 'Initial install underway',
  'pending-upgrade': 'Preparing upgrade',
}

function record(release: Release): object {
  const {
    name,
    namespace,
    revision,
    status,
    deployed,
    chart,
    defaults,
    values,
    templates,
    rendered,
    hooks = [],
  } = release
  return {
    name,
    info: { first_deployed: deployed, last_deployed: deployed, deleted: '', description: descriptions[status], status },
    chart: {
      metadata: { apiVersion: 'v2', type: 'application', ...chart },
      lock: null,
      templates: Object.entries(templates).map(([path, text]) => ({ name: path, data: base64(text) })),
      values: defaults,
      schema: null,
      files: [],
    },
    config: values,
    manifest: Object.entries(rendered)
      .map(([path, objects]) => documents(chart.name, path, objects))
      .join(''),
    hooks: hooks.map((hook) => ({
      name: hook.object.metadata.name,
      kind: hook.object.kind,
      path: `${chart.name}/${hook.path}`,
      manifest: stringify(asRendered(hook.object), { aliasDuplicateObjects: false }),
      events: hook.events,
      ...(hook.weight === undefined ? {} : { weight: hook.weight }),
      delete_policies: hook.deletePolicies,
      last_run: { started_at: deployed, completed_at: '', phase: 'Running' },
    })),
    version: revision,
    namespace,
  }
}

function documents(chart: string, path: string, objects: readonly DemoObject[]): string {
  return objects
    .map((one) => `---\n# Source: ${chart}/${path}\n${stringify(asRendered(one), { aliasDuplicateObjects: false })}`)
    .join('')
}

/** The object before the cluster wrote into it: no uid, no time, no status, none of Helm's own labels. */
function asRendered({ metadata, status: _, ...rest }: DemoObject): object {
  const { name, namespace, annotations = {} } = metadata
  const { labels = {} } = metadata
  const own = (map: Readonly<Record<string, string>>): object =>
    Object.fromEntries(
      Object.entries(map).filter(([key]) => !key.startsWith('meta.helm.sh/') && key !== 'app.kubernetes.io/managed-by'),
    )
  const { apiVersion, kind, ...parts } = rest
  return {
    apiVersion,
    kind,
    metadata: { name, namespace, labels: own(labels), annotations: own(annotations) },
    ...withoutJobNames(parts),
  }
}

/** A Job's selector and the labels with its uid come from the server. */
function withoutJobNames(parts: object): object {
  const text = JSON.stringify(parts, (key, value) =>
    /^(batch\.kubernetes\.io\/.*|controller-uid|job-name)$/.test(key) ? undefined : value,
  )
  const plain = JSON.parse(text)
  if (plain.spec?.selector?.matchLabels && Object.keys(plain.spec.selector.matchLabels).length === 0)
    delete plain.spec.selector
  return plain
}

const base64 = (text: string): string => Buffer.from(text).toString('base64')
