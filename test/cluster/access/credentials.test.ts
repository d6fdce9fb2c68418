import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type ConnectionEnvironment, type ConnectionOptions, connect } from '#cluster/access/index.ts'
import { base64, type Certificates, certificates } from './support/certificates.ts'
import { aServer, json, status, type TestServer } from './support/servers.ts'
import { aKubeconfig, aWorld, soon, type World } from './support/world.ts'

const now = Math.floor(Date.now() / 1000)
const pki: Certificates = certificates()
let world: World
let server: TestServer
beforeEach(async () => {
  world = aWorld()
  server = await aServer(undefined, { ...pki, clientCa: pki.ca })
})
afterEach(async () => {
  await server.close()
  world.remove()
})

const cluster = () => ({ server: server.url, 'certificate-authority-data': base64(pki.ca) })

/** Sends one read as that user and gives the headers the server saw. */
async function seen(
  user: object | undefined,
  options: ConnectionOptions = {},
  env: Partial<ConnectionEnvironment> = {},
  more: object = {},
) {
  const kubeconfig = world.write('config', aKubeconfig({ ...cluster(), ...more }, user))
  const connection = await connect({ kubeconfig, limits: soon, ...options }, world.with(env))
  try {
    const result = await connection.read('/api/v1/pods')
    expect(result.failure).toBeUndefined()
    return server.requests.at(-1)?.headers ?? {}
  } finally {
    await connection.close()
  }
}

/** An exec plugin: a node script. */
function plugin(script: string, exec: object = {}): object {
  const file = world.write('plugin.cjs', script)
  return {
    exec: {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: process.execPath,
      args: [file],
      interactiveMode: 'Never',
      ...exec,
    },
  }
}
const giving = (status: object, apiVersion = 'client.authentication.k8s.io/v1') =>
  `process.stdout.write(${JSON.stringify(JSON.stringify({ apiVersion, kind: 'ExecCredential', status }))});`

describe('a user says who it is', () => {
  const rows: [string, () => object | undefined, ConnectionOptions, string | undefined][] = [
    ['with a token', () => ({ token: 'abc' }), {}, 'Bearer abc'],
    ['with a tokenFile', () => ({ tokenFile: world.write('token', 'filed\n') }), {}, 'Bearer filed'],
    ['with a token-file', () => ({ 'token-file': world.write('token', 'filed\n') }), {}, 'Bearer filed'],
    [
      'with a tokenFile next to the kubeconfig',
      () => ({ tokenFile: relative(world.folder, world.write('token', 'near')) }),
      {},
      'Bearer near',
    ],
    [
      'with a tokenFile before a token',
      () => ({ token: 'old', tokenFile: world.write('token', 'new') }),
      {},
      'Bearer new',
    ],
    ['with the token where the file is gone', () => ({ token: 'old', tokenFile: 'gone' }), {}, 'Bearer old'],
    ['with name and password', () => ({ username: 'jane', password: 's:p' }), {}, `Basic ${base64('jane:s:p')}`],
    ['with --token before all else', () => ({ tokenFile: 'gone', username: 'jane' }), { token: 'flag' }, 'Bearer flag'],
    ['with a token from an exec plugin', () => plugin(giving({ token: 'plug' })), {}, 'Bearer plug'],
    [
      'with a token from a v1beta1 plugin',
      () =>
        plugin(giving({ token: 'plug' }, 'client.authentication.k8s.io/v1beta1'), {
          apiVersion: 'client.authentication.k8s.io/v1beta1',
          interactiveMode: undefined,
        }),
      {},
      'Bearer plug',
    ],
    [
      'with an ID token that lasts',
      () => ({ 'auth-provider': { name: 'oidc', config: { 'id-token': jwt(3600) } } }),
      {},
      `Bearer ${jwt(3600)}`,
    ],
    ['not at all', () => ({}), {}, undefined],
    ['not at all, in a context without a user: the authority still holds', () => undefined, {}, undefined],
  ]
  for (const [title, user, options, expected] of rows) {
    test(title, async () => expect((await seen(user(), options)).authorization).toBe(expected))
  }

  const withCertificate: [string, () => object][] = [
    ['data', () => ({ 'client-certificate-data': base64(pki.clientCert), 'client-key-data': base64(pki.clientKey) })],
    [
      'files',
      () => ({
        'client-certificate': world.write('c.crt', pki.clientCert),
        'client-key': world.write('c.key', pki.clientKey),
      }),
    ],
    ['an exec plugin', () => plugin(giving({ clientCertificateData: pki.clientCert, clientKeyData: pki.clientKey }))],
  ]
  for (const [title, user] of withCertificate) {
    test(`with a client certificate from ${title}`, async () => {
      let subject: unknown
      await server.close()
      server = await aServer(
        (request, response) => {
          subject = (request.socket as import('node:tls').TLSSocket).getPeerCertificate().subject.CN
          json(response, {})
        },
        { ...pki, clientCa: pki.ca },
      )
      await seen(user())
      expect(subject).toBe('jane')
    })
  }

  test('but never over plain http', async () => {
    const plain = await aServer()
    try {
      await seen({ token: 'abc', as: 'bob' }, { server: plain.url }, {}).catch(() => undefined)
      expect(plain.requests[0]?.headers.authorization).toBeUndefined()
      expect(plain.requests[0]?.headers['impersonate-user']).toBe('bob')
    } finally {
      await plain.close()
    }
  })
})

