import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  type ConnectionEnvironment,
  ConnectionError,
  type ConnectionOptions,
  listContexts,
} from '#cluster/access/index.ts'
import { parseKubeconfig } from '#cluster/access/kubeconfig-file.ts'
import { resolveSettings, type Settings } from '#cluster/access/settings.ts'
import { aKubeconfig, aWorld, type World } from './support/world.ts'

let world: World
let good: string
beforeAll(() => {
  world = aWorld()
  good = world.write(
    'good',
    aKubeconfig(
      { server: 'https://good:6443', 'tls-server-name': 'api', 'certificate-authority': 'pki/ca.crt' },
      { token: 't1' },
      { namespace: 'team' },
    ),
  )
  world.write('second', {
    'current-context': 'd',
    clusters: [
      { name: 'c', cluster: { server: 'https://second' } },
      { name: 'd', cluster: { server: 'https://d' } },
    ],
    contexts: [{ name: 'd', context: { cluster: 'd', user: 'd' } }],
    users: [{ name: 'd', user: { token: 'd' } }],
  })
  world.write('empty', '')
  world.write('nulls', 'apiVersion: v1\nclusters: null\ncontexts: null\nusers: null\ncurrent-context: ""\n')
  world.write(
    'digits',
    'clusters: [{name: 1, cluster: {server: "https://x", insecure-skip-tls-verify: yes}}]\ncontexts: [{name: 01, context: {cluster: 1, user: 7}}]\nusers: [{name: 7, user: {token: 00123}}]\ncurrent-context: 01\n',
  )
  world.write('dangling', {
    'current-context': 'a',
    contexts: [
      { name: 'a', context: { cluster: 'gone', user: 'gone' } },
      { name: 'b', context: { cluster: 'x', user: 'gone' } },
    ],
    clusters: [{ name: 'x', cluster: { server: 'https://x' } }],
  })
  world.write('nocurrent', { ...aKubeconfig({ server: 'https://x' }), 'current-context': '' })
  world.write(
    'broken',
    'clusters:\n- name: a\n  cluster: {server: "https://x"\nusers: [{name: u, user: {token: SECRET}}]\n',
  )
  world.write('list', '- a\n- b\n')
  world.write('oddcluster', 'clusters: [{name: a, cluster: SECRET}]\n')
  world.write(
    'bomb',
    `a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\nclusters: [*d,*d]\n`,
  )
  world.write(
    'prototype',
    '{"__proto__": {"clusters": 1}, "clusters": [{"name": "__proto__", "cluster": {"server": "https://proto"}}], "contexts": [{"name": "constructor", "context": {"cluster": "__proto__"}}], "current-context": "constructor"}',
  )
})
afterAll(() => world.remove())

const kubeconfig = (...names: string[]) => ({
  variables: { KUBECONFIG: names.map((name) => (name === '' ? '' : join(world.folder, name))).join(delimiter) },
})
const settle = (options: ConnectionOptions, change: Partial<ConnectionEnvironment> = {}) =>
  resolveSettings(options, world.with(change))

