import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { Access as AccessControl, administrator } from './access.ts'
import { type Authority, createAuthority } from './certificates.ts'
import { type FailureRule, Failures, type RandomFailures } from './failures.ts'
import { Handler } from './handler.ts'
import { type Access, kubeconfig } from './kubeconfig.ts'
import { builtInResources, type ResourceType } from './resources.ts'
import { Store } from './store.ts'
import type { ApiUser, KubeObject, SeenRequest } from './types.ts'
import { Watches } from './watch.ts'

/** What a server is started with; without any it is empty, open and plain http. */
/** A server that runs, and what a test may do with it. */
export interface ApiServerOptions {
  readonly objects?: readonly object[]
  /** What `/version` says; `v1.36.2` where it is absent. */
  readonly version?: string
  /**
   * The administrator's token. With neither a token, nor users, nor client certificates everybody is let in. Clients in
   * kubectl's manner send a token over https only: with `token` they need `tls` too.
   */
  readonly token?: string
  /** https, with an authority of its own. */
  readonly tls?: boolean
  /** Users come with client certificates; needs `tls`. */
  readonly clientCertificates?: boolean
  readonly users?: readonly ApiUser[]
  /** Kinds beyond the built-in ones and those that the objects themselves show. */
  readonly resources?: readonly ResourceType[]
  /** The most objects in one page, whatever `limit` asks for; a list without `limit` is not paged. */
  readonly pageLimit?: number
  /** The context's name in the kubeconfig. */
  readonly context?: string
}

export interface ApiServer {
  readonly url: string
  /** A kubeconfig's text, for the administrator or for the user of that name. */
  kubeconfig(user?: string): string
  /** The same as parts, to join several servers in one kubeconfig. */
  access(user?: string): Access
  readonly requests: readonly SeenRequest[]
  readonly watches: Watches
  setObjects(objects: readonly object[]): void
  update(...objects: readonly object[]): void
  remove(...objects: readonly object[]): void
  /** Forgets old revisions: continue tokens and watches from before are answered 410. */
  compact(): void
  fail(...rules: readonly FailureRule[]): void
  failAtRandom(random: RandomFailures): void
  heal(): void
  close(): Promise<void>
}

/** Starts an API server on a free port of 127.0.0.1: read-only, JSON only, strict about what it is asked. */
export async function startApiServer(options: ApiServerOptions = {}): Promise<ApiServer> {
  const { version = 'v1.36.2', users = [], resources = [] } = options
  const minor = Number(/^v?\d+\.(\d+)/.exec(version)?.[1] ?? 36)
  const store = new Store([...builtInResources(minor), ...resources], asObjects(options.objects ?? []))
  const authority = options.tls ? createAuthority() : undefined
  const access = new AccessControl(options.token, users, options.clientCertificates ?? false)
  const requests: SeenRequest[] = []
  const failures = new Failures()
  const watches = new Watches()
  const handler = new Handler({
    store,
    access,
    failures,
    watches,
    requests,
    version,
    pageLimit: options.pageLimit ?? Number.POSITIVE_INFINITY,
  })
  const server = createServer(
    authority,
    (request, response) => void handler.handle(request, response, clientOf(request)),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `${authority ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`
  const accessOf = (user?: string): Access => contextOf(options, url, authority, user)
  return {
    ...{ url, requests, watches, access: accessOf },
    kubeconfig: (user) => kubeconfig(accessOf(user)),
    setObjects: (objects) => store.setObjects(asObjects(objects)),
    update: (...objects) => store.update(asObjects(objects)),
    remove: (...objects) => store.remove(asObjects(objects)),
    compact: () => store.compact(),
    fail: (...rules) => failures.add(...rules),
    failAtRandom: (random) => failures.atRandom(random),
    heal: () => failures.clear(),
    close: () => close(server),
  }
}

type Listener = (request: IncomingMessage, response: ServerResponse) => void

function createServer(authority: Authority | undefined, listener: Listener): Server {
  if (authority === undefined) return createHttpServer(listener)
  const { certificate: cert, key } = authority.server
  return createHttpsServer(
    { cert, key, ca: authority.certificate, requestCert: true, rejectUnauthorized: false },
    listener,
  )
}

/** The common name of the client certificate, where the authority signed one. */
function clientOf(request: IncomingMessage): string | undefined {
  const socket = request.socket as Partial<TLSSocket>
  if (socket.authorized !== true) return undefined
  const name = socket.getPeerCertificate?.().subject?.CN
  return Array.isArray(name) ? name[0] : name
}

function contextOf(options: ApiServerOptions, url: string, authority: Authority | undefined, name?: string): Access {
  const { context = 'test', users = [], clientCertificates, token } = options
  const user = name === undefined ? undefined : users.find((one) => one.name === name)
  if (name !== undefined && user === undefined) throw new Error(`the server has no user ${name}`)
  const { name: subject, groups = [] } = user ?? administrator
  const given = user === undefined ? token : user.token
  const base = { context, server: url, ...(authority && { authority: authority.certificate }) }
  if (clientCertificates && authority !== undefined) return { ...base, ...authority.user(subject, groups) }
  return { ...base, ...(given === undefined ? {} : { token: given }) }
}

/** Builders, plain JSON and Lists of both, as the wire would carry them. */
function asObjects(objects: readonly object[]): KubeObject[] {
  return objects.flatMap((object) => {
    const plain = JSON.parse(JSON.stringify(object)) as KubeObject & { items?: KubeObject[] }
    return plain.kind === 'List' ? (plain.items ?? []) : [plain]
  })
}

async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeAllConnections()
  await closed
}
