import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import {
  type ApiResource,
  builtInResources,
  type Connection,
  connect,
  findKind,
  findType,
  get,
  type ListQuery,
  list,
  matchType,
  resourcePath,
  servedVersions,
} from '#cluster/access/index.ts'
import { aServer, json, status, type TestServer } from './support/servers.ts'
import { aWorld, soon, type World } from './support/world.ts'

type Handler = (url: URL, response: ServerResponse, request: IncomingMessage) => void

let world: World
let server: TestServer
let connection: Connection
let handle: Handler
beforeEach(async () => {
  world = aWorld()
  server = await aServer((request, response) => handle(new URL(request.url ?? '', 'http://x'), response, request))
  connection = await connect({ server: server.url, limits: { ...soon, attempts: 2 } }, world.env)
})
afterEach(async () => {
  await connection.close()
  await server.close()
  world.remove()
})

const pods: ApiResource = { group: '', version: 'v1', plural: 'pods', kind: 'Pod', namespaced: true }
const charts: ApiResource = {
  group: 'helm.cattle.io',
  version: 'v1',
  plural: 'helmcharts',
  kind: 'HelmChart',
  namespaced: true,
}

/** Serves so many Pods in pages; `spoil` may answer in its place. */
function serving(
  count: number,
  spoil: (page: number, round: number, response: ServerResponse) => boolean = () => false,
): void {
  let round = 0
  handle = (url, response) => {
    const limit = Number(url.searchParams.get('limit') ?? 0) || count
    const from = Number(url.searchParams.get('continue') ?? 0)
    if (from === 0) round += 1
    if (spoil(from / limit, round, response)) return
    const items = Array.from({ length: Math.min(limit, count - from) }, (_, n) => ({
      metadata: { name: `p${from + n}` },
    }))
    const next = from + limit < count ? { continue: String(from + limit) } : {}
    json(response, { kind: 'PodList', apiVersion: 'v1', metadata: { resourceVersion: '7', ...next }, items })
  }
}

/** Lists and gives the names, in order. */
async function listed(query: Partial<ListQuery> = {}) {
  let names: string[] = []
  let restarts = 0
  const missing = await list(
    connection,
    { resource: pods, ...query },
    {
      page: ({ items }) =>
        names.push(...items.map(({ kind, apiVersion, metadata }) => `${apiVersion} ${kind} ${metadata.name}`)),
      restart: () => {
        names = []
        restarts += 1
      },
    },
  )
  return { names, restarts, missing }
}
const all = (count: number) => Array.from({ length: count }, (_, n) => `v1 Pod p${n}`)
const gone = (response: ServerResponse) =>
  status(response, 410, 'Expired', 'The provided continue parameter is too old')

