import { groupVersion, type ResourceType } from './resources.ts'
import { json } from './status.ts'
import type { Reply } from './types.ts'

const aggregated = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList'
const allVerbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch']

/** The self-reviews: kinds that can only be created, and store nothing. */
export const reviews: readonly ResourceType[] = [
  { kind: 'SelfSubjectAccessReview', plural: 'selfsubjectaccessreviews' },
  { kind: 'SelfSubjectRulesReview', plural: 'selfsubjectrulesreviews' },
].map((names) => ({ group: 'authorization.k8s.io', version: 'v1', namespaced: false, ...names }))

/** Answers `/api`, `/apis` and what lies below them down to one version of a group; undefined where that is unknown. */
export function discovery(
  path: string,
  accept: string,
  host: string,
  resources: readonly ResourceType[],
): Reply | undefined {
  const types = [...resources, ...reviews]
  const [root, group, version, ...rest] = path.split('/').filter((part) => part !== '')
  if (rest.length > 0 || (root !== 'api' && root !== 'apis')) return undefined
  if (root === 'api') {
    if (group === undefined) return wantsAggregated(accept) ? aggregate(types, true) : json(200, legacyVersions(host))
    return version === undefined && group === 'v1' ? json(200, resourceList('', 'v1', types)) : undefined
  }
  if (group === undefined) return wantsAggregated(accept) ? aggregate(types, false) : json(200, groupList(types))
  const inGroup = types.filter((type) => type.group === group)
  if (inGroup.length === 0) return undefined
  if (version === undefined) return json(200, { kind: 'APIGroup', apiVersion: 'v1', ...apiGroup(group, inGroup) })
  return inGroup.some((type) => type.version === version) ? json(200, resourceList(group, version, inGroup)) : undefined
}

/** kubectl offers v2, then v2beta1, then the legacy lists: the first that is known is given. */
function wantsAggregated(accept: string): boolean {
  return accept.split(',').some((type) => {
    const parameters = type.trim().split(';')
    return aggregated.split(';').every((part) => parameters.includes(part))
  })
}

function legacyVersions(host: string): object {
  const addresses = [{ clientCIDR: '0.0.0.0/0', serverAddress: host }]
  return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: addresses }
}

function groupList(types: readonly ResourceType[]): object {
  const groups = groupNames(types).map((name) =>
    apiGroup(
      name,
      types.filter((type) => type.group === name),
    ),
  )
  return { kind: 'APIGroupList', apiVersion: 'v1', groups }
}

function apiGroup(name: string, types: readonly ResourceType[]): object {
  const versions = versionsOf(types).map((version) => ({ groupVersion: `${name}/${version}`, version }))
  return { name, versions, preferredVersion: versions[0] }
}

function groupNames(types: readonly ResourceType[]): string[] {
  return [...new Set(types.map((type) => type.group))].filter((name) => name !== '')
}

function versionsOf(types: readonly ResourceType[]): string[] {
  return [...new Set(types.map((type) => type.version))]
}

function resourceList(group: string, version: string, types: readonly ResourceType[]): object {
  const inVersion = types.filter((type) => type.group === group && type.version === version)
  const resources = inVersion.flatMap((type) => {
    const { kind, namespaced, plural, shortNames, categories } = type
    const names = { ...(shortNames && { shortNames }), ...(categories && { categories }) }
    const one = { name: plural, singularName: kind.toLowerCase(), namespaced, kind, verbs: verbsOf(type), ...names }
    return isReview(type)
      ? [one]
      : [one, { name: `${plural}/status`, singularName: '', namespaced, kind, verbs: ['get', 'patch', 'update'] }]
  })
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: groupVersion({ group, version }), resources }
}

function aggregate(types: readonly ResourceType[], core: boolean): Reply {
  const groups = core ? [''] : groupNames(types)
  const items = groups.map((group) => {
    const inGroup = types.filter((type) => type.group === group)
    const versions = versionsOf(inGroup).map((version) => ({
      version,
      resources: inGroup.filter((type) => type.version === version).map(aggregatedResource),
      freshness: 'Current',
    }))
    return { metadata: group === '' ? {} : { name: group }, versions }
  })
  const body = { kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', metadata: {}, items }
  const reply = json(200, body)
  return { ...reply, headers: { ...reply.headers, 'content-type': aggregated, vary: 'Accept' } }
}

function aggregatedResource(type: ResourceType): object {
  const { kind, namespaced, plural, shortNames, categories } = type
  const responseKind = { group: '', version: '', kind }
  return {
    resource: plural,
    responseKind,
    scope: namespaced ? 'Namespaced' : 'Cluster',
    singularResource: kind.toLowerCase(),
    verbs: verbsOf(type),
    ...(shortNames && { shortNames }),
    ...(categories && { categories }),
    ...(isReview(type)
      ? {}
      : { subresources: [{ subresource: 'status', responseKind, verbs: ['get', 'patch', 'update'] }] }),
  }
}

const isReview = (type: ResourceType): boolean => reviews.includes(type)

const verbsOf = (type: ResourceType): readonly string[] => (isReview(type) ? ['create'] : allVerbs)
