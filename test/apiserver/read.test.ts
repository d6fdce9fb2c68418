import { describe, expect, test } from '@jest/globals'
import { ask, names, somePods, withServer } from './ask.ts'

const gitRepo = { apiVersion: 'fleet.cattle.io/v1alpha1', kind: 'GitRepo', metadata: { name: 'g', namespace: 'a' } }
const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'd', namespace: 'a' } }
const objects = [...somePods('a/p1', 'b/p2'), gitRepo, deployment]

describe('a list', () => {
  test('is of its own kind, and its items have lost theirs', () =>
    withServer({ objects }, async (server) => {
      const { body } = await ask(server, '/api/v1/pods')
      expect(body).toMatchObject({ kind: 'PodList', apiVersion: 'v1', metadata: { resourceVersion: '1004' } })
      expect(body.items[0].kind).toBeUndefined()
      expect(body.items[0].metadata.uid).toMatch(/^[0-9a-f-]{36}$/)
    }))

  test('of a custom resource keeps the kind of each item', () =>
    withServer({ objects }, async (server) => {
      const { body } = await ask(server, '/apis/fleet.cattle.io/v1alpha1/gitrepos')
      expect(body).toMatchObject({ kind: 'GitRepoList', items: [{ kind: 'GitRepo', metadata: { name: 'g' } }] })
    }))

  test('in a namespace holds what lies there', () =>
    withServer({ objects }, async (server) => {
      expect(names(await ask(server, '/api/v1/namespaces/b/pods'))).toEqual(['p2'])
    }))

  test('of metadata alone leaves the rest out', () =>
    withServer({ objects }, async (server) => {
      const accept = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1'
      const { body } = await ask(server, '/api/v1/pods', { headers: { accept } })
      expect(Object.keys(body.items[0])).toEqual(['kind', 'apiVersion', 'metadata'])
    }))

  test('that is long is packed where the client takes gzip', () =>
    withServer({ objects: somePods(...Array.from({ length: 2000 }, (_, at) => `p${at}`)) }, async (server) => {
      expect((await ask(server, '/api/v1/pods')).headers.get('content-encoding')).toBe('gzip')
      const plain = await ask(server, '/api/v1/pods', { headers: { 'accept-encoding': 'identity' } })
      expect(plain.headers.get('content-encoding')).toBeNull()
    }))
})

describe('what the server says to', () => {
  const rows: [title: string, path: string, init: RequestInit, status: number, message: string | undefined][] = [
    ['an object that is not there', '/api/v1/namespaces/a/pods/nope', {}, 404, 'pods "nope" not found'],
    ['one of a group', '/apis/apps/v1/namespaces/a/deployments/nope', {}, 404, 'deployments.apps "nope" not found'],
    ['an unknown kind', '/api/v1/things', {}, 404, 'the server could not find the requested resource'],
    ['a path it does not know', '/nope', {}, 404, undefined],
    ['an unknown group', '/apis/nope.io/v1/things', {}, 404, undefined],
    [
      'a write',
      '/api/v1/namespaces/a/pods/p1',
      { method: 'DELETE' },
      405,
      'the server does not allow this method on the requested resource',
    ],
    [
      'a field it cannot select by',
      '/api/v1/pods?fieldSelector=spec.foo=1',
      {},
      400,
      'field label not supported: spec.foo',
    ],
    [
      'the same of another kind',
      '/apis/apps/v1/deployments?fieldSelector=spec.foo=1',
      {},
      400,
      '"spec.foo" is not a known field selector: only "metadata.name", "metadata.namespace"',
    ],
    [
      'a version from the future',
      '/api/v1/pods?resourceVersion=9999',
      {},
      504,
      'Timeout: Too large resource version: 9999, current: 1004',
    ],
    [
      'a continue token with a version',
      '/api/v1/pods?continue=x&resourceVersion=5',
      {},
      400,
      'specifying resource version is not allowed when using continue',
    ],
    [
      'a client that reads protobuf only',
      '/api/v1/pods',
      { headers: { accept: 'application/vnd.kubernetes.protobuf' } },
      406,
      '406: Not Acceptable\n\nAvailable representations: application/json, application/json;stream=watch',
    ],
  ]
  for (const [title, path, init, status, message] of rows) {
    test(title, () =>
      withServer({ objects }, async (server) => {
        const answer = await ask(server, path, init)
        expect(answer.status).toBe(status)
        expect(answer.body?.message).toBe(message)
      }),
    )
  }

  test('a client that would rather have protobuf is JSON', () =>
    withServer({ objects }, async (server) => {
      const accept = 'application/vnd.kubernetes.protobuf,application/json'
      expect((await ask(server, '/api/v1/pods', { headers: { accept } })).body.kind).toBe('PodList')
    }))
})

describe('a selector', () => {
  const two = [
    { ...(somePods('a/p1')[0] as object), spec: { nodeName: 'n1' }, status: { phase: 'Running' } },
    ...somePods('b/p2'),
    ...somePods('b/p3'),
  ]
  const rows: [selector: string, expected: string[]][] = [
    ['labelSelector=app=p1', ['p1']],
    ['labelSelector=app==p1', ['p1']],
    ['labelSelector=app!=p1', ['p2', 'p3']],
    ['labelSelector=app in (p1,p3)', ['p1', 'p3']],
    ['labelSelector=app notin (p1,p3),app', ['p2']],
    ['labelSelector=!app', []],
    ['fieldSelector=spec.nodeName=', ['p2', 'p3']],
    ['fieldSelector=spec.nodeName!=', ['p1']],
    ['fieldSelector=status.phase=Pending,metadata.namespace=b,metadata.name!=p2', ['p3']],
    ['fieldSelector=metadata.name==p1', ['p1']],
  ]
  for (const [selector, expected] of rows) {
    test(`${selector} lets through ${expected.join(', ') || 'nothing'}`, () =>
      withServer({ objects: two }, async (server) => {
        expect(names(await ask(server, `/api/v1/pods?${selector.replaceAll(' ', '%20')}`))).toEqual(expected)
      }))
  }
})

test('every request is remembered with its verb, its query and its headers', () =>
  withServer({ objects }, async (server) => {
    await ask(server, '/api/v1/namespaces/a/pods?limit=5', { headers: { 'user-agent': 'me' } })
    await ask(server, '/apis/apps/v1/namespaces/a/deployments/d')
    expect(server.requests).toMatchObject([
      {
        method: 'GET',
        verb: 'list',
        resource: 'pods',
        query: { limit: '5' },
        headers: { 'user-agent': 'me' },
        user: 'admin',
      },
      { verb: 'get', resource: 'deployments.apps', path: '/apis/apps/v1/namespaces/a/deployments/d' },
    ])
  }))
