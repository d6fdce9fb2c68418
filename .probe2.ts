import { connect, list, findType } from '#cluster/access/index.ts'
const t0 = performance.now()
const c = await connect({ limits: { connections: Number(process.argv[2]) } })
const t1 = performance.now()
const names = ['po','no','ns','deploy','rs','ds','job','pvc','sc','sts','pv']
await Promise.all(names.map(async (n) => {
  const { resource } = await findType(c, n)
  await list(c, { resource: resource!, limit: 500 }, { page() {}, restart() {} })
}))
const t2 = performance.now()
await c.close()
console.log((t1 - t0).toFixed(1), (t2 - t1).toFixed(1), performance.now().toFixed(1))
