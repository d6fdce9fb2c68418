import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type Connection, type ConnectionOptions, connect, readVersion } from '#cluster/access/index.ts'
import { parseTimeout } from '#cluster/access/options.ts'
import { aServer, json, listen, status, type TestServer } from './support/servers.ts'
import { aWorld, soon, type World } from './support/world.ts'

let world: World
let server: TestServer | undefined
let connection: Connection | undefined
beforeEach(() => {
  world = aWorld()
})
afterEach(async () => {
  await connection?.close()
  await server?.close()
  connection = undefined
  server = undefined
  world.remove()
})

type Answer = (response: ServerResponse, request: IncomingMessage) => void

/** A server that gives these answers in turn, the last one for ever, and a connection to it. */
async function serving(answers: Answer[], options: ConnectionOptions = {}): Promise<Connection> {
  let turn = 0
  server = await aServer((request, response) => {
    const answer = answers[Math.min(turn, answers.length - 1)]
    turn += 1
    answer?.(response, request)
  })
  connection = await connect({ server: server.url, limits: soon, ...options }, world.env)
  return connection
}

const ok: Answer = (response) => json(response, { ok: true })
const failing =
  (code: number, headers = {}): Answer =>
  (response) =>
    status(response, code, '', `said ${code}`, headers)
const reset: Answer = (response) => void response.socket?.destroy()
const halfway: Answer = (response) => {
  response.writeHead(200, { 'content-length': 100 })
  response.write('half')
  setTimeout(() => response.socket?.destroy(), 5)
}
const silent: Answer = () => undefined

describe('a read is sent again where that is worth it', () => {
  const rows: [string, Answer[], ConnectionOptions, number, object][] = [
    ['after 429', [failing(429), ok], {}, 2, {}],
    ['after 500', [failing(500), ok], {}, 2, {}],
    ['after 503, several times', [failing(503), failing(503), failing(503), ok], {}, 4, {}],
    ['after a reset connection', [reset, ok], {}, 2, {}],
    ['after an answer that was cut off', [halfway, ok], {}, 2, {}],
    [
      'up to a limit',
      [failing(500)],
      { limits: { ...soon, attempts: 3 } },
      3,
      { reason: 'ServerError', message: 'said 500' },
    ],
    [
      'but not for a Retry-After that is too long',
      [failing(429, { 'retry-after': '3600' })],
      {},
      1,
      { reason: 'ServerError' },
    ],
    ['but not after 403', [failing(403)], {}, 1, { reason: 'Forbidden', message: 'said 403', status: 403 }],
    ['but not after 404', [failing(404)], {}, 1, { reason: 'NotFound' }],
    ['but not after 410', [failing(410)], {}, 1, { reason: 'Expired' }],
    ['but not after 400', [failing(400)], {}, 1, { reason: 'Invalid' }],
    ['a gateway that waited in vain is Timeout', [failing(504)], {}, 5, { reason: 'Timeout' }],
  ]
  for (const [title, answers, options, sent, failure] of rows) {
    test(title, async () => {
      const result = await (await serving(answers, options)).read('/api/v1/pods')
      expect(server?.requests.length).toBe(sent)
      if (Object.keys(failure).length === 0) expect(result.failure).toBeUndefined()
      else expect(result.failure).toMatchObject(failure)
    })
  }

  test('as late as Retry-After says', async () => {
    const times: number[] = []
    const noting =
      (answer: Answer): Answer =>
      (response, request) => {
        times.push(Date.now())
        answer(response, request)
      }
    await (await serving([noting(failing(429, { 'retry-after': '1' })), noting(ok)])).read('/api/v1/pods')
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(990)
  })

  test('but a review never', async () => {
    const result = await (await serving([failing(503)])).review('selfsubjectaccessreviews', {})
    expect(result.failure).toMatchObject({ reason: 'ServerError' })
    expect(server?.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    ])
  })

  test('but not once a part of it was handed on', async () => {
    const parts: string[] = []
    const reading = (await serving([ok, halfway])).read('/api', {})
    await reading
    const result = await connection?.read('/api/v1/pods', { onChunk: (chunk) => parts.push(chunk.toString()) })
    expect(result?.failure).toMatchObject({ reason: 'Unreachable' })
    expect(parts).toEqual(['half'])
  })
})

