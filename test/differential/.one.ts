import { readFileSync } from 'node:fs'
import { evaluate } from '#scheduler/evaluate.ts'
import { viewOf } from '#scheduler/framework/cluster-view.ts'
import { rulesFor } from '#scheduler/profile.ts'
import { aCluster } from '#test/builders/cluster.ts'

const [file, id, name] = process.argv.slice(2)
for (const line of readFileSync(file as string, 'utf8')
  .split('\n')
  .filter(Boolean)) {
  const c = JSON.parse(line)
  if (c.id !== id) continue
  const s = aCluster(c.items)
  const pod = s.lists.pods.items.find((p) => p.metadata.name === name)!
  const v = evaluate(pod, viewOf(s), rulesFor(null))
  console.log(JSON.stringify(v.podBlockers), JSON.stringify(v.podUnknown))
  for (const n of v.nodes)
    console.log(
      n.node.name,
      n.blockers.map((b) => b.plugin + ': ' + b.reasons.map((r) => r.text)).join(' ; '),
      JSON.stringify(n.unknown),
    )
}