describe('a list comes in pages', () => {
  const rows: [string, Partial<ListQuery>, () => void, object][] = [
    [
      'all of them, once and in order',
      { limit: 3 },
      () => serving(10),
      { names: all(10), restarts: 0, missing: undefined },
    ],
    ['without a limit in one', { limit: 0 }, () => serving(10), { names: all(10), missing: undefined }],
    ['none of an empty one', {}, () => serving(0), { names: [], missing: undefined }],
    [
      'items that are null',
      {},
      () => {
        handle = (_, response) => json(response, { kind: 'PodList', items: null })
      },
      { names: [], missing: undefined },
    ],
    [
      'begun again once where it expires',
      { limit: 3 },
      () => serving(10, (page, round, response) => page === 2 && round === 1 && gone(response)),
      { names: all(10), restarts: 1, missing: undefined },
    ],
    [
      'missing where it expires twice',
      { limit: 3 },
      () => serving(10, (page, _, response) => page === 2 && gone(response)),
      {
        names: all(6),
        restarts: 1,
        missing: { resource: 'pods', reason: 'Expired', message: 'The provided continue parameter is too old' },
      },
    ],
    [
      'a part where a page is lost',
      { limit: 3 },
      () => serving(10, (page, _, response) => page === 1 && status(response, 500, 'InternalError', 'etcd is away')),
      { names: all(3), missing: { resource: 'pods', reason: 'ServerError', message: 'etcd is away' } },
    ],
    [
      'missing where it is forbidden',
      { namespace: 'team' },
      () => serving(1, (_, __, response) => status(response, 403, 'Forbidden', 'pods is forbidden')),
      {
        names: [],
        missing: { resource: 'pods', namespace: 'team', reason: 'Forbidden', message: 'pods is forbidden' },
      },
    ],
    [
      'missing where the group is not served',
      { resource: charts },
      () => serving(1, (_, __, response) => status(response, 404, 'NotFound', 'not found')),
      { missing: { resource: 'helmcharts.helm.cattle.io', reason: 'NotFound', message: 'not found' } },
    ],
    [
      'missing where the server turns in a circle',
      { limit: 1 },
      () => {
        handle = (_, response) => json(response, { kind: 'PodList', metadata: { continue: 'again' }, items: [] })
      },
      { missing: { resource: 'pods', reason: 'Invalid', message: expect.stringContaining('again and again') } },
    ],
    [
      'missing where the server turns in a circle of two pages',
      { limit: 1 },
      () => {
        handle = ({ searchParams }, response) => {
          const next = searchParams.get('continue') === 'a' ? 'b' : 'a'
          json(response, { kind: 'PodList', metadata: { continue: next }, items: [] })
        }
      },
      { missing: { resource: 'pods', reason: 'Invalid', message: expect.stringContaining('again and again') } },
    ],
    [
      'missing where it is no JSON',
      {},
      () => {
        handle = (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>')
      },
      { missing: { resource: 'pods', reason: 'Invalid', message: expect.stringContaining('text/html') } },
    ],
    [
      'missing where it is no list',
      {},
      () => {
        handle = (_, response) => json(response, null)
      },
      {
        missing: {
          resource: 'pods',
          reason: 'Invalid',
          message: expect.stringContaining('something else than a list'),
        },
      },
    ],
  ]
  for (const [title, query, prepare, expected] of rows) {
    test(title, async () => {
      prepare()
      expect(await listed(query)).toMatchObject(expected)
    })
  }

  test('selectors go along on every page, the resource version on the first', async () => {
    serving(3)
    await listed({
      limit: 2,
      namespace: 'a b',
      labelSelector: 'k in (x, y)',
      fieldSelector: 'spec.nodeName=',
      resourceVersion: '0',
      resourceVersionMatch: 'NotOlderThan',
    })
    expect(server.requests.map((request) => decodeURIComponent((request.url ?? '').replaceAll('+', ' ')))).toEqual([
      '/api/v1/namespaces/a b/pods?labelSelector=k in (x, y)&fieldSelector=spec.nodeName=&limit=2&resourceVersion=0&resourceVersionMatch=NotOlderThan',
      '/api/v1/namespaces/a b/pods?labelSelector=k in (x, y)&fieldSelector=spec.nodeName=&limit=2&continue=2',
    ])
  })

  test('a label called continue is no token', async () => {
    const items = [{ metadata: { name: 'p0', labels: { x: '"metadata":{"continue":"9"' } } }]
    handle = (_, response) => json(response, { kind: 'PodList', apiVersion: 'v1', items, metadata: {} })
    expect(await listed()).toMatchObject({ names: ['v1 Pod p0'], missing: undefined })
    expect(server.requests.length).toBe(1)
  })
})

describe('one object', () => {
  test('is read by name', async () => {
    handle = (url, response) => json(response, { apiVersion: 'v1', kind: 'Pod', metadata: { name: url.pathname } })
    expect(await get(connection, pods, 'n', 'x')).toEqual({
      object: { apiVersion: 'v1', kind: 'Pod', metadata: { name: '/api/v1/namespaces/n/pods/x' } },
    })
  })
  test('that is not there is missing', async () => {
    handle = (_, response) => status(response, 404, 'NotFound', 'pods "x" not found')
    expect(await get(connection, pods, 'n', 'x')).toEqual({
      missing: { resource: 'pods', namespace: 'n', name: 'x', reason: 'NotFound', message: 'pods "x" not found' },
    })
  })
  test('that is none is missing', async () => {
    handle = (_, response) => json(response, [])
    expect(await get(connection, pods, 'n', 'x')).toMatchObject({ missing: { reason: 'Invalid' } })
  })
  test('has a path that no name can leave', () => {
    expect(resourcePath(pods, '../..', 'a/b?c')).toBe('/api/v1/namespaces/..%2F../pods/a%2Fb%3Fc')
  })
})

describe('a TYPE that is built in asks nobody', () => {
  const rows: [string, string | undefined][] = [
    ['deploy', 'Deployment'],
    ['deployment', 'Deployment'],
    ['deployments.apps', 'Deployment'],
    ['deployment.v1.apps', 'Deployment'],
    ['Deployment.apps', 'Deployment'],
    ['po', 'Pod'],
    ['ds', 'DaemonSet'],
    ['sts', 'StatefulSet'],
    ['rs', 'ReplicaSet'],
    ['cj', 'CronJob'],
    ['job', 'Job'],
    ['no', 'Node'],
    ['pvc', 'PersistentVolumeClaim'],
    ['sc', 'StorageClass'],
    ['ns', 'Namespace'],
    ['ingresses.networking', 'Ingress'],
    ['pods.apps', undefined],
    ['nonsense', undefined],
    ['', undefined],
  ]
  for (const [type, kind] of rows) {
    test(`${type || 'nothing'} is ${kind ?? 'none of them'}`, () =>
      expect(matchType(builtInResources, type)[0]?.kind).toBe(kind))
  }
})

describe('what is not built in is asked of the server', () => {
  const chartRow = {
    name: 'helmcharts',
    singularName: 'helmchart',
    kind: 'HelmChart',
    namespaced: true,
    shortNames: ['hc'],
  }
  const aggregated: Handler = (url, response, request) => {
    if (!request.headers.accept?.includes('APIGroupDiscoveryList')) return status(response, 406, 'NotAcceptable', 'no')
    const resources = [
      {
        resource: 'helmcharts',
        singularResource: 'helmchart',
        responseKind: { kind: 'HelmChart' },
        scope: 'Namespaced',
        shortNames: ['hc'],
      },
    ]
    const items =
      url.pathname === '/api'
        ? []
        : [{ metadata: { name: 'helm.cattle.io' }, versions: [{ version: 'v1', resources }] }]
    json(response, { kind: 'APIGroupDiscoveryList', items })
  }
  const older: Handler = (url, response) => {
    if (url.pathname === '/apis/helm.cattle.io/v1')
      json(response, {
        kind: 'APIResourceList',
        resources: [{ name: 'helmcharts/status', kind: 'HelmChart' }, chartRow],
      })
    else if (url.pathname === '/apis')
      json(response, {
        kind: 'APIGroupList',
        groups: [
          { preferredVersion: { groupVersion: 'helm.cattle.io/v1' } },
          { preferredVersion: { groupVersion: 'broken/v1' } },
        ],
      })
    else if (url.pathname === '/apis/resource.k8s.io')
      json(response, { versions: [{ version: 'v1beta1' }, { version: 'v1' }], preferredVersion: { version: 'v1' } })
    else if (url.pathname === '/api/v1') json(response, { resources: [] })
    else if (url.pathname.startsWith('/apis/forbidden')) status(response, 403, 'Forbidden', 'forbidden')
    else status(response, 404, 'NotFound', 'not found')
  }
  const expected = {
    resource: { group: 'helm.cattle.io', version: 'v1', plural: 'helmcharts', kind: 'HelmChart', namespaced: true },
  }
  type Row = [string, Handler, () => Promise<unknown>, object]
  const rows: Row[] = [
    ['a short name, aggregated', aggregated, () => findType(connection, 'hc'), expected],
    ['a name with its group, aggregated', aggregated, () => findType(connection, 'helmchart.helm.cattle.io'), expected],
    ['a short name, group by group', older, () => findType(connection, 'hc'), expected],
    ['a kind of an owner', older, () => findKind(connection, 'helm.cattle.io/v1', 'HelmChart'), expected],
    ['a kind of a group that is gone', older, () => findKind(connection, 'gone.io/v1', 'X'), {}],
    [
      'a kind of a forbidden group',
      older,
      () => findKind(connection, 'forbidden.io/v1', 'X'),
      { failure: { reason: 'Forbidden' } },
    ],
    ['a type that nobody serves', aggregated, () => findType(connection, 'nonsense'), {}],
    [
      'the versions of a group',
      older,
      () => servedVersions(connection, 'resource.k8s.io'),
      { versions: ['v1', 'v1beta1'] },
    ],
    ['the versions of a group that is not there', older, () => servedVersions(connection, 'gone.io'), { versions: [] }],
  ]
  for (const [title, handler, ask, answer] of rows) {
    test(title, async () => {
      handle = handler
      expect(await ask()).toMatchObject(answer)
    })
  }
  test('a built-in kind asks nobody', async () => {
    expect(await findKind(connection, 'apps/v1', 'ReplicaSet')).toMatchObject({ resource: { plural: 'replicasets' } })
    expect(server.requests.length).toBe(0)
  })
})
