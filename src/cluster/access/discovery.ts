import { builtInResources } from './built-in-resources.ts'
import type { Connection } from './connection.ts'
import type { ApiFailure } from './failure.ts'
import { type ApiResource, apiVersionOf } from './resource.ts'
import { matchType } from './resource-type.ts'

/** A resource; `failure` where the server could not be asked; neither where it serves nothing of that name. */
export interface Discovered {
  readonly resource?: ApiResource
  readonly failure?: ApiFailure
}

/** The resource of a kind, as an `ownerReference` names it. Asks the server only for kinds that are not built in. */
export async function findKind(connection: Connection, apiVersion: string, kind: string): Promise<Discovered> {
  const isIt = (one: ApiResource) => one.kind === kind && apiVersionOf(one) === apiVersion
  const builtIn = builtInResources.find(isIt)
  if (builtIn !== undefined) return { resource: builtIn }
  const { resources, failure } = await groupVersion(connection, apiVersion)
  const resource = resources.find(isIt)
  return resource !== undefined ? { resource } : failureUnlessNotFound(failure)
}

/** The resource that a TYPE on the command line means. Asks the server only for types that are not built in. */
export async function findType(connection: Connection, type: string): Promise<Discovered> {
  const builtIn = matchType(builtInResources, type)[0]
  if (builtIn !== undefined) return { resource: builtIn }
  const { resources, failure } = await allResources(connection)
  const resource = matchType(resources, type)[0]
  return resource !== undefined ? { resource } : failureUnlessNotFound(failure)
}

/** The versions of a group that are served, the preferred one first; empty where the group is not served. */
export async function servedVersions(
  connection: Connection,
  group: string,
): Promise<{ readonly versions: readonly string[]; readonly failure?: ApiFailure }> {
  const { value, failure } = await json(connection, `/apis/${encodeURIComponent(group)}`)
  if (failure !== undefined) return { versions: [], ...failureUnlessNotFound(failure) }
  const preferred = text(at(value, 'preferredVersion'), 'version')
  const all = items(value, 'versions').map((one) => text(one, 'version'))
  return { versions: [...new Set([preferred, ...all])].filter((version) => version !== '') }
}

function failureUnlessNotFound(failure: ApiFailure | undefined): { readonly failure?: ApiFailure } {
  return failure === undefined || failure.reason === 'NotFound' ? {} : { failure }
}

interface Resources {
  readonly resources: readonly ApiResource[]
  readonly failure?: ApiFailure
}

async function groupVersion(connection: Connection, apiVersion: string): Promise<Resources> {
  const [group = '', version = ''] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion]
  const root = group === '' ? '/api' : `/apis/${encodeURIComponent(group)}`
  const { value, failure } = await json(connection, `${root}/${encodeURIComponent(version)}`)
  if (failure !== undefined) return { resources: [], failure }
  const resources = items(value, 'resources')
    .filter((one) => !text(one, 'name').includes('/'))
    .map((one) => ({
      group: text(one, 'group') || group,
      version: text(one, 'version') || version,
      plural: text(one, 'name'),
      kind: text(one, 'kind'),
      namespaced: at(one, 'namespaced') === true,
      shortNames: [...strings(one, 'shortNames'), text(one, 'singularName')],
    }))
  return { resources }
}

const aggregated = ['v2', 'v2beta1']
  .map((version) => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`)
  .concat('application/json')
  .join(',')

/** Everything the server serves: in two requests where it can put it together, else one for each group version. */
async function allResources(connection: Connection): Promise<Resources> {
  const [core, named] = await Promise.all([json(connection, '/api', aggregated), json(connection, '/apis', aggregated)])
  if (named.failure !== undefined) return { resources: [], failure: named.failure }
  if (at(named.value, 'kind') === 'APIGroupDiscoveryList') {
    return { resources: [...fromAggregated(core.value), ...fromAggregated(named.value)] }
  }
  const versions = items(named.value, 'groups').map((one) => text(at(one, 'preferredVersion'), 'groupVersion'))
  const parts = await Promise.all(['v1', ...versions].map((version) => groupVersion(connection, version)))
  const failure = parts.find((part) => part.failure !== undefined)?.failure
  const resources = parts.flatMap((part) => part.resources)
  return failure === undefined ? { resources } : { resources, failure }
}

function fromAggregated(value: unknown): ApiResource[] {
  return items(value, 'items').flatMap((group) =>
    items(group, 'versions').flatMap((version) =>
      items(version, 'resources').map((one) => ({
        group: text(at(group, 'metadata'), 'name'),
        version: text(version, 'version'),
        plural: text(one, 'resource'),
        kind: text(at(one, 'responseKind'), 'kind'),
        namespaced: text(one, 'scope') === 'Namespaced',
        shortNames: [...strings(one, 'shortNames'), text(one, 'singularResource')],
      })),
    ),
  )
}

async function json(
  connection: Connection,
  path: string,
  accept?: string,
): Promise<{ readonly value: unknown; readonly failure?: ApiFailure }> {
  const result = await connection.read(path, { accept })
  if (result.failure !== undefined) return { value: undefined, failure: result.failure }
  try {
    return { value: JSON.parse(result.body.toString('utf8')) }
  } catch {
    return { value: undefined, failure: { reason: 'Invalid', message: `the answer to ${path} is not JSON` } }
  }
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined
}

function text(value: unknown, key: string): string {
  const found = at(value, key)
  return typeof found === 'string' ? found : ''
}

function items(value: unknown, key: string): readonly unknown[] {
  const found = at(value, key)
  return Array.isArray(found) ? found : []
}

function strings(value: unknown, key: string): readonly string[] {
  return items(value, key).filter((one) => typeof one === 'string')
}
