import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type ConnectionOptions, connect } from '#cluster/access/index.ts'
import { isDirect } from '#cluster/access/proxy.ts'
import { base64, certificates } from './support/certificates.ts'
import { aHttpProxy, aServer, aSocksProxy, json, type TestProxy, type TestServer } from './support/servers.ts'
import { aKubeconfig, aWorld, soon, type World } from './support/world.ts'

const pki = certificates()
const other = certificates('DNS:elsewhere.test')
let world: World
let secure: TestServer
let wrongName: TestServer
let plain: TestServer
beforeAll(async () => {
  secure = await aServer((request, response) => json(response, { path: request.url }), pki)
  wrongName = await aServer((request, response) => json(response, { path: request.url }), other)
  plain = await aServer((request, response) => json(response, { path: request.url }))
})
afterAll(() => Promise.all([secure, wrongName, plain].map((server) => server.close())))
beforeEach(() => {
  world = aWorld()
})
afterEach(() => world.remove())

type Variables = Record<string, string>

/** Reads `/api/v1/pods` from that cluster and gives the path as the server saw it. */
async function reach(cluster: object, options: ConnectionOptions = {}, variables: Variables = {}): Promise<unknown> {
  const kubeconfig = world.write('config', aKubeconfig(cluster, { token: 'SECRET' }))
  const connection = await connect({ kubeconfig, limits: soon, ...options }, world.with({ variables }))
  try {
    const result = await connection.read('/api/v1/pods')
    return result.failure ?? (JSON.parse(result.body.toString()) as { path: unknown }).path
  } finally {
    await connection.close()
  }
}

describe('a server is trusted', () => {
  const rows: [string, () => object, () => ConnectionOptions, Variables?][] = [
    [
      'by certificate-authority-data',
      () => ({ server: secure.url, 'certificate-authority-data': base64(pki.ca) }),
      () => ({}),
    ],
    [
      'by a certificate-authority file',
      () => ({ server: secure.url, 'certificate-authority': world.write('ca', pki.ca) }),
      () => ({}),
    ],
    [
      'by --certificate-authority, before what the kubeconfig says',
      () => ({ server: secure.url, 'certificate-authority-data': base64(other.ca) }),
      () => ({ certificateAuthority: world.write('ca', pki.ca) }),
    ],
    [
      'by its own certificate alone, as Go does',
      () => ({ server: secure.url, 'certificate-authority-data': base64(pki.serverCert) }),
      () => ({}),
    ],
    ['with insecure-skip-tls-verify', () => ({ server: secure.url, 'insecure-skip-tls-verify': true }), () => ({})],
    [
      'with --insecure-skip-tls-verify',
      () => ({ server: secure.url, 'certificate-authority-data': base64(other.ca) }),
      () => ({ insecureSkipTlsVerify: true }),
    ],
    [
      'under another name with tls-server-name',
      () => ({
        server: wrongName.url,
        'certificate-authority-data': base64(other.ca),
        'tls-server-name': 'elsewhere.test',
      }),
      () => ({}),
    ],
    [
      'under another name with --tls-server-name',
      () => ({ server: wrongName.url, 'certificate-authority-data': base64(other.ca) }),
      () => ({ tlsServerName: 'elsewhere.test' }),
    ],
    [
      'under an address as tls-server-name',
      () => ({ server: secure.url, 'certificate-authority-data': base64(pki.ca), 'tls-server-name': '127.0.0.1' }),
      () => ({}),
    ],
    ['over plain http, as kubectl proxy gives it', () => ({ server: plain.url }), () => ({})],
  ]
  for (const [title, cluster, options, variables] of rows) {
    test(title, async () => expect(await reach(cluster(), options(), variables)).toBe('/api/v1/pods'))
  }
  test("by this machine's authorities, where the kubeconfig names none", async () => {
    const file = world.write('ca', pki.ca)
    expect(await reach({ server: secure.url }, {}, { SSL_CERT_FILE: file })).toBe('/api/v1/pods')
  })
  test('with a path in front of every request', async () => {
    expect(await reach({ server: `${plain.url}/k8s/clusters/c-1/` })).toBe('/k8s/clusters/c-1/api/v1/pods')
  })
})