describe('an exec plugin', () => {
  test('is told of the cluster where it asks, and of the interactive mode', async () => {
    const echo = `process.stdout.write(JSON.stringify({ apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: { token: Buffer.from(process.env.KUBERNETES_EXEC_INFO).toString('base64url') + '.' + process.env.EXTRA } }))`
    const user = plugin(echo, { provideClusterInfo: true, env: [{ name: 'EXTRA', value: 'more' }] })
    const extensions = [{ name: 'client.authentication.k8s.io/exec', extension: { audience: 'x', n: 1 } }]
    const { authorization = '' } = await seen(user, {}, {}, { extensions, 'tls-server-name': 'api.test' })
    const [info = '', extra] = authorization.replace('Bearer ', '').split('.')
    expect(extra).toBe('more')
    expect(JSON.parse(Buffer.from(info, 'base64url').toString())).toEqual({
      kind: 'ExecCredential',
      apiVersion: 'client.authentication.k8s.io/v1',
      spec: {
        interactive: false,
        cluster: {
          server: server.url,
          'tls-server-name': 'api.test',
          'certificate-authority-data': base64(pki.ca),
          config: { audience: 'x', n: 1 },
        },
      },
    })
  })

  test('that may ask is told that a person is there', async () => {
    const echo = `process.stdout.write(JSON.stringify({ apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: { token: 'interactive-' + JSON.parse(process.env.KUBERNETES_EXEC_INFO).spec.interactive } }))`
    const user = plugin(echo, { interactiveMode: 'IfAvailable' })
    expect((await seen(user, {}, { interactive: true })).authorization).toBe('Bearer interactive-true')
    expect((await seen(user)).authorization).toBe('Bearer interactive-false')
  })

  test('of a whole process speaks on its standard error and leaves its standard output alone', async () => {
    const user = plugin(`process.stderr.write('please log in');${giving({ token: 't' })}`)
    const kubeconfig = world.write('config', aKubeconfig(cluster(), user))
    const script = `import { connect } from '#cluster/access/index.ts'; const c = await connect({ kubeconfig: ${JSON.stringify(kubeconfig)} }); await c.read('/api'); await c.close()`
    const child = spawn(process.execPath, [
      '--disable-warning=ExperimentalWarning',
      '--input-type=module',
      '-e',
      script,
    ])
    const heard = await Promise.all([text(child.stdout), text(child.stderr)])
    expect(heard).toEqual(['', 'please log in'])
    expect(server.requests.at(-1)?.headers.authorization).toBe('Bearer t')
  })

  test('that reads standard input finds it closed', async () => {
    const user = plugin(
      `process.stdin.resume(); process.stdin.on('end', () => { ${giving({ token: 'after-input' })} })`,
    )
    expect((await seen(user)).authorization).toBe('Bearer after-input')
  })

  test('is heard on standard error', async () => {
    await seen(plugin(`process.stderr.write('please log in');${giving({ token: 't' })}`))
    expect(world.words()).toBe('please log in')
  })

  test('runs once for many requests, and again when its credential has run out', async () => {
    const counting = (seconds: number) =>
      `const fs = require('fs'); const f = __filename + '.runs'; const n = (fs.existsSync(f) ? fs.readFileSync(f, 'utf8').length : 0) + 1; fs.writeFileSync(f, 'x'.repeat(n)); process.stdout.write(JSON.stringify({ apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: { token: 'run' + n, expirationTimestamp: new Date(Date.now() + ${seconds} * 1000).toISOString() } }))`
    const tokens = async (seconds: number) => {
      const kubeconfig = world.write('config', aKubeconfig(cluster(), plugin(counting(seconds))))
      const connection = await connect({ kubeconfig, limits: soon }, world.env)
      await Promise.all(['/api/a', '/api/b'].map((path) => connection.read(path)))
      await connection.read('/api/c')
      await connection.close()
      return server.requests.splice(0).map((request) => request.headers.authorization)
    }
    expect(await tokens(3600)).toEqual(['Bearer run1', 'Bearer run1', 'Bearer run1'])
    expect(await tokens(-5)).toEqual(['Bearer run2', 'Bearer run2', 'Bearer run3'])
  })

  test('runs again after a 401', async () => {
    const counting = `const fs = require('fs'); const f = __filename + '.runs'; fs.appendFileSync(f, 'x'); process.stdout.write(JSON.stringify({ apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: { token: 'run' + fs.readFileSync(f, 'utf8').length } }))`
    await server.close()
    server = await aServer(
      (request, response) =>
        request.headers.authorization === 'Bearer run1'
          ? status(response, 401, 'Unauthorized', 'Unauthorized')
          : json(response, {}),
      pki,
    )
    expect((await seen(plugin(counting))).authorization).toBe('Bearer run2')
  })

  const failing: [string, () => object, object][] = [
    [
      'that is not installed shows its install hint',
      () => ({
        exec: {
          apiVersion: 'client.authentication.k8s.io/v1',
          command: 'no-such-plugin',
          installHint: 'get it at example.test',
          interactiveMode: 'Never',
        },
      }),
      {
        message: 'exec plugin no-such-plugin is not installed, or not in PATH',
        hint: 'get it at example.test',
        source: expect.stringContaining('user "u"'),
      },
    ],
    [
      'that fails names its exit code',
      () => plugin('process.exit(7)'),
      { message: expect.stringContaining('ended with exit code 7') },
    ],
    [
      'that never ends is ended',
      () => plugin('setInterval(() => {}, 1000)'),
      { message: expect.stringContaining('did not end within 0.3 s') },
    ],
    ['that prints nothing', () => plugin(''), { message: expect.stringContaining('it printed nothing') }],
    [
      'that prints no JSON is not repeated',
      () => plugin('console.log("SECRET")'),
      { message: expect.stringContaining('is not JSON') },
    ],
    [
      'that answers in another version',
      () => plugin(giving({ token: 'SECRET' }, 'client.authentication.k8s.io/v1beta1')),
      { message: expect.stringContaining('it answered in apiVersion "client.authentication.k8s.io/v1beta1"') },
    ],
    [
      'that gives nothing',
      () => plugin(giving({})),
      { message: expect.stringContaining('neither a token nor a client certificate') },
    ],
    [
      'of a version that kubectl dropped',
      () => plugin('', { apiVersion: 'client.authentication.k8s.io/v1alpha1' }),
      { message: expect.stringContaining('v1alpha1') },
    ],
    [
      'that has to ask, with nobody there',
      () => plugin('', { interactiveMode: 'Always' }),
      { message: expect.stringContaining('standard input is no terminal') },
    ],
    [
      'with a mode nobody knows',
      () => plugin('', { interactiveMode: 'Perhaps' }),
      { message: expect.stringContaining('"Perhaps"') },
    ],
    ['with a token that cannot be one', () => plugin(giving({ token: 'SECRET\nSECRET' })), { code: 'BadCredentials' }],
  ]
  for (const [title, user, expected] of failing) {
    test(title, async () => {
      const limits = { ...soon, pluginMs: title.includes('never ends') ? 300 : 5000 }
      const error = await seen(user(), { limits }).catch((caught: unknown) => caught)
      expect(error).toMatchObject({ name: 'ConnectionError', code: 'ExecPlugin', ...expected })
      expect(JSON.stringify(error) + String(error)).not.toContain('SECRET')
    })
  }

  test('ends when the connection is closed', async () => {
    const kubeconfig = world.write('config', aKubeconfig(cluster(), plugin('setInterval(() => {}, 1000)')))
    const connection = await connect({ kubeconfig, limits: soon }, world.env)
    const read = connection.read('/api')
    setTimeout(() => void connection.close(), 50)
    await expect(read).rejects.toThrow('the connection is closed')
  })
})