describe('waiting has an end, which says so', () => {
  const rows: [string, Answer, ConnectionOptions, RegExp][] = [
    ['--request-timeout', silent, { requestTimeout: '100ms' }, /no whole answer within 0.1 s/],
    ['the time for silence', silent, { limits: { ...soon, silenceMs: 60 } }, /no whole answer within 0.06 s/],
    [
      'the time for the whole, though bytes trickle',
      (response) => {
        response.writeHead(200)
        const drip = setInterval(() => response.write('x'), 10)
        response.once('close', () => clearInterval(drip))
      },
      { limits: { ...soon, silenceMs: 1000, answerMs: 150 } },
      /no whole answer within 0.15 s/,
    ],
  ]
  for (const [title, answer, options, message] of rows) {
    test(title, async () => {
      const error = (await serving([answer], options)).read('/api/v1/pods')
      await expect(error).rejects.toMatchObject({
        code: 'Timeout',
        message: expect.stringMatching(message),
        hint: expect.stringContaining('--request-timeout'),
      })
    })
  }
  test('a server that takes the connection and never speaks TLS', async () => {
    const mute = createServer()
    const port = await listen(mute)
    const target = await connect({ server: `https://127.0.0.1:${port}`, limits: { ...soon, connectMs: 80 } }, world.env)
    await expect(target.read('/api')).rejects.toMatchObject({
      code: 'Timeout',
      message: expect.stringContaining('no connection within 0.08 s'),
    })
    await target.close()
    mute.close()
  })
  test('after the server has answered anybody, it is the read that is missing', async () => {
    const target = await serving([ok, silent], { requestTimeout: '100ms' })
    await target.read('/api/v1/nodes')
    expect((await target.read('/api/v1/pods')).failure).toMatchObject({ reason: 'Timeout' })
  })
  test('a signal ends a read at once', async () => {
    const target = await serving([silent])
    const reading = target.read('/api', { signal: AbortSignal.timeout(30) })
    await expect(reading).rejects.toMatchObject({ name: 'TimeoutError' })
  })
  const durations: [string, number | 'BadOption'][] = [
    ['0', 0],
    ['30', 30_000],
    ['5s', 5000],
    ['1m30s', 90_000],
    ['1.5h', 5_400_000],
    ['500ms', 500],
    ['', 'BadOption'],
    ['5 s', 'BadOption'],
    ['-1', 'BadOption'],
    ['soon', 'BadOption'],
    ['5d', 'BadOption'],
  ]
  for (const [text, expected] of durations) {
    test(`--request-timeout ${JSON.stringify(text)}`, () => {
      if (expected === 'BadOption') expect(() => parseTimeout(text)).toThrow('is no duration')
      else expect(parseTimeout(text)).toBe(expected)
    })
  }
})

describe('401', () => {
  test('as the first answer is an error', async () => {
    const reading = (await serving([failing(401)])).read('/api/v1/pods')
    await expect(reading).rejects.toMatchObject({ code: 'Unauthorized', message: expect.stringContaining('said 401') })
  })
  test('after reads that worked is a missing read', async () => {
    const target = await serving([ok, failing(401)])
    await target.read('/api/v1/nodes')
    expect((await target.read('/api/v1/pods')).failure).toMatchObject({ reason: 'Unauthorized' })
  })
})

describe('an answer', () => {
  const bodies: [string, Answer, object][] = [
    [
      'packed with gzip is unpacked',
      (response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"ok":1}')),
      { body: Buffer.from('{"ok":1}') },
    ],
    [
      'that leads elsewhere is not followed',
      (response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
      { failure: { reason: 'Invalid', status: 302 } },
    ],
    [
      'from something else than an API server is told in its words',
      (response) =>
        void response
          .writeHead(403, { 'content-type': 'text/html' })
          .end('<html><style>x{}</style><h1>Log in</h1> first</html>'),
      { failure: { reason: 'Forbidden', message: 'Log in first' } },
    ],
    [
      'in protobuf gives its Status too',
      (response) =>
        void response
          .writeHead(403, { 'content-type': 'application/vnd.kubernetes.protobuf' })
          .end(protobufStatus('pods is forbidden')),
      { failure: { reason: 'Forbidden', message: 'pods is forbidden' } },
    ],
    [
      'in broken protobuf gives its number',
      (response) =>
        void response.writeHead(403, { 'content-type': 'application/vnd.kubernetes.protobuf' }).end('k8s\0\xff\xff'),
      { failure: { reason: 'Forbidden', message: 'the server answered 403' } },
    ],
  ]
  for (const [title, answer, expected] of bodies) {
    test(title, async () => expect(await (await serving([answer])).read('/api/v1/pods')).toMatchObject(expected))
  }
  test('comes in parts where that is wanted', async () => {
    const parts: Buffer[] = []
    await (await serving([ok])).read('/api', { onChunk: (chunk) => parts.push(chunk) })
    expect(Buffer.concat(parts).toString()).toBe('{"ok":true}')
  })
})

describe('a request', () => {
  test('carries who asks, and what it takes', async () => {
    const target = await serving([ok], { userAgent: 'kubectl-taintdoctor/9' })
    await target.read('/api', { accept: 'application/vnd.kubernetes.protobuf' })
    await target.read('/api', { gzip: false })
    const [first, second] = server?.requests.map((request) => request.headers) ?? []
    expect(first).toMatchObject({
      'user-agent': 'kubectl-taintdoctor/9',
      accept: 'application/vnd.kubernetes.protobuf',
      'accept-encoding': 'gzip',
    })
    expect(second).toMatchObject({ accept: 'application/json' })
    expect(second).not.toHaveProperty('accept-encoding')
  })
  test('shares few connections with the others', async () => {
    const slow: Answer = (response) => void setTimeout(() => json(response, {}), 5)
    const target = await serving([slow], { limits: { ...soon, connections: 2 } })
    await Promise.all(Array.from({ length: 20 }, (_, n) => target.read(`/api/${n}`)))
    expect(server?.requests.length).toBe(20)
    expect(server?.connections()).toBe(2)
  })
  test('of the version tells it', async () => {
    const target = await serving([
      (response) => json(response, { gitVersion: 'v1.31.4+k3s1' }),
      (response) => json(response, { no: 1 }),
    ])
    expect(await readVersion(target)).toMatchObject({ minor: 31, patch: 4, text: 'v1.31.4+k3s1' })
    expect(await readVersion(target)).toBeUndefined()
  })
})

/** A Status as protobuf: `k8s\0`, Unknown.raw (2), and in it Status.message (3). */
function protobufStatus(message: string): Buffer {
  const field = (number: number, bytes: Buffer) => Buffer.concat([Buffer.from([number * 8 + 2, bytes.length]), bytes])
  const type = field(1, field(1, Buffer.from('v1')))
  return Buffer.concat([Buffer.from('k8s\0'), type, field(2, field(3, Buffer.from(message)))])
}
