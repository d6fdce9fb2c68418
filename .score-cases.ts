import { readdirSync } from 'node:fs'
import { load, question } from './.score-components.ts'
import { placementsOf, componentOf } from '#components/registry.ts'
for (const f of [...readdirSync('/work/shared/cases').filter(f=>/^[A-Z]\d+\.json/.test(f)).map(f=>'/work/shared/cases/'+f)]) {
  const {state,rels}=load(f)
  for (const p of state.lists.pods.items) { const q=question(state,rels,p); const c=componentOf(q); if(c) { console.log(f.slice(-8), p.metadata.name, c.id, c.version?.version.text); if(process.argv.includes('-c')&&!p.spec.nodeName) for (const x of placementsOf(q,[])) console.log('    ', x.target.kind, x.target.path??'', x.target.resource??'', x.target.namespace??'', x.target.name??x.target.release??'', x.reach.kind) } }
}