describe('acting as somebody else', () => {
  const rows: [string, object, ConnectionOptions, object][] = [
    ['a user', { as: 'bob' }, {}, { 'Impersonate-User': ['bob'] }],
    [
      'with groups, uid and extra from the kubeconfig',
      { as: 'bob', 'as-uid': '7', 'as-groups': ['a,b', 'c'], 'as-user-extra': { 'Scope/x': ['1', '2'] } },
      {},
      {
        'Impersonate-User': ['bob'],
        'Impersonate-Uid': ['7'],
        'Impersonate-Group': ['a,b', 'c'],
        'Impersonate-Extra-Scope%2Fx': ['1', '2'],
      },
    ],
    [
      'with flags',
      {},
      { as: 'eve', asGroups: ['g1', 'g2'], asUid: '9' },
      { 'Impersonate-User': ['eve'], 'Impersonate-Uid': ['9'], 'Impersonate-Group': ['g1', 'g2'] },
    ],
    [
      'flags before the kubeconfig',
      { as: 'bob', 'as-groups': ['a'] },
      { as: 'eve' },
      { 'Impersonate-User': ['eve'], 'Impersonate-Group': ['a'] },
    ],
    [
      'a name beyond ASCII in UTF-8',
      { as: 'zoë' },
      {},
      { 'Impersonate-User': [Buffer.from('zoë').toString('latin1')] },
    ],
  ]
  for (const [title, user, options, expected] of rows) {
    test(title, async () => {
      await seen(user, options)
      const { rawHeaders = [] } = server.requests.at(-1) ?? {}
      const found: Record<string, string[]> = {}
      for (let at = 0; at < rawHeaders.length; at += 2) {
        const [name = '', value = ''] = rawHeaders.slice(at, at + 2)
        if (name.startsWith('Impersonate')) found[name] = [...(found[name] ?? []), value]
      }
      expect(found).toEqual(expected)
    })
  }
  test('a group without a user is a wrong command line', async () => {
    await expect(seen({}, { asGroups: ['g'] })).rejects.toMatchObject({ code: 'BadOption', hint: 'add --as USER' })
  })
})

