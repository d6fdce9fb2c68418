// Stands in for the API server of a cluster too large for this machine: node test/benchmark/stand-in.ts NODES ASSIGNED
// PENDING KINDS. Serves nodes and Pods in protobuf, page by page, made as they are asked for, and prints its address.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { encodeList } from '#test/support/encode-protobuf.ts'
import { nodes, pods } from './objects.ts'

const [nodeCount = 5000, assigned = 100_000, pending = 2000, kinds = 100] = process.argv.slice(2).map(Number)
const size = { nodes: nodeCount, assigned, pending, kinds }
/** As many as the program asks for. */
const pageSize = 250
const pages = { nodes: pagesOf('nodes', nodes(size)), pods: pagesOf('pods', pods(size)) }

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const json = (status: number, value: object) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
  if (url.pathname === '/version') return json(200, { major: '1', minor: '36', gitVersion: 'v1.36.2' })
  const found = /^\/api\/v1\/(nodes|pods)$/.exec(url.pathname)
  if (found === null) {
    const isList = /^\/api(?:s\/[^/]+)?\/[^/]+\/[^/]+$/.test(url.pathname)
    if (isList) return json(200, { kind: 'List', apiVersion: 'v1', metadata: {}, items: [] })
    return json(404, { kind: 'Status', apiVersion: 'v1', reason: 'NotFound', message: 'not found', code: 404 })
  }
  const all = pages[found[1] as 'nodes' | 'pods']
  const page = all[Number(url.searchParams.get('continue') ?? 0)]
  return response.writeHead(200, { 'content-type': 'application/vnd.kubernetes.protobuf' }).end(page)
})
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))

function pagesOf(kind: 'nodes' | 'pods', objects: Iterable<object>): readonly Buffer[] {
  const chunks: object[][] = [[]]
  const encoded: Buffer[] = []
  for (const object of objects) {
    const last = chunks.at(-1) ?? []
    if (last.length === pageSize) {
      encoded.push(encodeList(kind, last, String(encoded.length + 1)))
      chunks.splice(0, chunks.length, [object])
    } else last.push(object)
  }
  return [...encoded, encodeList(kind, chunks[0] ?? [])]
}