describe('the kubeconfig and the flags come together as for kubectl', () => {
  const rows: [string, string[], ConnectionOptions, (found: Settings) => unknown, unknown][] = [
    [
      'a file gives server, namespace and name',
      ['good'],
      {},
      (s) => [s.name, s.server.href, s.namespace],
      ['c', 'https://good:6443/', 'team'],
    ],
    ['a missing file of KUBECONFIG is skipped', ['missing', 'good'], {}, (s) => s.server.host, 'good:6443'],
    ['the same file twice is one', ['good', 'good'], {}, (s) => s.server.host, 'good:6443'],
    ['an empty file holds nothing', ['empty', 'good'], {}, (s) => s.server.host, 'good:6443'],
    ['nulls where lists belong hold nothing', ['nulls', 'good'], {}, (s) => s.server.host, 'good:6443'],
    ['an empty entry of KUBECONFIG is skipped', ['', 'good'], {}, (s) => s.server.host, 'good:6443'],
    [
      'the first file that has a name wins it, and the current context',
      ['good', 'second'],
      {},
      (s) => [s.name, s.server.host],
      ['c', 'good:6443'],
    ],
    ['the order decides', ['second', 'good'], { context: 'c' }, (s) => s.server.host, 'second'],
    [
      '--context chooses',
      ['good', 'second'],
      { context: 'd' },
      (s) => [s.name, s.server.host, s.namespace],
      ['d', 'd', 'default'],
    ],
    [
      '--cluster overrides the context',
      ['good', 'second'],
      { cluster: 'd' },
      (s) => [s.server.host, s.user.token],
      ['d', 't1'],
    ],
    [
      '--user overrides the context',
      ['good', 'second'],
      { user: 'd' },
      (s) => [s.server.host, s.user.token],
      ['good:6443', 'd'],
    ],
    [
      '--server overrides, and clears tls-server-name',
      ['good'],
      { server: 'https://other' },
      (s) => [s.server.host, s.cluster.tlsServerName],
      ['other', undefined],
    ],
    ['--tls-server-name overrides', ['good'], { tlsServerName: 'n' }, (s) => s.cluster.tlsServerName, 'n'],
    [
      '--token stands in for the user',
      ['good'],
      { token: 'x' },
      (s) => [s.user.token, s.userSource],
      ['x', 'flag --token'],
    ],
    [
      '--server needs no kubeconfig',
      ['missing'],
      { server: 'http://localhost:8080' },
      (s) => [s.name, s.server.href],
      ['localhost:8080', 'http://localhost:8080/'],
    ],
    [
      'a server without a scheme is http',
      ['missing'],
      { server: 'localhost:8080' },
      (s) => s.server.href,
      'http://localhost:8080/',
    ],
    [
      'a server without a scheme is https where TLS is set',
      ['missing'],
      { server: 'h', insecureSkipTlsVerify: true },
      (s) => s.server.href,
      'https://h/',
    ],
    [
      'a path prefix is kept',
      ['good'],
      { server: 'https://rancher/k8s/clusters/c-1' },
      (s) => s.server.pathname,
      '/k8s/clusters/c-1',
    ],
    [
      '--insecure-skip-tls-verify drops the authority',
      ['good'],
      { insecureSkipTlsVerify: true },
      (s) => [s.cluster.certificateAuthority, s.cluster.insecureSkipTlsVerify],
      [undefined, true],
    ],
    [
      'names and tokens of digits stay as written',
      ['digits'],
      {},
      (s) => [s.name, s.user.token, s.cluster.insecureSkipTlsVerify],
      ['01', '00123', true],
    ],
    [
      'names that JavaScript knows are names',
      ['prototype'],
      {},
      (s) => [s.name, s.server.host],
      ['constructor', 'proto'],
    ],
  ]
  for (const [title, files, options, of, expected] of rows) {
    test(title, async () => expect(of(await settle(options, kubeconfig(...files)))).toEqual(expected))
  }

  test('a relative path is resolved against the file it stands in', async () => {
    const found = await settle({ kubeconfig: good })
    expect(found.cluster.certificateAuthority).toBe(join(world.folder, 'pki/ca.crt'))
  })

  test('without KUBECONFIG it is ~/.kube/config', async () => {
    const home = join(world.folder, 'withhome')
    world.write('withhome/.kube/config', aKubeconfig({ server: 'https://home' }))
    expect((await settle({}, { homeDirectory: home })).server.host).toBe('home')
  })

  test('--kubeconfig leaves KUBECONFIG aside', async () => {
    const found = await settle({ kubeconfig: join(world.folder, 'second') }, kubeconfig('good'))
    expect(found.name).toBe('d')
  })

  test('contexts are listed with the current one marked', async () => {
    expect(await listContexts({}, world.with(kubeconfig('good', 'second')))).toEqual([
      { name: 'c', cluster: 'c', user: 'u', namespace: 'team', current: true },
      { name: 'd', cluster: 'd', user: 'd', namespace: 'default', current: false },
    ])
  })
})

