import * as http from 'node:http'
import * as https from 'node:https'
import * as net from 'node:net'
import type { Certificates } from './certificates.ts'

type Handler = (request: http.IncomingMessage, response: http.ServerResponse) => void

/** A server on loopback; `requests` are those it saw, `connections` how many were opened. */
export interface TestServer {
  readonly url: string
  readonly port: number
  readonly requests: http.IncomingMessage[]
  connections(): number
  close(): Promise<void>
}

export type Tls = Pick<Certificates, 'serverCert' | 'serverKey'> & { readonly clientCa?: string }

/** Answers `{}` to everything unless told otherwise. */
export async function aServer(handler: Handler = (_, response) => json(response, {}), tls?: Tls): Promise<TestServer> {
  const requests: http.IncomingMessage[] = []
  const handle: Handler = (request, response) => {
    requests.push(request)
    handler(request, response)
  }
  const client = tls?.clientCa === undefined ? {} : { ca: tls.clientCa, requestCert: true, rejectUnauthorized: false }
  const server =
    tls === undefined
      ? http.createServer(handle)
      : https.createServer({ cert: tls.serverCert, key: tls.serverKey, ...client }, handle)
  let connections = 0
  server.on('connection', () => {
    connections += 1
  })
  const port = await listen(server)
  return {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    port,
    requests,
    connections: () => connections,
    close: () => closing(server),
  }
}

export function json(response: http.ServerResponse, value: unknown, status = 200, headers: object = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value))
}

/** Answers with a Status object as an API server does, and says true for having answered. */
export function status(
  response: http.ServerResponse,
  code: number,
  reason: string,
  message: string,
  headers = {},
): true {
  json(response, { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, reason, code }, code, headers)
  return true
}

/** A proxy that tunnels with CONNECT and forwards plain http; it notes what it was asked for. */
export interface TestProxy {
  readonly url: string
  readonly port: number
  readonly asked: string[]
  readonly logins: string[]
  close(): Promise<void>
}

export async function aHttpProxy(refuse?: number): Promise<TestProxy> {
  const asked: string[] = []
  const logins: string[] = []
  const server = http.createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    logins.push(request.headers['proxy-authorization'] ?? '')
    const { host, ...headers } = request.headers
    const onward = http.request(
      request.url ?? '',
      { method: request.method, headers: { ...headers, host } },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
      },
    )
    request.pipe(onward)
  })
  server.on('connect', (request: http.IncomingMessage, socket: net.Socket) => {
    asked.push(`CONNECT ${request.url}`)
    logins.push(request.headers['proxy-authorization'] ?? '')
    if (refuse !== undefined) {
      socket.end(`HTTP/1.1 ${refuse} No\r\n\r\n`)
      return
    }
    const [host, port] = (request.url ?? '').split(':')
    const onward = net.connect(Number(port), host === 'api.test' ? '127.0.0.1' : host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      onward.pipe(socket).pipe(onward)
    })
    onward.on('error', () => socket.destroy())
    socket.on('error', () => onward.destroy())
  })
  const port = await listen(server)
  return { url: `http://127.0.0.1:${port}`, port, asked, logins, close: () => closing(server) }
}

/** A SOCKS5 server without a login; every host name is this machine. */
export async function aSocksProxy(): Promise<TestProxy> {
  const asked: string[] = []
  const server = net.createServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.once('data', () => {
      socket.write(Buffer.from([5, 0]))
      socket.once('data', (request) => {
        const isName = request[3] === 3
        const length = isName ? (request[4] ?? 0) + 1 : 4
        const host = isName ? request.subarray(5, 4 + length).toString() : request.subarray(4, 8).join('.')
        const port = request.readUInt16BE(4 + length)
        asked.push(`${isName ? 'name' : 'address'} ${host}:${port}`)
        const onward = net.connect(port, '127.0.0.1', () => {
          socket.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]))
          onward.pipe(socket).pipe(onward)
        })
        onward.on('error', () => socket.destroy())
        socket.on('close', () => onward.destroy())
      })
    })
  })
  const port = await listen(server)
  return { url: `socks5://127.0.0.1:${port}`, port, asked, logins: [], close: () => closing(server) }
}

/** Listens on any port of loopback. */
export async function listen(server: net.Server): Promise<number> {
  const sockets = new Set<net.Socket>()
  open.set(server, sockets)
  server.on('connection', (socket: net.Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return (server.address() as net.AddressInfo).port
}

const open = new WeakMap<net.Server, Set<net.Socket>>()

async function closing(server: net.Server): Promise<void> {
  await new Promise<void>((done) => {
    server.close(() => done())
    for (const socket of open.get(server) ?? []) socket.destroy()
  })
}
