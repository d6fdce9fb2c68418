import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { StateBuilder } from '#cluster/decode/state.ts'
import { objectIndex } from '#model/object-index.ts'
import { placementsOf, componentOf } from '#components/registry.ts'
import { parse } from 'yaml'
import { originOf } from '#ownership/registry.ts'
const dir='/work/shared/clusters/'
const { scenarios } = JSON.parse(readFileSync(dir+'expected/answers.json','utf8'))
export function load(file: string) {
  const b = new StateBuilder()
  const rels: any[] = []
  for (const o of JSON.parse(readFileSync(file,'utf8')).items) {
    b.add(o)
  }
  const v = null
  return { state: b.build({name:'t', server:null, version:v}), rels }
}
export function question(state: any, rels: any[], pod: any): any {
  const ix = objectIndex(state); const owners: any[] = []; let obj: any = {apiVersion:'v1', kind:'Pod', ...pod}; let root = obj
  for (;;) { const ref=(obj.metadata.ownerReferences??[]).find((r:any)=>r.controller); if(!ref) break
    const o: any = ix.byUid(ref.uid); owners.push({apiVersion:ref.apiVersion, kind:ref.kind, namespace: pod.metadata.namespace, name:ref.name, uid:ref.uid, object:o}); if(!o) break; obj=o; root=o }
  const origin = originOf({ root, chain: { owners }, cluster: state }) ?? undefined
  return { root, chain:{owners}, cluster:state, pod, origin, readYaml:(t:string)=>{try{return parse(t)}catch{return undefined}} }
}
let right=0,total=0
const fact=(l:string,ok:boolean,...x:any[])=>{total++; if(ok)right++; else console.log('WRONG',l,...x)}
for (const [name, sc] of Object.entries<any>(scenarios)) {
  const {state,rels}=load(dir+name+'.json')
  const pods=state.lists.pods.items
  if (process.argv.includes('-v')) for(const p of pods) { const c=componentOf(question(state,rels,p)); console.log(name, p.metadata.namespace+'/'+p.metadata.name, c?.id, c?.version?.version.text, c?.version?.source, JSON.stringify(c?.version?.disagreeing)) }
  for(const w of sc.pending) for (const pn of w.pods) {
    const pod=pods.find(p=>p.metadata.name===pn&&p.metadata.namespace===w.namespace)
    const q=question(state,rels,pod)
    const c=componentOf(q)
    const l=name+' '+pn
    fact(l+' component',(c?.id??null)===(w.component??null),c?.id,w.component)
    const s=w.suggestion
    if(!s||!w.component||s.target==='Node') continue
    const ps=placementsOf(q,s.tolerations)
    if (process.argv.includes('-p')) { console.log('=====',l); for(const p of ps) console.log(JSON.stringify(p,null,0)) }
    const ok=(p:any)=>p.target.kind===s.target&&(!s.path||p.target.path.replace(/^data\[.*?\]\s*/,'')===s.path.replace(/^data\[.*?\]\s*/,''))
    if (s.target==='None' && s.reach===null) continue
    fact(l+' natural target',ps[0]!==undefined&&(s.target==='None'?ps[0].target.kind==='None':ok(ps[0])),ps.map(p=>p.target),s.target,s.path)
    fact(l+' reach',ps[0]?.reach.kind===s.reach,ps[0]?.reach,s.reach)
    const key=(t:any)=>[t.key,t.operator??'Equal',t.value??'',t.effect??''].join('|')
    if(s.paste?.length&&s.target!=='None'&&s.target!=='PodPatch'){ const whole=new Set([...(ps.find(ok)?.standing.entries??[]),...s.tolerations].map(key)); fact(l+' whole list',JSON.stringify([...whole].sort())===JSON.stringify(s.paste.map(key).sort()),[...whole],s.paste.map(key)) }
    if(s.object) { const t:any=ps.find(ok)?.target; console.log('   object', s.object, '~', t?.resource, t?.namespace, t?.name) }
    if(s.release) fact(l+' release',ps.some(p=>p.target.release===s.release.split(' ')[0])||s.target==='PodPatch',ps.map(p=>p.target.release),s.release)
  }
}
console.log(`facts ${right}/${total}`)
