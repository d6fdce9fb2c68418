// The embedded API server with a small made-up cluster, in a process of its own; writes its kubeconfig to a file.
import { writeFileSync } from 'node:fs'
import { startApiServer } from '#test/apiserver/server.ts'
import { type ClusterSize, nodes, pods } from './objects.ts'

const [size = '{}', file = ''] = process.argv.slice(2)
const cluster = JSON.parse(size) as ClusterSize
const server = await startApiServer({ objects: [...nodes(cluster), ...pods(cluster)], tls: true, token: 'benchmark' })
writeFileSync(file, server.kubeconfig())
console.log(server.url)
