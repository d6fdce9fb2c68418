import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from '@jest/globals'
import { connect } from '#cluster/access/index.ts'
import { LiveCluster } from '#cluster/live/live-cluster.ts'
import { readSnapshot } from '#cluster/snapshot/read-snapshot.ts'
import { diagnose } from '#diagnosis/diagnose.ts'
import type { ClusterState } from '#model/cluster-state.ts'
import { renderJson } from '#output/json.ts'
import { nodes, pods } from '#test/benchmark/objects.ts'
import { aServer, status, type TestServer } from '#test/cluster/access/support/servers.ts'
import { aWorld, soon } from '#test/cluster/access/support/world.ts'
import { encodeList } from '#test/support/encode-protobuf.ts'

const size = { nodes: 7, assigned: 30, pending: 9, kinds: 9 }
const objects = { nodes: [...nodes(size)], pods: [...pods(size)] }
const names = objects.pods.map((pod) => (pod as { metadata: { name: string } }).metadata.name).sort()
const perPage = 10

/** What the server makes of one page of Pods: true where it has answered by itself. */
type Spoil = (page: { response: ServerResponse; accept: string; number: number; body: Buffer; nth: number }) => boolean

let server: TestServer | undefined
afterEach(async () => {
  await server?.close()
  server = undefined
})

/** Serves the cluster in protobuf where it is accepted, else in JSON. */
async function read(
  spoil: Spoil = () => false,
  lists: { nodes: object[]; pods: object[] } = objects,
): Promise<ClusterState> {
  const asked = new Map<number, number>()
  server = await aServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://x')
    if (url.pathname === '/version') return void response.end('{"gitVersion":"v1.36.2"}')
    const kind = url.pathname.endsWith('/nodes') ? 'nodes' : 'pods'
    const at = Number(url.searchParams.get('continue') ?? 0)
    const items = lists[kind].slice(at, at + perPage)
    const next = tokenAfter(at, lists[kind].length)
    const accept = request.headers.accept ?? ''
    const isProtobuf = accept.startsWith('application/vnd.kubernetes.protobuf')
    const body = isProtobuf ? encodeList(kind, items, next) : jsonList(kind, items, next)
    const number = at / perPage + 1
    if (kind === 'pods') {
      const nth = (asked.get(number) ?? 0) + 1
      asked.set(number, nth)
      if (spoil({ response, accept, number, body, nth })) return
    }
    response.setHeader('content-type', isProtobuf ? 'application/vnd.kubernetes.protobuf' : 'application/json')
    response.end(body)
  })
  const world = aWorld()
  const cluster = new LiveCluster(await connect({ server: server.url, limits: { ...soon, attempts: 2 } }, world.env))
  try {
    return await cluster.readBase({})
  } finally {
    await cluster.close()
    world.remove()
  }
}

function tokenAfter(at: number, count: number): string {
  return at + perPage < count ? String(at + perPage) : ''
}

function jsonList(kind: 'nodes' | 'pods', items: readonly object[], next: string): Buffer {
  const metadata = { resourceVersion: '1', ...(next === '' ? {} : { continue: next }) }
  return Buffer.from(
    JSON.stringify({ kind: kind === 'pods' ? 'PodList' : 'NodeList', apiVersion: 'v1', metadata, items }),
  )
}

const podNames = ({ lists }: ClusterState) => lists.pods.items.map(({ metadata }) => metadata.name).sort()
const refusesProtobuf: Spoil = ({ response, accept }) =>
  accept.includes('protobuf') && status(response, 406, 'NotAcceptable', 'only application/json is served here')
const answersJson: Spoil = ({ response, number }) => {
  const at = (number - 1) * perPage
  response.end(
    jsonList('pods', objects.pods.slice(at, at + perPage), at + perPage < names.length ? `${at + perPage}` : ''),
  )
  return true
}

describe('every Pod is read once, whatever the server and what is between do', () => {
  const rows: readonly (readonly [string, Spoil])[] = [
    ['protobuf', () => false],
    ['a server that refuses protobuf', refusesProtobuf],
    ['a server that answers JSON all the same, without a content type', answersJson],
    [
      'a proxy that packs what nobody asked to be packed',
      ({ response, body }) => {
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(body))
        return true
      },
    ],
    [
      'a connection that breaks in the middle of a page',
      ({ response, body, number, nth }) => {
        if (number !== 2 || nth > 1) return false
        response.writeHead(200, { 'content-length': body.length })
        response.write(body.subarray(0, 1000), () => response.destroy())
        return true
      },
    ],
    [
      'a list that the server forgets half way',
      ({ response, number, nth }) => number === 3 && nth === 1 && status(response, 410, 'Expired', 'too old'),
    ],
    [
      'a server that is busy for a moment',
      ({ response, number, nth }) =>
        number === 2 && nth === 1 && status(response, 429, 'TooManyRequests', 'slow down', { 'retry-after': '0' }),
    ],
  ]
  for (const [title, spoil] of rows) {
    test(title, async () => {
      const state = await read(spoil)
      expect(podNames(state)).toEqual(names)
      expect(state.lists.pods.missing).toBeUndefined()
    })
  }
})

describe('what cannot be had is said, and what came is kept once', () => {
  const rows: readonly (readonly [string, Spoil, string])[] = [
    [
      'a page of protobuf that ends too early',
      ({ response, number, body }) => {
        if (number !== 3) return false
        response.end(body.subarray(0, body.length - 500))
        return true
      },
      'Invalid',
    ],
    [
      'a list that the server forgets again and again',
      ({ response, number }) => number === 3 && status(response, 410, 'Expired', 'too old'),
      'Expired',
    ],
  ]
  for (const [title, spoil, reason] of rows) {
    test(title, async () => {
      const state = await read(spoil)
      expect(state.lists.pods.missing?.reason).toBe(reason)
      expect(podNames(state)).toEqual(namesOf(objects.pods.slice(0, 2 * perPage)))
    })
  }
})

const namesOf = (some: readonly object[]) =>
  some.map((pod) => (pod as { metadata: { name: string } }).metadata.name).sort()

test('an object at the largest size an API server stores is read', async () => {
  const [first = {}, ...others] = objects.pods.slice().reverse()
  const large = {
    ...first,
    metadata: { ...(first as { metadata: object }).metadata, annotations: { large: 'x'.repeat(1_500_000) } },
  }
  const state = await read(() => false, { nodes: objects.nodes, pods: [large, ...others] })
  const found = state.lists.pods.items.find(({ metadata }) => metadata.annotations?.large !== undefined)
  expect(found?.metadata.annotations?.large).toHaveLength(1_500_000)
  expect(podNames(state)).toEqual(names)
})

test('the answer is the same, byte for byte, from protobuf, from JSON and from a file', async () => {
  const answer = (state: ClusterState) => renderJson(diagnose({ ...state, name: '', server: null, version: null }, {}))
  const protobuf = answer(await read())
  await server?.close()
  const json = answer(await read(refusesProtobuf))
  const list = { apiVersion: 'v1', kind: 'List', items: [...objects.nodes, ...objects.pods] }
  const file = answer(await readSnapshot({ path: '-', stdin: Readable.from([Buffer.from(JSON.stringify(list))]) }))
  expect(json).toBe(protobuf)
  expect(file).toBe(protobuf)
  expect(protobuf).toContain('"Unschedulable"')
})
