import { readFileSync } from 'node:fs'
import { viewOf } from '#scheduler/framework/cluster-view.ts'
import { rulesFor } from '#scheduler/profile.ts'
import { parseServerVersion } from '#model/server-version.ts'
import { aCluster } from '#test/builders/cluster.ts'
import { volumeBinding } from '#scheduler/plugins/volume-binding/index.ts'
import { nodeVolumeLimits } from '#scheduler/plugins/node-volume-limits/index.ts'
import { volumeRestrictions } from '#scheduler/plugins/volume-restrictions.ts'
import { volumeZone } from '#scheduler/plugins/volume-zone.ts'
import { ebsLimits, gcePdLimits, azureDiskLimits } from '#scheduler/plugins/in-tree-volume-limits/index.ts'
const plugins = [volumeBinding, nodeVolumeLimits, volumeRestrictions, volumeZone, ebsLimits, gcePdLimits, azureDiskLimits]
const kinds = ['persistentvolumeclaims','persistentvolumes','storageclasses','csinodes','csidrivers','csistoragecapacities','volumeattachments','pods','nodes']
function say(o: any): string { return o.kind === 'refused' ? o.reasons.map((r:any)=>r.text).join(' | ') + (o.resolvable?'':'!') + (o.incomplete ? ' INCOMPLETE':'') : o.kind === 'failed' ? 'failed '+o.message : o.kind === 'skip' ? 'fits' : o.kind }
function run(plugin: any, pod: any, state: any, rules: any): Record<string,string> {
  const view = viewOf(state); const p = plugin.prepare(pod, view, rules)
  const out: Record<string,string> = {}
  for (const n of view.nodes) out[n.name] = p.kind === 'filter' ? (p.only && !p.only.has(n.name) ? 'leftout' : say(p.filter(n))) : '*' + say(p)
  return out
}
let bad = 0, n = 0, unk = 0, inc = 0
for (const v of [undefined, 'v1.30.14', 'v1.28.3']) for (const path of process.argv.slice(2)) for (const line of readFileSync(path,'utf8').split('\n').filter(Boolean)) {
  const item = JSON.parse(line); const state = aCluster(item.items); const rules = rulesFor(v ? parseServerVersion(v)! : null)
  const denials: any[] = []
  for (const k of kinds) for (const part of [0, 2]) denials.push({[k]: part})
  denials.push({pods:0, persistentvolumes:2}, {csinodes:0, persistentvolumes:2},{storageclasses:2,persistentvolumes:0},{csidrivers:0,csistoragecapacities:2,persistentvolumes:2}, Object.fromEntries(kinds.slice(1).map(k=>[k,2])))
  for (const want of item.expected ?? []) {
    const pod = state.lists.pods.items.find((p: any) => p.metadata.namespace === want.namespace && p.metadata.name === want.name)
    for (const plugin of plugins) {
      const full = run(plugin, pod, state, rules)
      for (const d of denials) {
        const lists: any = { ...state.lists }
        for (const [k, part] of Object.entries(d)) lists[k] = { items: part === 0 ? [] : lists[k].items.filter((_: any,i: number)=> i % 2 === 0), missing: { resource: k, reason:'Forbidden', message:'' } }
        if ('nodes' in d) lists.nodes.items = state.lists.nodes.items.filter((_: any,i: number)=> i % 2 === 0)
        const partial = run(plugin, pod, { ...state, lists }, rules)
        for (const [node, said] of Object.entries(partial)) {
          n++; const truth = (full[node] ?? '').replace('*','')
          const s = said.replace('*','')
          if (s === 'unknown') { unk++; continue }
          if (s.endsWith('INCOMPLETE')) { inc++; if (truth === 'fits') { bad++; if (bad<20) console.log(plugin.name, item.id, pod?.metadata.name, node, JSON.stringify(d), s, 'TRUTH', truth) } continue }
          if (s !== truth && bad++ < 20) console.log(plugin.name, v, item.id, pod?.metadata.name, node, JSON.stringify(d), s, 'TRUTH', truth)
        }
      }
    }
  }
}
console.log({ n, bad, unk, inc })