describe('credentials that cannot be used', () => {
  const rows: [string, () => object, object][] = [
    [
      'a token file that is gone',
      () => ({ tokenFile: 'gone' }),
      { code: 'BadCredentials', message: expect.stringContaining('ENOENT') },
    ],
    ['a token with a line break', () => ({ token: 'SECRET\nSECRET' }), { code: 'BadCredentials' }],
    [
      'a client certificate without a key',
      () => ({ 'client-certificate-data': base64(pki.clientCert) }),
      { code: 'BadCertificate', message: 'client-key is missing' },
    ],
    [
      'a client certificate that is none',
      () => ({ 'client-certificate-data': base64('SECRET'), 'client-key-data': base64('SECRET') }),
      { code: 'BadCertificate' },
    ],
    [
      'a client certificate that is gone',
      () => ({ 'client-certificate': 'gone', 'client-key': 'gone' }),
      { code: 'BadCertificate', message: expect.stringContaining('ENOENT') },
    ],
    [
      'the gcp provider that kubectl dropped',
      () => ({ 'auth-provider': { name: 'gcp' } }),
      { code: 'AuthProvider', hint: expect.stringContaining('gke-gcloud-auth-plugin') },
    ],
    [
      'an ID token that has run out, with nothing to renew it',
      () => ({
        'auth-provider': {
          name: 'oidc',
          config: { 'id-token': jwt(-5), 'idp-issuer-url': 'https://x', 'client-id': 'me' },
        },
      }),
      { code: 'AuthProvider', message: expect.stringContaining('no refresh-token') },
    ],
  ]
  for (const [title, user, expected] of rows) {
    test(title, async () => {
      const error = await seen(user()).catch((caught: unknown) => caught)
      expect(error).toMatchObject({ name: 'ConnectionError', source: expect.stringContaining('user "u"'), ...expected })
      expect(JSON.stringify(error) + String(error)).not.toContain('SECRET')
    })
  }
})

