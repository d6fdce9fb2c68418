import { connect, list, readVersion, findType, findKind, get, servedVersions, listContexts } from '#cluster/access/index.ts'
const t0 = performance.now()
const c = await connect({}, undefined)
const t1 = performance.now()
const names = ['po','no','ns','deploy','rs','ds','job','pvc','sc','sts']
const counts = await Promise.all(names.map(async (n) => {
  const { resource } = await findType(c, n)
  let count = 0
  const missing = await list(c, { resource: resource!, limit: 500 }, { page: ({ items }) => { count += items.length }, restart: () => { count = 0 } })
  return `${n}=${missing ? missing.reason : count}`
}))
const v = await readVersion(c)
const t2 = performance.now()
if (process.argv[2] === 'full') {
  console.error(counts.join(' '), v, c.name, c.server, c.namespace)
  console.error(await findType(c, 'apiservices'), await findKind(c, 'flowcontrol.apiserver.k8s.io/v1', 'FlowSchema'), await servedVersions(c, 'resource.k8s.io'))
  console.error(await get(c, (await findType(c, 'ns')).resource!, undefined, 'nope'))
  console.error(JSON.stringify(await c.review('selfsubjectrulesreviews', { namespace: 'default' })).slice(0, 100))
  const r = await c.read('/api/v1/nodes/none', { accept: 'application/vnd.kubernetes.protobuf' })
  console.error(r)
  console.error(await listContexts())
}
await c.close()
console.error('connect', (t1 - t0).toFixed(1), 'reads', (t2 - t1).toFixed(1), 'all', performance.now().toFixed(1))