describe('what cannot be used is named, with its place and without secrets', () => {
  const rows: [string, string[], ConnectionOptions, object][] = [
    [
      'no kubeconfig anywhere',
      ['missing'],
      {},
      { code: 'NoKubeconfig', hint: expect.stringContaining('--kubeconfig') },
    ],
    ['only an empty one', ['empty'], {}, { code: 'NoKubeconfig', source: 'KUBECONFIG' }],
    [
      '--kubeconfig that is not there',
      [],
      { kubeconfig: '/no/such/file' },
      { code: 'NoKubeconfig', source: 'flag --kubeconfig' },
    ],
    [
      'an unknown --context',
      ['good', 'second'],
      { context: 'x' },
      { code: 'UnknownContext', source: 'flag --context', hint: 'use --context with one of: c, d' },
    ],
    ['no current context', ['nocurrent'], {}, { code: 'UnknownContext', message: 'no current context is set' }],
    ['a context of an unknown cluster', ['dangling'], {}, { code: 'UnknownCluster', source: 'context "a"' }],
    ['a context of an unknown user', ['dangling'], { context: 'b' }, { code: 'UnknownUser', source: 'context "b"' }],
    ['an unknown --cluster', ['good'], { cluster: 'x' }, { code: 'UnknownCluster', source: 'flag --cluster' }],
    ['an unknown --user', ['good'], { user: 'x' }, { code: 'UnknownUser', source: 'flag --user' }],
    ['a --server that is none', ['good'], { server: 'ftp://x' }, { code: 'BadOption', source: 'flag --server' }],
    [
      'broken YAML, with line and column',
      ['broken'],
      {},
      { code: 'BadKubeconfig', message: expect.stringMatching(/broken is not YAML: line \d+, column \d+/) },
    ],
    [
      'a list where a map belongs',
      ['list'],
      {},
      { code: 'BadKubeconfig', message: expect.stringContaining('a map is expected') },
    ],
    [
      'a string where a cluster belongs',
      ['oddcluster'],
      {},
      { code: 'BadKubeconfig', message: expect.stringContaining('clusters[0].cluster is not a map') },
    ],
    ['a folder', ['.'], {}, { code: 'BadKubeconfig', message: expect.stringContaining('EISDIR') }],
    ['a YAML bomb', ['bomb'], {}, { code: 'BadKubeconfig', message: expect.stringContaining('alias') }],
  ]
  for (const [title, files, options, expected] of rows) {
    test(title, async () => {
      const error = await settle(options, files.length > 0 ? kubeconfig(...files) : {}).catch(
        (caught: unknown) => caught,
      )
      expect(error).toMatchObject({ name: 'ConnectionError', ...expected })
      expect(JSON.stringify(error) + String(error)).not.toContain('SECRET')
    })
  }
})

describe('a Pod without a kubeconfig takes its service account', () => {
  const variables = { KUBERNETES_SERVICE_HOST: '10.0.0.1', KUBERNETES_SERVICE_PORT: '443' }
  test('its token, authority and namespace', async () => {
    for (const [name, text] of Object.entries({ token: 'tok', 'ca.crt': 'ca', namespace: 'mine\n' }))
      world.write(`serviceaccount/${name}`, text)
    const found = await settle({}, { variables })
    expect([found.name, found.server.host, found.namespace]).toEqual(['in-cluster', '10.0.0.1', 'mine'])
    expect(found.user.tokenFile).toBe(join(world.folder, 'serviceaccount/token'))
    expect(found.cluster.certificateAuthority).toBe(join(world.folder, 'serviceaccount/ca.crt'))
  })
  test('an IPv6 address gets its brackets', async () => {
    const found = await settle({}, { variables: { ...variables, KUBERNETES_SERVICE_HOST: 'fd00::1' } })
    expect(found.server.href).toBe('https://[fd00::1]/')
  })
  test('a kubeconfig goes before', async () => {
    const found = await settle({}, { variables: { ...variables, ...kubeconfig('good').variables } })
    expect(found.name).toBe('c')
  })
})

describe('whatever stands in a kubeconfig', () => {
  const text = JSON.stringify(
    aKubeconfig(
      {
        server: 'https://x',
        'insecure-skip-tls-verify': true,
        extensions: [{ name: 'client.authentication.k8s.io/exec' }],
      },
      { exec: { command: 'x', args: ['a'], env: [{ name: 'n', value: 'v' }] }, 'as-user-extra': { k: ['v'] } },
    ),
  )
  const reads = (content: string) => {
    try {
      parseKubeconfig(content, '/kubeconfig')
      return true
    } catch (error) {
      return error instanceof ConnectionError && error.code === 'BadKubeconfig'
    }
  }
  test('is read or refused in our words, where a part of it is exchanged', () => {
    const part = fc.constantFrom(
      'null',
      '[]',
      '{}',
      '7',
      'true',
      '"x"',
      '- a',
      '*a',
      '&a',
      '!!binary x',
      '? ',
      '\t',
      '%',
      "'",
    )
    const place = fc.tuple(fc.nat(text.length), fc.nat(12), part)
    fc.assert(
      fc.property(place, ([at, length, other]) => reads(text.slice(0, at) + other + text.slice(at + length))),
      { numRuns: 500, seed: 4 },
    )
  })
  test('is read or refused in our words, where it is anything', () => {
    fc.assert(fc.property(fc.json(), reads), { numRuns: 200, seed: 4 })
    fc.assert(fc.property(fc.string({ unit: 'binary' }), reads), { numRuns: 200, seed: 4 })
  })
})