describe('an OIDC token that has run out', () => {
  for (const secret of ['', 'hidden']) {
    test(`is renewed with the refresh token, ${secret === '' ? 'by a public client' : 'with the client secret'}`, async () => {
      const asked: string[] = []
      const provider = await aServer((request, response) => {
        if (request.url === '/.well-known/openid-configuration') {
          json(response, { issuer: provider.url, token_endpoint: `${provider.url}/token` })
          return
        }
        let body = ''
        request.on('data', (chunk) => {
          body += chunk
        })
        request.on('end', () => {
          asked.push(`${request.headers.authorization ?? ''} ${body}`)
          json(response, { id_token: jwt(3600), refresh_token: 'r2-long', expires_in: 3600 })
        })
      }, pki)
      try {
        const config = {
          'id-token': jwt(-5),
          'refresh-token': 'r1-long',
          'client-id': 'me',
          'client-secret': secret,
          'idp-issuer-url': provider.url,
          'idp-certificate-authority-data': base64(pki.ca),
        }
        const headers = await seen({ 'auth-provider': { name: 'oidc', config } })
        expect(headers.authorization).toBe(`Bearer ${jwt(3600)}`)
        const saved = readFileSync(join(world.folder, 'config'), 'utf8')
        const expected = { ...config, 'id-token': jwt(3600), 'refresh-token': 'r2-long' }
        expect(JSON.parse(saved)).toEqual(
          aKubeconfig(cluster(), { 'auth-provider': { name: 'oidc', config: expected } }),
        )
        expect(world.words()).toBe('')
        expect(asked).toEqual([
          secret === ''
            ? ' grant_type=refresh_token&refresh_token=r1-long&client_id=me'
            : `Basic ${base64('me:hidden')} grant_type=refresh_token&refresh_token=r1-long`,
        ])
      } finally {
        await provider.close()
      }
    })
  }
  test('and cannot be saved is used all the same, with a warning', async () => {
    const provider = await aServer((request, response) =>
      json(response, request.url === '/token' ? { id_token: jwt(3600) } : { token_endpoint: `${provider.url}/token` }),
    )
    const config = {
      'id-token': jwt(-5),
      'refresh-token': 'r1-long',
      'client-id': 'me',
      'idp-issuer-url': provider.url,
    }
    world.write('config.lock', '')
    const headers = await seen({ 'auth-provider': { name: 'oidc', config } })
    await provider.close()
    expect(headers.authorization).toBe(`Bearer ${jwt(3600)}`)
    expect(world.words()).toMatch(/could not be saved \(EEXIST/)
  })
  for (const [title, old] of [
    ['that is missing', ''],
    ['that is none', 'nonsense'],
  ]) {
    test(`or ${title} is got with the refresh token`, async () => {
      const provider = await aServer((request, response) =>
        json(response, request.url === '/token' ? { id_token: jwt(9) } : { token_endpoint: `${provider.url}/token` }),
      )
      const config = { 'id-token': old, 'refresh-token': 'r1', 'client-id': 'me', 'idp-issuer-url': provider.url }
      const headers = await seen({ 'auth-provider': { name: 'oidc', config } })
      await provider.close()
      expect(headers.authorization).toBe(`Bearer ${jwt(9)}`)
    })
  }
  test('twice in one run is renewed with the newest refresh token', async () => {
    const asked: string[] = []
    const provider = await aServer((request, response) => {
      if (request.url !== '/token') return json(response, { token_endpoint: `${provider.url}/token` })
      void text(request).then((body) => {
        asked.push(new URLSearchParams(body).get('refresh_token') ?? '')
        json(response, { id_token: jwt(5), refresh_token: `rotated-${asked.length}` })
      })
    })
    const config = { 'id-token': jwt(-5), 'refresh-token': 'first', 'client-id': 'me', 'idp-issuer-url': provider.url }
    const user = { 'auth-provider': { name: 'oidc', config } }
    const kubeconfig = world.write('config', aKubeconfig(cluster(), user))
    const connection = await connect({ kubeconfig, limits: soon }, world.env)
    await connection.read('/api')
    await connection.read('/api')
    await connection.close()
    await provider.close()
    expect(asked).toEqual(['first', 'rotated-1'])
  })
  test('and a provider that refuses is named, not the tokens', async () => {
    const provider = await aServer((request, response) =>
      request.url === '/token'
        ? json(response, { error: 'invalid_grant', error_description: 'SECRET' }, 400)
        : json(response, { token_endpoint: `${provider.url}/token` }),
    )
    const config = { 'id-token': jwt(-5), 'refresh-token': 'SECRET', 'client-id': 'me', 'idp-issuer-url': provider.url }
    const error = await seen({ 'auth-provider': { name: 'oidc', config } }).catch((caught: unknown) => caught)
    await provider.close()
    expect(error).toMatchObject({
      code: 'AuthProvider',
      message: expect.stringContaining('invalid_grant'),
      hint: 'log in again',
    })
    expect(JSON.stringify(error) + String(error)).not.toContain('SECRET')
  })
})

/** A token that runs out in so many seconds. */
function jwt(seconds: number): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'none' })}.${part({ exp: now + seconds })}.c2ln`
}