describe('a server that cannot be read from at all is an error that says why', () => {
  const closed = 'http://127.0.0.1:1'
  const rows: [string, () => object, ConnectionOptions, Variables, object][] = [
    [
      'an unknown authority',
      () => ({ server: secure.url }),
      {},
      {},
      { code: 'CertificateNotTrusted', hint: expect.stringContaining('certificate-authority') },
    ],
    [
      'another authority',
      () => ({ server: secure.url, 'certificate-authority-data': base64(other.ca) }),
      {},
      {},
      { code: 'CertificateNotTrusted' },
    ],
    [
      'a certificate for another name',
      () => ({ server: wrongName.url, 'certificate-authority-data': base64(other.ca) }),
      {},
      {},
      { code: 'CertificateNotTrusted', hint: expect.stringContaining('--tls-server-name') },
    ],
    [
      'an authority that is no certificate',
      () => ({ server: secure.url, 'certificate-authority-data': base64('SECRET') }),
      {},
      {},
      { code: 'BadCertificate' },
    ],
    [
      'an authority file that is gone',
      () => ({ server: secure.url, 'certificate-authority': 'gone' }),
      {},
      {},
      { code: 'BadCertificate', message: expect.stringContaining('ENOENT') },
    ],
    [
      'both an authority and no verification',
      () => ({ server: secure.url, 'certificate-authority-data': base64(pki.ca), 'insecure-skip-tls-verify': true }),
      {},
      {},
      { code: 'BadCertificate' },
    ],
    [
      'nothing listening',
      () => ({ server: closed }),
      {},
      {},
      {
        code: 'Unreachable',
        message: expect.stringContaining('ECONNREFUSED'),
        source: expect.stringContaining('cluster "c"'),
      },
    ],
    ['a host that does not exist', () => ({ server: 'http://no-such-host.invalid' }), {}, {}, { code: 'Unreachable' }],
    [
      'https to a http server',
      () => ({ server: plain.url.replace('http', 'https'), 'insecure-skip-tls-verify': true }),
      {},
      {},
      { code: 'Unreachable', message: expect.stringContaining('TLS failed') },
    ],
    [
      'a proxy that is not there',
      () => ({ server: secure.url, 'proxy-url': 'http://me:SECRET@127.0.0.1:1' }),
      {},
      {},
      { message: expect.stringMatching(/through the proxy http:\/\/127.0.0.1:1 \(from proxy-url of cluster "c"/) },
    ],
    [
      'a SOCKS proxy that is not there',
      () => ({ server: secure.url, 'proxy-url': 'socks5://127.0.0.1:1' }),
      {},
      {},
      { message: expect.stringContaining('through the proxy socks5:') },
    ],
    [
      'a proxy that is no address',
      () => ({ server: secure.url, 'proxy-url': 'ftp://SECRET' }),
      {},
      {},
      { code: 'BadKubeconfig' },
    ],
    [
      'an environment proxy that is not there',
      () => ({ server: 'https://api.test' }),
      {},
      { HTTPS_PROXY: '127.0.0.1:1' },
      { message: expect.stringContaining('(from HTTPS_PROXY)') },
    ],
  ]
  for (const [title, cluster, options, variables, expected] of rows) {
    test(title, async () => {
      const error = await reach(cluster(), options, variables).catch((caught: unknown) => caught)
      expect(error).toMatchObject({ name: 'ConnectionError', ...expected })
      expect(JSON.stringify(error) + String(error)).not.toContain('SECRET')
    })
  }
})

describe('a proxy is gone through', () => {
  let proxies: TestProxy[]
  beforeEach(async () => {
    proxies = [await aHttpProxy(), await aSocksProxy(), await aHttpProxy(407)]
  })
  afterEach(() => Promise.all(proxies.map((proxy) => proxy.close())))

  type Row = [string, number, (proxy: TestProxy) => [object, Variables?], () => string[]]
  const far = () => ({ server: `https://api.test:${secure.port}`, 'certificate-authority-data': base64(pki.ca) })
  const rows: Row[] = [
    [
      'as proxy-url says, by tunnel',
      0,
      (p) => [{ ...far(), 'proxy-url': p.url }],
      () => [`CONNECT api.test:${secure.port}`],
    ],
    [
      'as proxy-url says, whatever NO_PROXY says',
      0,
      (p) => [{ ...far(), 'proxy-url': p.url }, { NO_PROXY: '*' }],
      () => [`CONNECT api.test:${secure.port}`],
    ],
    ['as HTTPS_PROXY says', 0, (p) => [far(), { HTTPS_PROXY: p.url }], () => [`CONNECT api.test:${secure.port}`]],
    [
      'as https_proxy says, without a scheme',
      0,
      (p) => [far(), { https_proxy: `127.0.0.1:${p.port}` }],
      () => [`CONNECT api.test:${secure.port}`],
    ],
    ['not to this machine', 0, (p) => [{ ...far(), server: secure.url }, { HTTPS_PROXY: p.url }], () => []],
    [
      'with SOCKS, which looks up the name',
      1,
      (p) => [{ ...far(), 'proxy-url': p.url }],
      () => [`name api.test:${secure.port}`],
    ],
    [
      'with SOCKS to an address, which the certificate has to hold',
      1,
      (p) => [{ ...far(), server: secure.url, 'proxy-url': p.url }],
      () => [`address 127.0.0.1:${secure.port}`],
    ],
    [
      'by tunnel to an address, which the certificate has to hold',
      0,
      (p) => [{ ...far(), server: secure.url, 'proxy-url': p.url }],
      () => [`CONNECT 127.0.0.1:${secure.port}`],
    ],
    [
      'with SOCKS and plain http',
      1,
      (p) => [{ server: `http://api.test:${plain.port}`, 'proxy-url': p.url }],
      () => [`name api.test:${plain.port}`],
    ],
    [
      'with plain http, not by tunnel',
      0,
      (p) => [{ server: plain.url, 'proxy-url': p.url }],
      () => [`GET ${plain.url}/api/v1/pods`],
    ],
  ]
  for (const [title, which, settings, expected] of rows) {
    test(title, async () => {
      const proxy = proxies[which] as TestProxy
      const [cluster, variables] = settings(proxy)
      expect(await reach(cluster, {}, variables)).toBe('/api/v1/pods')
      expect(proxy.asked).toEqual(expected())
    })
  }
  test('with name and password', async () => {
    const proxy = proxies[0] as TestProxy
    for (const server of [far().server, plain.url]) {
      await reach({ ...far(), server, 'proxy-url': proxy.url.replace('//', '//me:p%40ss@') })
    }
    expect(proxy.logins).toEqual([`Basic ${base64('me:p@ss')}`, `Basic ${base64('me:p@ss')}`])
  })
  test('and a certificate for another name is refused behind it too', async () => {
    const cluster = { server: wrongName.url, 'certificate-authority-data': base64(other.ca) }
    for (const proxy of proxies.slice(0, 2)) {
      await expect(reach({ ...cluster, 'proxy-url': proxy.url })).rejects.toMatchObject({
        code: 'CertificateNotTrusted',
      })
    }
  })
  test('and one that refuses is named', async () => {
    const error = reach({ ...far(), 'proxy-url': (proxies[2] as TestProxy).url })
    await expect(error).rejects.toMatchObject({
      code: 'ProxyFailed',
      message: expect.stringContaining('Bad response: 407'),
    })
  })
})

describe('NO_PROXY takes out', () => {
  const rows: [string, string, boolean][] = [
    ['https://api.example.com', 'example.com', true],
    ['https://example.com', 'example.com', true],
    ['https://example.com', '.example.com', false],
    ['https://api.example.com', '.example.com', true],
    ['https://api.example.com', '*.example.com', true],
    ['https://badexample.com', 'example.com', false],
    ['https://api.example.com:6443', 'example.com:6443', true],
    ['https://api.example.com', 'example.com:6443', false],
    ['https://API.example.com', ' x , Example.COM ', true],
    ['https://10.1.2.3', '10.0.0.0/8', true],
    ['https://11.1.2.3', '10.0.0.0/8', false],
    ['https://10.1.2.3', '10.1.2.3', true],
    ['https://[fd00::7]', 'fd00::/16', true],
    ['https://[fd00::7]:6443', '[fd00::7]:6443', true],
    ['https://api.example.com', '10.0.0.0/8', false],
    ['https://anything', '*', true],
    ['https://localhost:6443', '', true],
    ['https://127.8.8.8', '', true],
    ['https://[::1]', '', true],
    ['https://api.example.com', '', false],
    ['https://10.1.2.3', '10.0.0.0/99,garbage/x', false],
  ]
  for (const [server, noProxy, direct] of rows) {
    test(`${JSON.stringify(noProxy)} ${direct ? 'takes out' : 'leaves in'} ${server}`, () =>
      expect(isDirect(new URL(server), noProxy)).toBe(direct))
  }
})
