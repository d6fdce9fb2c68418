import { readFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { deviceMatches } from '/work/main/src/scheduler/plugins/dynamic-resources/device-matches.ts'
const dev={"name":"d","attributes":{"x":{"int":1},"s":{"string":"abc"},"b":{"bool":true},"v":{"version":"1.2.3"},"other.com/q":{"string":"z"}},"capacity":{"mem":{"value":"40Gi"},"cores":{"value":"1500m"}}}
const es=readFileSync(process.argv[2]!,'utf8').split('\n').filter(Boolean)
const out=execFileSync('/tmp/dra-oracle/oracle',{input:es.map(e=>JSON.stringify({Expr:e,Driver:'d',Device:dev})).join('\n')+'\n',encoding:'utf8',maxBuffer:1<<28}).split('\n')
let same=0,unsup=0,bad=0,comp=0
es.forEach((e,i)=>{const o=JSON.parse(out[i]!);const m=deviceMatches(e,'d',structuredClone(dev) as never) as any
 if(o.compile){comp++; if(process.argv[3])console.log('COMPILE',e,o.compile.split('\n')[0],m);return}
 if(m.kind==='unsupported'){unsup++;console.log('unsupported',e,m.what,JSON.stringify(o));return}
 const g=typeof m==='boolean'?{match:m}:{error:m.text}
 if(JSON.stringify(g)===JSON.stringify(o))same++;else{bad++;console.log('DIFF',e,JSON.stringify(o),JSON.stringify(g))}})
console.log({same,unsup,bad,comp})
