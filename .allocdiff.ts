import { execFileSync } from 'node:child_process'
import { aCluster } from '#test/builders/cluster.ts'
import { viewOf } from '#scheduler/framework/cluster-view.ts'
import { rulesFor } from '#scheduler/profile.ts'
import { parseServerVersion } from '#model/server-version.ts'
import { dynamicResources } from '#scheduler/plugins/dynamic-resources/index.ts'
const [oracle, version, n, seed0] = process.argv.slice(2)
let seed = Number(seed0 ?? 1)
const rnd = () => { seed = (seed * 1103515245 + 12345) & 0x7fffffff; return (seed >> 8) / (0x7fffff) }
const int = (k: number) => Math.floor(rnd() * k) % k
const pick = <T>(a: T[]): T => a[int(a.length)]!
const maybe = (p: number) => rnd() < p
const extras = version!.startsWith('v1.36')
const exprs = ['device.driver == "gpu.x"', 'device.attributes["gpu.x"].index < 2', 'device.attributes["gpu.x"].model == "a"', 'device.capacity["gpu.x"].mem.compareTo(quantity("10Gi")) >= 0', 'has(device.attributes["gpu.x"].index) && device.attributes["gpu.x"].index >= 1', 'true', 'device.attributes["gpu.x"].?model.orValue("z") == "a"']
if (maybe(0)) exprs.push('')
const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1', labels: { zone: 'a' } }, spec: {}, status: { allocatable: {} } }
function device(name: string, counters: boolean, perDevice: boolean) {
  const d: any = { name, attributes: {}, capacity: {} }
  if (maybe(.9)) d.attributes.index = { int: int(3) }
  if (maybe(.8)) d.attributes.model = { string: pick(['a', 'b']) }
  if (maybe(.3)) d.attributes['gpu.x/numa'] = maybe(.5) ? { int: int(2) } : { string: pick(['p', 'q']) }
  if (maybe(.7)) d.capacity.mem = { value: pick(['5Gi', '10Gi', '20Gi']) }
  if (extras && maybe(.15)) d.taints = [{ key: 't', value: pick(['1','2']), effect: pick(['NoSchedule', 'NoExecute', 'None']) }]
  if (extras && maybe(.2)) { d.allowMultipleAllocations = true; if (d.capacity.mem && maybe(.6)) d.capacity.mem.requestPolicy = pick<any>([{ default: '2Gi', validRange: { min: '1Gi', max: '8Gi', step: '1Gi' } }, { default: '1Gi', validValues: ['1Gi', '4Gi'] }, {default:'3Gi'}]) }
  if (extras && counters && maybe(.7)) d.consumesCounters = [{ counterSet: pick(['s1', 's2']), counters: { m: { value: pick(['1', '2', '3']) } } }]
  if (extras && maybe(.05)) d.bindingConditions = ['x']
  if (perDevice) Object.assign(d, pick<any>([{ nodeName: 'n1' }, { nodeName: 'n2' }, { allNodes: true }, { nodeSelector: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'zone', operator: 'In', values: ['a'] }] }] } }]))
  return d
}
function makeCase(i: number) {
  const slices: any[] = [], claims: any[] = []
  const pools = 1 + int(3)
  for (let p = 0; p < pools; p++) {
    const k = 1 + int(3); const counters = extras && maybe(.35)
    const gen = 1 + int(2); let count = k + (counters ? 1 : 0) + (maybe(.1) ? 1 : 0)
    const driver = pick(['gpu.x', 'gpu.x', 'nic.y'])
    if (counters) slices.push({ driver, pool: { name: `p${p}`, generation: gen, resourceSliceCount: count }, ...(maybe(.5) ? { nodeName: 'n1' } : { allNodes: true }), sharedCounters: [{ name: 's1', counters: { m: { value: pick(['3', '4']) } } }, { name: 's2', counters: { m: { value: '2' } } }] })
    for (let s = 0; s < k; s++) {
      const per = extras && maybe(.15)
      const where: any = per ? { perDeviceNodeSelection: true } : pick<any>([{ nodeName: 'n1' }, { nodeName: 'n1' }, { nodeName: 'n2' }, { allNodes: true }, { nodeSelector: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'zone', operator: 'In', values: [pick(['a', 'b'])] }] }] } }])
      const g = maybe(.12) ? gen + 1 - int(3) : gen
      slices.push({ driver, pool: { name: `p${p}`, generation: Math.max(g, 0), resourceSliceCount: count }, ...where, devices: Array.from({ length: int(4) }, (_, d) => device(maybe(.03) ? 'dup' : `d${s}-${d}`, counters, per)) })
    }
  }
  const S = slices.map((spec, j) => ({ apiVersion: 'resource.k8s.io/v1', kind: 'ResourceSlice', metadata: { name: `s${int(90)}-${j}` }, spec }))
  const classes = ['c1', 'c2'].map((name) => ({ apiVersion: 'resource.k8s.io/v1', kind: 'DeviceClass', metadata: { name }, spec: { selectors: maybe(.5) ? [{ cel: { expression: pick(exprs) } }] : [] } }))
  const all = S.flatMap((s: any) => (s.spec.devices ?? []).map((d: any) => ({ driver: s.spec.driver, pool: s.spec.pool.name, device: d.name, d })))
  const held: any[] = []
  for (const a of all) {
    if (!maybe(.25)) continue
    const r: any = { request: 'r', driver: a.driver, pool: a.pool, device: a.device }
    if (maybe(.1)) r.adminAccess = true
    if (a.d.allowMultipleAllocations && maybe(.8)) { r.shareID = `00000000-0000-4000-8000-00000000000${int(9)}`; r.consumedCapacity = { mem: pick(['1Gi', '3Gi', '6Gi']) } }
    held.push(r)
  }
  if (held.length) claims.push({ apiVersion: 'resource.k8s.io/v1', kind: 'ResourceClaim', metadata: { namespace: 'default', name: 'held', uid: 'h' }, spec: {}, status: { allocation: { devices: { results: held } } } })
  const form = (name: string): any => {
    const f: any = { deviceClassName: pick(['c1', 'c2']), allocationMode: maybe(.2) ? 'All' : 'ExactCount' }
    if (name) f.name = name
    if (f.allocationMode === 'ExactCount') f.count = maybe(.02) ? 40 : 1 + int(3)
    if (maybe(.4)) f.selectors = [{ cel: { expression: pick(exprs) } }]
    if (extras && maybe(.3)) f.tolerations = [pick<any>([{ operator: 'Exists' }, { key: 't', operator: 'Equal', value: '1', effect: 'NoSchedule' }])]
    if (extras && maybe(.25)) f.capacity = { requests: { mem: pick(['1Gi', '2500Mi', '7Gi']) } }
    return f
  }
  const wants: any[] = []
  for (let c = 0, k = 1 + int(2); c < k; c++) {
    const requests = Array.from({ length: 1 + int(3) }, (_, r) => {
      if (maybe(.25)) return { name: `r${r}`, firstAvailable: Array.from({ length: 1 + int(3) }, (_, a) => form(`a${a}`)) }
      const exactly = form(''); if (maybe(.1)) exactly.adminAccess = true
      return { name: `r${r}`, exactly }
    })
    const constraints = maybe(.4) ? [{ ...(maybe(.5) ? { requests: [pick(requests).name] } : {}), ...(extras && maybe(.4) ? { distinctAttribute: pick(['gpu.x/index', 'gpu.x/numa', 'gpu.x/model']) } : { matchAttribute: pick(['gpu.x/index', 'gpu.x/numa', 'gpu.x/model']) }) }] : []
    wants.push({ apiVersion: 'resource.k8s.io/v1', kind: 'ResourceClaim', metadata: { namespace: 'default', name: `w${c}`, uid: `w${c}` }, spec: { devices: { requests, constraints } }, status: {} })
  }
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'default', uid: 'p' }, spec: { resourceClaims: wants.map((w) => ({ name: w.metadata.name, resourceClaimName: w.metadata.name })), containers: [] }, status: {} }
  return { S, classes, claims, wants, pod, i }
}
const cases = Array.from({ length: Number(n) }, (_, i) => makeCase(i))
const out = execFileSync(oracle!, { input: cases.map((c) => JSON.stringify({ Extras: extras, Node: node, Claims: c.wants, All: [...c.claims, ...c.wants], Slices: c.S, Classes: c.classes })).join('\n') + '\n', encoding: 'utf8', maxBuffer: 1 << 28 }).split('\n')
const tally: Record<string, number> = {}
let shown = 0
cases.forEach((c, i) => {
  const want = JSON.parse(out[i]!)
  const w = want.bad ? 'BAD ' + want.bad : want.error ? want.error : want.ok ? 'fits' : 'cannot allocate all claims'
  const state = aCluster([node, ...c.S, ...c.classes, ...c.claims, ...c.wants, c.pod])
  const view = viewOf(state)
  const prepared = dynamicResources.prepare(state.lists.pods.items[0]!, view, rulesFor(parseServerVersion(version!)!))
  let g = prepared.kind as string
  if (prepared.kind === 'filter') { const o = prepared.filter(view.nodes[0]!); g = o.kind === 'fits' ? 'fits' : o.kind === 'refused' ? o.reasons[0]!.text : o.kind === 'failed' ? o.message : 'UNKNOWN ' + JSON.stringify(o.because) }
  const key = want.error && prepared.kind==='filter' && prepared.filter(view.nodes[0]!).kind==='failed' && g!==w ? 'other error' : g.startsWith('UNKNOWN') ? 'unknown' : g === w ? 'same ' + (w.length > 30 ? w.replace(/default\/w\d|r\d|a\d|p\d|d\d|\d/g, '#').slice(0, 60) : w) : 'DIFF'
  tally[key] = (tally[key] ?? 0) + 1
  
  if (key === 'DIFF' && shown++ < 6) console.log(i, '\n go:', w, '\n we:', g)
  if (process.env.SHOW === `${i}`) console.log(JSON.stringify({ S: c.S, classes: c.classes, claims: c.claims, wants: c.wants }, null, 1))
})
console.log(tally)
