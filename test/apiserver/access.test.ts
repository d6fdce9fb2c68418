import { request as httpsRequest } from 'node:https'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { ask, somePods, withServer } from './ask.ts'
import type { ApiServer } from './server.ts'
import type { ApiUser } from './types.ts'

const bob: ApiUser = {
  name: 'bob',
  token: 'bobs',
  groups: ['dev'],
  rules: [
    { verbs: ['get', 'list'], resources: ['pods', 'deployments.apps'], namespace: 'a' },
    { verbs: ['get'], resources: ['nodes'], names: ['n1'] },
  ],
}
const objects = [...somePods('a/p1', 'b/p2'), { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1' } }]
const options = { objects, token: 'admins', users: [bob] }
const as = (token: string, more: Record<string, string> = {}): RequestInit => ({
  headers: { authorization: `Bearer ${token}`, ...more },
})

describe('a user may do what a rule allows', () => {
  const where = 'User "bob" cannot'
  const rows: [path: string, status: number, message?: string][] = [
    ['/api/v1/namespaces/a/pods', 200],
    ['/api/v1/namespaces/a/pods/p1', 200],
    ['/apis/apps/v1/namespaces/a/deployments', 200],
    ['/api/v1/nodes/n1', 200],
    ['/version', 200],
    ['/apis', 200],
    ['/metrics', 403, `forbidden: ${where} get path "/metrics"`],
    ['/api/v1/pods', 403, `pods is forbidden: ${where} list resource "pods" in API group "" at the cluster scope`],
    [
      '/api/v1/namespaces/b/pods',
      403,
      `pods is forbidden: ${where} list resource "pods" in API group "" in the namespace "b"`,
    ],
    [
      '/api/v1/namespaces/a/pods?watch=true',
      403,
      `pods is forbidden: ${where} watch resource "pods" in API group "" in the namespace "a"`,
    ],
    [
      '/api/v1/nodes/n2',
      403,
      `nodes "n2" is forbidden: ${where} get resource "nodes" in API group "" at the cluster scope`,
    ],
    [
      '/apis/apps/v1/deployments',
      403,
      `deployments.apps is forbidden: ${where} list resource "deployments" in API group "apps" at the cluster scope`,
    ],
  ]
  for (const [path, status, message] of rows) {
    test(`${path}: ${status}`, () =>
      withServer(options, async (server) => {
        const answer = await ask(server, path, as('bobs'))
        expect([answer.status, status === 403 ? answer.body.message : undefined]).toEqual([status, message])
      }))
  }
})

test("a token that is nobody's is 401, no token is the anonymous user, who may read the version", () =>
  withServer(options, async (server) => {
    expect((await ask(server, '/api/v1/pods', as('wrong'))).body).toMatchObject({ code: 401, message: 'Unauthorized' })
    expect((await ask(server, '/api/v1/pods')).body.message).toContain('User "system:anonymous"')
    expect((await ask(server, '/version')).status).toBe(200)
    expect(server.requests.map(({ user }) => user)).toEqual([null, 'system:anonymous', 'system:anonymous'])
  }))

test('impersonation is answered with the rights of the user who is named', () =>
  withServer(options, async (server) => {
    const asBob = as('admins', { 'impersonate-user': 'bob', 'impersonate-group': 'dev' })
    expect((await ask(server, '/api/v1/namespaces/a/pods', asBob)).status).toBe(200)
    expect((await ask(server, '/api/v1/pods', asBob)).body.message).toContain('User "bob" cannot list')
    const asAdmin = as('bobs', { 'impersonate-user': 'admin' })
    expect((await ask(server, '/api/v1/pods', asAdmin)).body.message).toBe(
      'users "admin" is forbidden: User "bob" cannot impersonate resource "users" in API group "" at the cluster scope',
    )
    expect(server.requests[0]).toMatchObject({
      user: 'bob',
      headers: { 'impersonate-user': 'bob', 'impersonate-group': 'dev' },
    })
  }))

describe('a self-review', () => {
  const review = (kind: string, spec: object): RequestInit => ({
    ...{ method: 'POST', body: JSON.stringify({ apiVersion: 'authorization.k8s.io/v1', kind, spec }) },
    headers: { authorization: 'Bearer bobs', 'content-type': 'application/json' },
  })
  const path = '/apis/authorization.k8s.io/v1/selfsubject'

  test('says of one access whether it is allowed', () =>
    withServer(options, async (server) => {
      const allowed = async (resourceAttributes: object): Promise<boolean> => {
        const answer = await ask(
          server,
          `${path}accessreviews`,
          review('SelfSubjectAccessReview', { resourceAttributes }),
        )
        return answer.body.status.allowed
      }
      expect(await allowed({ verb: 'list', resource: 'pods', namespace: 'a' })).toBe(true)
      expect(await allowed({ verb: 'list', resource: 'pods' })).toBe(false)
      expect(await allowed({ verb: 'list', group: 'apps', resource: 'deployments', namespace: 'a' })).toBe(true)
    }))

  test('lists the rules of a namespace', () =>
    withServer(options, async (server) => {
      const { body } = await ask(server, `${path}rulesreviews`, review('SelfSubjectRulesReview', { namespace: 'a' }))
      expect(body.status.resourceRules).toEqual(
        expect.arrayContaining([
          { verbs: ['get', 'list'], apiGroups: ['apps'], resources: ['deployments'] },
          { verbs: ['get'], apiGroups: [''], resources: ['nodes'], resourceNames: ['n1'] },
        ]),
      )
    }))

  test('in protobuf is refused: the server reads JSON only', () =>
    withServer(options, async (server) => {
      const init = {
        ...review('', {}),
        headers: { authorization: 'Bearer bobs', 'content-type': 'application/vnd.kubernetes.protobuf' },
      }
      expect((await ask(server, `${path}accessreviews`, init)).status).toBe(415)
    }))
})

test('over https the kubeconfig brings the authority, and a client certificate names the user', () =>
  withServer({ objects, tls: true, clientCertificates: true, users: [bob] }, async (server) => {
    expect(await overTls(server, server.kubeconfig(), '/api/v1/pods')).toBe(200)
    expect(await overTls(server, server.kubeconfig('bob'), '/api/v1/pods')).toBe(403)
    expect(await overTls(server, server.kubeconfig('bob'), '/api/v1/namespaces/a/pods')).toBe(200)
    expect(server.requests.map(({ user }) => user)).toEqual(['admin', 'bob', 'bob'])
  }))

function overTls(server: ApiServer, kubeconfig: string, path: string): Promise<number | undefined> {
  const { clusters, users } = parse(kubeconfig)
  const decoded = (text: string): Buffer => Buffer.from(text, 'base64')
  const ca = decoded(clusters[0].cluster['certificate-authority-data'])
  const cert = decoded(users[0].user['client-certificate-data'])
  const key = decoded(users[0].user['client-key-data'])
  return new Promise((resolve, reject) => {
    const request = httpsRequest(server.url + path, { ca, cert, key, agent: false }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode))
    })
    request.on('error', reject).end()
  })
}
